"""The life of one running scan: its chunks run beside each other, each judged once more before it starts."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any, Protocol

from backend.domain.clock import Clock
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.job import NmapJob, OutputLimits
from backend.domain.discovery.messages import Message
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.progress import ScanProgress
from backend.domain.discovery.recorder import ScanRecorder
from backend.domain.discovery.report import (
    ArtifactWritten,
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    Progress,
    RunnerEvent,
    TargetDifficult,
)
from backend.domain.discovery.scan import FATAL, Chunk, ChunkStatus, Scan, ScanStatus, verdict
from backend.domain.discovery.scope import ScopeGuard
from backend.domain.errors import Invalid
from backend.domain.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
LINE_BYTES = 8 * 1024  # so that any line fits into a live frame of 64 KiB however JSON escapes it
Patiently = Callable[[Callable[[UnitOfWork], Awaitable[Any]]], Awaitable[Any]]


class ChunkRunner(Protocol):
    """Runs one chunk; NmapRunner does."""

    def run(self, job: NmapJob, stop: asyncio.Event | None = None) -> AsyncGenerator[RunnerEvent, None]:
        """Events until ChunkFinished; setting `stop` ends it kindly."""
        ...


class ScanLife:
    """One scan at work."""

    def __init__(
        self,
        scan: Scan,
        chunks: tuple[Chunk, ...],
        *,
        recorder: ScanRecorder,
        runner: ChunkRunner,
        patiently: Patiently,
        planner: Planner,
        folder: str,
        clock: Clock,
        stop_patience_s: float,
    ) -> None:
        self.scan = scan
        self.recorder = recorder
        self.progress = ScanProgress(scan.address_count)
        self._chunks = {chunk.number: chunk for chunk in chunks}
        self._runner = runner
        self._patiently = patiently
        self._planner = planner
        self._folder = folder
        self._clock = clock
        self._patience = stop_patience_s
        self._stop = asyncio.Event()
        self._ending: ScanStatus | None = None
        self._fatal = False
        self.broken = False  # an error of ours ended it
        self._deadlines: set[asyncio.Timeout] = set()
        self._labels = {address: name for name, found in scan.names.items() for address in found}
        recorder.progress = self.progress.value
        for chunk in chunks:
            self.progress.chunk(chunk)

    @property
    def running(self) -> int:
        """How many chunks run now."""
        return sum(chunk.status is ChunkStatus.RUNNING for chunk in self._chunks.values())

    @property
    def waiting(self) -> int:
        """How many results wait to be stored."""
        return self.recorder.waiting

    def end(self, status: ScanStatus) -> None:
        """Stop it, for a person (stopped) or because Lanarium stops (interrupted): nmap is killed at once."""
        self._ending = self._ending or status
        self._stop.set()
        late = asyncio.get_running_loop().time() + self._patience
        for deadline in self._deadlines:
            deadline.reschedule(late)

    async def run(self) -> None:
        """Run every chunk that waits; returns when all have come to rest and everything is stored."""
        async with asyncio.TaskGroup() as group:
            recording = group.create_task(self.recorder.run())
            async with asyncio.TaskGroup() as workers:
                for _ in range(self.scan.concurrency):
                    workers.create_task(self._worker())
            await self._leave_rest()
            await self.recorder.drain()
            recording.cancel()

    def verdict(self, now: Scan) -> tuple[ScanStatus, Message | None]:
        """How it ended, and what to tell a person."""
        chunks = self._chunks.values()
        done = sum(chunk.status is ChunkStatus.DONE for chunk in chunks)
        if self.broken:
            return ScanStatus.FAILED, Message.of("scan_error", done=done, total=len(chunks))
        if done == len(chunks) or self._ending is None:
            return verdict(chunks)
        if self._ending is ScanStatus.INTERRUPTED and now.status is ScanStatus.RUNNING:
            return ScanStatus.INTERRUPTED, Message.of("app_stopped", done=done, total=len(chunks))
        name = str(now.message.params.get("name", "")) if now.message else ""
        return ScanStatus.STOPPED, Message.of("stopped_by_person", name=name, done=done, total=len(chunks))

    async def _worker(self) -> None:
        while not (self._stop.is_set() or self._fatal):
            waiting = (chunk for chunk in self._chunks.values() if chunk.status is ChunkStatus.QUEUED)
            chunk = next(waiting, None)
            if chunk is None:
                return
            await self._run_chunk(chunk.begun(self._clock()))

    async def _run_chunk(self, chunk: Chunk) -> None:
        await self._set(chunk)
        try:
            job = await self._patiently(lambda work: self._job(work, chunk))
        except Invalid as refused:
            await self._end_chunk(chunk.number, ChunkStatus.FAILED, _out_of_scope(refused))
            return
        await self.recorder.note(f"Chunk {chunk.number}: {', '.join(job.targets)}", chunk.number)
        await self._end_with(chunk.number, await self._outcome(job, chunk.number))

    async def _job(self, work: UnitOfWork, chunk: Chunk) -> NmapJob:
        """The chunk as a job, judged against the networks as they are now; raises Invalid."""
        networks = await work.scans.allowed_networks(self.scan.site_id)
        scope = self._planner.scope(networks, self.scan.exclusions)
        permitted = ScopeGuard(scope).require(AddressSet.parse(chunk.targets))
        return NmapJob(
            uid=str(chunk.uid),
            targets=permitted.texts(),
            options=self.scan.options,
            scope=scope,
            host_timeout_s=self.scan.host_timeout_s,
            chunk_timeout_s=self.scan.chunk_timeout_s,
            artifact_dir=self._folder,
            raw=self.scan.raw_sockets,
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
        async with asyncio.timeout(None) as deadline:
            self._deadlines.add(deadline)
            try:
                async with aclosing(self._runner.run(job, self._stop)) as events:
                    async for event in events:
                        if isinstance(event, ChunkFinished):
                            return event.outcome
                        await self._take(number, event)
            finally:
                self._deadlines.discard(deadline)
        raise RuntimeError("the runner ended without an outcome")

    async def _take(self, number: int, event: RunnerEvent) -> None:
        match event:
            case Line():
                await self.recorder.line(number, event)
            case HostFinished(report):
                await self._host(number, report)
            case TargetDifficult():
                await self.recorder.note(event.text, number)
            case ArtifactWritten():
                chunk = self._chunks[number]
                path = f"{self.scan.uid}/{chunk.uid}.{event.kind}"
                await self.recorder.file(chunk, replace(event, path=path))
            case Progress():
                self.progress.task(self._chunks[number], event)
                self.recorder.touch()
            case ChunkFinished():  # taken by the caller
                pass

    async def _host(self, number: int, report: HostReport) -> None:
        label = self._labels.get(report.address)
        if label and label not in report.hostnames:
            report = replace(report, hostnames=(label, *report.hostnames))
        ports_open = sum(port.state == "open" for port in report.ports)
        chunk = self._chunks[number].with_host(up=report.state == "up", ports_open=ports_open)
        self._keep(chunk)
        await self.recorder.host(chunk, report)

    async def _end_with(self, number: int, outcome: ChunkOutcome) -> None:
        chunk = self._chunks[number]
        self._fatal = self._fatal or outcome.code in FATAL
        if outcome.status == "done":
            told = Message(outcome.code, outcome.params, outcome.text) if outcome.code != "success" else None
            await self._end_chunk(number, ChunkStatus.DONE, told)
        elif self._ending is ScanStatus.INTERRUPTED:
            told = Message.of("chunk_interrupted", hosts_done=chunk.hosts_done)
            await self._end_chunk(number, ChunkStatus.PARTIAL if chunk.hosts_done else ChunkStatus.QUEUED, told)
        elif outcome.status == "stopped":
            told = Message.of("chunk_stopped", hosts_done=chunk.hosts_done, targets=chunk.target_count)
            await self._end_chunk(number, ChunkStatus.STOPPED, told)
        else:
            await self._end_badly(chunk, outcome)

    async def _end_badly(self, chunk: Chunk, outcome: ChunkOutcome) -> None:
        kept = Message.of(
            "chunk_partial", hosts_done=chunk.hosts_done, targets=chunk.target_count, reason=outcome.text
        )
        told = Message(outcome.code, {**outcome.params, **kept.params}, kept.text)
        await self._end_chunk(chunk.number, ChunkStatus.PARTIAL if chunk.hosts_done else ChunkStatus.FAILED, told)

    async def _end_chunk(self, number: int, status: ChunkStatus, told: Message | None) -> None:
        if told:
            await self.recorder.note(told.text, number)
        await self._set(self._chunks[number].ended(status, told, self._clock()))

    async def _leave_rest(self) -> None:
        """Chunks that a person's stop kept from running are stopped; else they wait for a resume."""
        if self._ending is not ScanStatus.STOPPED:
            return
        for chunk in tuple(self._chunks.values()):
            if chunk.status is ChunkStatus.QUEUED:
                await self._set(chunk.ended(ChunkStatus.STOPPED, None, self._clock()))

    async def _set(self, chunk: Chunk) -> None:
        self._keep(chunk)
        await self.recorder.chunk(chunk)

    def _keep(self, chunk: Chunk) -> None:
        self._chunks[chunk.number] = chunk
        self.progress.chunk(chunk)


def _out_of_scope(refused: Invalid) -> Message:
    where = str(refused.params.get("range", ""))
    told = Message.of("chunk_out_of_scope", range=where)
    return Message("scope_refused", {"range": where}, told.text)
