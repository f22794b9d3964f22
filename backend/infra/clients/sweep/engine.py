"""The engine of one sweep, in a process of its own: a job as JSON on standard input, news on standard output.

SIGTERM ends it with what was found; whoever wants silence kills it.
"""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from backend.infra.clients.sweep import routes
from backend.infra.clients.sweep.echo import Echo
from backend.infra.clients.sweep.family import IPV4, Family, addresses, of_version, scattered
from backend.infra.clients.sweep.neighbours import Arp, Solicit
from backend.infra.clients.sweep.news import News
from backend.infra.clients.sweep.passes import Pace, Passes, Prober, Stopped
from backend.infra.clients.sweep.syn import Syn

ROUND = 1 << 17  # questions about ports that are in the air or awaited at a time
SWEEP_SHARE = 0.3  # of the progress, where ports follow


class Engine:
    """Sweeps what one job says."""

    def __init__(self, job: dict[str, Any], news: News) -> None:
        self._job, self._news = job, news
        self._ends_at = time.monotonic() + float(job["deadline_s"])
        self._stopped = False
        self._span = (0.0, 1.0)
        self._pace = Pace(job["rate"])
        self._figures = {"sent": 0, "received": 0, "passes": 0, "loss": 0.0}
        self._lost, self._tried, self._unsendable = 0, 0, 0

    def stop(self, *_: object) -> None:
        """End soon, and say what was found."""
        self._stopped = True

    def run(self) -> None:
        """Do all of it, and say how it ended."""
        code, why = "success", {}
        try:
            for version in (4, 6):
                ranges = [(first, last) for family, first, last in self._job["ranges"] if family == version]
                if ranges:
                    self._sweep(of_version(version), ranges)
            if self._unsendable and not self._figures["sent"]:
                code = "no_route"
        except Stopped as stopped:
            code = str(stopped.args[0])
        except OSError as fault:
            code, why = "fault", {"reason": f"{fault.strerror} ({fault.errno})"}
        self._news.tell(1.0, now=True)
        self._figures["loss"] = round(self._lost / self._tried, 5) if self._tried else 0.0
        self._news.ended(code, params=why, **self._figures)

    def _sweep(self, family: Family, ranges: list[tuple[int, int]]) -> None:
        ports = self._job["tcp_ports"] or self._job["udp_ports"]
        self._news.phase, self._span = "discovery", (0.0, SWEEP_SHARE if ports else 1.0)
        alive = self._discover(family, ranges) if self._job["probes"] else addresses(family, ranges)
        if ports and alive:
            self._news.tell(self._span[1], now=True)
            self._news.phase, self._span = "ports", (SWEEP_SHARE, 1.0)
            self._tcp(family, alive, self._job["tcp_ports"])

    def _discover(self, family: Family, ranges: list[tuple[int, int]]) -> bytes:
        """Every address that answered, one after another."""
        found: set[bytes] = set()
        direct, rest = self._segments(family, ranges)
        for card, parts in direct:
            self._neighbours(family, card, addresses(family, parts), found)
        asked = addresses(family, rest)
        if asked and "echo" in self._job["probes"]:
            self._echo(family, asked, found)
        if asked and "syn" in self._job["probes"]:
            silent = [item for item in _split(family, asked) if item not in found]
            self._syn_alive(family, b"".join(silent), found)
        return b"".join(sorted(found))

    def _segments(
        self, family: Family, ranges: list[tuple[int, int]]
    ) -> tuple[list[tuple[routes.Card, list[tuple[int, int]]]], list[tuple[int, int]]]:
        """What is asked on our own segments, and what lies behind routers."""
        if "arp" not in self._job["probes"]:
            return [], ranges
        direct, rest = routes.on_link(ranges, routes.routes(family.version))
        cards = [(routes.card(name), parts) for name, parts in direct.items()]
        for card, parts in cards:
            if card is None:
                rest += parts
        return [(card, parts) for card, parts in cards if card is not None], sorted(rest)

    def _neighbours(self, family: Family, card: routes.Card, asked: bytes, found: set[bytes]) -> None:
        def met(number: int, seconds: float, mac: bytes) -> None:
            address = asked[number * family.width : (number + 1) * family.width]
            found.add(address)
            self._news.alive(family.text(address), "arp" if family is IPV4 else "nd", seconds, None, mac)

        source = routes.source(family.version, asked[: family.width])
        if family is not IPV4:
            self._ask(Solicit(card, asked, met), Solicit.close)
        elif source is not None:
            self._ask(Arp(card, asked, source, met), Arp.close)

    def _echo(self, family: Family, asked: bytes, found: set[bytes]) -> None:
        def heard(number: int, seconds: float, life: int) -> None:
            address = asked[number * family.width : (number + 1) * family.width]
            found.add(address)
            self._news.alive(family.text(address), "echo", seconds, life)

        self._ask(Echo(family, asked, heard), Echo.close)

    def _syn_alive(self, family: Family, asked: bytes, found: set[bytes]) -> None:
        for source, hosts in _by_source(family, asked).items():
            self._syn_hosts(family, source, hosts, found)

    def _syn_hosts(self, family: Family, source: bytes, hosts: bytes, found: set[bytes]) -> None:
        count = len(hosts) // family.width

        def seen(number: int, is_open: bool, life: int, seconds: float) -> None:
            place = number % count
            address = hosts[place * family.width : (place + 1) * family.width]
            if address not in found:
                found.add(address)
                self._news.alive(family.text(address), "syn_ack" if is_open else "rst", seconds, life)

        self._ask(Syn(family, hosts, self._job["syn_probe_ports"], source, seen, hosts_only=True), Syn.close)

    def _tcp(self, family: Family, alive: bytes, ports: Sequence[int]) -> None:
        low, high = self._span
        for source, hosts in _by_source(family, alive).items():
            step = max(1, ROUND // (len(hosts) // family.width))
            for start in range(0, len(ports), step):
                part = ports[start : start + step]
                self._span = (
                    low + (high - low) * start / len(ports),
                    low + (high - low) * min(1.0, (start + step) / len(ports)),
                )
                self._tcp_round(family, source, hosts, part)

    def _tcp_round(self, family: Family, source: bytes, hosts: bytes, ports: Sequence[int]) -> None:
        count = len(hosts) // family.width

        def seen(number: int, is_open: bool, _life: int, _seconds: float) -> None:
            if is_open:
                place = number % count
                address = hosts[place * family.width : (place + 1) * family.width]
                self._news.port(family.text(address), "tcp", ports[number // count], "open")

        self._ask(Syn(family, hosts, ports, source, seen, hosts_only=False), Syn.close)

    def _ask(self, prober: Any, close: Callable[[Any], None]) -> None:
        """Put a prober's questions in passes, and add up what it came to."""
        passes = Passes(_prober(prober), self._pace, self._job["max_passes"], self._turn_over)
        try:
            passes.run(scattered(prober.count))
        finally:
            tally = passes.tally
            self._figures["sent"] += tally.sent
            self._figures["received"] += tally.received
            self._figures["passes"] = max(self._figures["passes"], tally.passes)
            self._lost += tally.lost
            self._tried += tally.tried
            self._unsendable += prober.unsendable
            close(prober)

    def _turn_over(self, fraction: float) -> None:
        low, high = self._span
        self._news.tell(low + (high - low) * min(fraction, 0.99))
        if self._stopped:
            raise Stopped("stopped")
        if time.monotonic() > self._ends_at:
            raise Stopped("deadline")


def _prober(prober: Prober) -> Prober:
    return prober


def _split(family: Family, packed: bytes) -> Iterable[bytes]:
    return (packed[place : place + family.width] for place in range(0, len(packed), family.width))


def _by_source(family: Family, packed: bytes) -> dict[bytes, bytes]:
    """Addresses by the one of ours that packets to them leave from; without those that no way leads to."""
    groups: dict[bytes, list[bytes]] = {}
    blocks: dict[bytes, bytes | None] = {}
    for address in _split(family, packed):
        block = address[:-1]
        if block not in blocks:
            blocks[block] = routes.source(family.version, address)
        source = blocks[block]
        if source is not None:
            groups.setdefault(source, []).append(address)
    return {source: b"".join(items) for source, items in groups.items()}


def main() -> None:
    """Read the job, do it."""
    job = json.loads(sys.stdin.buffer.read())
    engine = Engine(job, News(sys.stdout.fileno()))
    signal.signal(signal.SIGTERM, engine.stop)
    engine.run()
