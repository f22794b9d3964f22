"""Counters to rates: how much a second between two polls, and nothing where that cannot be known.

The first poll has no rate. Neither has one after a restart, after a counter began anew, or where a counter of 32
bits may have gone round more than once: a gap is true, a spike would be invented.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

SHORTEST_S = 0.5
# How far the target's clock may stray from ours between two polls.
SLACK_S, SLACK_SHARE = 3.0, 0.05
_ROUND = 1 << 32
# The fastest line there is, ten terabits: more in a second is no count but a fault.
_FASTEST = 10e12 / 8


@dataclass(frozen=True, slots=True)
class Count:
    """A counter's value. `since` changes when it began anew; `most` is how much a second it can grow, if known."""

    value: int
    bits: int = 64
    since: Hashable = 0
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When counters were read: seconds since the target's start, our clock, and what tells two starts apart.

    `wraps_s` is where the target's own clock goes round: SNMP's TimeTicks after 497 days.
    """

    up_s: float
    clock_s: float
    start: Hashable = None
    wraps_s: float | None = None


@dataclass(frozen=True, slots=True)
class _Base:
    moment: Moment
    counts: Mapping[Hashable, Count]


class CounterBook:
    """Remembers the last counters of each owner, of so many owners as are given."""

    def __init__(self, owners: int = 50_000) -> None:
        self._owners = owners
        self._kept: OrderedDict[Hashable, _Base] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def rates(
        self, owner: Hashable, moment: Moment, counts: Mapping[Hashable, Count]
    ) -> tuple[float, dict[Hashable, float]]:
        """Seconds since the last time, and how much a second of each counter that can be compared."""
        base = self._kept.get(owner)
        span = elapsed(base.moment, moment) if base else None
        if base and span is not None and span < SHORTEST_S:
            return 0.0, {}
        self._kept[owner] = _Base(moment, dict(counts))
        self._kept.move_to_end(owner)
        if len(self._kept) > self._owners:
            self._kept.popitem(last=False)
        if base is None or span is None:
            return 0.0, {}
        found = {name: grown(base.counts.get(name), count, span) for name, count in counts.items()}
        return span, {name: more / span for name, more in found.items() if more is not None}

    def forget(self, owner: Hashable) -> None:
        """The owner is gone."""
        self._kept.pop(owner, None)


def elapsed(before: Moment, now: Moment) -> float | None:
    """Seconds between two moments by the target's clock; None where it restarted in between."""
    if before.start != now.start:
        return None
    span = now.up_s - before.up_s
    if now.wraps_s:
        span %= now.wraps_s
    ours = now.clock_s - before.clock_s
    return span if abs(span - ours) <= max(SLACK_S, SLACK_SHARE * ours) and span >= 0 else None


def grown(before: Count | None, now: Count, span: float) -> int | None:
    """How much a counter grew in so many seconds; None where that cannot be known."""
    if before is None or before.since != now.since or before.bits != now.bits:
        return None
    more = now.value - before.value
    if now.bits == 32:
        if now.most is not None and now.most * span >= _ROUND:
            return None  # it may have gone round unseen
        more %= _ROUND
        if now.most is None and more > _ROUND // 2:
            return None
    most = now.most * 1.25 + 1500 if now.bits == 32 and now.most else _FASTEST
    return more if 0 <= more <= most * span else None
