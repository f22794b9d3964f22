"""Roll-ups in a real PostgreSQL, on plain tables or hypertables: equal to the rows, whatever comes late."""

import random
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.metrics.points import FIRST, ROWS, WIDTH, Bucket, mean, merged
from backend.domain.metrics.resolution import LEVELS, Part, Plan, floored, plan
from backend.domain.metrics.rollup import RetentionKeeper, RollupKeeper
from backend.domain.monitoring.collector import Sample
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.states import Condition
from backend.infra.db.engine import create_engine
from backend.infra.db.metric_store import SqlMetricStore
from backend.infra.db.queries.history import SqlHistory
from backend.infra.db.repositories.monitors import SqlMonitors
from backend.infra.db.rollup_store import SqlRollupStore
from tests.infra.metrics.monitors import add_monitors

DAY0 = floored(datetime.now(UTC), 86_400) - timedelta(days=4)
NOW = DAY0 + timedelta(days=3, hours=5, minutes=7, seconds=12)
COLUMNS = ("up", "latency_ms", "memory_used", "memory_total", "process_count")
PLACES = {name: FIRST + WIDTH * number for number, name in enumerate(COLUMNS)}


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = create_engine(database_url)
    await add_monitors(made, 3)
    yield made
    await made.dispose()


@pytest.fixture
async def store(engine: AsyncEngine) -> AsyncIterator[SqlMetricStore]:
    made = SqlMetricStore(engine)
    yield made
    await made.close()


def entry(monitor_id: int, at: datetime, rng: random.Random) -> Entry:
    """A poll with some of the measures, as collectors have them."""
    values: dict[str, Any] = {"latency_ms": rng.random() * 90} if rng.random() < 0.9 else {}
    if rng.random() < 0.7:
        values |= {"memory_used": rng.randrange(2**40), "memory_total": 2**40, "process_count": rng.randrange(900)}
    samples = (Sample("free", rng.random(), {"disk": "/"}),) if rng.random() < 0.5 else ()
    known = Condition("up", DAY0, at)
    return Entry(monitor_id, 1, at, True, known, values, samples)


def polls(monitor_ids: Iterable[int], start: datetime, end: datetime, step_s: int, seed: int) -> list[Entry]:
    rng, found = random.Random(seed), []
    at = start + timedelta(seconds=rng.random())
    while at < end:
        found += [entry(each, at, rng) for each in monitor_ids]
        at += timedelta(seconds=step_s)
    return found


async def catch_up(engine: AsyncEngine, now: datetime = NOW) -> None:
    await RollupKeeper(SqlRollupStore(engine), clock=lambda: now, sleep=_at_once).catch_up()


async def _at_once(_: float) -> None:
    return


async def read(engine: AsyncEngine, drawn: Plan, monitors: tuple[int, ...] = (1, 2, 3)) -> list[Bucket]:
    async with engine.connect() as connection:
        found = await SqlHistory(connection).buckets(monitors, COLUMNS, drawn)
        return [tuple(bucket) for bucket in merged(found)]


def same(found: list[Bucket], expected: list[Bucket]) -> None:
    assert [each[:3] for each in found] == [each[:3] for each in expected]
    for one, other in zip(found, expected, strict=True):
        for name, place in PLACES.items():
            assert one[place + 2 : place + 4] == other[place + 2 : place + 4], name
            mine, raw = mean(one, place), mean(other, place)
            assert (mine is None) == (raw is None)
            assert raw is None or mine == pytest.approx(raw, rel=1e-12), name


async def compare(engine: AsyncEngine) -> set[str]:
    """Each level beside the rows; answers the resolutions that were compared."""
    async with engine.connect() as connection:
        filled = await SqlHistory(connection).filled()
    seen: set[str] = set()
    for points in (926, 400, 80, 20, 4):
        drawn = plan(DAY0, NOW, points, filled)
        rows = (Part(None, drawn.start, drawn.end),)
        raw = Plan("raw", drawn.step_s, drawn.start, drawn.end, rows)
        same(await read(engine, drawn), await read(engine, raw))
        seen.add(drawn.resolution)
    return seen


async def count(engine: AsyncEngine, query: str) -> Any:
    async with engine.connect() as connection:
        return await connection.scalar(sa.text(query))


async def test_every_level_is_equal_to_the_rows(engine: AsyncEngine, store: SqlMetricStore) -> None:
    await store.write(polls((1, 2), DAY0, NOW, 97, 1), {})
    await catch_up(engine)
    assert await compare(engine) == {"5m", "1h", "1d"}
    assert await count(engine, "SELECT count(*) FROM rollup_marks WHERE bucket < now() - interval '2 days'") == 0
    # Late, twice, and of another monitor: repaired, for those alone whom it is of.
    before = await count(engine, "SELECT max(xmin::text::bigint) FROM metrics_5m WHERE monitor_id = 2")
    late = polls((1, 3), DAY0 + timedelta(hours=30), DAY0 + timedelta(hours=32), 61, 2)
    await store.write(late, {})
    await store.write(late, {}, again=True)
    await catch_up(engine)
    assert await compare(engine) == {"5m", "1h", "1d"}
    assert await count(engine, "SELECT max(xmin::text::bigint) FROM metrics_5m WHERE monitor_id = 2") == before


