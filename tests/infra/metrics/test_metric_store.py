"""Results in a real PostgreSQL, on plain tables or hypertables: what the server is decides."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.errors import Unavailable
from backend.domain.monitoring.collector import Phase, Sample
from backend.domain.monitoring.jobs import Failure, Recheck
from backend.domain.monitoring.states import Condition, Reason, Transition
from backend.infra.db.engine import create_engine
from backend.infra.db.metric_store import SqlMetricStore
from tests.domain.monitoring.making import T0, entry
from tests.infra.metrics.monitors import add_monitors


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    made = create_engine(database_url)
    await add_monitors(made, 5)
    yield made
    await made.dispose()


@pytest.fixture
async def store(engine: AsyncEngine) -> AsyncIterator[SqlMetricStore]:
    made = SqlMetricStore(engine)
    yield made
    await made.close()


async def rows(engine: AsyncEngine, query: str) -> list[Any]:
    async with engine.connect() as connection:
        return [tuple(row) for row in await connection.execute(sa.text(query))]


async def test_measures_moments_and_states_are_kept_together(engine: AsyncEngine, store: SqlMetricStore) -> None:
    written = await store.write([entry(1, turned=True), entry(2)], {3: T0})
    assert (written.rows, written.samples, written.discarded) == (2, 0, 0)
    kept = await rows(
        engine, "SELECT monitor_id, timestamp, up, latency_ms, memory_total, cpu_percent FROM metrics"
    )
    assert sorted(kept) == [(1, T0, True, 1.5, 2**40, None), (2, T0, True, 1.5, 2**40, None)]
    moments = await rows(
        engine, "SELECT monitor_id, last_polled, last_attempted FROM monitor_states ORDER BY 1 LIMIT 3"
    )
    assert moments == [(1, T0, T0), (2, T0, T0), (3, None, T0)]
    states = await rows(engine, "SELECT monitor_id, state, checked_at FROM monitor_states ORDER BY 1 LIMIT 3")
    assert states == [(1, "up", T0), (2, "up", T0), (3, "pending", None)]


async def test_labelled_values_get_their_series_once(engine: AsyncEngine, store: SqlMetricStore) -> None:
    samples = (Sample("free", 5.0, {"disk": "/", "fs": "ext4"}), Sample("free", 6.0, {"disk": "/home"}))
    await store.write([entry(1, samples=samples)], {})
    await store.write([entry(1, 10, samples=samples)], {})
    # Another store, as after a restart, finds the same series, however its labels are ordered.
    other = (Sample("free", 7.0, {"fs": "ext4", "disk": "/"}),)
    restarted = SqlMetricStore(engine)
    written = await restarted.write([entry(1, 20, samples=other)], {})
    await restarted.close()
    assert written.samples == 1
    assert await rows(engine, "SELECT count(*) FROM series") == [(2,)]
    assert await rows(engine, "SELECT count(*), sum(value) FROM samples") == [(5, 29.0)]


async def test_the_same_batch_twice_is_there_once(engine: AsyncEngine, store: SqlMetricStore) -> None:
    why = Failure("timeout", "It did not answer", phases=(Phase("connect", 3.0),), recheck=Recheck("icmp", False))
    samples = (Sample("free", 5.0, {"disk": "/"}),)
    batch = [entry(1, turned=True, samples=samples), entry(1, 10, up=False, turned=True, failure=why)]
    await store.write(batch, {})
    again = await store.write(batch, {}, again=True)
    assert (again.rows, again.samples) == (0, 0)
    # Also where nobody said that it may be there already.
    assert (await store.write([*batch, entry(2)], {})).rows == 1
    for table, count in {"metrics": 3, "samples": 1, "state_intervals": 2, "check_failures": 1}.items():
        assert await rows(engine, f"SELECT count(*) FROM {table}") == [(count,)]


async def test_results_of_monitors_that_are_gone_are_discarded_and_counted(
    engine: AsyncEngine, store: SqlMetricStore
) -> None:
    written = await store.write([entry(1), entry(99, turned=True, samples=(Sample("free", 1.0),))], {98: T0})
    assert (written.rows, written.discarded) == (1, 1)
    assert await rows(engine, "SELECT count(*) FROM series") == [(0,)]
    assert await rows(engine, "SELECT count(*) FROM state_intervals") == [(0,)]


async def test_months_get_their_partitions_when_a_row_needs_them(
    engine: AsyncEngine, store: SqlMetricStore
) -> None:
    late, early = entry(1, 40 * 86_400), entry(1, -400 * 86_400)
    assert (await store.write([late, early, entry(1)], {})).rows == 3
    found = await rows(engine, "SELECT timestamp FROM metrics ORDER BY 1")
    assert [row[0] for row in found] == [early.at, T0, late.at]


async def test_a_dropped_partition_is_made_again(engine: AsyncEngine, store: SqlMetricStore) -> None:
    await store.write([entry(1)], {})
    async with engine.begin() as connection:
        plain = await connection.scalar(sa.text("SELECT relkind = 'p' FROM pg_class WHERE relname = 'metrics'"))
        if not plain:
            pytest.skip("hypertables make their own")
        await connection.execute(sa.text("DROP TABLE metrics_2026_11, samples_2026_11"))
    assert (await store.write([entry(1, 10)], {})).rows == 1


async def test_intervals_follow_each_other_also_within_a_batch(engine: AsyncEngine, store: SqlMetricStore) -> None:
    why = Reason("timeout", "It did not answer", {"seconds": 3})
    down = replace(entry(1, 10, up=False), transition=Transition("down", "up", T0 + timedelta(seconds=10), why))
    up_again = replace(entry(1, 20), transition=Transition("up", "down", T0 + timedelta(seconds=20)))
    await store.write([entry(1, turned=True), down], {})
    await store.write([up_again], {})
    found = await rows(
        engine, "SELECT state, started_at, ended_at, reason->>'code' FROM state_intervals ORDER BY started_at"
    )
    first, second, third = T0, T0 + timedelta(seconds=10), T0 + timedelta(seconds=20)
    assert found == [("up", first, second, None), ("down", second, third, "timeout"), ("up", third, None, None)]


async def test_the_last_twenty_failures_are_kept_with_phases_and_recheck(
    engine: AsyncEngine, store: SqlMetricStore
) -> None:
    why = Failure(
        "timeout", "10.80.0.1 did not answer", {"seconds": 3}, "connect", (Phase("connect", 3000.5, ""),),
        Recheck("icmp", True, "0.4 ms"),
    )  # fmt: skip
    await store.write([entry(1, n, up=False, failure=why) for n in range(15)], {})
    await store.write([entry(1, n, up=False, failure=why) for n in range(15, 30)], {})
    kept = await rows(engine, "SELECT count(*), min(at), max(at) FROM check_failures")
    assert kept == [(20, T0 + timedelta(seconds=10), T0 + timedelta(seconds=29))]
    one = await rows(engine, "SELECT params, phases->0->>'ms', recheck->>'method' FROM check_failures LIMIT 1")
    assert one == [({"seconds": 3}, "3000.5", "icmp")]
    said = await rows(
        engine,
        "SELECT last_error, last_error_at, last_polled FROM monitors JOIN monitor_states ON monitor_id = id"
        " WHERE id = 1",
    )
    assert said == [("10.80.0.1 did not answer", T0 + timedelta(seconds=29), None)]


async def test_late_results_set_nothing_back(engine: AsyncEngine, store: SqlMetricStore) -> None:
    await store.write([entry(1, 60, turned=True)], {})
    old = replace(entry(1, 0, up=False), condition=Condition("down", T0, T0, 3))
    assert (await store.write([old], {}, again=True)).rows == 1
    assert await rows(engine, "SELECT state FROM monitor_states WHERE monitor_id = 1") == [("up",)]
    assert await rows(engine, "SELECT last_polled FROM monitor_states WHERE monitor_id = 1") == [
        (T0 + timedelta(seconds=60),)
    ]


async def test_a_server_that_is_gone_is_unavailable(tmp_path: Any) -> None:
    nobody = create_engine(f"postgresql://postgres@/postgres?host={tmp_path}")
    with pytest.raises(Unavailable):
        await SqlMetricStore(nobody).write([entry(1)], {})
    await nobody.dispose()


async def test_an_acknowledged_batch_is_on_the_disk(engine: AsyncEngine, store: SqlMetricStore) -> None:
    """Whatever the server's default: the test's server has synchronous_commit off."""
    assert await rows(engine, "SHOW synchronous_commit") in ([("off",)], [("on",)])
    seen: list[str] = []

    from backend.infra.db import metric_store  # noqa: PLC0415

    original = metric_store._Batch._samples

    async def spy(self: Any, kept: Any) -> int:
        seen.append(await self._raw.fetchval("SHOW synchronous_commit"))
        return await original(self, kept)

    metric_store._Batch._samples = spy  # type: ignore[method-assign]
    try:
        await store.write([entry(1)], {})
    finally:
        metric_store._Batch._samples = original  # type: ignore[method-assign]
    assert seen == ["on"]
