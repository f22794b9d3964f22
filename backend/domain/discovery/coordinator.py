"""ScanCoordinator: owns the life of every scan, from the queue to its last word.

    queued scans --(at most max_scans)--> one ScanLife each --(at most `concurrency`)--> NmapRunner per chunk

What must survive is a row before it is here: a scan that a dead process left behind is found at the start, marked
interrupted, and can be resumed for the rest.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from backend.domain.bus import EventBus
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.events import ScanChanged, ScanFinished, ScanQueued, StopRequested
from backend.domain.discovery.life import ChunkRunner, ScanLife
from backend.domain.discovery.messages import Message
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.ports import HelperGone, NmapProcesses
from backend.domain.discovery.recorder import RecorderLimits, ScanRecorder, Sleep
from backend.domain.discovery.scan import (
    Chunk,
    ChunkCounts,
    ChunkStatus,
    LogLine,
    Scan,
    ScanStatus,
)
from backend.domain.discovery.storage import Counters, HostWriter, ScanFiles
from backend.domain.errors import Unavailable
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

log = logging.getLogger(__name__)
T = TypeVar("T")
AFTER_ERROR_S = 5.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much happens at the same time, and how long is waited for what."""

    max_scans: int = 2
    retry_s: float = 0.5
    stop_patience_s: float = 5.0
    recorder: RecorderLimits = field(default_factory=RecorderLimits)


