"""ScanCoordinator: owns the life of every scan, from the queue to its last word.

    queued scans --(at most max_scans)--> one ScanLife each --(at most `concurrency`)--> NmapRunner per chunk

What must survive is a row before it is here: a scan that a dead process left behind is found at the start and goes
on by itself, with what its chunks are missing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from backend.domain.bus import EventBus
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.events import (
    PauseRequested,
    ScanChanged,
    ScanFinished,
    ScanQueued,
    StopRequested,
)
from backend.domain.discovery.life import ChunkRunner, Patience, ScanLife, Surroundings
from backend.domain.discovery.messages import Message
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.ports import HelperGone, NmapProcesses
from backend.domain.discovery.recorder import RecorderLimits, ScanRecorder, Sleep
from backend.domain.discovery.scan import ALIVE, Chunk, ChunkCounts, ChunkStatus, LogLine, Scan, ScanStatus
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
    helper_patience_s: float = 600.0
    helper_retry_s: float = 1.0
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
            self._bus.subscribe(StopRequested, lambda request: self._end(request.scan_id, ScanStatus.STOPPED)),
            self._bus.subscribe(PauseRequested, lambda request: self._end(request.scan_id, ScanStatus.PAUSED)),
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

    def _end(self, scan_id: int, status: ScanStatus) -> None:
        life = self._lives.get(scan_id)
        if life:
            life.end(status)

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
        """What a dead process left: running scans go on, and what people had asked for comes true."""
        for left in await work.scans.in_status(ScanStatus.RUNNING, ScanStatus.PAUSING, ScanStatus.STOPPING):
            stopped = left.status is ScanStatus.STOPPING
            chunks = tuple(
                left_behind(chunk, self._clock, stopped=stopped) for chunk in await work.scans.chunks(left.id)
            )
            await work.scans.save_chunks(chunks)
            counts = ChunkCounts.of(chunks)
            told = Message.of("app_stopped_goes_on", done=counts.done, total=counts.total)
            if left.status is ScanStatus.RUNNING:
                await self._say(work, left, told.text)
            status = _RECOVERED[left.status]
            message = left.message if left.status is not ScanStatus.RUNNING else told
            finished = None if status in ALIVE | {ScanStatus.PAUSED} else self._clock()
            await work.scans.set_status(left.id, left.to(status).status, message, finished_at=finished)

    async def _say(self, work: UnitOfWork, scan: Scan, text: str) -> None:
        """Add a line to the log of a scan that does not run."""
        seq = scan.last_seq + 1
        await work.scans.add_lines(scan.id, (LogLine(seq, 0, "note", text, self._clock()),))
        await work.scans.count(scan.id, Counters(scan.hosts_up, scan.hosts_done, scan.ports_open, seq))

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
        # A stop or a pause that came between the two lines above found nobody to tell.
        wanted = await self._patiently(lambda work: _wanted_end(work, scan_id))
        if wanted:
            life.end(wanted)
        try:
            await life.run()
        except Exception:
            log.exception("scan %s", scan_id)
            life.broken = True
        await self._patiently(lambda work: self._finish(work, life))

    async def _raw_sockets(self) -> bool:
        if not await self._helper_answers():
            log.warning("the scan helper cannot be reached")
        return self._planner.raw_sockets

    async def _helper_answers(self) -> bool:
        """Whether the scan helper is there; what it can do is remembered."""
        try:
            self._planner.raw_sockets = (await self._processes.powers()).raw_sockets
        except HelperGone:
            return False
        return True

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
        limits = self._limits
        around = Surroundings(
            runner=self._runner,
            patiently=self._patiently,
            planner=self._planner,
            folder=self._files.folder(scan.uid),
            clock=self._clock,
            patience=Patience(limits.stop_patience_s, limits.helper_patience_s, limits.helper_retry_s),
            helper=self._helper_answers,
        )
        return ScanLife(scan, chunks, recorder=recorder, around=around)

    async def _finish(self, work: UnitOfWork, life: ScanLife) -> None:
        now = await work.scans.get(life.scan.id, lock=True)
        if now is None or now.status not in _RECOVERED:
            return
        status, told = life.verdict(now)
        over = status not in ALIVE | {ScanStatus.PAUSED}
        finished = self._clock() if over else None
        await work.scans.set_status(now.id, now.to(status).status, told, finished_at=finished)
        after = await work.scans.get(now.id)
        assert after
        work.collect(ScanChanged(after))
        if over:
            work.collect(ScanFinished(after))

    async def _interrupt_all(self) -> None:
        """Lanarium stops: end every scan kindly, and hard where that takes too long."""
        tasks = list(self._tasks.values())
        for life in self._lives.values():
            life.end(ScanStatus.QUEUED)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=self._limits.stop_patience_s)
            for task in late:
                task.cancel()
            # Whatever still hangs is left behind: the next start finds its scan and says what happened.
            await asyncio.wait(tasks, timeout=self._limits.stop_patience_s)


# Where a scan is that was alive when its process died.
_RECOVERED = {
    ScanStatus.RUNNING: ScanStatus.QUEUED,
    ScanStatus.PAUSING: ScanStatus.PAUSED,
    ScanStatus.STOPPING: ScanStatus.STOPPED,
}


async def _wanted_end(work: UnitOfWork, scan_id: int) -> ScanStatus | None:
    scan = await work.scans.get(scan_id)
    if scan is None or scan.status is ScanStatus.STOPPING:
        return ScanStatus.STOPPED
    return ScanStatus.PAUSED if scan.status is ScanStatus.PAUSING else None


def left_behind(chunk: Chunk, clock: Clock, *, stopped: bool = False) -> Chunk:
    """A chunk of a scan that a dead process left: what it has finished stays, the rest waits or is stopped."""
    if stopped and chunk.status in {ChunkStatus.QUEUED, ChunkStatus.RUNNING}:
        return chunk.ended(ChunkStatus.STOPPED, None, clock())
    if chunk.status is not ChunkStatus.RUNNING:
        return chunk
    return chunk.waiting(Message.of("chunk_interrupted", hosts_done=chunk.hosts_done))
