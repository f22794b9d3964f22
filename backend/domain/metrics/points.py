"""Points of a chart: partial sums of buckets put together, means and percentages taken from them when asked.

Nothing is made up: a bucket without rows has no point, a measure without values is null.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from backend.domain.monitoring.catalogue import PERCENTAGES, WIDE

Number = float | int | None
UP = "up"
# Everything that a history can be asked for.
NAMES = (UP, *WIDE, *PERCENTAGES)


@dataclass(slots=True)
class Partial:
    """One measure in one bucket: sum and count of its values, the smallest, the largest."""

    total: float | None
    count: int
    least: Number
    most: Number

    def add(self, other: "Partial") -> None:
        """Take in another part of the same bucket."""
        if other.total is None or other.least is None or other.most is None:
            return
        if self.total is None or self.least is None or self.most is None:
            self.total, self.count, self.least, self.most = other.total, other.count, other.least, other.most
            return
        self.total += other.total
        self.count += other.count
        self.least, self.most = min(self.least, other.least), max(self.most, other.most)

    @property
    def mean(self) -> float | None:
        """The mean of the values; null where there are none."""
        return self.total / self.count if self.total is not None and self.count else None


@dataclass(slots=True)
class Bucket:
    """One step of a chart: how many rows, and a Partial for each column."""

    key: int
    at: datetime
    rows: int
    parts: dict[str, Partial]

    def add(self, other: "Bucket") -> None:
        """Take in another part of the same bucket."""
        self.rows += other.rows
        for name, part in other.parts.items():
            self.parts[name].add(part)


def merged(buckets: Iterable[Bucket]) -> Iterator[Bucket]:
    """Buckets in order, where neighbours may be parts of the same one."""
    last: Bucket | None = None
    for bucket in buckets:
        if last is not None and (last.key, last.at) == (bucket.key, bucket.at):
            last.add(bucket)
            continue
        if last is not None:
            yield last
        last = bucket
    if last is not None:
        yield last


def columns_of(names: Iterable[str]) -> tuple[str, ...]:
    """The stored columns that these metrics are made of."""
    found: dict[str, None] = {}
    for name in names:
        found |= dict.fromkeys(PERCENTAGES.get(name, (name,)))
    return tuple(found)


def point(bucket: Bucket, names: Sequence[str]) -> dict[str, Any]:
    """A point as the API shows it: mean, `_min` and `_max` of each metric; `up` is the share that answered."""
    shown: dict[str, Any] = {"timestamp": bucket.at, "count": bucket.rows}
    parts = bucket.parts
    for name in names:
        if name in PERCENTAGES:
            used, total = PERCENTAGES[name]
            part = _percentage(parts[used], parts[total])
        else:
            part = parts[name]
        shown[name] = part.mean
        if name != UP:
            shown[f"{name}_min"], shown[f"{name}_max"] = part.least, part.most
    return shown


def row(values: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """A stored row as the API shows it, with percentages of what it holds."""
    shown: dict[str, Any] = {"timestamp": values["timestamp"]}
    for name in names:
        if name in PERCENTAGES:
            used, total = PERCENTAGES[name]
            shown[name] = percent(values[used], values[total])
        else:
            shown[name] = values[name]
    return shown


def percent(used: Number, total: Number) -> float | None:
    """How much of the total; null where either is not known or the total is nothing."""
    return None if used is None or not total else used / total * 100


def _percentage(used: Partial, total: Partial) -> Partial:
    """Of the means; smallest and largest only where the total was the same all the time, as it mostly is."""
    mean = percent(used.mean, total.mean)
    if mean is None or total.least != total.most or used.count != total.count:
        return Partial(mean, 1, None, None)
    return Partial(mean, 1, percent(used.least, total.least), percent(used.most, total.most))
