"""Real services on a machine of their own: OpenSSH, nginx, vsftpd, dnsmasq, Samba and Net-SNMP."""

import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tests.infra.scan_helper.cage import TARGETS, Pair
from tests.lab import netns
from tests.lab.daemons.sshd import PRIVILEGE_SEPARATION

ADDRESS = TARGETS[0]
TCP = (21, 22, 53, 80, 139, 443, 445)
UDP = (53, 161)
DOMAIN = "peers.test"
SSH_KEYS = ("ed25519", "ecdsa", "rsa")
NGINX = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
events {{ worker_connections 64; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 80;
    listen 443 ssl;
    ssl_certificate {folder}/host.crt;
    ssl_certificate_key {folder}/host.key;
    location / {{ default_type text/html; return 200 "<html><head><title>Front page</title></head></html>"; }}
  }}
}}
"""
SAMBA = """\
[global]
  server role = standalone server
  workgroup = LANLAB
  netbios name = FILER
  map to guest = Bad User
  load printers = no
  disable spoolss = yes
  usershare max shares = 0
"""
SAMBA_FOLDERS = {
    "private dir": "private",
    "lock directory": "lock",
    "state directory": "state",
    "cache directory": "cache",
    "pid directory": "pid",
    "ncalrpc dir": "ncalrpc",
    "binddns dir": "binddns",
}


@contextmanager
def real_peers(pair: Pair) -> Iterator[Path]:
    """Start them all on the target's machine; answers their folder."""
    with ExitStack() as running, tempfile.TemporaryDirectory(prefix="lanarium-peers-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for argv in _commands(folder):
            running.callback(_end, _start(pair, argv))
        _wait(pair)
        yield folder


def _commands(folder: Path) -> Iterator[list[str]]:
    for prepare in (_ssh, _nginx, _vsftpd, _dnsmasq, _samba, _snmpd):
        yield from prepare(folder)


def _start(pair: Pair, argv: Sequence[str]) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    # A session of its own: smbd ends its whole process group when it ends.
    inside = netns.argv_inside(pair.target, argv)
    return subprocess.Popen(inside, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    process.kill()
    process.wait(5)


def _wait(pair: Pair) -> None:
    """Until every port is open, as the machine itself sees it."""
    wanted = {*(f"tcp {port}" for port in TCP), "udp 137", *(f"udp {port}" for port in UDP)}
    deadline = time.monotonic() + 30
    while wanted - _open(pair):
        assert time.monotonic() < deadline, f"not open: {wanted - _open(pair)}"
        time.sleep(0.05)


def _open(pair: Pair) -> set[str]:
    lines = netns.command("ip", "netns", "exec", pair.target, "ss", "-Hlntu").splitlines()
    words = [line.split() for line in lines]
    return {f"{word[0]} {word[4].rpartition(':')[2]}" for word in words}


def _ssh(folder: Path) -> list[list[str]]:
    PRIVILEGE_SEPARATION.mkdir(mode=0o755, exist_ok=True)
    for kind in SSH_KEYS:
        netns.command("ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(folder / f"host_{kind}"))
    keys = [f"HostKey {folder}/host_{kind}" for kind in SSH_KEYS]
    (folder / "sshd_config").write_text("\n".join(["Port 22", "PidFile none", "UsePAM no", *keys, ""]))
    return [["/usr/sbin/sshd", "-D", "-f", str(folder / "sshd_config")]]


def _nginx(folder: Path) -> list[list[str]]:
    netns.command(
        *(
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "30",
        ),
        *("-subj", f"/O=Peers/CN=web.{DOMAIN}", "-addext", f"subjectAltName=DNS:web.{DOMAIN},DNS:*.{DOMAIN}"),
        *("-keyout", str(folder / "host.key"), "-out", str(folder / "host.crt")),
    )
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder))
    return [["/usr/sbin/nginx", "-e", "stderr", "-c", str(folder / "nginx.conf")]]


def _vsftpd(folder: Path) -> list[list[str]]:
    (folder / "empty").mkdir()
    lines = ("listen=YES", "background=NO", "local_enable=YES", f"secure_chroot_dir={folder}/empty")
    (folder / "vsftpd.conf").write_text("\n".join(lines) + "\n")
    return [["/usr/sbin/vsftpd", str(folder / "vsftpd.conf")]]


def _dnsmasq(_: Path) -> list[list[str]]:
    record = f"--host-record=peer.{DOMAIN},{ADDRESS}"
    quiet = (
        "--no-resolv",
        "--no-hosts",
        "--conf-file=/dev/null",
        "--pid-file=",
        "--user=nobody",
        "--group=nogroup",
    )
    return [["/usr/sbin/dnsmasq", "--keep-in-foreground", record, *quiet]]


def _samba(folder: Path) -> list[list[str]]:
    lines = [SAMBA.rstrip()]
    for option, name in SAMBA_FOLDERS.items():
        (folder / name).mkdir(mode=0o755)
        lines.append(f"  {option} = {folder}/{name}")
    config = folder / "smb.conf"
    config.write_text("\n".join(lines) + "\n")
    options = ("--foreground", "--no-process-group", f"--configfile={config}", "--debug-stdout")
    return [[f"/usr/sbin/{name}", *options] for name in ("smbd", "nmbd")]


def _snmpd(folder: Path) -> list[list[str]]:
    lines = ("rocommunity public", f"sysName agent.{DOMAIN}", "sysDescr Linux agent 6.1.0-1-amd64 #1 SMP x86_64")
    (folder / "snmpd.conf").write_text("\n".join([*lines, "agentaddress udp:161", ""]))
    environment = ("env", f"SNMP_PERSISTENT_DIR={folder}", "MIBS=")
    options = (
        "-f",
        "-LE",
        "0",
        "-I",
        "-smux",
        "-C",
        "-c",
        str(folder / "snmpd.conf"),
        "-p",
        str(folder / "snmpd.pid"),
    )
    return [[*environment, "/usr/sbin/snmpd", *options]]