class ScanCoordinator:
    """Runs scans that wait, at most so many at a time."""

    name = "scans"

    def __init__(
        self,
        *,
        transactions: UnitOfWorkFactory,
        runner: ChunkRunner,
        processes: NmapProcesses,
        hosts: HostWriter,
        planner: Planner,
        files: ScanFiles,
        bus: EventBus,
        limits: Limits,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._transactions = transactions
        self._runner = runner
        self._processes = processes
        self._hosts = hosts
        self._planner = planner
        self._files = files
        self._bus = bus
        self._limits = limits
        self._clock = clock
        self._sleep = sleep
        self._wake = asyncio.Event()
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._lives: dict[int, ScanLife] = {}

    @property
    def lives(self) -> tuple[ScanLife, ...]:
        """The scans that run now."""
        return tuple(self._lives.values())

    def progress(self, scan_id: int) -> float | None:
        """How far a running scan is; None for one that does not run here."""
        life = self._lives.get(scan_id)
        return life.progress.value() if life else None

    async def run(self) -> None:
        """Recover what a dead process left, then run scans until cancelled; then interrupt what runs."""
        ends = (
            self._bus.subscribe(ScanQueued, lambda _: self._wake.set()),
            self._bus.subscribe(StopRequested, self._stop_requested),
        )
        try:
            await self._patiently(self._recover)
            self._wake.set()
            while True:
                await self._wake.wait()
                self._wake.clear()
                await self._patiently(self._start_waiting)
        finally:
            for end in ends:
                end()
            await self._interrupt_all()

    def _stop_requested(self, request: StopRequested) -> None:
        life = self._lives.get(request.scan_id)
        if life:
            life.end(ScanStatus.STOPPED)

    async def _patiently(self, job: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Do a job in a transaction of its own, again and again while the database is away."""
        while True:
            try:
                async with self._transactions() as work:
                    done = await job(work)
                    await work.commit()
                    return done
            except Unavailable:
                log.warning("storage is away; trying again")
                await self._sleep(self._limits.retry_s)

    async def _recover(self, work: UnitOfWork) -> None:
        for left in await work.scans.in_status(ScanStatus.RUNNING, ScanStatus.STOPPING):
            chunks = tuple(interrupted(chunk, self._clock) for chunk in await work.scans.chunks(left.id))
            await work.scans.save_chunks(chunks)
            counts = ChunkCounts.of(chunks)
            told = Message.of("app_stopped", done=counts.done, total=counts.total)
            status = ScanStatus.STOPPED if left.status is ScanStatus.STOPPING else ScanStatus.INTERRUPTED
            await work.scans.add_lines(left.id, (LogLine(left.last_seq + 1, 0, "note", told.text, self._clock()),))
            await work.scans.count(
                left.id, Counters(left.hosts_up, left.hosts_done, left.ports_open, left.last_seq + 1)
            )
            await work.scans.set_status(left.id, left.to(status).status, told, finished_at=self._clock())

    async def _start_waiting(self, work: UnitOfWork) -> None:
        waiting = [scan for scan in await work.scans.in_status(ScanStatus.QUEUED) if scan.id not in self._tasks]
        for scan in waiting[: max(0, self._limits.max_scans - len(self._tasks))]:
            task = asyncio.create_task(self._live(scan.id), name=f"scan {scan.id}")
            self._tasks[scan.id] = task
            task.add_done_callback(partial(self._over, scan.id))

    def _over(self, scan_id: int, task: asyncio.Task[None]) -> None:
        del self._tasks[scan_id]
        self._lives.pop(scan_id, None)
        if not task.cancelled() and task.exception():
            log.error("scan %s ended with an error", scan_id, exc_info=task.exception())
            asyncio.get_running_loop().call_later(AFTER_ERROR_S, self._wake.set)
        else:
            self._wake.set()

    async def _live(self, scan_id: int) -> None:
        raw = await self._raw_sockets()

        async def begin(work: UnitOfWork) -> tuple[Scan, tuple[Chunk, ...]] | None:
            return await self._begin(work, scan_id, raw)

        begun = await self._patiently(begin)
        if begun is None:
            return
        life = self._life(*begun)
        self._lives[scan_id] = life
        # A stop that came between the two lines above found nobody to tell.
        if await self._patiently(lambda work: _is_stopping(work, scan_id)):
            life.end(ScanStatus.STOPPED)
        try:
            await life.run()
        except Exception:
            log.exception("scan %s", scan_id)
            life.broken = True
        await self._patiently(lambda work: self._finish(work, life))

    async def _raw_sockets(self) -> bool:
        try:
            self._planner.raw_sockets = (await self._processes.powers()).raw_sockets
        except HelperGone:
            log.warning("the scan helper cannot be reached")
        return self._planner.raw_sockets

    async def _begin(self, work: UnitOfWork, scan_id: int, raw: bool) -> tuple[Scan, tuple[Chunk, ...]] | None:
        scan = await work.scans.get(scan_id, lock=True)
        if scan is None or scan.status is not ScanStatus.QUEUED:
            return None
        await work.scans.set_status(scan_id, ScanStatus.RUNNING, started_at=scan.started_at or self._clock())
        await work.scans.set_raw_sockets(scan_id, raw)
        running = await work.scans.get(scan_id)
        assert running
        work.collect(ScanChanged(running))
        return running, await work.scans.chunks(scan_id)

    def _life(self, scan: Scan, chunks: tuple[Chunk, ...]) -> ScanLife:
        recorder = ScanRecorder(
            scan,
            chunks,
            transactions=self._transactions,
            hosts=self._hosts,
            clock=self._clock,
            limits=self._limits.recorder,
            announce=self._bus.publish,
            sleep=self._sleep,
        )
        return ScanLife(
            scan,
            chunks,
            recorder=recorder,
            runner=self._runner,
            patiently=self._patiently,
            planner=self._planner,
            folder=self._files.folder(scan.uid),
            clock=self._clock,
            stop_patience_s=self._limits.stop_patience_s,
        )

    async def _finish(self, work: UnitOfWork, life: ScanLife) -> None:
        now = await work.scans.get(life.scan.id, lock=True)
        if now is None or now.status not in {ScanStatus.RUNNING, ScanStatus.STOPPING}:
            return
        status, told = life.verdict(now)
        await work.scans.set_status(now.id, now.to(status).status, told, finished_at=self._clock())
        over = await work.scans.get(now.id)
        assert over
        work.collect(ScanChanged(over))
        work.collect(ScanFinished(over))

    async def _interrupt_all(self) -> None:
        """Lanarium stops: end every scan kindly, and hard where that takes too long."""
        tasks = list(self._tasks.values())
        for life in self._lives.values():
            life.end(ScanStatus.INTERRUPTED)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self._limits.stop_patience_s)
            for task in late:
                task.cancel()
            # Whatever still hangs is left behind: the next start finds its scan and says what happened.
            await asyncio.wait(tasks, timeout=self._limits.stop_patience_s)


async def _is_stopping(work: UnitOfWork, scan_id: int) -> bool:
    scan = await work.scans.get(scan_id)
    return scan is None or scan.status is ScanStatus.STOPPING


def interrupted(chunk: Chunk, clock: Clock) -> Chunk:
    """A chunk that ran when Lanarium stopped: partial where it has found something, else as if never begun."""
    if chunk.status is not ChunkStatus.RUNNING:
        return chunk
    told = Message.of("chunk_interrupted", hosts_done=chunk.hosts_done)
    return chunk.ended(ChunkStatus.PARTIAL if chunk.hosts_done else ChunkStatus.QUEUED, told, clock())
