"""Partial sums put together are those of the whole."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.metrics.points import merged, points, rows

AT = datetime(2026, 11, 21, tzinfo=UTC)
values = st.lists(st.none() | st.integers(-(2**40), 2**40), max_size=12)


def part(found: list[int | None]) -> tuple[Any, ...]:
    """What the database answers for rows of one column."""
    known = [each for each in found if each is not None]
    sums = (float(sum(known)), len(known), min(known), max(known)) if known else (None, 0, None, None)
    return (1, AT, len(found), *sums)


@given(st.lists(values, min_size=1, max_size=5))
def test_parts_of_a_bucket_are_equal_to_the_whole(pieces: list[list[int | None]]) -> None:
    whole = [value for piece in pieces for value in piece]
    assert list(merged(map(part, pieces))) == [part(whole)]


def test_a_bucket_without_values_is_null_and_without_rows_is_not_there() -> None:
    assert points([part([None, None])], ("disk_used",)) == [
        {"timestamp": AT, "count": 2, "disk_used": None, "disk_used_min": None, "disk_used_max": None}
    ]
    assert points([], ("disk_used",)) == []


def bucket(used: tuple[Any, ...], total: tuple[Any, ...]) -> tuple[Any, ...]:
    return (1, AT, 2, *used, *total)


def test_percentages_are_taken_from_what_is_stored() -> None:
    (same,) = points([bucket((60.0, 2, 20, 40), (200.0, 2, 100, 100))], ("memory_percent",))
    assert (same["memory_percent"], same["memory_percent_min"], same["memory_percent_max"]) == (30.0, 20.0, 40.0)
    (grown,) = points([bucket((60.0, 2, 20, 40), (300.0, 2, 100, 200))], ("memory_percent",))
    assert (grown["memory_percent"], grown["memory_percent_min"]) == (pytest.approx(20.0), None)
    (nothing,) = points([bucket((0.0, 2, 0, 0), (0.0, 2, 0, 0))], ("memory_percent",))
    assert nothing["memory_percent"] is None


def test_rows_get_their_percentages() -> None:
    stored = {"timestamp": AT, "memory_used": 1, "memory_total": 4}
    assert rows([stored], ("memory_percent",)) == [{"timestamp": AT, "memory_percent": 25.0}]
    assert rows([{"timestamp": AT, "up": True}], ("up",)) == [{"timestamp": AT, "up": True}]
