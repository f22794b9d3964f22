"""Results into PostgreSQL: one transaction a batch, measures by binary COPY on the driver's own connection."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from io import BytesIO
from itertools import chain
from typing import Any

import asyncpg
import orjson
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.errors import Unavailable
from backend.domain.metrics.ports import MetricStore, Written
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.states import Transition
from backend.infra.db import metric_sql as sql
from backend.infra.db.copy_format import HEAD, TAIL, RowPacker, microseconds
from backend.infra.db.partitions import Partitions
from backend.infra.db.tables.metrics import MEASURES, WHOLE
from backend.infra.db.unit_of_work import connected, storage_errors

SeriesKey = tuple[int, str, str]
_KINDS = {"process_count": "i", **dict.fromkeys(WHOLE, "q")}
_METRICS = RowPacker("qq?" + "".join(_KINDS.get(name, "d") for name in MEASURES))
_SAMPLES = RowPacker("qqd")
_METRIC_COLUMNS = ("monitor_id", "timestamp", "up", *MEASURES)
_SAMPLE_COLUMNS = ("series_id", "timestamp", "value")
# Two writers in each other's way, or a partition that was dropped under us: the same batch again is right.
_AGAIN = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.CheckViolationError)
_TRIES = 3


class SqlMetricStore(MetricStore):
    """Keeps results; one batch at a time."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._partitions = Partitions()
        self._series: dict[SeriesKey, int] = {}

    async def write(
        self, batch: Sequence[Entry], attempted: Mapping[int, datetime], *, again: bool = False
    ) -> Written:
        """Keep a batch. Where a row is kept already, the whole batch is written again around it."""
        for tries in range(_TRIES):
            try:
                return await self._try(batch, attempted, again=again)
            except asyncpg.UniqueViolationError:
                again = True
            except _AGAIN:
                self._partitions.forget()
                if tries == _TRIES - 1:
                    raise
        return await self._try(batch, attempted, again=True)

    def forget(self, monitor_id: int) -> None:
        """A monitor is gone, and its series with it."""
        self._series = {key: found for key, found in self._series.items() if key[0] != monitor_id}

    async def _try(self, batch: Sequence[Entry], attempted: Mapping[int, datetime], *, again: bool) -> Written:
        async with self._connection() as raw:
            measured = [entry for entry in batch if entry.up is not None]
            await self._partitions.ensure(raw, (entry.at for entry in measured))
            return await _Batch(raw, self._series, again=again).write(batch, measured, attempted)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """The driver's connection; raises Unavailable for every way of losing it."""
        with storage_errors():
            try:
                async with connected(self._engine) as connection:
                    held = await connection.get_raw_connection()
                    yield held.driver_connection
            except (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, asyncpg.InternalClientError) as lost:
                raise Unavailable("The database is away; try again in a moment", code="storage_away") from lost


