"""Results into PostgreSQL: one transaction a batch, measures by binary COPY on the driver's own connection."""

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence, Set
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any

import asyncpg
import orjson
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend.domain.clock import utc_now
from backend.domain.errors import Unavailable
from backend.domain.metrics.ports import MetricStore, Written
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.states import Transition
from backend.infra.db import metric_sql as sql
from backend.infra.db.copy_format import HEAD, TAIL, RowPacker, all_microseconds, microseconds
from backend.infra.db.partitions import Partitions
from backend.infra.db.rollup_marks import marks_of
from backend.infra.db.tables.metrics import MEASURES, WHOLE
from backend.infra.db.unit_of_work import opened, storage_errors

SeriesKey = tuple[int, str, str]
_KINDS = {"process_count": "i", **dict.fromkeys(WHOLE, "q")}
_METRICS = RowPacker("qq?" + "".join(_KINDS.get(name, "d") for name in MEASURES))
_SAMPLES = RowPacker("qqd")
_METRIC_COLUMNS = ("monitor_id", "timestamp", "up", *MEASURES)
_SAMPLE_COLUMNS = ("series_id", "timestamp", "value")
# Two writers in each other's way, or a partition that was dropped under us: the same batch again is right.
_AGAIN = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError, asyncpg.CheckViolationError)
_TRIES = 6
# Connection lost, shutting down or starting, out of connections (PostgreSQL, appendix A).
_LOST = frozenset({"08", "57", "53"})
# Rows that are packed at a time, while the server reads those before: no more than the socket takes at once, else
# it waits for what nobody sends while we pack.
PART = 1_000


class SqlMetricStore(MetricStore):
    """Keeps results; one batch at a time, on a connection that it keeps."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._held: AsyncConnection | None = None
        self._partitions = Partitions()
        self._series: dict[SeriesKey, int] = {}

    async def write(
        self, batch: Sequence[Entry], attempted: Mapping[int, datetime], *, again: bool = False
    ) -> Written:
        """Keep a batch. Where a row is kept already, the whole batch is written again around it."""
        for tries in range(_TRIES):
            kept_one = self._held is not None
            try:
                return await self._try(batch, attempted, again=again)
            except asyncpg.UniqueViolationError:
                again = True
            except Unavailable:
                if not kept_one:
                    raise
                again = True  # a connection that died while nobody used it says nothing of the server now
            except _AGAIN:
                self._partitions.forget()
                if tries == _TRIES - 1:
                    raise
                await asyncio.sleep(random.uniform(0, 0.05))  # noqa: S311 - who waits longer lets the other go
        return await self._try(batch, attempted, again=True)

    async def close(self) -> None:
        """Give the connection back."""
        held, self._held = self._held, None
        if held is not None:
            with suppress(Exception):
                await held.invalidate()
            await held.close()

    def forget(self, monitor_id: int) -> None:
        """A monitor is gone, and its series with it."""
        self._series = {key: found for key, found in self._series.items() if key[0] != monitor_id}

    async def _try(self, batch: Sequence[Entry], attempted: Mapping[int, datetime], *, again: bool) -> Written:
        async with self._connection() as raw:
            measured = [entry for entry in batch if entry.up is not None]
            if measured:
                moments = [entry.at for entry in measured]
                await self._partitions.ensure(raw, min(moments), max(moments))
            return await _Batch(raw, self._series, again=again).write(batch, measured, attempted)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        """The driver's connection, kept where all is well; raises Unavailable for every way of losing it."""
        with storage_errors():
            try:
                if self._held is None:
                    self._held = await opened(self._engine)
                held = await self._held.get_raw_connection()
                yield held.driver_connection
            except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                if not isinstance(error, asyncpg.PostgresError) or error.sqlstate[:2] in _LOST:
                    await self.close()
                    raise Unavailable(
                        "The database is away; try again in a moment", code="storage_away"
                    ) from error
                raise
            except BaseException:
                await self.close()
                raise


