"""Numbers, stores and announces what one running scan says: the only writer of its lines, hosts and chunks.

    chunk tasks --line, host, file, state--> one bounded queue --batches--> one transaction each --> bus

Order is kept, so a chunk is never marked done before its last host is stored. A full queue makes the chunk tasks
wait, and with them nmap: nothing is dropped. While the database is away the batch at hand is tried again.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from backend.domain.clock import Clock
from backend.domain.discovery.events import ChunkChanged, HostStored, LinesWritten, ScanChanged
from backend.domain.discovery.messages import Message
from backend.domain.discovery.report import ArtifactWritten, HostReport, Line, TargetDifficult
from backend.domain.discovery.scan import Chunk, ChunkCounts, LogLine, Scan
from backend.domain.discovery.storage import Counters, HostWriter
from backend.domain.errors import Unavailable
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

log = logging.getLogger(__name__)
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class RecorderLimits:
    """How much is kept in memory, how often it is written, how soon it is tried again."""

    tick_s: float = 0.1
    queue: int = 4_000
    batch: int = 4_000
    # A batch is what came in while the one before was stored: single hosts when little comes, hundreds in a sweep.
    batch_hosts: int = 500
    batch_ports: int = 5_000
    retry_s: float = 0.5


@dataclass(frozen=True, slots=True)
class _Said:
    chunk: int
    line: Line
    at: datetime


@dataclass(frozen=True, slots=True)
class _Found:
    chunk: Chunk
    report: HostReport


@dataclass(frozen=True, slots=True)
class _Left:
    chunk: Chunk
    written: ArtifactWritten


@dataclass(frozen=True, slots=True)
class _Aside:
    """A difficult target; without one, `address` turned out to be none."""

    chunk: int
    address: str
    target: TargetDifficult | None
    at: datetime


_Item = _Said | _Found | _Left | _Aside | Chunk


@dataclass(slots=True)
class _Batch:
    """What one transaction stores."""

    lines: list[tuple[LogLine, ...]] = field(default_factory=list)  # one tuple a chunk, numbered without a hole
    hosts: list[_Found] = field(default_factory=list)
    files: list[_Left] = field(default_factory=list)
    aside: list[_Aside] = field(default_factory=list)
    chunks: dict[int, Chunk] = field(default_factory=dict)
    announced: bool = False


class ScanRecorder:
    """Remembers one running scan."""

    def __init__(
        self,
        scan: Scan,
        chunks: Iterable[Chunk],
        *,
        transactions: UnitOfWorkFactory,
        hosts: HostWriter,
        clock: Clock,
        limits: RecorderLimits,
        announce: Callable[[object], None],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.scan = scan
        self._stored = {chunk.number: chunk for chunk in chunks}
        self._transactions = transactions
        self._hosts = hosts
        self._clock = clock
        self._limits = limits
        self._announce = announce
        self._sleep = sleep
        self._queue: deque[_Item] = deque()
        self._filled = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()
        self._seq = scan.last_seq
        self._away_since: datetime | None = None
        self._storing = asyncio.Lock()
        self.progress: Callable[[], float] = lambda: 0.0

    @property
    def waiting(self) -> int:
        """How many items wait to be stored."""
        return len(self._queue)

    @property
    def storage_away_since(self) -> datetime | None:
        """Since when the database has been away, as far as this scan noticed."""
        return self._away_since

    async def line(self, chunk: int, line: Line) -> None:
        """Take a line; waits while the queue is full."""
        await self._put(_Said(chunk, line, self._clock()))

    async def note(self, text: str, chunk: int = 0) -> None:
        """Add a line of our own."""
        await self.line(chunk, Line(text, "note"))

    async def host(self, chunk: Chunk, report: HostReport) -> None:
        """Take a finished host, and its chunk as it is with that host counted."""
        await self._put(_Found(chunk, report))

    async def file(self, chunk: Chunk, written: ArtifactWritten) -> None:
        """Take a file that a chunk left."""
        await self._put(_Left(chunk, written))

    async def chunk(self, chunk: Chunk) -> None:
        """Take the new state of a chunk."""
        await self._put(chunk)

    async def difficult(self, chunk: int, target: TargetDifficult) -> None:
        """Take a target that was put aside."""
        await self._put(_Aside(chunk, target.address, target, self._clock()))

    async def released(self, chunk: int, address: str) -> None:
        """Take a difficult target that turned out to be none."""
        await self._put(_Aside(chunk, address, None, self._clock()))

    def adopt(self, chunks: Iterable[Chunk]) -> None:
        """Know chunks that were written down meanwhile."""
        self._stored |= {chunk.number: chunk for chunk in chunks}

    def touch(self) -> None:
        """Announce the scan's progress at the next tick."""
        self._filled.set()

    async def run(self) -> None:
        """Store what comes, a batch a tick, until cancelled."""
        while True:
            await self._filled.wait()
            await self._sleep(self._limits.tick_s)
            await self.drain()

    async def drain(self) -> None:
        """Store everything that waits; answers when it is stored, however long that takes."""
        async with self._storing:
            self._filled.clear()
            await self._store(self._next_batch())
            while self._queue:
                await self._store(self._next_batch())

    async def _put(self, item: _Item) -> None:
        while len(self._queue) >= self._limits.queue:
            self._room.clear()
            await self._room.wait()
        self._queue.append(item)
        self._filled.set()

    def _next_batch(self) -> _Batch:
        batch = _Batch()
        said: dict[int, list[_Said]] = {}
        ports = 0
        for _ in range(min(len(self._queue), self._limits.batch)):
            if len(batch.hosts) >= self._limits.batch_hosts or ports >= self._limits.batch_ports:
                break
            match item := self._queue.popleft():
                case _Said():
                    said.setdefault(item.chunk, []).append(item)
                case _Found():
                    batch.hosts.append(item)
                    ports += len(item.report.ports)
                    batch.chunks[item.chunk.number] = item.chunk
                case _Left():
                    batch.files.append(item)
                case _Aside():
                    batch.aside.append(item)
                case Chunk():
                    batch.chunks[item.number] = item
        batch.lines = [self._numbered(lines) for lines in said.values()]
        self._room.set()
        return batch

    def _numbered(self, lines: list[_Said]) -> tuple[LogLine, ...]:
        first = self._seq + 1
        self._seq += len(lines)
        return tuple(
            LogLine(seq, said.chunk, said.line.kind, said.line.text, said.at)
            for seq, said in enumerate(lines, start=first)
        )

    async def _store(self, batch: _Batch) -> None:
        """Store a batch, trying again for as long as the database is away."""
        while True:
            try:
                await self._write(batch)
            except Unavailable:
                await self._wait_for_storage(batch)
            except Exception:  # one host's odd text must not end the scan: whatever it is, the rest is stored
                log.exception("a batch of scan %s cannot be stored as a whole", self.scan.id)
                await self._store_apart(batch)
                return
            else:
                self._storage_is_back()
                return

    async def _write(self, batch: _Batch) -> None:
        async with self._transactions() as work:
            devices = await self._store_hosts(work, batch.hosts)
            for lines in batch.lines:
                await work.scans.add_lines(self.scan.id, lines)
            for left in batch.files:
                await work.scans.save_artifact(left.chunk, left.written)
            for aside in batch.aside:
                await _set_aside(work, self.scan.id, aside)
            known = self._stored | batch.chunks
            await work.scans.save_chunks(tuple(batch.chunks.values()))
            scan = self._counted(known.values())
            await work.scans.count(scan.id, Counters(scan.hosts_up, scan.hosts_done, scan.ports_open, self._seq))
            self._collect(work, batch, devices, scan)
            await work.commit()
        self._stored |= batch.chunks  # chunks may have been adopted meanwhile
        self.scan = scan

    async def _store_hosts(self, work: UnitOfWork, hosts: list[_Found]) -> list[HostStored]:
        if not hosts:
            return []
        devices = await self._hosts.store(work, self.scan, [(found.chunk, found.report) for found in hosts])
        return [
            HostStored(self.scan.id, self.scan.site_id, device, found.report)
            for device, found in zip(devices, hosts, strict=True)
        ]

    def _collect(self, work: UnitOfWork, batch: _Batch, devices: list[HostStored], scan: Scan) -> None:
        if not batch.announced:
            for event in self._lines_of(batch):
                work.collect(event)
        for stored in devices:
            work.collect(stored)
        for chunk in batch.chunks.values():
            if chunk.status is not self._stored[chunk.number].status:
                work.collect(ChunkChanged(chunk))
        if scan != self.scan:
            work.collect(ScanChanged(scan))

    def _lines_of(self, batch: _Batch) -> list[LinesWritten]:
        return [LinesWritten(self.scan.id, lines[0].chunk, lines) for lines in batch.lines]

    def _counted(self, chunks: Iterable[Chunk]) -> Scan:
        known = tuple(chunks)
        return replace(
            self.scan,
            chunks=ChunkCounts.of(known),
            hosts_up=sum(chunk.hosts_up for chunk in known),
            hosts_done=sum(chunk.hosts_done for chunk in known),
            ports_open=sum(chunk.ports_open for chunk in known),
            last_seq=self._seq,
            progress=self.progress(),
        )

    async def _wait_for_storage(self, batch: _Batch) -> None:
        """Tell the people who watch, once, then pause before the next try."""
        if self._away_since is None:
            self._away_since = self._clock()
            away = Message.of("storage_away", since=self._away_since.strftime("%H:%M:%S UTC"))
            batch.lines.append(self._numbered([_Said(0, Line(away.text, "note"), self._away_since)]))
        if not batch.announced:
            batch.announced = True
            for event in self._lines_of(batch):
                self._announce(event)
        await self._sleep(self._limits.retry_s)

    def _storage_is_back(self) -> None:
        if self._away_since is None:
            return
        seconds = round((self._clock() - self._away_since).total_seconds())
        self._away_since = None
        back = Message.of("storage_back", seconds=seconds)
        self._queue.append(_Said(0, Line(back.text, "note"), self._clock()))
        self._filled.set()

    async def _store_apart(self, batch: _Batch) -> None:
        """One host's result that cannot be stored must not take the others with it."""
        rest = replace(batch, hosts=[])
        for found in await self._store_halves(batch.hosts):
            lost = Message.of("host_not_stored", address=found.report.address)
            said = _Said(found.chunk.number, Line(lost.text, "note"), self._clock())
            rest.lines.append(self._numbered([said]))
        await self._store_rest(rest)

    async def _store_halves(self, hosts: list[_Found]) -> list[_Found]:
        """Store hosts, in halves and halves of halves around those that cannot be stored; answers these."""
        if not hosts:
            return []
        part = _Batch(hosts=hosts, announced=True)
        while True:
            try:
                await self._write(part)
            except Unavailable:
                await self._wait_for_storage(part)
            except Exception:
                if len(hosts) > 1:
                    half = len(hosts) // 2
                    return await self._store_halves(hosts[:half]) + await self._store_halves(hosts[half:])
                log.exception("the result of a host of scan %s cannot be stored", self.scan.id)
                return hosts
            else:
                self._storage_is_back()
                return []

    async def _store_rest(self, rest: _Batch) -> None:
        try:
            await self._write(rest)
        except Unavailable:
            await self._store(rest)


async def _set_aside(work: UnitOfWork, scan_id: int, aside: _Aside) -> None:
    if aside.target:
        await work.scans.park(scan_id, aside.chunk, aside.target, aside.at)
    else:
        await work.scans.release(scan_id, aside.address)
