"""The only writer of what was measured: gathers results into batches, stores each in one transaction.

    pollers --MetricResults (100)--> gathered --full, or a second old--> store
                                                    └ database away ──► file ──in order, later──► store

A result is safe when its transaction is committed, or its batch lies in the file on the disk. A batch whose fate
is unknown is written again, which changes nothing where it was kept. While the file holds anything, new batches
queue behind it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.clock import Clock, utc_now
from backend.domain.errors import Unavailable
from backend.domain.metrics.ports import MetricStore, Spool, Written
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.events import MonitorTurned, StorageAway

log = logging.getLogger(__name__)
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class WriterLimits:
    """How much makes a batch, how long it may wait, how much is held in memory."""

    queue: int = 100
    batch: int = 10_000
    # A reader sees a result within a second.
    wait_s: float = 0.8
    held: int = 20_000
    retry_s: float = 1.0
    # An outage is told again this often, for as long as it lasts.
    tell_s: float = 5.0


@dataclass(slots=True)
class WriterCounts:
    """What became of the results since the start."""

    rows: int = 0
    samples: int = 0
    discarded: int = 0
    refused: int = 0
    lost: int = 0
    spooled: int = 0


class MetricsWriter:
    """Runs beside the pollers; their queue is `results`."""

    name = "metrics_writer"

    def __init__(
        self,
        store: MetricStore,
        spool: Spool,
        *,
        publish: Callable[[object], None],
        limits: WriterLimits = WriterLimits(),
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.results: asyncio.Queue[Entry] = asyncio.Queue(limits.queue)
        self.counts = WriterCounts()
        self._store, self._spool, self._publish = store, spool, publish
        self._limits, self._clock, self._sleep = limits, clock, sleep
        self._held: list[Entry] = []
        self._attempted: dict[int, datetime] = {}
        self._filled, self._full, self._room = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._room.set()
        self._unsure: list[Entry] = []  # a batch of which nobody knows whether it was kept
        self._away_since: datetime | None = None
        self._told = 0.0

    @property
    def away_since(self) -> datetime | None:
        """Since when results go to the file."""
        return self._away_since

    @property
    def waiting(self) -> int:
        """How many results are not stored yet: in memory and in the file."""
        return len(self._held) + self.results.qsize() + len(self._unsure) + self._spool.waiting

    @property
    def spooled(self) -> int:
        """How many results wait in the file."""
        return self._spool.waiting

    def attempted(self, monitor_id: int, at: datetime) -> None:
        """A poll begins; its moment is stored with the next batch."""
        self._attempted[monitor_id] = at
        self._filled.set()

    async def run(self) -> None:
        """Write until cancelled; then keep what is held, in the database or in the file."""
        gathering = asyncio.create_task(self._gather())
        try:
            while True:
                await self._next_batch()
                await self.flush()
        finally:
            gathering.cancel()
            await asyncio.shield(self._leave())
            await self._store.close()

    async def flush(self) -> None:
        """Keep everything that is held now."""
        if self._spool.waiting or self._unsure:
            await self._catch_up()
            return
        await self._keep(self._take())

    async def _gather(self) -> None:
        while True:
            self._hold(await self.results.get())
            while not self.results.empty():
                self._hold(self.results.get_nowait())
            if len(self._held) >= self._limits.held:
                self._room.clear()
                await self._room.wait()

    def _hold(self, entry: Entry) -> None:
        self._held.append(entry)
        self._filled.set()
        if len(self._held) >= self._limits.batch:
            self._full.set()

    async def _next_batch(self) -> None:
        """Wait until there is something, then until it is a batch or has waited long enough."""
        if not self._spool.waiting and not self._unsure:
            await self._filled.wait()
        try:
            async with asyncio.timeout(self._limits.wait_s):
                await self._full.wait()
        except TimeoutError:
            return

    def _take(self) -> list[Entry]:
        batch, self._held = self._held[: self._limits.batch], self._held[self._limits.batch :]
        if not self._held:
            self._filled.clear()
        if len(self._held) < self._limits.batch:
            self._full.clear()
        self._room.set()
        return batch

    async def _keep(self, batch: list[Entry]) -> None:
        try:
            await self._write(batch)
        except Unavailable:
            self._went_away()
            self._unsure = batch
            await self._put_aside()

    async def _catch_up(self) -> None:
        """Try the oldest results first; what comes meanwhile queues behind them in the file."""
        await self._put_aside()
        while self._spool.waiting:
            oldest = await self._spool.oldest(self._limits.batch)
            try:
                await self._write(oldest, again=True)
            except Unavailable:
                self._went_away()
                await self._sleep(self._limits.retry_s)
                return
            await self._spool.forget()
            await self._put_aside()
        if await self._settled():
            self._came_back()

    async def _settled(self) -> bool:
        """Whether nothing is left of which nobody knows: where the disk took nothing, the database must."""
        if not self._unsure:
            return True
        try:
            await self._write(self._unsure, again=True)
        except Unavailable:
            self._went_away()
            await self._sleep(self._limits.retry_s)
            return False
        self._unsure = []
        return True

    async def _put_aside(self) -> None:
        """Move what is held into the file; what the disk does not take either stays held."""
        batch = self._unsure + self._take()
        self._unsure = []
        if not batch:
            return
        try:
            lost = await self._spool.append(batch)
        except OSError:
            log.exception("results can be kept neither in the database nor in a file")
            self._unsure = batch[: self._limits.held]
            lost = len(batch) - len(self._unsure)
        else:
            self.counts.spooled += len(batch) - lost
        if lost:
            self.counts.lost += lost
            log.error("the file for results is full: %d results lost since the start", self.counts.lost)
        self._tell()

    async def _write(self, batch: Sequence[Entry], *, again: bool = False) -> None:
        """Store a batch; results that cannot be stored must not take the others with them. Raises Unavailable."""
        attempted, self._attempted = self._attempted, {}
        try:
            written = await self._store.write(batch, attempted, again=again)
        except Unavailable:
            self._attempted = attempted | self._attempted
            raise
        except Exception:
            log.exception("a batch of %d results cannot be stored as a whole", len(batch))
            await self._write_apart(batch)
            return
        self._count(written, batch)

    async def _write_apart(self, batch: Sequence[Entry]) -> None:
        if len(batch) <= 1:
            self.counts.refused += len(batch)
            return
        half = len(batch) // 2
        for part in (batch[:half], batch[half:]):
            try:
                written = await self._store.write(part, {}, again=True)
            except Unavailable:
                raise
            except Exception:
                log.exception("%d results cannot be stored", len(part))
                await self._write_apart(part)
            else:
                self._count(written, part)

    def _count(self, written: Written, batch: Sequence[Entry]) -> None:
        self.counts.rows += written.rows
        self.counts.samples += written.samples
        self.counts.discarded += written.discarded
        for entry in batch:
            if entry.transition:
                self._publish(MonitorTurned(replace(entry, values={}, samples=())))

    def _went_away(self) -> None:
        if self._away_since is None:
            self._away_since = self._clock()
            log.warning("the database is away: results go to a file")
            self._told = 0.0

    def _came_back(self) -> None:
        if self._away_since is None:
            return
        seconds = round((self._clock() - self._away_since).total_seconds())
        log.warning("the database is back after %d s, all results are in it", seconds)
        self._away_since = None
        self._publish(StorageAway(None, 0, self.counts.lost))

    def _tell(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._away_since and now - self._told >= self._limits.tell_s:
            self._told = now
            self._publish(StorageAway(self._away_since, self._spool.waiting, self.counts.lost))

    async def _leave(self) -> None:
        """One try at the database, else the file."""
        while not self.results.empty():
            self._held.append(self.results.get_nowait())
        while self._held or self._unsure:
            if self._spool.waiting or self._unsure:
                await self._put_aside()
                if self._unsure:
                    log.error("%d results are lost with the end of the program", len(self._unsure))
                    return
            else:
                await self._keep(self._take())
