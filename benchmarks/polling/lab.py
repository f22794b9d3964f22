"""The benchmark's network: who checks and who is checked, in namespaces, one cable between them, no way out.

10.80.0.0/16 is one machine with 65,536 addresses: nginx at port 80 of all of them, and the kernel's echoes.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.discovery.network import inside, run
from benchmarks.discovery.peers import tree

CHECKER, CHECKED = f"lbpolla{os.getpid()}", f"lbpollb{os.getpid()}"
OURS, THEIRS = "10.79.1.1", "10.79.1.2"
TARGETS = "10.80.0.0/16"
PACKAGES = (
    "prometheus-blackbox-exporter",
    "icinga2",
    "monitoring-plugins-basic",
    "nginx-light",
    "wrk",
    "iproute2",
)
_NGINX = """
worker_processes 1; daemon off; master_process off; pid {run}/nginx.pid; error_log {run}/error.log crit;
events {{ worker_connections 8192; }}
http {{
  access_log off;
  client_body_temp_path {run}; proxy_temp_path {run}; fastcgi_temp_path {run}; uwsgi_temp_path {run};
  scgi_temp_path {run};
  server {{ listen 80 backlog=8192; location = /count {{ stub_status; }} location / {{ return 200 "well\\n"; }} }}
}}
"""


@contextmanager
def lab() -> Iterator[Path]:
    """Make all of it; answers the tree of peers. Everything ends with it."""
    peers = tree(PACKAGES)
    _remove()
    folder = Path(tempfile.mkdtemp(prefix="lbpoll-", dir=peers / "tmp"))
    folder.chmod(0o755)
    try:
        _make()
        there = f"/tmp/{folder.name}"
        (folder / "nginx.conf").write_text(_NGINX.format(run=there))
        nginx = ["chroot", str(peers), "nginx", "-e", f"{there}/error.log", "-c", f"{there}/nginx.conf"]
        with running(CHECKED, nginx):
            wait_for(lambda: bool(requests_served()), "nginx did not start")
            yield peers
    finally:
        _remove()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(namespace: str, argv: Sequence[str], **more: object) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a namespace, ended by its id."""
    quiet: dict[str, object] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | more
    process: subprocess.Popen[bytes] = subprocess.Popen(inside(namespace, argv), **quiet)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def requests_served() -> int:
    """How many requests the web server has answered."""
    with suppress(subprocess.CalledProcessError):
        argv = inside(CHECKER, ["curl", "-s", "-m", "2", "http://10.80.0.1/count"])
        told = subprocess.run(argv, capture_output=True, text=True, check=True).stdout.splitlines()
        return int(told[2].split()[2])
    return 0


def cpu_seconds(*pids: int) -> float:
    """What processes and their threads have used so far, the kernel's work for them included."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def wait_for(condition: Callable[[], bool], what: str, patience_s: float = 30.0) -> None:
    """Return when it is so; raises RuntimeError when it does not become so."""
    until = time.monotonic() + patience_s
    while not condition():
        if time.monotonic() > until:
            raise RuntimeError(what)
        time.sleep(0.05)


def _make() -> None:
    for name in (CHECKER, CHECKED):
        run("ip", "netns", "add", name)
    run("ip", "-n", CHECKER, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", CHECKED)
    for name, address in ((CHECKER, OURS), (CHECKED, THEIRS)):
        lines = f"link set lo up\naddr add {address}/30 dev eth0\nlink set eth0 up\n"
        run("ip", "-n", name, "-batch", "-", text=lines)
    run("ip", "-n", CHECKER, "route", "add", TARGETS, "via", THEIRS)
    run("ip", "-n", CHECKED, "route", "add", "local", TARGETS, "dev", "lo")
    # Else the kernel that answers is measured, or the ports of connections that are over, not who checks.
    free = ("net.ipv4.icmp_ratelimit=0", "net.ipv4.icmp_msgs_per_sec=10000000", "net.core.somaxconn=8192")
    run(*inside(CHECKED, ["sysctl", "-qw", *free]))
    run(*inside(CHECKER, ["sysctl", "-qw", "net.ipv4.ip_local_port_range=1024 65535", "net.ipv4.tcp_tw_reuse=1"]))
    for name in (CHECKER, CHECKED):
        assert not run("ip", "-n", name, "route", "show", "default"), "a way out"


def _remove() -> None:
    for name in (CHECKER, CHECKED):
        if Path("/run/netns", name).exists():
            run("ip", "netns", "del", name)
