"""Points of a chart: partial sums of buckets put together, means and percentages taken from them when asked.

Nothing is made up: a bucket without rows has no point, a measure without values is null.

A part of a bucket is a plain tuple, because a chart has a thousand of them: the key (monitor or series), the
moment, how many rows, and then for each column the sum and the count of its values, the smallest and the largest.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from backend.domain.monitoring.catalogue import PERCENTAGES, WIDE

Number = float | int | None
Bucket = tuple[Any, ...]
Shown = dict[str, Any]
UP = "up"
# Everything that a history can be asked for.
NAMES = (UP, *WIDE, *PERCENTAGES)
KEY, AT, ROWS, FIRST, WIDTH = 0, 1, 2, 3, 4


def merged(buckets: Iterable[Bucket]) -> Iterator[Bucket]:
    """Buckets in order, where neighbours may be parts of the same one."""
    last: Bucket | None = None
    for bucket in buckets:
        if last is None:
            last = bucket
        elif last[AT] == bucket[AT] and last[KEY] == bucket[KEY]:
            last = _together(last, bucket)
        else:
            yield last
            last = bucket
    if last is not None:
        yield last


def _together(one: Bucket, other: Bucket) -> Bucket:
    parts: list[Any] = [one[KEY], one[AT], one[ROWS] + other[ROWS]]
    for place in range(FIRST, len(one), WIDTH):
        mine, theirs = one[place : place + WIDTH], other[place : place + WIDTH]
        if mine[0] is None or theirs[0] is None:
            parts += theirs if mine[0] is None else mine
            continue
        parts += [mine[0] + theirs[0], mine[1] + theirs[1]]
        parts += [None, None] if mine[2] is None else [min(mine[2], theirs[2]), max(mine[3], theirs[3])]
    return tuple(parts)


def columns_of(names: Iterable[str]) -> tuple[str, ...]:
    """The stored columns that these metrics are made of."""
    found: dict[str, None] = {}
    for name in names:
        found |= dict.fromkeys(PERCENTAGES.get(name, (name,)))
    return tuple(found)


def points(buckets: Iterable[Bucket], names: Sequence[str]) -> list[Shown]:
    """Points as the API shows them: mean, `_min` and `_max` of each metric; `up` is the share that answered."""
    places = {name: FIRST + WIDTH * number for number, name in enumerate(columns_of(names))}
    plain = [(name, f"{name}_min", f"{name}_max", places[name]) for name in names if name in places and name != UP]
    shares = [name for name in names if name in PERCENTAGES]
    found = []
    for bucket in merged(buckets):
        shown: Shown = {"timestamp": bucket[AT], "count": bucket[ROWS]}
        if UP in names:
            shown[UP] = mean(bucket, places[UP])
        for name, least, most, place in plain:
            total = bucket[place]
            shown[name] = None if total is None else total / bucket[place + 1]
            shown[least], shown[most] = bucket[place + 2], bucket[place + 3]
        for name in shares:
            used, total = PERCENTAGES[name]
            share = _percentage(bucket, places[used], places[total])
            shown[name], shown[f"{name}_min"], shown[f"{name}_max"] = share
        found.append(shown)
    return found


def mean(bucket: Bucket, place: int = FIRST) -> float | None:
    """The mean of the column at that place; null where it has no values."""
    total, count = bucket[place], bucket[place + 1]
    return total / count if total is not None and count else None


def rows(stored: Iterable[Mapping[str, Any]], names: Sequence[str]) -> list[Shown]:
    """Stored rows as the API shows them, with percentages of what they hold."""
    if not any(name in PERCENTAGES for name in names):
        return [dict(each) for each in stored]
    return [row(each, names) for each in stored]


def row(values: Mapping[str, Any], names: Sequence[str]) -> Shown:
    """A stored row as the API shows it."""
    shown: Shown = {"timestamp": values["timestamp"]}
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


def _percentage(bucket: Bucket, used: int, total: int) -> tuple[float | None, float | None, float | None]:
    """Of the means; smallest and largest only where the total was the same all the time, as it mostly is."""
    middle = percent(mean(bucket, used), mean(bucket, total))
    most = bucket[total + 3]
    if middle is None or bucket[total + 2] != most or bucket[used + 1] != bucket[total + 1]:
        return middle, None, None
    return middle, percent(bucket[used + 2], most), percent(bucket[used + 3], most)
