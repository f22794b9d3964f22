"""Storage, scanner and clock for tests of the coordinator: in memory, and breakable at will."""

import asyncio
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, cast

from backend.domain.bus import EventBus
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.coordinator import Limits, ScanCoordinator
from backend.domain.discovery.difficult import TargetState
from backend.domain.discovery.events import LinesWritten
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.ledger import SeenHost
from backend.domain.discovery.messages import Message
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.ports import HelperGone, NameResolver, NmapProcesses, ScanPowers
from backend.domain.discovery.recorder import RecorderLimits
from backend.domain.discovery.report import (
    ArtifactWritten,
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    RunnerEvent,
    TargetDifficult,
)
from backend.domain.discovery.scan import Chunk, ChunkCounts, LogLine, NewChunk, Scan, ScanStatus
from backend.domain.discovery.scope import AllowedNetwork
from backend.domain.discovery.storage import Counters, ScanFiles
from backend.domain.errors import Unavailable
from backend.domain.unit_of_work import UnitOfWork

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Script = Callable[[NmapJob, asyncio.Event], AsyncGenerator[RunnerEvent, None]]


@dataclass
class Tables:
    """What is stored."""

    scans: dict[int, Scan] = field(default_factory=dict)
    chunks: dict[int, Chunk] = field(default_factory=dict)
    lines: dict[tuple[int, int], LogLine] = field(default_factory=dict)
    hosts: dict[tuple[int, str], HostReport] = field(default_factory=dict)
    files: dict[tuple[int, str], ArtifactWritten] = field(default_factory=dict)
    difficult: dict[str, TargetState] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)


class FakeScans:
    """The part of the storage that the coordinator uses, on a copy that a commit puts in place."""

    def __init__(self, tables: Tables, world: "World") -> None:
        self.tables = tables
        self._world = world

    async def get(self, scan_id: int, *, lock: bool = False) -> Scan | None:
        scan = self.tables.scans.get(scan_id)
        return replace(scan, chunks=ChunkCounts.of(self.tables.chunks.values())) if scan else None

    async def in_status(self, *statuses: ScanStatus) -> tuple[Scan, ...]:
        return tuple(scan for scan in self.tables.scans.values() if scan.status in statuses)

    async def set_status(
        self, scan_id: int, status: ScanStatus, message: Message | None = None, **times: datetime | None
    ) -> None:
        given = {name: moment for name, moment in times.items() if moment}
        scan = self.tables.scans[scan_id]
        self.tables.scans[scan_id] = replace(scan, status=status, message=message, **given)  # type: ignore[arg-type]

    async def set_raw_sockets(self, scan_id: int, raw_sockets: bool) -> None:
        self.tables.scans[scan_id] = replace(self.tables.scans[scan_id], raw_sockets=raw_sockets)

    async def count(self, scan_id: int, counters: Counters) -> None:
        scan = self.tables.scans[scan_id]
        self.tables.scans[scan_id] = replace(
            scan,
            hosts_up=counters.hosts_up,
            hosts_done=counters.hosts_done,
            ports_open=counters.ports_open,
            last_seq=counters.last_seq,
        )

    async def chunks(self, scan_id: int) -> tuple[Chunk, ...]:
        return tuple(chunk for chunk in self.tables.chunks.values() if chunk.scan_id == scan_id)

    async def save_chunks(self, chunks: Sequence[Chunk]) -> None:
        for chunk in chunks:
            self.tables.chunks[chunk.id] = chunk

    async def add_chunks(self, scan_id: int, chunks: Sequence[NewChunk]) -> tuple[Chunk, ...]:
        made = []
        for new in chunks:
            key = scan_id * 100 + new.number
            made.append(
                Chunk(
                    key,
                    uuid.uuid4(),
                    scan_id,
                    new.number,
                    new.targets,
                    new.target_count,
                    parent=new.parent,
                    failures=new.failures,
                )
            )
            self.tables.chunks[key] = made[-1]
        return tuple(made)

    async def narrow(self, chunk: Chunk) -> None:
        self.tables.chunks[chunk.id] = chunk

    async def seen(self, chunk_id: int) -> tuple[SeenHost, ...]:
        return tuple(
            SeenHost(address, report.source, report.state == "up")
            for (key, address), report in self.tables.hosts.items()
            if key == chunk_id
        )

    async def difficult(self, scan_id: int) -> dict[str, TargetState]:
        return dict(self.tables.difficult)

    async def park(self, scan_id: int, chunk: int, target: TargetDifficult, at: datetime) -> None:
        self.tables.difficult[target.address] = TargetState.PARKED
        self.tables.reasons[target.address] = target.code

    async def release(self, scan_id: int, address: str) -> None:
        self.tables.difficult[address] = TargetState.RELEASED

    async def add_lines(self, scan_id: int, lines: Sequence[LogLine]) -> None:
        for line in lines:
            assert (scan_id, line.seq) not in self.tables.lines, "a line was stored twice"
            self.tables.lines[scan_id, line.seq] = line

    async def save_artifact(self, chunk: Chunk, written: ArtifactWritten) -> None:
        self.tables.files[chunk.id, written.kind] = written

    async def allowed_networks(self, site_id: int) -> tuple[AllowedNetwork, ...]:
        return self._world.allowed


