"""Which step and which level a chart is drawn from."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.metrics.resolution import DAY, EPOCH, HOUR, LEVELS, Filled, Plan, ceiled, floored, plan

NOW = datetime(2026, 11, 21, 9, 7, 31, tzinfo=UTC)
moments = st.integers(10**9, 5 * 10**9).map(lambda s: datetime.fromtimestamp(s + 0.25, UTC))
spans = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=4000))
seconds = st.sampled_from([level.seconds for level in LEVELS] + [1, 7, 60, 7200])


@given(moments, seconds)
def test_a_moment_lies_in_its_bucket(at: datetime, length: int) -> None:
    start, end = floored(at, length), ceiled(at, length)
    assert start <= at <= end
    assert (start - EPOCH) % timedelta(seconds=length) == timedelta(0)
    assert end - start in {timedelta(0), timedelta(seconds=length)}
    assert at - start < timedelta(seconds=length)


def _filled(offsets: list[int], dropped: list[int]) -> Filled:
    names = [level.name for level in LEVELS]
    until: dict[str, datetime] = {n: NOW - timedelta(minutes=m) for n, m in zip(names, offsets, strict=False)}
    since = {name: NOW - timedelta(hours=h) for name, h in zip(("raw", "5m", "1h"), dropped, strict=False)}
    return Filled(until, since)


fills = st.builds(
    _filled,
    st.lists(st.integers(0, 400_000), max_size=3),
    st.lists(st.integers(0, 90_000), max_size=3).map(sorted),
)


@given(moments, spans, st.integers(1, 2000), fills)
def test_a_chart_covers_its_range_once_in_whole_buckets(
    start: datetime, span: timedelta, points: int, filled: Filled
) -> None:
    drawn = plan(start, start + span, points, filled)
    step = timedelta(seconds=drawn.step_s)
    assert drawn.start <= start
    assert drawn.end >= start + span
    assert (drawn.end - drawn.start) % step == timedelta(0)
    if drawn.resolution == "raw":
        assert (drawn.end - drawn.start) / step <= points + 2
    at = drawn.start
    for part in drawn.parts:
        assert part.start == at < part.end
        if part.level:
            assert drawn.step_s % part.level.seconds == 0
            assert floored(part.end, part.level.seconds) == part.end
            assert part.end <= filled.until[part.level.name]
        at = part.end
    assert at == drawn.end


@given(moments, spans, st.integers(1, 2000), fills)
def test_nothing_is_read_from_where_it_was_dropped(
    start: datetime, span: timedelta, points: int, filled: Filled
) -> None:
    drawn = plan(start, start + span, points, filled)
    assert filled.holds(drawn.resolution, start) or drawn.resolution == "1d"


@pytest.mark.parametrize(
    ("span", "points", "resolution", "step_s"),
    [
        (timedelta(hours=1), 720, "raw", 5),
        (timedelta(hours=24), 720, "raw", 120),
        (timedelta(days=7), 720, "5m", 900),
        (timedelta(days=30), 720, "1h", 3600),
        (timedelta(days=365), 720, "1d", 86_400),
        (timedelta(days=3650), 720, "1d", 6 * 86_400),
    ],
)
def test_ranges_that_people_choose(span: timedelta, points: int, resolution: str, step_s: int) -> None:
    drawn = plan(NOW - span, NOW, points)
    assert (drawn.resolution, drawn.step_s) == (resolution, step_s)


def test_what_is_not_filled_is_read_from_finer_levels() -> None:
    until = {"5m": NOW, "1h": NOW - timedelta(hours=1), "1d": NOW - timedelta(days=2)}
    drawn: Plan = plan(NOW - timedelta(days=300), NOW, 300, Filled(until))
    assert [part.level.name if part.level else "raw" for part in drawn.parts] == ["1d", "1h", "5m", "raw"]
    assert DAY.seconds % HOUR.seconds == 0