class _Batch:
    """One transaction."""

    def __init__(self, raw: Any, series: dict[SeriesKey, int], *, again: bool) -> None:
        self._raw, self._series, self._again = raw, series, again
        self._made: dict[SeriesKey, int] = {}

    async def write(
        self, batch: Sequence[Entry], measured: Sequence[Entry], attempted: Mapping[int, datetime]
    ) -> Written:
        """Everything, or nothing."""
        await self._raw.execute(sql.BEGIN)
        try:
            there = await self._monitors(batch, attempted)
            kept = [entry for entry in measured if entry.monitor_id in there]
            rows = await self._metrics(kept)
            samples = await self._samples(kept)
            await self._states([entry for entry in batch if entry.monitor_id in there])
            await self._raw.execute("COMMIT")
        except BaseException:
            with suppress(Exception):
                async with asyncio.timeout(5):
                    await self._raw.execute("ROLLBACK")
            raise
        self._series |= self._made
        gone = sum(entry.monitor_id not in there for entry in batch)
        return Written(rows, samples, gone)

    async def _monitors(self, batch: Sequence[Entry], attempted: Mapping[int, datetime]) -> set[int]:
        """Mark every monitor of the batch as polled, lock it by that, and answer which are still there."""
        polled: dict[int, datetime] = {}
        tried = dict(attempted)
        newest: dict[int, Entry] = {}
        failed: dict[int, Entry] = {}
        for entry in batch:
            monitor_id = entry.monitor_id
            newest[monitor_id] = entry
            if entry.up is not None:
                tried[monitor_id] = max(entry.at, tried.get(monitor_id, entry.at))
            if entry.up:
                polled[monitor_id] = max(entry.at, polled.get(monitor_id, entry.at))
            if entry.failure:
                failed[monitor_id] = entry
        marked = await self._mark(newest, polled, tried)
        if failed:
            await self._raw.execute(
                sql.ERRORS,
                list(failed),
                [entry.failure.text for entry in failed.values() if entry.failure],
                [entry.at for entry in failed.values()],
            )
        return marked

    async def _mark(
        self, newest: Mapping[int, Entry], polled: Mapping[int, datetime], tried: Mapping[int, datetime]
    ) -> set[int]:
        ids = sorted(newest.keys() | tried.keys())
        shown = [newest.get(each) for each in ids]
        known = [entry.condition if entry else None for entry in shown]
        rows = await self._raw.fetch(
            sql.MARK,
            ids,
            [polled.get(each) for each in ids],
            [tried.get(each) for each in ids],
            [condition.state if condition else None for condition in known],
            [condition.since if condition else None for condition in known],
            [condition.checked_at if condition else None for condition in known],
            [condition.failures if condition else None for condition in known],
            [condition.latency_ms if condition else None for condition in known],
            [_json(condition.reason) if condition else None for condition in known],
            [entry.at if entry else None for entry in shown],
        )
        return {row[0] for row in rows}

    async def _metrics(self, kept: Sequence[Entry]) -> int:
        pack, names = _METRICS.pack, MEASURES
        rows = []
        for entry in kept:
            get = entry.values.get
            rows.append(pack((entry.monitor_id, microseconds(entry.at), entry.up, *[get(name) for name in names])))
        return await self._copy("metrics", _METRIC_COLUMNS, rows)

    async def _samples(self, kept: Sequence[Entry]) -> int:
        keyed = [
            ((entry.monitor_id, sample.name, _labels(sample.labels)), microseconds(entry.at), sample.value)
            for entry in kept
            for sample in entry.samples
        ]
        if not keyed:
            return 0
        await self._ensure_series({key for key, _, _ in keyed if key not in self._series})
        known = self._series | self._made if self._made else self._series
        # The same series twice in one poll is one value: the last.
        values = {(known[key], at): value for key, at, value in keyed}
        rows = [_SAMPLES.pack((series, at, value)) for (series, at), value in values.items()]
        return await self._copy("samples", _SAMPLE_COLUMNS, rows)

    async def _ensure_series(self, missing: set[SeriesKey]) -> None:
        if not missing:
            return
        columns = list(zip(*sorted(missing), strict=True))
        await self._raw.execute(sql.NEW_SERIES, *columns)
        for monitor_id, name, labels, found in await self._raw.fetch(sql.SERIES, *columns):
            self._made[monitor_id, name, labels] = found

    async def _copy(self, table: str, columns: tuple[str, ...], rows: list[bytes]) -> int:
        if not rows:
            return 0
        source = BytesIO(b"".join(chain((HEAD,), rows, (TAIL,))))
        if not self._again:
            await self._raw.copy_to_table(table, source=source, columns=columns, format="binary")
            return len(rows)
        await self._raw.execute(sql.BESIDE.format(table=table))
        await self._raw.copy_to_table(f"{table}_again", source=source, columns=columns, format="binary")
        done: str = await self._raw.execute(sql.FROM_BESIDE.format(table=table, columns=", ".join(columns)))
        await self._raw.execute(f"DROP TABLE {table}_again")
        return int(done.rpartition(" ")[2])

    async def _states(self, batch: Sequence[Entry]) -> None:
        turned = [entry for entry in batch if entry.transition]
        if turned:
            await self._intervals(turned)
        failed = [entry for entry in batch if entry.failure]
        if failed:
            await self._failures(failed)

    async def _intervals(self, turned: Sequence[Entry]) -> None:
        by_monitor: defaultdict[int, list[Transition]] = defaultdict(list)
        for entry in turned:
            if entry.transition:
                by_monitor[entry.monitor_id].append(entry.transition)
        rows: list[tuple[Any, ...]] = []
        for monitor_id, turns in by_monitor.items():
            ends = [turn.at for turn in turns[1:]] + [None]
            rows += [
                (monitor_id, turn.state, turn.at, end, _json(turn.reason))
                for turn, end in zip(turns, ends, strict=True)
            ]
        firsts = [(monitor_id, turns[0].at) for monitor_id, turns in by_monitor.items()]
        await self._raw.execute(sql.CLOSE, *zip(*firsts, strict=True))
        await self._raw.execute(sql.OPEN, *zip(*rows, strict=True))

    async def _failures(self, failed: Sequence[Entry]) -> None:
        newest: defaultdict[int, list[Entry]] = defaultdict(list)
        for entry in failed:
            newest[entry.monitor_id].append(entry)
        rows = [_failure_row(entry) for entries in newest.values() for entry in entries[-sql.FAILURES_KEPT :]]
        await self._raw.execute(sql.FAILURES, *zip(*rows, strict=True))
        await self._raw.execute(sql.TRIM, list(newest))


def _failure_row(entry: Entry) -> tuple[Any, ...]:
    failure = entry.failure
    assert failure is not None
    return (
        entry.monitor_id,
        entry.at,
        failure.code,
        _json(failure.params),
        failure.text,
        failure.phase,
        _json(failure.phases),
        _json(failure.recheck),
    )


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _labels(labels: Mapping[str, str]) -> str:
    """Labels as one text, the same for the same labels."""
    return orjson.dumps(dict(labels), option=orjson.OPT_SORT_KEYS).decode()
