"""F25: monitors are deleted while their results are in flight: discarded and counted, none is orphaned."""

import asyncio
import random

import pytest
import sqlalchemy as sa

from backend.domain.bus import EventBus
from backend.domain.monitoring.collector import Sample
from backend.domain.monitoring.monitors import BulkChange
from backend.infra.db.engine import create_engine
from backend.infra.db.metric_store import SqlMetricStore
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory
from tests.domain.monitoring.making import entry
from tests.infra.metrics.monitors import add_monitors

MONITORS, ROUNDS = 120, 60


@pytest.mark.timeout(240)
async def test_f25_deleted_while_results_are_in_flight(database_url: str) -> None:
    engine = create_engine(database_url, pool_size=8)
    ids = await add_monitors(engine, MONITORS)
    transactions = SqlUnitOfWorkFactory(engine, EventBus())
    rng = random.Random(25)
    gone: set[int] = set()
    put = kept = discarded = 0

    async def write() -> None:
        nonlocal put, kept, discarded
        store = SqlMetricStore(engine)
        for turn in range(ROUNDS):
            chosen = rng.sample(ids, 40)
            batch = [
                entry(
                    each,
                    turn,
                    turned=rng.random() < 0.3,
                    samples=(Sample("free", 1.0, {"disk": str(rng.randrange(3))}),),
                )
                for each in chosen
            ]
            written = await store.write(batch, {})
            put, kept, discarded = put + len(batch), kept + written.rows, discarded + written.discarded
        await store.close()

    async def delete() -> None:
        for each in rng.sample(ids, MONITORS // 2):
            async with transactions() as work:
                await work.monitors.get(each, lock=True)  # as the service does
                await work.monitors.remove(each)
                await work.commit()
            gone.add(each)
            await asyncio.sleep(0.005)

    async def edit() -> None:
        for _ in range(ROUNDS):
            async with transactions() as work:
                there = await work.monitors.several(tuple(rng.sample(ids, 20)))
                change = BulkChange(tuple(each.id for each in there), polling_interval=rng.randrange(1, 60))
                await work.monitors.change_many(change)
                await work.commit()

    await asyncio.gather(write(), delete(), edit())
    assert put == kept + discarded
    assert discarded > 0
    async with engine.connect() as connection:
        for table, column in {
            "metrics": "monitor_id",
            "series": "monitor_id",
            "monitor_states": "monitor_id",
            "state_intervals": "monitor_id",
        }.items():
            left = set(await connection.scalars(sa.text(f"SELECT DISTINCT {column} FROM {table}")))
            assert left & gone == set(), f"{table} remembers a deleted monitor"
        orphans = await connection.scalar(
            sa.text("SELECT count(*) FROM samples WHERE series_id NOT IN (SELECT id FROM series)")
        )
        assert orphans == 0
    await engine.dispose()
