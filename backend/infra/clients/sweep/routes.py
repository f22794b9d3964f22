"""Which way an address lies, from the kernel's tables: nothing is sent."""

import fcntl
import socket
import struct
from collections.abc import Iterator

_SIOCGIFFLAGS, _SIOCGIFHWADDR = 0x8913, 0x8927
_IFF_LOOPBACK, _IFF_NOARP = 0x8, 0x80
_ARPHRD_ETHER = 1
_RTF_UP, _RTF_GATEWAY, _RTF_REJECT, _RTF_LOCAL = 0x1, 0x2, 0x200, 0x80000000
Range = tuple[int, int]


class Route:
    """A network and the card behind which it lies; `direct` where its addresses are on that card's own segment."""

    def __init__(self, first: int, last: int, card: str, *, direct: bool, gateway: int = 0) -> None:
        """From the first address to the last; `gateway` for IPv4 only."""
        self.first, self.last, self.card, self.direct = first, last, card, direct
        self.gateway = gateway


class Card:
    """A network card with an Ethernet address."""

    def __init__(self, name: str, index: int, mac: bytes) -> None:
        """As the kernel knows it."""
        self.name, self.index, self.mac = name, index, mac


def routes(version: int, proc: str = "/proc/net") -> list[Route]:
    """The main table, longest prefix first."""
    found = list(_ipv4(f"{proc}/route") if version == 4 else _ipv6(f"{proc}/ipv6_route"))
    return sorted(found, key=lambda route: route.last - route.first)


def on_link(ranges: list[Range], table: list[Route]) -> tuple[dict[str, list[Range]], list[Range]]:
    """Split ranges into what lies on a card's own segment, by card, and the rest."""
    direct: dict[str, list[Range]] = {}
    rest, left = [], ranges
    for route in table:
        left, inside = _cut(left, route)
        if route.direct:
            direct.setdefault(route.card, []).extend(inside)
        else:
            rest += inside
    return {card: parts for card, parts in direct.items() if parts}, sorted([*rest, *left])


def _cut(ranges: list[Range], route: Route) -> tuple[list[Range], list[Range]]:
    outside, inside = [], []
    for first, last in ranges:
        low, high = max(first, route.first), min(last, route.last)
        if low > high:
            outside.append((first, last))
            continue
        inside.append((low, high))
        outside += [part for part in ((first, low - 1), (high + 1, last)) if part[0] <= part[1]]
    return outside, inside


def card(name: str) -> Card | None:
    """A card that has neighbours to be asked for; None for a tunnel, a loopback or one that is gone."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asker:
        request = struct.pack("256s", name.encode()[:15])
        try:
            flags = struct.unpack_from("H", fcntl.ioctl(asker, _SIOCGIFFLAGS, request), 16)[0]
            kind, mac = struct.unpack_from("H6s", fcntl.ioctl(asker, _SIOCGIFHWADDR, request), 16)
            index = socket.if_nametoindex(name)
        except OSError:
            return None
    if kind != _ARPHRD_ETHER or flags & (_IFF_LOOPBACK | _IFF_NOARP):
        return None
    return Card(name, index, mac)


def source(version: int, address: bytes) -> bytes | None:
    """From which of our addresses a packet to this one would leave; None where there is no way."""
    family = socket.AF_INET if version == 4 else socket.AF_INET6
    with socket.socket(family, socket.SOCK_DGRAM) as asker:
        try:
            asker.connect((socket.inet_ntop(family, address), 9))
        except OSError:
            return None
        return socket.inet_pton(family, asker.getsockname()[0].partition("%")[0])


def _ipv4(table: str) -> Iterator[Route]:
    for line in lines(table)[1:]:
        name, destination, gateway, flags, *_, mask = line.split()[:8]
        if int(flags, 16) & _RTF_UP:
            first, bits = socket.ntohl(int(destination, 16)), socket.ntohl(int(mask, 16))
            direct = not int(flags, 16) & (_RTF_GATEWAY | _RTF_REJECT)
            through = socket.ntohl(int(gateway, 16))
            yield Route(first, first | (bits ^ 0xFFFFFFFF), name, direct=direct, gateway=through)


def _ipv6(table: str) -> Iterator[Route]:
    for line in lines(table):
        destination, length, _, _, gateway, *_, flags, name = line.split()
        marks, prefix = int(flags, 16), int(length, 16)
        if not marks & _RTF_UP or marks & _RTF_LOCAL:
            continue
        first = int(destination, 16)
        direct = not marks & (_RTF_GATEWAY | _RTF_REJECT) and int(gateway, 16) == 0 and name != "lo"
        yield Route(first, first | ((1 << (128 - prefix)) - 1), name, direct=direct)


def lines(table: str) -> list[str]:
    """The lines of one of the kernel's tables; none where it has no such table."""
    try:
        with open(table, encoding="ascii", errors="replace") as file:  # noqa: PTH123 - pathlib takes long to import
            return file.read().splitlines()
    except OSError:
        return []
