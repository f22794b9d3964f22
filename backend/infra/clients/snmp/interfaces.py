"""Interfaces of an agent: names, counters of 64 bits or else of 32, and what they can carry."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from backend.domain.inventory.text import one_line
from backend.domain.monitoring.collector import Sample
from backend.domain.monitoring.counters import Count
from backend.infra.clients.lines import is_line
from backend.infra.clients.snmp.ber import arcs
from backend.infra.clients.snmp.mib import IS_UP, LINES
from backend.infra.clients.snmp.pdu import Value
from backend.infra.clients.snmp.walk import Row

FAULTS = ("if_in_errors_ps", "if_out_errors_ps", "if_in_discards_ps", "if_out_discards_ps")
MAX_TEXT = 600
IN, OUT = "if_in_bytes_ps", "if_out_bytes_ps"


@dataclass(frozen=True, slots=True)
class Interface:
    """One row. `speed` is bytes a second; None where it is not said."""

    index: str
    name: str
    type: int | None
    up: bool
    speed: float | None
    since: int
    octets: tuple[int | None, int | None]
    faults: tuple[int | None, ...]
    bits: int = 64

    @property
    def counts(self) -> bool:
        """Whether the machine's sums hold it."""
        return self.up and (self.type is None or self.type in LINES) and is_line(self.name)

    def counters(self) -> Iterator[tuple[Hashable, Count]]:
        """Its counters, by name and index."""
        for name, value in zip((IN, OUT), self.octets, strict=True):
            if value is not None:
                most = self.speed if self.bits == 32 else None
                yield (name, self.index), Count(value, self.bits, self.since, most)
        for name, value in zip(FAULTS, self.faults, strict=True):
            if value is not None:
                yield (name, self.index), Count(value, 32, self.since)


def interfaces(rows: Mapping[bytes, Row], old: Mapping[bytes, Row]) -> list[Interface]:
    """The rows in order of their index, with names that tell them apart."""
    found = [_interface(index, row, old.get(index)) for index, row in rows.items()]
    named = Counter(each.name for each in found)
    return [
        replace(each, name=f"{each.name} ({each.index})") if named[each.name] > 1 else each
        for each in sorted(found, key=lambda each: [int(part) for part in each.index.split(".")])
    ]


def without_wide_counters(rows: Mapping[bytes, Row]) -> bool:
    """Whether an agent has interfaces, but no 64-bit counters (RFC 2863 lets slow ones go without)."""
    return bool(rows) and all(row[3] is None and row[4] is None for row in rows.values())


def _interface(index: bytes, row: Row, old: Row | None) -> Interface:
    place = ".".join(map(str, arcs(index))) or "0"
    name, descr = row[0], old[0] if old else None
    shown = name if isinstance(name, bytes) and name else descr
    megabits, bits = number(row[9]), number(old[3]) if old else None
    speed = megabits * 1e6 / 8 if megabits else bits / 8 if bits else None
    octets = (number(old[1]), number(old[2])) if old else (number(row[3]), number(row[4]))
    return Interface(
        index=place,
        name=text(shown) or place,
        type=number(row[1]),
        up=row[2] == IS_UP,
        speed=speed,
        since=number(row[10]) or 0,
        octets=octets,
        faults=tuple(number(row[column]) for column in (5, 6, 7, 8)),
        bits=32 if old else 64,
    )


def traffic(
    found: list[Interface], rates: Mapping[Hashable, float], *, idle: bool
) -> tuple[dict[str, float | None], list[Sample]]:
    """The machine's sums, and every interface's own; `idle` is whether those that are down are told as well."""
    lines = [each for each in found if each.counts]
    sums = {
        "net_recv_ps": _sum(rates.get((IN, each.index)) for each in lines),
        "net_sent_ps": _sum(rates.get((OUT, each.index)) for each in lines),
        "net_capacity_ps": _sum(each.speed for each in lines),
    }
    samples = [sample for each in found if each.up or idle for sample in _samples(each, rates)]
    return sums, samples


def _samples(each: Interface, rates: Mapping[Hashable, float]) -> Iterator[Sample]:
    labels = {"interface": each.name}
    yield Sample("if_up", float(each.up), labels)
    if each.speed is not None:
        yield Sample("if_speed_ps", each.speed, labels)
    for name in (IN, OUT, *FAULTS):
        rate = rates.get((name, each.index))
        if rate is not None:
            yield Sample(name, rate, labels)


def _sum(values: Iterator[float | None]) -> float | None:
    """The sum, where each of them is known: half a sum looks like a drop that was none."""
    total, known = 0.0, False
    for value in values:
        if value is None:
            return None
        total, known = total + value, True
    return total if known else None


def number(value: Value) -> int | None:
    """A number that is not negative, of whatever an agent answered."""
    return value if isinstance(value, int) and value >= 0 else None


def text(value: Value) -> str:
    """What an agent calls something, fit to be shown; empty for what is no text."""
    return _shown(value[:MAX_TEXT]) if isinstance(value, bytes) else ""


@lru_cache(maxsize=16_384)
def _shown(value: bytes) -> str:
    """Names are the same at each poll: cleaned once."""
    return one_line(value, 150)