class _Batch:
    """One transaction."""

    def __init__(self, raw: Any, series: dict[SeriesKey, int], *, again: bool) -> None:
        self._raw, self._series, self._again = raw, series, again
        self._made: dict[SeriesKey, int] = {}

    async def write(
        self, batch: Sequence[Entry], measured: Sequence[Entry], attempted: Mapping[int, datetime]
    ) -> Written:
        """Everything, or nothing."""
        quiet, loud = _told_apart(batch)
        alone = {each: at for each, at in attempted.items() if each not in quiet and each not in loud}
        asked = len(quiet) + len(loud) + len(alone)
        marking = asyncio.create_task(self._monitors(quiet, loud, alone))
        try:
            rows = _measures(measured)
            await asyncio.sleep(0)
            marks = marks_of(measured, utc_now())  # this and the packing while the server marks
            await rows.prepare(marking)
            there = await marking
            if len(there) < asked:
                measured = [entry for entry in measured if entry.monitor_id in there]
                rows = _measures(measured)
            kept = await self._copy("metrics", _METRIC_COLUMNS, rows)
            samples = await self._samples(measured)
            if loud:
                await self._states([entry for entry in batch if entry.monitor_id in there])
            await self._raw.execute(f"{marks}COMMIT")
        except BaseException:
            marking.cancel()
            with suppress(Exception):
                async with asyncio.timeout(5):
                    await self._raw.execute("ROLLBACK")
            raise
        self._series |= self._made
        gone = sum(entry.monitor_id not in there for entry in batch) if len(there) < asked else 0
        return Written(kept, samples, gone)

    async def _monitors(
        self, quiet: Mapping[int, Entry], loud: Mapping[int, list[Entry]], alone: Mapping[int, datetime]
    ) -> Set[int]:
        """Begin; mark every monitor as polled, lock it by that, and answer which are still there."""
        there: set[int] = set()
        if quiet:
            there |= await self._mark_quiet(quiet)
        else:
            await self._raw.execute(sql.BEGIN)
        if loud:
            there |= await self._mark_loud(loud)
        if alone:
            found = await self._raw.fetch(sql.ATTEMPTED, list(alone), list(alone.values()))
            there |= {row[0] for row in found}
        return there

    async def _mark_quiet(self, quiet: Mapping[int, Entry]) -> Set[int]:
        """Those that were up and still are. Only numbers of ours go into the text."""
        ids = sorted(quiet)
        entries = [quiet[each] for each in ids]
        latencies = [entry.condition.latency_ms for entry in entries]
        marked: str = await self._raw.execute(
            sql.BEGIN
            + sql.MARK_QUIET.format(
                ids=",".join(map(str, ids)),
                moments=",".join(map(str, all_microseconds([entry.at for entry in entries]))),
                latencies=",".join(["NULL" if ms is None else repr(float(ms)) for ms in latencies]),
            )
        )
        if marked == f"UPDATE {len(ids)}":
            return quiet.keys()
        return {row[0] for row in await self._raw.fetch(sql.THERE, ids)}

    async def _mark_loud(self, loud: Mapping[int, list[Entry]]) -> Set[int]:
        """Those of which a state, a failure or a reason is to be told."""
        ids = sorted(loud)
        newest = [loud[each][-1] for each in ids]
        known = [entry.condition for entry in newest]
        polled = [max((entry.at for entry in loud[each] if entry.up), default=None) for each in ids]
        tried = [max((entry.at for entry in loud[each] if entry.up is not None), default=None) for each in ids]
        found = await self._raw.fetch(
            sql.MARK,
            ids,
            polled,
            tried,
            [condition.state for condition in known],
            [condition.since for condition in known],
            [condition.checked_at for condition in known],
            [condition.failures for condition in known],
            [condition.latency_ms for condition in known],
            [_json(condition.reason) for condition in known],
            [entry.at for entry in newest],
        )
        failed = [entries[-1] for each in ids if (entries := [e for e in loud[each] if e.failure])]
        if failed:
            texts = [entry.failure.text for entry in failed if entry.failure]
            moments = [entry.at for entry in failed]
            await self._raw.execute(sql.ERRORS, [entry.monitor_id for entry in failed], texts, moments)
        return {row[0] for row in found}

    async def _samples(self, kept: Sequence[Entry]) -> int:
        keyed = [
            ((entry.monitor_id, sample.name, _labels(sample.labels)), at, sample.value)
            for entry in kept
            if entry.samples
            for at in (microseconds(entry.at),)
            for sample in entry.samples
        ]
        if not keyed:
            return 0
        await self._ensure_series({key for key, _, _ in keyed if key not in self._series})
        known = self._series | self._made if self._made else self._series
        # The same series twice in one poll is one value: the last.
        values = {(known[key], at): value for key, at, value in keyed}
        packed = _SAMPLES.pack(
            len(values), ([key[0] for key in values], [key[1] for key in values], list(values.values()))
        )
        return await self._copy("samples", _SAMPLE_COLUMNS, _Packed(len(values), iter((packed,))))

    async def _ensure_series(self, missing: set[SeriesKey]) -> None:
        if not missing:
            return
        columns = list(zip(*sorted(missing), strict=True))
        await self._raw.execute(sql.NEW_SERIES, *columns)
        for monitor_id, name, labels, found in await self._raw.fetch(sql.SERIES, *columns):
            self._made[monitor_id, name, labels] = found

    async def _copy(self, table: str, columns: tuple[str, ...], rows: "_Packed") -> int:
        if not rows.count:
            return 0
        if not self._again:
            await self._raw.copy_to_table(table, source=rows.stream(), columns=columns, format="binary")
            return rows.count
        await self._raw.execute(sql.BESIDE.format(table=table))
        await self._raw.copy_to_table(f"{table}_again", source=rows.stream(), columns=columns, format="binary")
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


