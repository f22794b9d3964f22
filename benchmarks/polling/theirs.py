"""The peers: prometheus-blackbox-exporter asked by wrk, and icinga2 with its plugins."""

import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.discovery.network import inside
from benchmarks.polling.lab import CHECKER, cpu_seconds, requests_served, running, wait_for

PORT = 9115
MODULES = {"http": "http_2xx", "tcp": "tcp_connect", "ping": "icmp"}
IN_FLIGHT = 32
_BLACKBOX = """
modules:
  http_2xx: {prober: http, timeout: 5s, http: {preferred_ip_protocol: ip4}}
  tcp_connect: {prober: tcp, timeout: 5s, tcp: {preferred_ip_protocol: ip4}}
  icmp: {prober: icmp, timeout: 5s, icmp: {preferred_ip_protocol: ip4}}
"""
_ASK = """
local n = tonumber("%(first)s")
request = function()
  n = (n + 1) %% 4096 + 1
  local address = "10.80." .. math.floor(n / 256) .. "." .. (n %% 256)
  return wrk.format("GET", "/probe?module=%(module)s&target=" .. string.format("%(target)s", address))
end
"""
TARGET = {"http": "http://%s/", "tcp": "%s:80", "ping": "%s"}
_ICINGA = """
object Host "bench" { check_command = "dummy" ; enable_active_checks = false }
object CheckCommand "web" { command = [ "/usr/lib/nagios/plugins/check_http", "-I", "$at$" ] }
for (n in range(2048)) {
  object Service "web" + n use (n) {
    host_name = "bench" ; check_command = "web" ; check_interval = 1s ; retry_interval = 1s
    vars.at = "10.80." + Math.floor(n / 256) + "." + (n % 256)
  }
}
"""
_ICINGA_MAIN = """
const NodeName = "bench"
const ZoneName = NodeName
const MaxConcurrentChecks = 512
const PluginDir = "/usr/lib/nagios/plugins"
include <itl>
include "{folder}/checks.conf"
object Endpoint NodeName {{ }}
object Zone ZoneName {{ endpoints = [ NodeName ] }}
object CheckerComponent "checker" {{ }}
"""


class Blackbox:
    """At work in the checker's namespace."""

    def __init__(self, peers: Path, pid: int) -> None:
        self._peers, self._pid = peers, pid

    def probe(self, kind: str, seconds: float) -> tuple[float, float]:
        """Probes and CPU-seconds of so many seconds; raises RuntimeError where they do not succeed."""
        with tempfile.NamedTemporaryFile("w", suffix=".lua", dir=self._peers / "tmp") as script:
            words = {"first": 0, "module": MODULES[kind], "target": TARGET[kind]}
            script.write(_ASK % words)
            script.flush()
            Path(script.name).chmod(0o644)
            before = cpu_seconds(self._pid)
            wrk = ["wrk", "-t1", f"-c{IN_FLIGHT}", f"-d{seconds:g}s", "-s", f"/tmp/{Path(script.name).name}"]
            told = self._run([*wrk, f"http://127.0.0.1:{PORT}"])
            used = cpu_seconds(self._pid) - before
        found = re.search(r"(\d+) requests in", told)
        if not found or "Non-2xx" in told:
            raise RuntimeError(f"wrk says: {told}")
        return float(found[1]), used

    def succeeds(self, kind: str) -> bool:
        """Whether one probe of that kind is a success: what is measured must be right."""
        target = TARGET[kind] % "10.80.0.7"
        url = f"http://127.0.0.1:{PORT}/probe?module={MODULES[kind]}&target={target}"
        argv = inside(CHECKER, ["curl", "-s", "-m", "6", url])
        return "probe_success 1" in subprocess.run(argv, capture_output=True, text=True, check=False).stdout

    def _run(self, argv: list[str]) -> str:
        whole = inside(CHECKER, ["chroot", str(self._peers), *argv])
        return subprocess.run(whole, capture_output=True, text=True, check=True).stdout


@contextmanager
def blackbox(peers: Path) -> Iterator[Blackbox]:
    """Started, and ended."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml", dir=peers / "tmp") as config:
        config.write(_BLACKBOX)
        config.flush()
        Path(config.name).chmod(0o644)
        argv = [
            *("chroot", str(peers), "prometheus-blackbox-exporter", "--log.level=error"),
            *(f"--config.file=/tmp/{Path(config.name).name}", f"--web.listen-address=127.0.0.1:{PORT}"),
        ]
        with running(CHECKER, argv) as process:
            found = Blackbox(peers, process.pid)
            wait_for(lambda: found.succeeds("http"), "the blackbox exporter did not start")
            yield found


def icinga_per_second(peers: Path, seconds: float) -> float:
    """HTTP checks per second that icinga2 comes to, as the web server counts them."""
    with tempfile.TemporaryDirectory(prefix="lbpoll-", dir=peers / "tmp") as name:
        folder, there = Path(name), f"/tmp/{Path(name).name}"
        folder.chmod(0o777)
        (folder / "checks.conf").write_text(_ICINGA)
        (folder / "icinga2.conf").write_text(_ICINGA_MAIN.format(folder=there))
        own = [f"-D{what}={there}" for what in ("DataDir", "LogDir", "InitRunDir", "CacheDir", "SpoolDir")]
        user = ["-DRunAsUser=root", "-DRunAsGroup=root"]
        argv = ["chroot", str(peers), "icinga2", *own, *user, "daemon", "-c", f"{there}/icinga2.conf"]
        with (folder / "said").open("wb") as said, running(CHECKER, argv, stdout=said, stderr=said):
            first = requests_served()
            wait_for(lambda: requests_served() > first + 1_000, "icinga2 did not start")
            began, before = time.monotonic(), requests_served()
            time.sleep(seconds)
            return (requests_served() - before) / (time.monotonic() - began)
