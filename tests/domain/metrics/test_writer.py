"""The writer: batches, outages, results that cannot be stored; nothing accepted is lost or there twice."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from backend.domain.metrics.writer import MetricsWriter, WriterLimits
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.events import MonitorTurned, StorageAway
from tests.domain.monitoring.making import T0, MemoryStore, entry


async def until(holds: Callable[[], object]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.005)


class MemorySpool:
    """A file in memory."""

    def __init__(self, most: int = 10**9) -> None:
        self.batches: list[list[Entry]] = []
        self.most = most
        self.broken = False
        self._shown = 0

    @property
    def waiting(self) -> int:
        return sum(len(batch) for batch in self.batches)

    async def append(self, batch: Sequence[Entry]) -> int:
        await asyncio.sleep(0)
        if self.broken:
            raise OSError("no space left on device")
        room = max(0, self.most - self.waiting)
        self.batches.append(list(batch[:room]))
        return len(batch) - len(batch[:room])

    async def oldest(self, most: int) -> list[Entry]:
        self._shown = 1
        return self.batches[0]

    async def forget(self) -> None:
        del self.batches[: self._shown]
        self._shown = 0


def since(bench: "Bench") -> datetime | None:
    return bench.writer.away_since


QUICK = WriterLimits(wait_s=0.02, retry_s=0.02, batch=100, held=400)


class Bench:
    def __init__(self, limits: WriterLimits = QUICK, spool: MemorySpool | None = None) -> None:
        self.store, self.spool, self.told = MemoryStore(), spool or MemorySpool(), list[object]()
        self.writer = MetricsWriter(self.store, self.spool, publish=self.told.append, limits=limits)

    async def __aenter__(self) -> "Bench":
        self.task = asyncio.create_task(self.writer.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)

    async def put(self, numbers: range, *, turned: bool = False) -> None:
        for number in numbers:
            await self.writer.results.put(entry(1, number, turned=turned))

    async def until(self, rows: int) -> None:
        await until(lambda: not (len(self.store.rows) < rows or self.writer.waiting))

    def seconds(self) -> list[float]:
        return [(at - T0).total_seconds() for at in self.store.order]


async def test_batches_are_full_or_a_moment_old() -> None:
    async with Bench() as bench:
        await bench.put(range(250))
        await bench.until(250)
    assert max(bench.store.batches) == 100
    assert len(bench.store.batches) <= 5
    assert bench.seconds() == list(range(250))


async def test_a_full_queue_makes_pollers_wait() -> None:
    bench = Bench(WriterLimits(queue=5))
    for number in range(5):
        bench.writer.results.put_nowait(entry(1, number))
    with pytest.raises(asyncio.QueueFull):
        bench.writer.results.put_nowait(entry(1, 6))


async def test_an_outage_loses_nothing_and_keeps_the_order() -> None:
    async with Bench() as bench:
        await bench.put(range(50), turned=True)
        await bench.until(50)
        bench.store.away = True
        await bench.put(range(50, 1050))
        await until(lambda: not (bench.writer.spooled < 1000))
        assert since(bench) is not None
        assert len(bench.writer._held) <= QUICK.held
        bench.store.away = False
        await bench.put(range(1050, 1100))
        await bench.until(1100)
        assert since(bench) is None
    assert bench.seconds() == list(range(1100))
    away = [event for event in bench.told if isinstance(event, StorageAway)]
    assert away[0].since is not None
    assert away[-1] == StorageAway(None, 0, 0)
    assert sum(isinstance(event, MonitorTurned) for event in bench.told) == 50


async def test_a_batch_of_unknown_fate_is_written_again_and_there_once() -> None:
    async with Bench() as bench:
        bench.store.lose_answer = 1
        await bench.put(range(20))
        await bench.until(20)
    assert bench.seconds() == list(range(20))


async def test_a_result_that_cannot_be_stored_takes_no_other_along() -> None:
    async with Bench() as bench:
        bench.store.poison = {7}
        await bench.put(range(30))
        await bench.writer.results.put(entry(7, 99))
        await bench.put(range(30, 60))
        await bench.until(60)
        await until(lambda: bool(bench.writer.counts.refused))
    assert bench.writer.counts.refused == 1


async def test_a_full_file_is_said_with_the_exact_count() -> None:
    async with Bench(spool=MemorySpool(most=300)) as bench:
        bench.store.away = True
        await bench.put(range(1000))
        await until(lambda: not (bench.writer.counts.lost + bench.writer.spooled < 1000))
        assert (bench.writer.spooled, bench.writer.counts.lost) == (300, 700)
        bench.store.away = False
        await bench.until(300)
    assert bench.writer.counts.lost == 700


async def test_a_broken_disk_as_well_keeps_what_memory_holds() -> None:
    async with Bench() as bench:
        bench.store.away = bench.spool.broken = True
        await bench.put(range(90))
        await until(lambda: not (len(bench.writer._unsure) < 90))
        bench.store.away = False
        await bench.until(90)
    assert bench.seconds() == list(range(90))


async def test_the_end_of_the_program_keeps_what_is_held() -> None:
    async with Bench(WriterLimits(wait_s=60)) as bench:
        await bench.put(range(30))
        await asyncio.sleep(0.01)
    assert len(bench.store.rows) == 30
    async with Bench(WriterLimits(wait_s=60)) as away:
        away.store.away = True
        await away.put(range(30))
        await asyncio.sleep(0.01)
    assert away.spool.waiting == 30


async def test_last_attempts_are_stored_without_results_too() -> None:
    async with Bench() as bench:
        bench.writer.attempted(5, T0)
        bench.writer.attempted(5, T0 + timedelta(seconds=1))
        await until(lambda: bool(bench.store.attempted))
    assert bench.store.attempted == {5: T0 + timedelta(seconds=1)}
