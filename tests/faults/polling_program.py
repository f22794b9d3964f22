"""Run by test_f15: writes results as fast as it can until it is killed; a ledger says what was acknowledged.

`python -m tests.faults.polling_program URL SPOOL LEDGER FIRST COUNT TRICKS`: every result has a number, which is
its moment. TRICKS 1: some batches are kept and then said to be lost, some are not kept at all.
"""

import asyncio
import os
import random
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from backend.domain.errors import Unavailable
from backend.domain.metrics.ports import Written
from backend.domain.metrics.writer import MetricsWriter, WriterLimits
from backend.domain.monitoring.entry import Entry
from backend.infra.db.engine import create_engine
from backend.infra.db.metric_store import SqlMetricStore
from backend.infra.metric_spool import FileSpool
from tests.domain.monitoring.making import T0, entry

MONITORS = 20


class Ledger:
    """Numbers of acknowledged results, in a file that outlives a kill."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def acknowledge(self, batch: Sequence[Entry]) -> None:
        numbers = [round((item.at - T0) / timedelta(milliseconds=1)) for item in batch]
        os.write(self._file, "".join(f"{number}\n" for number in numbers).encode())


class TrickyStore(SqlMetricStore):
    """Loses its answers now and then, before or after the commit."""

    tricks = False
    ledger: Ledger

    async def write(
        self, batch: Sequence[Entry], attempted: Mapping[int, datetime], *, again: bool = False
    ) -> Written:
        trick = random.random() if self.tricks else 1
        if trick < 0.15:
            raise Unavailable("before", code="storage_away")
        written = await super().write(batch, attempted, again=again)
        if trick < 0.3:
            raise Unavailable("after", code="storage_away")
        self.ledger.acknowledge(batch)
        return written


class LedgerSpool(FileSpool):
    """Says what it keeps."""

    ledger: Ledger

    async def append(self, batch: Sequence[Entry]) -> int:
        lost = await super().append(batch)
        self.ledger.acknowledge(batch)
        return lost


async def main(url: str, spool: str, ledger: str, first: int, count: int, tricks: bool) -> None:
    """Write, then wait until all of it is stored."""
    engine = create_engine(url, pool_size=2)
    store, file = TrickyStore(engine), LedgerSpool(Path(spool), segment=20_000)
    store.ledger = file.ledger = Ledger(Path(ledger))
    store.tricks = tricks
    limits = WriterLimits(wait_s=0.01, retry_s=0.01, batch=200)
    writer = MetricsWriter(store, file, publish=lambda _: None, limits=limits)
    task = asyncio.create_task(writer.run())
    for number in range(first, first + count):
        await writer.results.put(entry(number % MONITORS + 1, number / 1000))
        if number % 20 == 0:
            await asyncio.sleep(0.001)
    while writer.waiting or writer.away_since:  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.01)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await engine.dispose()


if __name__ == "__main__":
    given = sys.argv[1:]
    asyncio.run(main(given[0], given[1], given[2], int(given[3]), int(given[4]), given[5] == "1"))
