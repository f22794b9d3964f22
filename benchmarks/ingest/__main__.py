"""`python -m benchmarks.ingest`: rows per second through the metrics store, beside the server's own COPY.

The limit is `COPY metrics FROM file (FORMAT binary)` on the server, the same rows in the same batches, each a
transaction. Ours does what the product does: rows as entries of the writer; `last_polled`, `last_attempted` and
the states of all monitors of the batch, and the marks for the roll-ups, in the same transaction. Rounds are
interleaved; the last line is JSON.

The server is a PostgreSQL of our own, or the one that LANARIUM_TEST_SERVER names (scripts/with-timescale.sh).
"""

import argparse
import asyncio
import gc
import json
import random
import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.metrics.ports import Spool
from backend.domain.metrics.writer import MetricsWriter
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.states import Condition
from backend.infra.db.metric_store import SqlMetricStore
from backend.infra.db.tables.metrics import MEASURES, WHOLE
from benchmarks.stand import fresh_database, server
from tests.infra.metrics.monitors import add_monitors

MONITORS = 1_000
ROOT = Path(__file__).resolve().parents[2]
# The rows are of now, as results are.
BEGAN = datetime.now(UTC)
COLUMNS = ", ".join(("monitor_id", "timestamp", "up", *MEASURES))


class Bench:
    """One database, and the same rows again and again."""

    def __init__(self, engine: AsyncEngine, ids: list[int], total: int) -> None:
        self._engine, self._ids, self._total = engine, ids, total
        self._store = SqlMetricStore(engine)
        self._folder = ""

    async def prepare(self, batch: int) -> None:
        """Make the rows, and the files that the server reads: in its own folder, so that it may."""
        self._batches = [
            self._entries(first, min(batch, self._total - first)) for first in range(0, self._total, batch)
        ]
        async with self._engine.connect() as connection:
            self._folder = await connection.scalar(sa.text("SHOW data_directory"))
        gc.collect()
        gc.freeze()  # the rows are the benchmark's own: looking through them again and again is not
        async with self._engine.begin() as connection:
            await connection.execute(sa.text("UPDATE monitor_states SET state = 'up'"))
        await self.empty()
        for number, entries in enumerate(self._batches):
            await self._store.write(entries, {})
            async with self._engine.begin() as connection:
                await connection.execute(
                    sa.text(f"COPY (SELECT {COLUMNS} FROM metrics) TO '{self._file(number)}' (FORMAT binary)")
                )
                await connection.execute(sa.text("TRUNCATE metrics"))

    async def ours(self) -> float:
        """Rows per second through the store."""
        await self.empty()
        began = time.perf_counter()
        for entries in self._batches:
            await self._store.write(entries, {})
        return self._rate(time.perf_counter() - began)

    async def through_queue(self) -> float:
        """Rows per second from the pollers' queue on, one result at a time."""
        await self.empty()
        writer = MetricsWriter(self._store, NoSpool(), publish=lambda _: None)
        task = asyncio.create_task(writer.run())
        began = time.perf_counter()
        for entries in self._batches:
            for entry in entries:
                await writer.results.put(entry)
        while writer.counts.rows < self._total:  # noqa: ASYNC110 - the writer tells nobody
            await asyncio.sleep(0.002)
        seconds = time.perf_counter() - began
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return self._rate(seconds)

    async def seen_after(self) -> float:
        """Seconds from a result's coming until somebody else reads its row."""
        await self.empty()
        writer = MetricsWriter(self._store, NoSpool(), publish=lambda _: None)
        task = asyncio.create_task(writer.run())
        async with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as reader:
            began = time.perf_counter()
            await writer.results.put(self._batches[0][0])
            while not await reader.scalar(sa.text("SELECT count(*) FROM metrics")):  # noqa: ASYNC110 - another's
                await asyncio.sleep(0.005)
            seconds = time.perf_counter() - began
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return seconds

    async def theirs(self) -> float:
        """Rows per second of the server's own COPY."""
        await self.empty()
        async with self._engine.connect() as connection:
            await connection.execute(sa.text("SET synchronous_commit TO on"))
            await connection.commit()
            began = time.perf_counter()
            for number in range(len(self._batches)):
                await connection.execute(
                    sa.text(f"COPY metrics ({COLUMNS}) FROM '{self._file(number)}' (FORMAT binary)")
                )
                await connection.commit()
            return self._rate(time.perf_counter() - began)

    async def empty(self) -> None:
        """As before the first row; a checkpoint, so that nobody pays for the round before."""
        async with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(sa.text("TRUNCATE metrics, rollup_marks"))
            # Else the rows would be older than what is known, and nothing would be updated.
            await connection.execute(sa.text("UPDATE monitor_states SET checked_at = NULL, last_polled = NULL"))
            await connection.execute(sa.text("VACUUM ANALYZE monitors, monitor_states"))
            await connection.execute(sa.text("CHECKPOINT"))

    async def close(self) -> None:
        """Let go of the connection."""
        await self._store.close()

    def _file(self, number: int) -> str:
        return f"{self._folder}/bench_{number}.bin"

    def _rate(self, seconds: float) -> float:
        return self._total / seconds

    def _entries(self, first: int, count: int) -> list[Entry]:
        """Every monitor in turn, ten seconds apart: each value of the wide row is there."""
        rng = random.Random(first)
        made = []
        for number in range(first, first + count):
            turn, place = divmod(number, MONITORS)
            at = BEGAN + timedelta(seconds=10 * turn, microseconds=place)
            values: dict[str, Any] = {
                name: rng.randrange(2**40) if name in WHOLE else rng.random() * 100 for name in MEASURES
            }
            values["process_count"] = rng.randrange(500)
            known = Condition("up", BEGAN, at, latency_ms=values["latency_ms"])
            made.append(Entry(self._ids[place], 1, at, True, known, values))
        return made


