"""Twenty machines with real services, in namespaces behind one cable: sshd, nginx, vsftpd, dnsmasq, smbd."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

SCANNER, ROUTER = "lbid-s", "lbid-r"
OURS = "10.81.0.1"
TARGET = "10.81.0.0/24"
PER_KIND = 5
START_S = 20.0
PROGRAMS = ("nmap", "nginx-light", "openssh-server", "vsftpd", "dnsmasq-base", "samba")
_NGINX = """daemon off; worker_processes 1; user www-data; pid {f}/nginx.pid; error_log stderr;
events {{ worker_connections 64; }}
http {{ access_log off; client_body_temp_path {f}/a; proxy_temp_path {f}/b; fastcgi_temp_path {f}/c;
uwsgi_temp_path {f}/d; scgi_temp_path {f}/e;
server {{ listen 80; location / {{ default_type text/html; return 200 "<title>bench</title>ok"; }} }} }}
"""
_SAMBA = """[global]
server role = standalone server
netbios name = BENCH
map to guest = Bad User
load printers = no
printing = bsd
disable spoolss = yes
private dir = {f}/private
lock directory = {f}/lock
state directory = {f}/state
cache directory = {f}/cache
pid directory = {f}/pid
ncalrpc dir = {f}/ncalrpc
binddns dir = {f}/binddns
log file = {f}/log
"""
Argv = list[str]


def _ssh(folder: Path) -> Argv:
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # compiled into Debian's sshd
    key = folder / "key"
    _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    config = folder / "sshd_config"
    config.write_text(f"Port 22\nHostKey {key}\nPidFile none\nUsePAM no\nPasswordAuthentication no\nUseDNS no\n")
    return ["/usr/sbin/sshd", "-D", "-e", "-f", str(config)]


def _http(folder: Path) -> Argv:
    config = folder / "nginx.conf"
    config.write_text(_NGINX.format(f=folder))
    return ["/usr/sbin/nginx", "-e", "stderr", "-p", str(folder), "-c", str(config)]


def _ftp(folder: Path) -> Argv:
    config, empty = folder / "vsftpd.conf", folder / "empty"
    empty.mkdir(mode=0o755)
    config.write_text(
        "listen=YES\nlisten_ipv6=NO\nbackground=NO\nanonymous_enable=YES\nlocal_enable=NO\n"
        f"secure_chroot_dir={empty}\nseccomp_sandbox=NO\n"
    )
    return ["/usr/sbin/vsftpd", str(config)]


def _dns(_: Path) -> Argv:
    options = ("--keep-in-foreground", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--pid-file=")
    return ["/usr/sbin/dnsmasq", *options, "--user=nobody", "--group=nogroup", "--log-facility=-"]


def _smb(folder: Path) -> Argv:
    for name in ("private", "lock", "state", "cache", "pid", "ncalrpc", "binddns"):
        (folder / name).mkdir(mode=0o755)
    config = folder / "smb.conf"
    config.write_text(_SAMBA.format(f=folder))
    return ["/usr/sbin/smbd", "--foreground", "--no-process-group", f"--configfile={config}", "--debug-stdout"]


Service = tuple[Callable[[Path], Argv], tuple[int, ...]]
SSH: Service = (_ssh, (22,))
HTTP: Service = (_http, (80,))
FTP: Service = (_ftp, (21,))
DNS: Service = (_dns, (53,))
SMB: Service = (_smb, (139, 445))
KINDS: tuple[tuple[Service, ...], ...] = ((SSH, HTTP), (SSH, FTP, HTTP), (SSH, DNS), (SSH, SMB))


class Machines:
    """The machines, while the block lasts; `addresses` are theirs."""

    def __init__(self, per_kind: int = PER_KIND) -> None:
        self._per_kind = per_kind
        self._folder = Path(tempfile.mkdtemp(prefix="lanarium-bench-", dir="/var/tmp"))
        self._processes: list[subprocess.Popen[bytes]] = []
        self.addresses: list[str] = []

    def __enter__(self) -> Self:
        self._folder.chmod(0o755)
        self._remove()
        for name in (SCANNER, ROUTER, *self._names()):
            _run("ip", "netns", "add", name)
        _ip(ROUTER, "link set lo up", "link add br0 type bridge", "link set br0 up")
        self._plug(SCANNER, "lbi0", [OURS])
        for number, (name, services) in enumerate(zip(self._names(), KINDS, strict=True)):
            mine = [f"10.81.0.{10 + number * 50 + place}" for place in range(self._per_kind)]
            self._plug(name, f"lbi{number + 1}", mine)
            self.addresses += mine
            self._start(name, services)
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._remove()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _names(self) -> list[str]:
        return [f"lbid-{number}" for number in range(len(KINDS))]

    def _plug(self, name: str, cable: str, addresses: list[str]) -> None:
        end = f"{cable}r"
        _run("ip", "link", "add", cable, "netns", name, "type", "veth", "peer", "name", end, "netns", ROUTER)
        _ip(ROUTER, f"link set {end} master br0", f"link set {end} up")
        _ip(
            name,
            "link set lo up",
            *(f"addr add {item}/24 dev {cable}" for item in addresses),
            f"link set {cable} up",
        )

    def _start(self, name: str, services: tuple[Service, ...]) -> None:
        for number, (prepare, _) in enumerate(services):
            folder = self._folder / f"{name}-{number}"
            folder.mkdir(mode=0o755)
            with (folder / "output").open("wb") as output:
                argv = ["setpriv", "--pdeathsig", "TERM", "ip", "netns", "exec", name, *prepare(folder)]
                # A session of its own: smbd ends its whole process group when it ends.
                process = subprocess.Popen(
                    argv, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
                )
                self._processes.append(process)

    def _wait(self) -> None:
        """Until every port of every kind listens. Raises RuntimeError."""
        deadline = time.monotonic() + START_S
        for name, services in zip(self._names(), KINDS, strict=True):
            wanted = {port for _, ports in services for port in ports}
            while not wanted <= _listening(name):
                if time.monotonic() > deadline:
                    raise RuntimeError(f"{name}: not all of {sorted(wanted)} listen")
                time.sleep(0.1)

    def _remove(self) -> None:
        for name in (SCANNER, ROUTER, *self._names()):
            with suppress(subprocess.CalledProcessError):
                _run("ip", "netns", "del", name)


def _listening(name: str) -> set[int]:
    told = subprocess.run(["ip", "netns", "exec", name, "ss", "-Htln"], capture_output=True, text=True, check=True)
    return {int(line.split()[3].rpartition(":")[2]) for line in told.stdout.splitlines()}


def _ip(name: str, *lines: str) -> None:
    command = ["ip", "-n", name, "-batch", "-"]
    subprocess.run(command, input="\n".join(lines), text=True, check=True, capture_output=True)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
