"""F01, F02, R4: the database stops at once, or is away for long, while results come in; none of them is lost."""

import asyncio
import os
import resource
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.metrics.writer import MetricsWriter, WriterLimits
from backend.domain.monitoring.events import StorageAway
from backend.infra.db.engine import create_engine
from backend.infra.db.metric_store import SqlMetricStore
from backend.infra.metric_spool import FileSpool
from tests.domain.monitoring.making import T0, entry
from tests.faults.cluster import Cluster, migrated, stoppable
from tests.infra.metrics.monitors import add_monitors

MONITORS = 100
# LANARIUM_STOPS=20 LANARIUM_OUTAGE_S=600 is the whole of R4, for whoever has ten minutes.
STOPS = int(os.environ.get("LANARIUM_STOPS", "3"))
OUTAGE_ROWS = 1_000 * int(os.environ.get("LANARIUM_OUTAGE_S", "60"))  # as fast as they can be taken


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with stoppable() as made:
        asyncio.run(migrated(made.url))
        yield made


@pytest.fixture
async def engine(cluster: Cluster) -> AsyncIterator[AsyncEngine]:
    made = create_engine(cluster.url, pool_size=2)
    async with made.begin() as connection:
        await connection.execute(sa.text("TRUNCATE metrics, monitors, plugins CASCADE"))
    yield made
    await made.dispose()


class Load:
    """Results of a hundred monitors, each with a moment of its own; every tenth turns a state."""

    def __init__(self, writer: MetricsWriter, ids: list[int]) -> None:
        self._writer, self._ids = writer, ids
        self.accepted = 0

    async def put(self, count: int) -> None:
        for _ in range(count):
            number = self.accepted
            await self._writer.results.put(
                entry(self._ids[number % MONITORS], number / 1000, turned=number // MONITORS % 10 == 0)
            )
            self.accepted += 1

    async def steadily(self) -> None:
        while True:
            await self.put(50)
            await asyncio.sleep(0.05)


async def stored(engine: AsyncEngine) -> tuple[int, int, int]:
    """How many rows, how many different moments, how many turns."""
    async with engine.connect() as connection:
        rows = await connection.scalar(sa.text("SELECT count(*) FROM metrics"))
        moments = await connection.scalar(sa.text("SELECT count(DISTINCT timestamp) FROM metrics"))
        turns = await connection.scalar(sa.text("SELECT count(*) FROM state_intervals"))
    return rows or 0, moments or 0, turns or 0


def turns_in(count: int) -> int:
    return sum(number // MONITORS % 10 == 0 for number in range(count))


async def settled(writer: MetricsWriter, rows: int) -> None:
    async with asyncio.timeout(300):
        while writer.waiting or writer.away_since or writer.counts.rows < rows:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)


@pytest.mark.timeout(900)
async def test_f01_a_server_that_stops_at_once_again_and_again(
    cluster: Cluster, engine: AsyncEngine, tmp_path: Path
) -> None:
    writer = MetricsWriter(
        SqlMetricStore(engine),
        FileSpool(tmp_path),
        publish=lambda _: None,
        limits=WriterLimits(wait_s=0.1, retry_s=0.1),
    )
    load = Load(writer, await add_monitors(engine, MONITORS))
    writing, loading = asyncio.create_task(writer.run()), asyncio.create_task(load.steadily())
    for _ in range(STOPS):
        await asyncio.sleep(0.7)
        await asyncio.to_thread(cluster.stop)
        await asyncio.sleep(0.4)
        await asyncio.to_thread(cluster.start)
    await asyncio.sleep(0.5)
    loading.cancel()
    async with asyncio.timeout(300):
        while writer.waiting or writer.away_since:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    writing.cancel()
    await asyncio.gather(writing, loading, return_exceptions=True)
    # The ledger is what was accepted: each once, none twice.
    assert load.accepted > 500
    assert await stored(engine) == (load.accepted, load.accepted, turns_in(load.accepted))
    assert (writer.counts.lost, writer.counts.refused) == (0, 0)


@pytest.mark.timeout(900)
async def test_f02_a_long_outage_waits_in_a_file_and_is_drained_in_order(
    cluster: Cluster, engine: AsyncEngine, tmp_path: Path
) -> None:
    told: list[StorageAway] = []

    def tell(event: object) -> None:
        if isinstance(event, StorageAway):
            told.append(event)

    limits = WriterLimits(wait_s=0.1, retry_s=0.1, batch=5_000)
    writer = MetricsWriter(SqlMetricStore(engine), FileSpool(tmp_path / "a"), publish=tell, limits=limits)
    load = Load(writer, await add_monitors(engine, MONITORS))
    writing = asyncio.create_task(writer.run())
    await load.put(1_000)
    await settled(writer, 1_000)
    cluster.stop()
    began = asyncio.get_running_loop().time()
    await load.put(1_000)
    async with asyncio.timeout(10):
        while not told:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.02)
    said_after = asyncio.get_running_loop().time() - began
    for _ in range(OUTAGE_ROWS // 5_000):
        await load.put(5_000)
        assert len(writer._held) <= limits.held + limits.queue
    async with asyncio.timeout(300):
        while writer.spooled < OUTAGE_ROWS + 1_000:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    # In the middle of the outage the program is started anew: the file is all there is.
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    cluster.start()
    again = MetricsWriter(SqlMetricStore(engine), FileSpool(tmp_path / "a"), publish=tell, limits=limits)
    drain_began = asyncio.get_running_loop().time()
    writing = asyncio.create_task(again.run())
    await settled(again, OUTAGE_ROWS)
    drained_after = asyncio.get_running_loop().time() - drain_began
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    assert await stored(engine) == (load.accepted, load.accepted, turns_in(load.accepted))
    assert said_after <= 5
    assert drained_after <= max(30, OUTAGE_ROWS / 5_000)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(
        f"R4: {OUTAGE_ROWS} rows, said after {said_after:.1f} s, drained in {drained_after:.1f} s, {peak_mb} MB\n"
    )
    async with engine.connect() as connection:
        newest = await connection.scalar(sa.text("SELECT max(last_polled) FROM monitor_states"))
    assert newest == T0 + timedelta(seconds=(load.accepted - 1) / 1000)


async def test_f02_a_writer_without_a_file_would_lose_and_this_would_see_it(
    cluster: Cluster, engine: AsyncEngine, tmp_path: Path
) -> None:
    """The twin: a file that forgets everything."""

    class Forgetful(FileSpool):
        async def append(self, batch: object) -> int:
            return 0

    writer = MetricsWriter(
        SqlMetricStore(engine), Forgetful(tmp_path), publish=lambda _: None, limits=WriterLimits(wait_s=0.05)
    )
    load = Load(writer, await add_monitors(engine, MONITORS))
    writing = asyncio.create_task(writer.run())
    cluster.stop()
    try:
        await load.put(500)
        async with asyncio.timeout(10):
            while not writer.away_since:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.02)
    finally:
        await asyncio.sleep(0.2)
        cluster.start()
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    assert (await stored(engine))[0] < load.accepted