class FakeWork:
    def __init__(self, world: "World") -> None:
        self._world = world
        self.tables = Tables(**{name: dict(rows) for name, rows in vars(world.tables).items()})
        self.scans = FakeScans(self.tables, world)
        self._events: list[object] = []

    def collect(self, event: object) -> None:
        self._events.append(event)

    async def commit(self) -> None:
        self._world.check_storage()
        self._world.tables = self.tables
        self._world.commits += 1
        events, self._events = self._events, []
        for event in events:
            self._world.bus.publish(event)


async def finds_everyone(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    """Every address answers, and says so."""
    for address in AddressSet.parse(job.targets):
        yield Line(f"found {address}")
        yield HostFinished(HostReport(str(address), "up"))
    yield ArtifactWritten("xml", f"/somewhere/{job.uid}.xml", 10, True)
    yield ChunkFinished(ChunkOutcome("done", "success"))


class World:
    """Everything that the coordinator stands on."""

    def __init__(self, script: Script = finds_everyone, **limits: Any) -> None:
        self.tables = Tables()
        self.bus = EventBus()
        self.script = script
        self.away = False
        self.commits = 0
        self.jobs: list[NmapJob] = []
        self.powers_known = True
        self.poison = ""
        self.said: list[HostReport] = []
        self.allowed: tuple[AllowedNetwork, ...] = (AllowedNetwork("10.0.0.0/8"),)
        self.announced: list[LinesWritten] = []
        self.bus.subscribe(LinesWritten, self.announced.append)
        self.limits = Limits(
            max_scans=limits.pop("max_scans", 2),
            retry_s=0.005,
            stop_patience_s=limits.pop("stop_patience_s", 0.5),
            helper_patience_s=limits.pop("helper_patience_s", 0.1),
            helper_retry_s=0.01,
            recorder=RecorderLimits(tick_s=0.001, retry_s=0.005, **limits),
        )
        self.coordinator = self.restarted()

    def restarted(self) -> ScanCoordinator:
        """A coordinator that knows nothing but what is stored."""
        return ScanCoordinator(
            transactions=cast("Any", self.transaction),
            runner=self,
            processes=cast("NmapProcesses", self),
            hosts=self,
            planner=Planner(cast("NameResolver", self), lambda: ()),
            files=cast("ScanFiles", self),
            bus=self.bus,
            limits=self.limits,
            clock=lambda: NOW,
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[FakeWork]:
        self.check_storage()
        yield FakeWork(self)

    def check_storage(self) -> None:
        if self.away:
            raise Unavailable("away", code="storage_away")

    async def powers(self) -> ScanPowers:
        if not self.powers_known:
            raise HelperGone("gone")
        return ScanPowers(True, "7.93")

    def folder(self, uid: uuid.UUID) -> str:
        return f"/scans/{uid}"

    async def run(self, job: NmapJob, stop: asyncio.Event | None = None) -> AsyncGenerator[RunnerEvent, None]:
        self.jobs.append(job)
        async for event in self.script(job, stop or asyncio.Event()):
            yield event

    async def store(
        self, work: UnitOfWork, scan: Scan, found: Sequence[tuple[Chunk, HostReport]]
    ) -> Sequence[int | None]:
        tables = cast("FakeWork", work).tables
        for chunk, report in found:
            if self.poison and report.address == self.poison:
                raise ValueError("text that no database takes")
            tables.hosts[chunk.id, report.address] = report
            self.said.append(report)
        return list(range(1, len(found) + 1))

    def add_scan(self, scan_id: int = 1, chunks: int = 4, size: int = 4, concurrency: int = 2) -> None:
        """A scan that waits."""
        self.tables.scans[scan_id] = Scan(
            id=scan_id,
            uid=uuid.uuid4(),
            site_id=1,
            project_id=1,
            project_name="General",
            name="",
            status=ScanStatus.QUEUED,
            profile="quick",
            options=ScanOptions(),
            targets=(),
            exclusions=(),
            ranges=(),
            names={},
            address_count=chunks * size,
            chunk_size=size,
            concurrency=concurrency,
            host_timeout_s=60,
            chunk_timeout_s=60,
            raw_sockets=True,
            created_at=NOW,
        )
        for number in range(1, chunks + 1):
            first = (number - 1) * size
            chunk_id = scan_id * 100 + number
            targets = (f"10.0.{scan_id}.{first}-10.0.{scan_id}.{first + size - 1}",)
            self.tables.chunks[chunk_id] = Chunk(chunk_id, uuid.uuid4(), scan_id, number, targets, size)

    def scan(self, scan_id: int = 1) -> Scan:
        return self.tables.scans[scan_id]

    def statuses(self) -> list[str]:
        return [chunk.status.value for chunk in self.tables.chunks.values()]

    @asynccontextmanager
    async def running(self, coordinator: ScanCoordinator | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task((coordinator or self.coordinator).run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def until(self, what: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not what():  # noqa: ASYNC110 - the condition may lie anywhere in this world
                await asyncio.sleep(0.001)

    async def until_ended(self, scan_id: int = 1) -> Scan:
        await self.until(lambda: self.scan(scan_id).finished_at is not None)
        return self.scan(scan_id)