async def test_labelled_values_are_rolled_up(engine: AsyncEngine, store: SqlMetricStore) -> None:
    await store.write(polls((1,), DAY0, DAY0 + timedelta(hours=3), 60, 3), {})
    await catch_up(engine)
    hours = (
        "SELECT count(*) FROM samples_1h r JOIN LATERAL (SELECT count(*) AS rows, min(value) AS least,"
        " max(value) AS most FROM samples s WHERE s.series_id = r.series_id AND s.timestamp >= r.bucket"
        " AND s.timestamp < r.bucket + interval '1 hour') raw ON true"
        " WHERE raw.rows = r.rows AND raw.least = r.value_min AND raw.most = r.value_max"
    )
    assert await count(engine, hours) == await count(engine, "SELECT count(*) FROM samples_1h") == 3


async def test_what_is_not_summed_yet_is_read_from_the_rows(engine: AsyncEngine, store: SqlMetricStore) -> None:
    await store.write(polls((1,), DAY0, DAY0 + timedelta(hours=26), 120, 4), {})
    await catch_up(engine, DAY0 + timedelta(hours=25, minutes=2))
    async with engine.connect() as connection:
        filled = await SqlHistory(connection).filled()
    assert filled.until["1d"] == DAY0 + timedelta(days=1)
    assert filled.until["1h"] == DAY0 + timedelta(hours=25)
    drawn = plan(DAY0, DAY0 + timedelta(hours=48), 2, filled)
    assert [part.level.name if part.level else "raw" for part in drawn.parts] == ["1d", "1h", "raw"]
    points = await read(engine, drawn, (1,))
    assert [point[ROWS] for point in points] == [720, 60]


async def test_a_kill_between_rows_and_roll_up_loses_nothing(
    engine: AsyncEngine, store: SqlMetricStore, database_url: str
) -> None:
    await store.write(polls((1,), DAY0, DAY0 + timedelta(hours=2), 60, 5), {})
    first = SqlRollupStore(engine)
    assert await first.step(DAY0 + timedelta(hours=1))  # and then nobody goes on
    await engine.dispose()
    again = create_engine(database_url)
    await catch_up(again)
    await compare(again)
    assert await count(again, "SELECT sum(rows) FROM metrics_1d") == 120
    await again.dispose()


async def test_a_deleted_monitor_takes_its_roll_ups_along(engine: AsyncEngine, store: SqlMetricStore) -> None:
    await store.write(polls((1, 2), DAY0, DAY0 + timedelta(hours=2), 60, 6), {})
    await catch_up(engine)
    async with engine.begin() as connection:
        await SqlMonitors(connection).remove(1)
    await catch_up(engine)
    for table in ("metrics_5m", "metrics_1h"):
        assert await count(engine, f"SELECT array_agg(DISTINCT monitor_id) FROM {table}") == [2]
    assert await count(engine, "SELECT count(DISTINCT series_id) FROM samples_5m") == 1


async def test_old_rows_go_in_whole_pieces_and_their_roll_ups_stay(
    engine: AsyncEngine, store: SqlMetricStore
) -> None:
    old = DAY0 - timedelta(days=100)
    await store.write(polls((1,), old, old + timedelta(hours=3), 60, 7), {})
    await store.write(polls((1,), DAY0, DAY0 + timedelta(hours=1), 60, 8), {})
    async with engine.begin() as connection:
        await connection.execute(sa.text("UPDATE measure_levels SET keep_days = 30 WHERE level = 'raw'"))
    keeper = RetentionKeeper(SqlRollupStore(engine), clock=lambda: NOW, sleep=_once_only())
    with pytest.raises(_Enough):
        await keeper.run()
    assert await count(engine, "SELECT count(*) FROM metrics") == 240, "nothing goes before it is summed"
    await catch_up(engine)
    store_of_rollups = SqlRollupStore(engine)
    while await store_of_rollups.drop_old(NOW):
        pass
    assert await count(engine, "SELECT count(*) FROM metrics") == 60
    assert await count(engine, "SELECT sum(rows) FROM metrics_5m") == 240
    async with engine.connect() as connection:
        filled = await SqlHistory(connection).filled()
    assert plan(old, old + timedelta(hours=1), 500, filled).resolution == "5m"
    # Late for what is gone: the roll-up stays what it was, and the newer buckets are still summed.
    await store.write(polls((1,), old, old + timedelta(minutes=5), 60, 9), {}, again=True)
    await catch_up(engine)
    assert await count(engine, "SELECT sum(rows) FROM metrics_5m") == 240
    assert [level.name for level in LEVELS] == ["5m", "1h", "1d"]


class _Enough(Exception):
    """The loop has gone round once."""


def _once_only() -> Any:
    async def sleep(_: float) -> None:
        raise _Enough

    return sleep
