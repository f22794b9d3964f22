"""Who is given to nmap together, and what for: one process for many hosts, never one for each.

nmap waits most of its time, for all hosts of a process at once; a process of its own for each host would cost
seven times as much. Hosts that want the same are packed together, those with alike ports first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.pipeline.found import MANY_PORTS, RECOGNISED, Found
from backend.domain.discovery.scripts import worth_asking

GROUP = 32
FEW = 10  # a group of fewer hosts is never left alone because its ports differ
MANY_ASKED = 64  # ports that a group asks of each of its hosts, beyond which the next group begins
# nmap tells systems apart by an open and a closed port; of what the sweep found only open ones are known.
LIKELY_CLOSED = (1, 43_210)


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """What nmap should find out about one host. `manner` is what has to be the same within a process.

    Neighbours on our own segment and those behind routers are apart, for nmap asks one kind after the other.
    """

    manner: tuple[bool, bool, bool, bool, bool]  # versions, operating system, scripts, gently, neighbour
    tcp: tuple[int, ...]
    udp: tuple[int, ...]
    scripts: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """What one nmap is asked."""

    addresses: tuple[str, ...]
    tcp: tuple[int, ...]
    udp: tuple[int, ...]
    versions: bool
    os: bool
    scripts: tuple[str, ...]
    gentle: bool


def wish(host: Found, options: ScanOptions) -> Wish | None:
    """What only nmap can tell of a host; None where nothing is left, or where it is better left alone."""
    if host.difficult or len(host.ports) > MANY_PORTS:
        return None
    gentle = host.manners is not None
    tcp = host.speakable("tcp", etiquette=options.etiquette)
    udp = host.speakable("udp", etiquette=options.etiquette)
    told = host.spoken_to and options.service_versions
    scripts = () if gentle else worth_asking(options.scripts, frozenset((*tcp, *udp)), spoken_to=told)
    system = options.os_detection and not gentle and not host.os_known and bool(tcp)
    unnamed = {(p, n) for p, ns in (("tcp", tcp), ("udp", udp)) for n in ns if _is_unnamed(host, p, n)}
    versions = options.service_versions and bool(unnamed) and not (gentle and _is_controller(host))
    if not (versions or system or scripts):
        return None
    if not scripts:
        tcp = tuple(n for n in tcp if ("tcp", n) in unnamed or system)
        udp = tuple(n for n in udp if ("udp", n) in unnamed)
    manner = (versions, system, bool(scripts), gentle, host.mac is not None)
    return Wish(manner, tcp, udp, scripts, host.address)


def _is_unnamed(host: Found, protocol: str, number: int) -> bool:
    return host.named.get((protocol, number), 0) < RECOGNISED


def _is_controller(host: Found) -> bool:
    return host.manners is not None and host.manners.kind == "controller"


def groups(wishes: Iterable[Wish]) -> Iterator[Group]:
    """Pack hosts by what they want, those with alike ports beside each other; a few odd ones share a process."""
    few: list[list[Wish]] = []
    for packed in _packed(wishes):
        if len(packed) < FEW:
            few.append(packed)
        else:
            yield _group(packed)
    few.sort(key=lambda packed: packed[0].manner[3:])
    for _, odd in groupby(few, key=lambda packed: packed[0].manner[3:]):
        together = [item for packed in odd for item in packed]
        for start in range(0, len(together), GROUP):
            yield _group(together[start : start + GROUP])


def _packed(wishes: Iterable[Wish]) -> Iterator[list[Wish]]:
    for _, alike in groupby(sorted(wishes), key=lambda item: item.manner):
        packed: list[Wish] = []
        for item in alike:
            if len(packed) >= GROUP or (len(packed) >= FEW and _asked([*packed, item]) > MANY_ASKED):
                yield packed
                packed = []
            packed.append(item)
        yield packed


def _asked(packed: list[Wish]) -> int:
    return len({n for item in packed for n in item.tcp}) + len({n for item in packed for n in item.udp})


def _group(packed: list[Wish]) -> Group:
    """One process that does what any of these wants."""
    versions, system, _ = (any(item.manner[place] for item in packed) for place in range(3))
    tcp = {n for item in packed for n in item.tcp} | set(LIKELY_CLOSED if system else ())
    udp = {n for item in packed for n in item.udp}
    scripts = tuple(dict.fromkeys(name for item in packed for name in item.scripts))
    addresses = tuple(item.address for item in packed)
    gentle = packed[0].manner[3]
    return Group(addresses, tuple(sorted(tcp)), tuple(sorted(udp)), versions, system, scripts, gentle)