class _Packed:
    """Packed rows, and how many."""

    def __init__(self, count: int, parts: Iterator[bytearray]) -> None:
        self.count = count
        self._ready: list[bytearray] = []
        self._others = parts

    async def prepare(self, other: asyncio.Future[Any]) -> None:
        """Pack for as long as the server is at something else."""
        while not other.done() and (part := next(self._others, None)) is not None:
            self._ready.append(part)
            await asyncio.sleep(0)

    async def stream(self) -> AsyncIterator[bytes | bytearray]:
        """The whole of what COPY reads, once; the rest is packed while the server reads what came before."""
        yield HEAD
        while self._ready:
            yield self._ready.pop(0)
        for part in self._others:
            yield part
        yield TAIL


def _measures(entries: Sequence[Entry]) -> _Packed:
    """Rows of measures, some at a time."""
    pieces = (entries[place : place + PART] for place in range(0, len(entries), PART))
    return _Packed(len(entries), (_piece(piece) for piece in pieces))


def _piece(entries: Sequence[Entry]) -> bytearray:
    """Rows, most often all with the same columns; else those with the same ones together."""
    shape = tuple(entries[0].values)
    with suppress(KeyError):
        if all(map(len(shape).__eq__, [len(entry.values) for entry in entries])):
            return _packed(shape, entries)
    shapes: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        shapes[tuple(entry.values)].append(entry)
    return bytearray().join(_packed(shape, same) for shape, same in shapes.items())


def _packed(shape: tuple[str, ...], entries: Sequence[Entry]) -> bytearray:
    """Rows that have these columns; raises KeyError where one has others."""
    columns: dict[str, Any] = {}
    if shape:
        # With a name more than there are, so that it answers a tuple for a single one too.
        values = map(itemgetter(*shape, shape[0]), [entry.values for entry in entries])
        columns = dict(zip(shape, zip(*values, strict=True), strict=False))
    head: list[Any] = [
        [entry.monitor_id for entry in entries],
        all_microseconds([entry.at for entry in entries]),
        [entry.up for entry in entries],
    ]
    return _METRICS.pack(len(entries), head + [columns.get(name) for name in MEASURES])


def _told_apart(batch: Sequence[Entry]) -> tuple[dict[int, Entry], dict[int, list[Entry]]]:
    """Monitors that were up and still are, by their newest result; and all results of the others."""
    moved = {
        entry.monitor_id
        for entry in batch
        if entry.up is not True or entry.transition is not None or entry.condition.state != "up"
    }
    if not moved:
        return {entry.monitor_id: entry for entry in batch}, {}
    quiet: dict[int, Entry] = {}
    loud: dict[int, list[Entry]] = {}
    for entry in batch:
        if entry.monitor_id in moved:
            loud.setdefault(entry.monitor_id, []).append(entry)
        else:
            quiet[entry.monitor_id] = entry
    return quiet, loud


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
    if not labels:
        return "{}"
    return _labels_text(tuple(labels.items()))


@lru_cache(maxsize=65_536)
def _labels_text(labels: tuple[tuple[str, str], ...]) -> str:
    return orjson.dumps(dict(labels), option=orjson.OPT_SORT_KEYS).decode()
