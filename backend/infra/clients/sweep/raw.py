"""Sweeping with raw sockets: neighbours by ARP, the rest by echo and SYN; ports by SYN."""

from collections.abc import Callable, Iterable, Sequence

from backend.infra.clients.sweep import gateways, routes
from backend.infra.clients.sweep.echo import Echo
from backend.infra.clients.sweep.family import IPV4, Family, addresses, mixed
from backend.infra.clients.sweep.neighbours import Arp, Met, Solicit
from backend.infra.clients.sweep.syn import Syn
from backend.infra.clients.sweep.ways import KernelWay, LinkWay, Way
from backend.infra.clients.sweep.work import Work

ROUND = 1 << 17  # questions about ports that are in the air or awaited at a time
Range = tuple[int, int]
Ends = tuple[bytes, bytes]  # the lowest and highest address


class RawSweep:
    """One family's addresses, in packets of our own."""

    def __init__(self, work: Work, family: Family) -> None:
        self._work, self._family = work, family
        self._found: set[bytes] = set()
        self._macs: dict[bytes, bytes] = {}
        self._cards: dict[bytes, routes.Card] = {}  # by the address of ours that lies on it

    def discover(self, ranges: list[Range]) -> bytes:
        """Every address that answered, one after another."""
        probes = self._work.job["probes"]
        direct, rest = self._segments(ranges) if "arp" in probes else ([], ranges)
        for card, parts in direct:
            self._neighbours(card, mixed(self._family, addresses(self._family, parts)))
        asked = addresses(self._family, rest)
        ends = asked[: self._family.width], asked[-self._family.width :]
        asked = mixed(self._family, asked)
        if asked and "echo" in probes:
            self._echo(asked, ends)
        silent = b"".join(item for item in split(self._family, asked) if item not in self._found)
        if silent and "syn" in probes and self._work.job["syn_probe_ports"]:
            for source, hosts in by_source(self._family, silent).items():
                self._knock(source, hosts, ends)
        return b"".join(sorted(self._found))

    def tcp(self, alive: bytes, ports: Sequence[int]) -> None:
        """Which ports are open."""
        groups = self._groups(alive)
        within = self._work.part(*self._work.span)
        for group, (way, source, hosts) in enumerate(groups):
            step = max(1, ROUND // (len(hosts) // self._family.width))
            for start in range(0, len(ports), step):
                share = [group + min(1.0, place / len(ports)) for place in (start, start + step)]
                within(share[0] / len(groups), share[1] / len(groups))
                self._tcp_round(way, source, hosts, ports[start : start + step])

    def _groups(self, alive: bytes) -> list[tuple[Way, bytes, bytes]]:
        """The machines by the way to them: neighbours whose MAC is known, others by our address."""
        groups: list[tuple[Way, bytes, bytes]] = []
        items = list(split(self._family, alive))
        near = b"".join(item for item in items if item in self._macs)
        far = b"".join(item for item in items if item not in self._macs)
        for source, hosts in by_source(self._family, near).items():
            card = self._cards.get(source)
            way = LinkWay(card, source, self._macs) if card else KernelWay(self._family, source)
            groups.append((way, source, hosts))
        for source, hosts in by_source(self._family, far).items():
            width = self._family.width
            groups.append((self._way(hosts[:width], hosts[-width:], source), source, hosts))
        return groups

    def _segments(self, ranges: list[Range]) -> tuple[list[tuple[routes.Card, list[Range]]], list[Range]]:
        """What is asked on our own segments, and what lies behind routers."""
        direct, rest = routes.on_link(ranges, routes.routes(self._family.version))
        segments = []
        for name, parts in direct.items():
            card = routes.card(name)
            if card is None:
                rest += parts
            else:
                segments.append((card, parts))
        return segments, sorted(rest)

    def _neighbours(self, card: routes.Card, asked: bytes) -> None:
        if self._family is not IPV4:
            self._work.ask(Solicit(card, asked, self._met("nd", asked)))
            return
        for source, hosts in by_source(self._family, asked).items():
            self._cards[source] = card
            self._work.ask(Arp(card, hosts, source, self._met("arp", hosts)))

    def _met(self, how: str, asked: bytes) -> Met:
        def met(number: int, seconds: float, mac: bytes) -> None:
            address = self._address(asked, number)
            if self._family is IPV4:
                self._macs[address] = mac
            self._tell(address, how, seconds, None, mac)

        return met

    def _echo(self, asked: bytes, ends: Ends) -> None:
        def heard(number: int, seconds: float, life: int) -> None:
            self._tell(self._address(asked, number), "echo", seconds, life)

        self._work.ask(Echo(self._family, asked, heard, self._way(*ends)))

    def _knock(self, source: bytes, hosts: bytes, ends: Ends) -> None:
        count = len(hosts) // self._family.width

        def seen(number: int, is_open: bool, life: int, seconds: float) -> None:
            address = self._address(hosts, number % count)
            if address not in self._found:
                self._tell(address, "syn_ack" if is_open else "rst", seconds, life)

        ports = self._work.job["syn_probe_ports"]
        way = self._way(*ends, source)
        self._work.ask(Syn(self._family, hosts, ports, source, seen, way=way, hosts_only=True))

    def _tcp_round(self, way: Way, source: bytes, hosts: bytes, ports: Sequence[int]) -> None:
        count = len(hosts) // self._family.width

        def seen(number: int, is_open: bool, _life: int, _seconds: float) -> None:
            if is_open:
                text = self._family.text(self._address(hosts, number % count))
                self._work.news.port(text, "tcp", ports[number // count], "open")

        self._work.ask(Syn(self._family, hosts, ports, source, seen, way=way, hosts_only=False))

    def _way(self, low: bytes, high: bytes, source: bytes | None = None) -> Way:
        """Straight to the gateway where one leads to all between these, else as the kernel has it."""
        straight = gateways.way(low, high, source) if self._family is IPV4 else None
        return straight or KernelWay(self._family, source)

    def _address(self, packed: bytes, number: int) -> bytes:
        return packed[number * self._family.width : (number + 1) * self._family.width]

    def _tell(self, address: bytes, how: str, seconds: float, life: int | None, mac: bytes | None = None) -> None:
        self._found.add(address)
        self._work.news.alive(self._family.text(address), how, seconds, life, mac)


def split(family: Family, packed: bytes) -> Iterable[bytes]:
    """Addresses one by one."""
    return (packed[place : place + family.width] for place in range(0, len(packed), family.width))


def by_source(
    family: Family, packed: bytes, source: Callable[[int, bytes], bytes | None] = routes.source
) -> dict[bytes, bytes]:
    """Addresses by the one of ours that packets to them leave from; without those that no way leads to.

    One address is asked about for each block of 256: routes to less than that seldom leave from elsewhere.
    """
    groups: dict[bytes, list[bytes]] = {}
    blocks: dict[bytes, bytes | None] = {}
    for address in split(family, packed):
        block = address[:-1]
        if block not in blocks:
            blocks[block] = source(family.version, address)
        found = blocks[block]
        if found is not None:
            groups.setdefault(found, []).append(address)
    return {found: b"".join(items) for found, items in groups.items()}
