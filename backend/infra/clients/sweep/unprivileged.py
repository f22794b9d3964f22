"""Sweeping without raw sockets: the kernel's own ping where it is allowed, and TCP connects."""

from collections.abc import Callable, Sequence

from backend.infra.clients.sweep import ping
from backend.infra.clients.sweep.connects import Connects
from backend.infra.clients.sweep.family import Family, addresses, scattered
from backend.infra.clients.sweep.raw import split
from backend.infra.clients.sweep.work import Work


def _always(_: int) -> bool:
    return True


class PlainSweep:
    """One family's addresses, with what every user may do."""

    def __init__(self, work: Work, family: Family) -> None:
        self._work, self._family = work, family
        self._found: set[bytes] = set()

    def discover(self, ranges: list[tuple[int, int]]) -> bytes:
        """Every address that answered, one after another. Where pinging is not allowed, a connect asks instead."""
        asked = addresses(self._family, ranges)
        probes, pings = self._work.job["probes"], ping.allowed(self._family)
        if pings and ("echo" in probes or "arp" in probes):
            self._ping(asked)
        if "syn" in probes or not pings:
            silent = [item for item in split(self._family, asked) if item not in self._found]
            self._knock(silent)
        return b"".join(sorted(self._found))

    def tcp(self, alive: bytes, ports: Sequence[int]) -> None:
        """Which ports are open."""
        hosts = [self._family.text(item) for item in split(self._family, alive)]

        def seen(number: int, is_open: bool, _seconds: float) -> None:
            if is_open:
                port, host = divmod(number, len(hosts))
                self._work.news.port(hosts[host], "tcp", ports[port], "open")

        knocks = Connects(
            self._family, hosts, ports, pace=self._work.pace, seen=seen, turn_over=self._work.turn_over
        )
        self._run(knocks, range(len(hosts) * len(ports)))

    def _ping(self, asked: bytes) -> None:
        width = self._family.width

        def heard(number: int, seconds: float, life: int) -> None:
            address = asked[number * width : (number + 1) * width]
            self._found.add(address)
            self._work.news.alive(self._family.text(address), "echo", seconds, life or None)

        self._work.ask(ping.Ping(self._family, asked, heard))

    def _knock(self, silent: list[bytes]) -> None:
        hosts = [self._family.text(item) for item in silent]
        ports = self._work.job["syn_probe_ports"]

        def seen(number: int, _is_open: bool, seconds: float) -> None:
            address = silent[number % len(silent)]
            if address not in self._found:
                self._found.add(address)
                self._work.news.alive(self._family.text(address), "connect", seconds)

        def wanted(number: int) -> bool:
            return silent[number % len(silent)] not in self._found

        knocks = Connects(
            self._family, hosts, ports, pace=self._work.pace, seen=seen, turn_over=self._work.turn_over
        )
        self._run(knocks, scattered(len(hosts) * len(ports)), wanted)

    def _run(self, knocks: Connects, order: Sequence[int], wanted: Callable[[int], bool] = _always) -> None:
        try:
            knocks.run(order, wanted)
        finally:
            self._work.add(knocks.sent, knocks.received, knocks.unsendable)
            self._work.passes = max(self._work.passes, 1)
