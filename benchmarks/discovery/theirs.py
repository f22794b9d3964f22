"""The peers as the benchmark sees them: a process from its start to its end, and what it found."""

import re
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from benchmarks.discovery.network import SCANNER, gateway_mac, inside

TUNED = ["--min-hostgroup", "4096", "--min-rate", "50000", "--min-parallelism", "1000", "--max-retries", "1"]
TUNED_PORTS = ["--min-hostgroup", "256", "--min-rate", "50000", "--min-parallelism", "1000", "--max-retries", "1"]
LONGEST_S = 400.0
_PORT = re.compile(r"(\d+)/open/tcp")


class Theirs:
    """Programs from the tree, in the scanner's namespace."""

    def __init__(self, tree: Path) -> None:
        """`tree` is a Debian with the peers in it."""
        self._tree = tree
        self._mac = gateway_mac()

    def __enter__(self) -> Self:
        """Give the tree the kernel's tables, in which nmap looks for cards and routes."""
        subprocess.run(["mount", "-t", "proc", "proc", str(self._tree / "proc")], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        """Take them away."""
        subprocess.run(["umount", str(self._tree / "proc")], check=True)

    def zmap(self, target: str, rate: int, *, probes: int = 2) -> dict[str, Any]:
        """zmap's ICMP sweep, with its shortest cooldown."""
        words = f"zmap -M icmp_echoscan -P {probes} -c 1 -r {rate} -b /dev/null -i eth0 -q".split()
        seconds, text = self._run([*words, "-G", self._mac, "-o", "-", target])
        return {"seconds": seconds, "alive": text.split(), "ports": []}

    def nmap_alive(self, target: str, words: Sequence[str]) -> dict[str, Any]:
        """nmap's own host discovery."""
        seconds, text = self._run(["nmap", "-sn", "-n", "-PE", "-T4", *words, "-oG", "-", target])
        return {"seconds": seconds, "alive": re.findall(r"Host: (\S+) .*Status: Up", text), "ports": []}

    def nmap_ports(self, target: str, ports: Sequence[int], words: Sequence[str]) -> dict[str, Any]:
        """nmap's port scan of machines that are taken as there."""
        listed = ",".join(map(str, ports))
        seconds, text = self._run(["nmap", "-n", "-Pn", "-T4", "-p", listed, *words, "-oG", "-", target])
        found = []
        for line in text.splitlines():
            host = re.match(r"Host: (\S+) .*Ports: (.*)", line)
            if host:
                found += [(host[1], int(port)) for port in _PORT.findall(host[2])]
        return {"seconds": seconds, "alive": [], "ports": found}

    def _run(self, argv: list[str]) -> tuple[float, str]:
        began = time.perf_counter()
        done = subprocess.run(
            inside(SCANNER, ["chroot", str(self._tree), *argv]),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=LONGEST_S,
            check=False,
        )
        return time.perf_counter() - began, done.stdout
