"""Roll-ups in PostgreSQL: one transaction a piece of work, on the driver's own connection."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.errors import Unavailable
from backend.domain.metrics.resolution import DAY, EPOCH, FIVE_MINUTES, HOUR, LEVELS, Level, floored
from backend.domain.metrics.rollup import RollupStore
from backend.infra.db import rollup_sql as sql
from backend.infra.db.locks import Lock
from backend.infra.db.partitions import RAW, ROLL_UPS, Partitions, drop_before
from backend.infra.db.queries.history_sql import METRICS, SAMPLES
from backend.infra.db.unit_of_work import AWAY_STATES, connected, storage_errors

# How much is summed in one transaction: what was missed for long is caught up in pieces.
RUN = {FIVE_MINUTES: timedelta(hours=1), HOUR: timedelta(days=1), DAY: timedelta(days=10)}


@dataclass(frozen=True, slots=True)
class _Job:
    """Buckets next to each other that are to be summed for the same monitors; None: for all."""

    level: Level
    start: datetime
    end: datetime
    monitors: Sequence[int] | None
    marks: Sequence[int]


class SqlRollupStore(RollupStore):
    """Works off marks, the finest level first."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._partitions = Partitions(ROLL_UPS)

    async def step(self, over: datetime) -> bool:
        """Do a piece of what is marked before `over`; answers whether there may be more."""
        async with self._alone() as raw:
            if raw is None:
                return False
            if await self._forget_gone(raw):
                return True
            limit = over
            for level in LEVELS:
                limit = floored(limit, level.seconds)
                job = await self._next(raw, level, limit)
                if job is not None:
                    await self._do(raw, job)
                    return True
                limit = await self._filled(raw, level, limit)
        return False

    async def drop_old(self, now: datetime) -> int:
        """Drop a piece of each level that is older than it is to be kept; answers how many."""
        dropped = 0
        async with self._driver() as raw:
            states = {row["level"]: row for row in await raw.fetch(sql.LEVEL_STATES)}
            for level, table, until in _too_old(states, now):
                if await raw.fetchval("SELECT EXISTS (SELECT FROM rollup_marks WHERE bucket < $1)", until):
                    continue  # what is not summed yet is not dropped
                with suppress(asyncpg.LockNotAvailableError):
                    dropped += await drop_before(raw, level, table, until)
        return dropped

    async def fill(self, level: Level, start: datetime, end: datetime) -> None:
        """Sum every bucket between two moments anew, whatever is marked."""
        async with self._driver() as raw:
            await self._partitions.ensure(raw, start, end)
            async with raw.transaction():
                await self._sum(raw, _Job(level, start, end, None, ()))

    async def _next(self, raw: Any, level: Level, before: datetime) -> _Job | None:
        """The oldest buckets that are marked, and those after that are marked for everyone, or for some, like it.

        What lies between them, and monitors that not all are marked for, are summed along: that changes nothing.
        """
        found = await raw.fetch(sql.NEXT, level.name, before, RUN[level])
        if not found:
            return None
        taken = [row for row in found if row["everyone"] == found[0]["everyone"]]
        monitors = None
        if not found[0]["everyone"]:
            monitors = sorted({each for row in taken for each in row["monitors"]})
        end = taken[-1]["bucket"] + timedelta(seconds=level.seconds)
        return _Job(level, taken[0]["bucket"], end, monitors, [mark for row in taken for mark in row["ids"]])

    async def _do(self, raw: Any, job: _Job) -> None:
        kept = await raw.fetchval("SELECT kept_since FROM measure_levels WHERE level = $1", _source(job.level))
        start = max(job.start, floored(kept, job.level.seconds)) if kept else job.start
        if kept and start < kept:
            start += timedelta(seconds=job.level.seconds)
        if start < job.end:  # what it would be summed from is dropped: what was summed of it stays
            await self._sum(raw, _Job(job.level, start, job.end, job.monitors, job.marks))
        await raw.execute(sql.UNMARK, job.marks)

    async def _sum(self, raw: Any, job: _Job) -> None:
        await raw.execute("SET LOCAL synchronous_commit TO on")
        for measured in (METRICS, SAMPLES):
            keys = (sql.EVERYONE if job.monitors is None else sql.THESE)[measured.table]
            given = () if job.monitors is None else (list(job.monitors),)
            await raw.execute(sql.fill(measured, job.level, job.start, job.end, keys), *given)
        above = sql.coarser(job.level)
        if above:
            await raw.execute(sql.MARK, above.name, _buckets(above, job.start, job.end), job.monitors)

    async def _filled(self, raw: Any, level: Level, limit: datetime) -> datetime:
        """Note that all before `limit` is there; answers how far it is."""
        await raw.execute(sql.FILLED, level.name, limit)
        found: datetime | None = await raw.fetchval(
            "SELECT filled_until FROM measure_levels WHERE level = $1", level.name
        )
        return min(limit, found) if found else EPOCH

    async def _forget_gone(self, raw: Any) -> bool:
        """Take away what was summed of monitors that are deleted."""
        marks = await raw.fetch(sql.GONE)
        for table in ROLL_UPS if marks else ():
            key = "monitor_id" if table.startswith("metrics") else "series_id"
            gone = [each for mark in marks for each in mark[f"{key}s"] or ()]
            if gone:
                await raw.execute(f"DELETE FROM {table} WHERE {key} = ANY($1::bigint[])", gone)  # noqa: S608
        if marks:
            await raw.execute(sql.UNMARK, [mark["id"] for mark in marks])
        return bool(marks)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[Any]:
        """A transaction, if no other process is at it; else None."""
        async with self._driver() as raw:
            ends = await raw.fetchrow("SELECT min(bucket), max(bucket) FROM rollup_marks")
            if ends[0] is not None:
                await self._partitions.ensure(raw, ends[0], ends[1])
            async with raw.transaction():
                mine = await raw.fetchval("SELECT pg_try_advisory_xact_lock($1)", Lock.ROLL_UPS.value)
                yield raw if mine else None

    @asynccontextmanager
    async def _driver(self) -> AsyncIterator[Any]:
        with storage_errors():
            async with connected(self._engine) as connection:
                held = await connection.get_raw_connection()
                try:
                    yield held.driver_connection
                except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                    await connection.invalidate()
                    if isinstance(error, asyncpg.InterfaceError) or str(error.sqlstate).startswith(AWAY_STATES):
                        raise Unavailable("The database is away", code="storage_away") from error
                    raise


def _source(level: Level) -> str:
    below = sql.finer(level)
    return below.name if below else "raw"


def _buckets(level: Level, start: datetime, end: datetime) -> list[datetime]:
    first, step = floored(start, level.seconds), timedelta(seconds=level.seconds)
    return [first + number * step for number in range(-(-(end - first) // step))]


def _too_old(states: Mapping[str, Any], now: datetime) -> list[tuple[str, str, datetime]]:
    """Levels and tables of which something may go, and until when: nothing that a level above still waits for."""
    found: list[tuple[str, str, datetime]] = []
    for name, above in zip(("raw", *(level.name for level in LEVELS)), (*LEVELS, None), strict=True):
        days = states[name]["keep_days"]
        if days is None:
            continue
        until = now - timedelta(days=days)
        if above:
            until = min(until, states[above.name]["filled_until"] or EPOCH)
        found += [(name, table if name == "raw" else f"{table}_{name}", until) for table in RAW]
    return found