class NoSpool(Spool):
    """Nothing goes away here."""

    @property
    def waiting(self) -> int:
        """Never any."""
        return 0

    async def append(self, batch: Sequence[Entry]) -> int:
        """Not needed."""
        raise NotImplementedError

    async def oldest(self, most: int) -> list[Entry]:
        """Not needed."""
        raise NotImplementedError

    async def forget(self) -> None:
        """Not needed."""
        raise NotImplementedError


async def measure(url: str, total: int, rounds: int) -> dict[str, float]:
    """All cases on a database of their own."""
    async with fresh_database(url) as engine:
        bench = Bench(engine, await add_monitors(engine, MONITORS), total)
        try:
            return await _cases(bench, rounds)
        finally:
            await bench.close()


async def _cases(bench: Bench, rounds: int) -> dict[str, float]:
    shares: dict[str, float] = {}
    for label, batch in (("10k", 10_000), ("1k", 1_000)):
        await bench.prepare(batch)
        found: dict[str, list[float]] = {"theirs": [], "ours": [], "queue": []}
        for _ in range(rounds):
            found["theirs"].append(await bench.theirs())
            found["ours"].append(await bench.ours())
            found["queue"].append(await bench.through_queue())
        middle = {case: statistics.median(rates) for case, rates in found.items()}
        print(
            f"batches of {label}: server COPY {middle['theirs']:,.0f} rows/s, store {middle['ours']:,.0f},"
            f" from the queue on {middle['queue']:,.0f}"
        )
        shares[f"copy_share_{label}"] = round(middle["ours"] / middle["theirs"], 3)
        shares[f"queue_share_{label}"] = round(middle["queue"] / middle["theirs"], 3)
        shares[f"rows_per_s_{label}"] = round(middle["ours"])
    shares["visible_s"] = round(max([await bench.seen_after() for _ in range(5)]), 3)
    return shares


def main() -> None:
    """Measure, print, and one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.ingest")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with server() as url:
        print(json.dumps(asyncio.run(measure(url, options.rows, options.rounds))))


if __name__ == "__main__":
    main()
