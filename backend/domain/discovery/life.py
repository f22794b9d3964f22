"""The life of one running scan: its chunks run beside each other, each judged once more before it starts."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol
from uuid import uuid5

from backend.domain.clock import Clock
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.aftermath import Aftermath
from backend.domain.discovery.chunk_board import ChunkBoard
from backend.domain.discovery.hosts import HostCounter
from backend.domain.discovery.job import NmapJob, OutputLimits
from backend.domain.discovery.messages import Message
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.progress import ScanProgress
from backend.domain.discovery.recorder import ScanRecorder
from backend.domain.discovery.report import ChunkFinished, ChunkOutcome, RunnerEvent
from backend.domain.discovery.retrying import deadline
from backend.domain.discovery.scan import AT_REST, Chunk, ChunkStatus, Scan, ScanStatus
from backend.domain.discovery.scope import ScopeGuard
from backend.domain.discovery.verdict import verdict
from backend.domain.errors import Invalid
from backend.domain.unit_of_work import Patiently, UnitOfWork

log = logging.getLogger(__name__)
LINE_BYTES = 8 * 1024  # so that any line fits into a live frame of 64 KiB however JSON escapes it


class ChunkRunner(Protocol):
    """Runs one chunk; NmapRunner does."""

    def run(self, job: NmapJob, stop: asyncio.Event | None = None) -> AsyncGenerator[RunnerEvent, None]:
        """Events until ChunkFinished; setting `stop` ends it kindly."""
        ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for a runner to stop, and for a helper to come back, asked every so often."""

    stop_s: float = 5.0
    helper_s: float = 600.0
    helper_retry_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a life stands on."""

    runner: ChunkRunner
    patiently: Patiently
    planner: Planner
    folder: str
    clock: Clock
    patience: Patience
    helper: Callable[[], Awaitable[bool]]  # whether the scan helper answers


class ScanLife:
    """One scan at work."""

    def __init__(
        self, scan: Scan, chunks: tuple[Chunk, ...], *, recorder: ScanRecorder, around: Surroundings
    ) -> None:
        self.scan = scan
        self.recorder = recorder
        self.progress = ScanProgress(scan.address_count)
        self._around = around
        self._board = ChunkBoard(chunks, recorder, self.progress)
        self._hosts = HostCounter(scan, self._board, recorder, self.progress)
        self._stop = asyncio.Event()
        self._aftermath = Aftermath(
            scan, self._board, self._hosts, recorder=recorder, around=around, stop=self._stop
        )
        self._ending: ScanStatus | None = None
        self.broken = False  # an error of ours ended it
        self._deadlines: set[asyncio.Timeout] = set()
        recorder.progress = self.progress.value

    @property
    def running(self) -> int:
        """How many chunks run now."""
        return self._board.running

    @property
    def waiting(self) -> int:
        """How many results wait to be stored."""
        return self.recorder.waiting

    def end(self, status: ScanStatus) -> None:
        """Stop it, for a person (stopped, paused) or because Lanarium stops (queued): nmap is killed at once."""
        self._ending = self._ending or status
        self._stop.set()
        self._board.changed.set()
        late = asyncio.get_running_loop().time() + self._around.patience.stop_s
        for timeout in self._deadlines:
            timeout.reschedule(late)

    async def run(self) -> None:
        """Run every chunk that waits; returns when all have come to rest and everything is stored."""
        async with asyncio.TaskGroup() as group:
            recording = group.create_task(self.recorder.run())
            self._hosts.difficult = dict(
                await self._around.patiently(lambda work: work.scans.difficult(self.scan.id))
            )
            async with asyncio.TaskGroup() as workers:
                for _ in range(self.scan.concurrency):
                    workers.create_task(self._worker())
            await self._leave_rest()
            await self.recorder.drain()
            recording.cancel()

    def verdict(self, now: Scan) -> tuple[ScanStatus, Message | None]:
        """How it ended, and what to tell a person; paused and queued mean that it will go on."""
        chunks = self._board.all
        done = sum(chunk.status is ChunkStatus.DONE for chunk in chunks)
        if self.broken:
            return ScanStatus.FAILED, Message.of("scan_error", done=done, total=len(chunks))
        complete = all(chunk.status in AT_REST for chunk in chunks)
        if not complete and (self._ending or now.status is not ScanStatus.RUNNING):
            return self._ended_early(now, done, len(chunks))
        if not complete and self._aftermath.fatal:
            return ScanStatus.FAILED, self._aftermath.fatal_message(done)
        return verdict(chunks, self._hosts.parked)

    def _ended_early(self, now: Scan, done: int, total: int) -> tuple[ScanStatus, Message | None]:
        if ScanStatus.STOPPING in {now.status, self._ending} or self._ending is ScanStatus.STOPPED:
            name = str(now.message.params.get("name", "")) if now.message else ""
            return ScanStatus.STOPPED, Message.of("stopped_by_person", name=name, done=done, total=total)
        if now.status is ScanStatus.PAUSING:
            return ScanStatus.PAUSED, now.message
        return ScanStatus.QUEUED, Message.of("app_stopped_goes_on", done=done, total=total)

    async def _worker(self) -> None:
        while not (self._stop.is_set() or self._aftermath.fatal):
            chunk = self._board.next()
            if chunk is not None:
                await self._run_chunk(chunk)
            elif self._board.running:
                # What runs now may yet fall into pieces.
                self._board.changed.clear()
                await self._board.changed.wait()
            else:
                return

    async def _run_chunk(self, waiting: Chunk) -> None:
        number = waiting.number
        chunk = waiting.begun(self._around.clock())
        await self._board.set(chunk)
        ledger = await self._hosts.begin(chunk, self._around.patiently)
        await self._board.set(ledger.counted(chunk))
        left = ledger.missing()
        if not left:
            await self._aftermath.end(number, ChunkStatus.DONE, None)
            return
        try:
            job = await self._around.patiently(lambda work: self._job(work, chunk, left))
        except Invalid as refused:
            await self._aftermath.end(number, ChunkStatus.FAILED, _out_of_scope(refused))
            return
        await self.recorder.note(f"Chunk {number}: {', '.join(job.targets[:50])}", number)
        outcome = await self._outcome(job, number)
        await self._aftermath.take(number, outcome, self._ending)

    async def _job(self, work: UnitOfWork, chunk: Chunk, left: AddressSet) -> NmapJob:
        """What is left of the chunk as a job, judged against the networks as they are now; raises Invalid."""
        scan = self.scan
        networks = await work.scans.allowed_networks(scan.site_id)
        scope = self._around.planner.scope(networks, scan.exclusions)
        permitted = ScopeGuard(scope).require(left)
        longest = deadline(chunk, left, chunk_timeout_s=scan.chunk_timeout_s, host_timeout_s=scan.host_timeout_s)
        # The files of an earlier attempt stay: they are the evidence of what it finished.
        uid = chunk.uid if chunk.attempts == 1 else uuid5(chunk.uid, str(chunk.attempts))
        return NmapJob(
            uid=str(uid),
            targets=permitted.texts(),
            options=scan.options,
            scope=scope,
            host_timeout_s=scan.host_timeout_s,
            chunk_timeout_s=longest,
            artifact_dir=self._around.folder,
            raw=scan.raw_sockets,
            limits=OutputLimits(line_bytes=LINE_BYTES),
        )

    async def _outcome(self, job: NmapJob, number: int) -> ChunkOutcome:
        try:
            return await self._follow(job, number)
        except TimeoutError:
            return ChunkOutcome("stopped", "stopped", {}, "Stopped")
        except Exception as error:
            log.exception("chunk %s of scan %s", number, self.scan.id)
            told = Message.of("chunk_error", error=type(error).__name__)
            return ChunkOutcome("partial", told.code, told.params, told.text)

    async def _follow(self, job: NmapJob, number: int) -> ChunkOutcome:
        async with asyncio.timeout(None) as timeout:
            self._deadlines.add(timeout)
            try:
                async with aclosing(self._around.runner.run(job, self._stop)) as events:
                    async for event in events:
                        if isinstance(event, ChunkFinished):
                            return event.outcome
                        await self._hosts.take(number, event)
            finally:
                self._deadlines.discard(timeout)
        raise RuntimeError("the runner ended without an outcome")

    async def _leave_rest(self) -> None:
        """Chunks that a person's stop kept from running are stopped; else they wait for a resume."""
        if self._ending is not ScanStatus.STOPPED:
            return
        for chunk in self._board.all:
            if chunk.status is ChunkStatus.QUEUED:
                await self._board.set(chunk.ended(ChunkStatus.STOPPED, None, self._around.clock()))


def _out_of_scope(refused: Invalid) -> Message:
    where = str(refused.params.get("range", ""))
    told = Message.of("chunk_out_of_scope", range=where)
    return Message("scope_refused", {"range": where}, told.text)
