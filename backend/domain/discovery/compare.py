"""What is different between two scans of the same addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.domain.discovery.options import ScanOptions, port_ranges, top_ports
from backend.domain.discovery.scan import Scan


class Difference(StrEnum):
    """What became different."""

    HOST_NEW = "host_new"
    HOST_GONE = "host_gone"
    PORT_OPENED = "port_opened"
    PORT_CLOSED = "port_closed"
    SERVICE_CHANGED = "service_changed"
    OS_CHANGED = "os_changed"
    NAME_CHANGED = "name_changed"


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference: `old` and `new` in words, where there is something to say."""

    kind: Difference
    address: str
    device_id: int | None
    port: str | None
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One page of differences, all of them counted, and whether ports could be compared at all."""

    items: tuple[Changed, ...]
    totals: Mapping[Difference, int]

    @property
    def total(self) -> int:
        """How many differences."""
        return sum(self.totals.values())


@dataclass(frozen=True, slots=True)
class Compared:
    """What both scans asked: only there a difference is one. Ports None: whatever the two asked alike."""

    ports_alike: bool
    tcp: tuple[tuple[int, int], ...] = ()
    udp: tuple[tuple[int, int], ...] = ()


def compared_ports(now: Scan, before: Scan) -> Compared:
    """The ports that both asked: all, where the two asked alike; the common ones, where both are lists."""
    if _asked(now.options) == _asked(before.options):
        return Compared(True)
    return Compared(
        False,
        _common(now.options.tcp_ports, before.options.tcp_ports),
        _common(now.options.udp_ports, before.options.udp_ports),
    )


def _asked(options: ScanOptions) -> tuple[str | None, str | None]:
    return options.tcp_ports, options.udp_ports


def _common(one: str | None, other: str | None) -> tuple[tuple[int, int], ...]:
    """Which of the most common ports those are only nmap knows, so a mix of kinds has nothing in common."""
    if not one or not other:
        return ()
    if one == other and top_ports(one) is None:
        return port_ranges(one)
    if top_ports(one) is not None or top_ports(other) is not None:
        return ()
    pairs = [(max(a, c), min(b, d)) for a, b in port_ranges(one) for c, d in port_ranges(other)]
    return tuple(pair for pair in pairs if pair[0] <= pair[1])
