"""How fine a chart is drawn: the step that fits a range and a number of points, and where its rows come from.

    raw ──5 minutes──► 5m ──an hour──► 1h ──a day──► 1d

Each level but the first holds count, sum, minimum and maximum of whole buckets, cut at fixed moments since 1970
(UTC). What a level does not hold yet is read from the finer one, down to the rows themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

Resolution = Literal["raw", "5m", "1h", "1d"]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_S = 86_400
# Steps that people can read on an axis. From 5 minutes on each is a multiple of the level it is read from.
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, DAY_S)


@dataclass(frozen=True, slots=True)
class Level:
    """A roll-up and the length of its buckets."""

    name: Resolution
    seconds: int


FIVE_MINUTES, HOUR, DAY = Level("5m", 300), Level("1h", 3600), Level("1d", DAY_S)
# The finest first.
LEVELS = (FIVE_MINUTES, HOUR, DAY)


@dataclass(frozen=True, slots=True)
class Filled:
    """How far each level is filled, and from when on each (and `raw`) still holds everything."""

    until: Mapping[str, datetime] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)

    def holds(self, name: str, start: datetime) -> bool:
        """Whether nothing after `start` was dropped from that level."""
        since = self.since.get(name)
        return since is None or since <= start


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a range, and the level that answers for it; without a level, the rows themselves."""

    level: Level | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart: its resolution, the distance of its points, and the whole buckets that it covers."""

    resolution: Resolution
    step_s: int
    start: datetime
    end: datetime
    parts: tuple[Part, ...]


def floored(at: datetime, seconds: int) -> datetime:
    """The beginning of the bucket in which a moment lies."""
    return at - (at - EPOCH) % timedelta(seconds=seconds)


def ceiled(at: datetime, seconds: int) -> datetime:
    """The first beginning of a bucket that is not before a moment."""
    down = floored(at, seconds)
    return down if down == at else down + timedelta(seconds=seconds)


def step_for(span: timedelta, points: int) -> int:
    """The smallest readable step with which a range has no more points than that (and one that is cut off)."""
    wanted = span.total_seconds() / points
    for step in _STEPS:
        if step >= wanted:
            return step
    return -(-int(wanted + 0.999) // DAY_S) * DAY_S


def plan(start: datetime, end: datetime, points: int, filled: Filled = Filled()) -> Plan:
    """The chart of a range. Where finer rows were dropped, as coarse as what is left."""
    step = step_for(end - start, points)
    level = _level_of(step)
    while not filled.holds(level.name if level else "raw", start) and level is not DAY:
        level = LEVELS[LEVELS.index(level) + 1] if level else FIVE_MINUTES
        step = max(step, level.seconds)
    step = -(-step // level.seconds) * level.seconds if level else step
    first, last = floored(start, step), ceiled(end, step)
    parts = _parts(level, first, last, filled)
    return Plan(level.name if level else "raw", step, first, last, parts)


def _level_of(step: int) -> Level | None:
    fitting = [level for level in LEVELS if level.seconds <= step and step % level.seconds == 0]
    return fitting[-1] if fitting else None


def _parts(level: Level | None, start: datetime, end: datetime, filled: Filled) -> tuple[Part, ...]:
    """From the level for as far as it is filled, then from the next finer one, down to the rows."""
    parts: list[Part] = []
    finer = LEVELS[: LEVELS.index(level) + 1] if level else ()
    for each in reversed(finer):
        until = min(end, floored(filled.until.get(each.name, EPOCH), each.seconds))
        if until > start:
            parts.append(Part(each, start, until))
            start = until
    if start < end:
        parts.append(Part(None, start, end))
    return tuple(parts)
