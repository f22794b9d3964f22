"""A scan, its chunks, and what may happen to them: plain values and the states that they go through.

scan    queued -> running -> completed | partial | failed
                  running -> stopping -> stopped
                  running -> interrupted            (Lanarium itself stopped)
        partial, stopped, failed, interrupted -> queued   (resume: the rest)
chunk   queued -> running -> done | partial | failed | stopped;  all but done -> queued (resume)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from backend.domain.discovery.messages import Message
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.report import ArtifactKind, LineKind
from backend.domain.errors import Conflict


class ScanStatus(StrEnum):
    """Where a scan is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    STOPPING = "stopping"
    COMPLETED = "completed"
    PARTIAL = "partial"
    STOPPED = "stopped"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


class ChunkStatus(StrEnum):
    """Where a chunk is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    STOPPED = "stopped"


ALIVE = frozenset({ScanStatus.QUEUED, ScanStatus.RUNNING, ScanStatus.STOPPING})
RESUMABLE = frozenset({ScanStatus.PARTIAL, ScanStatus.STOPPED, ScanStatus.FAILED, ScanStatus.INTERRUPTED})
_NEXT: Mapping[ScanStatus, frozenset[ScanStatus]] = {
    ScanStatus.QUEUED: frozenset({ScanStatus.RUNNING, ScanStatus.STOPPED, ScanStatus.FAILED}),
    ScanStatus.RUNNING: frozenset(ScanStatus) - {ScanStatus.QUEUED, ScanStatus.RUNNING},
    ScanStatus.STOPPING: frozenset({ScanStatus.STOPPED, ScanStatus.COMPLETED}),
    ScanStatus.COMPLETED: frozenset(),
    **{status: frozenset({ScanStatus.QUEUED}) for status in RESUMABLE},
}


@dataclass(frozen=True, slots=True)
class Can:
    """What may be done with a scan in its present state."""

    stop: bool
    resume: bool
    delete: bool


@dataclass(frozen=True, slots=True)
class ChunkCounts:
    """How many chunks of a scan are in which state."""

    queued: int = 0
    running: int = 0
    done: int = 0
    partial: int = 0
    failed: int = 0
    stopped: int = 0

    @property
    def total(self) -> int:
        """All chunks."""
        return self.queued + self.running + self.done + self.partial + self.failed + self.stopped

    @classmethod
    def of(cls, chunks: "Iterable[Chunk]") -> "ChunkCounts":
        """Count them."""
        counts = dict.fromkeys(ChunkStatus, 0)
        for chunk in chunks:
            counts[chunk.status] += 1
        return cls(**{status.value: count for status, count in counts.items()})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a scan's addresses that one nmap deals with. Done again, it starts counting anew."""

    id: int
    uid: UUID
    scan_id: int
    number: int
    targets: tuple[str, ...]
    target_count: int
    status: ChunkStatus = ChunkStatus.QUEUED
    attempts: int = 0
    hosts_up: int = 0
    hosts_done: int = 0
    ports_open: int = 0
    message: Message | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None

    def begun(self, now: datetime) -> "Chunk":
        """The chunk at the start of another attempt."""
        fresh = replace(self, hosts_up=0, hosts_done=0, ports_open=0, message=None, finished_at=None)
        return replace(fresh, status=ChunkStatus.RUNNING, attempts=self.attempts + 1, started_at=now)

    def with_host(self, *, up: bool, ports_open: int) -> "Chunk":
        """The chunk with one more host finished."""
        return replace(
            self,
            hosts_done=self.hosts_done + 1,
            hosts_up=self.hosts_up + up,
            ports_open=self.ports_open + ports_open,
        )

    def ended(self, status: ChunkStatus, message: Message | None, now: datetime) -> "Chunk":
        """The chunk at the end of an attempt; a finished one has dealt with every address, silent ones too."""
        hosts_done = self.target_count if status is ChunkStatus.DONE else self.hosts_done
        return replace(self, status=status, message=message, finished_at=now, hosts_done=hosts_done)


@dataclass(frozen=True, slots=True)
class NewScan:
    """A scan that is about to be written down."""

    site_id: int
    project_id: int
    name: str
    profile: str
    options: ScanOptions
    targets: tuple[str, ...]
    exclusions: tuple[str, ...]
    ranges: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    address_count: int
    chunk_size: int
    concurrency: int
    host_timeout_s: int
    chunk_timeout_s: int
    raw_sockets: bool
    requested_by: int | None


@dataclass(frozen=True, slots=True)
class NewChunk:
    """A chunk that is about to be written down."""

    number: int
    targets: tuple[str, ...]
    target_count: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A scan as it is known: what was asked for, where it is, what it has found."""

    id: int
    uid: UUID
    site_id: int
    project_id: int
    project_name: str
    name: str
    status: ScanStatus
    profile: str
    options: ScanOptions
    targets: tuple[str, ...]
    exclusions: tuple[str, ...]
    ranges: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    address_count: int
    chunk_size: int
    concurrency: int
    host_timeout_s: int
    chunk_timeout_s: int
    raw_sockets: bool
    created_at: datetime
    chunks: ChunkCounts = field(default_factory=ChunkCounts)
    hosts_up: int = 0
    hosts_done: int = 0
    ports_open: int = 0
    last_seq: int = 0
    progress: float = 0.0
    message: Message | None = None
    requested_by: str | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def can(self) -> Can:
        """What may be done with it now."""
        return Can(
            stop=self.status in {ScanStatus.QUEUED, ScanStatus.RUNNING},
            resume=self.status in RESUMABLE,
            delete=self.status not in ALIVE,
        )

    def to(self, status: ScanStatus) -> "Scan":
        """The scan in its next state; raises Conflict where that state cannot follow."""
        if status not in _NEXT[self.status]:
            raise Conflict(
                f"The scan is {self.status} and cannot become {status}",
                code="scan_state",
                params={"status": self.status.value, "wanted": status.value},
            )
        return replace(self, status=status)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a scan's log; `chunk` 0 is the scan itself."""

    seq: int
    chunk: int
    kind: LineKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that a chunk left; `path` is relative to the scans folder."""

    uid: UUID
    scan_id: int
    chunk_id: int
    kind: ArtifactKind
    path: str
    size: int
    complete: bool
    created_at: datetime


FATAL = frozenset({"nmap_missing", "helper_gone"})


def verdict(chunks: Iterable[Chunk]) -> tuple[ScanStatus, Message | None]:
    """How a scan whose chunks have come to rest ended, and what to tell a person about it."""
    known = tuple(chunks)
    counts = ChunkCounts.of(known)
    if counts.done == counts.total:
        return ScanStatus.COMPLETED, _disk_full(known)
    codes = [chunk.message.code for chunk in known if chunk.message and chunk.status is not ChunkStatus.DONE]
    hosts = sum(chunk.hosts_up for chunk in known)
    fatal = next((code for code in codes if code in FATAL), None)
    status = ScanStatus.FAILED if fatal or not (counts.done or counts.partial) else ScanStatus.PARTIAL
    if fatal:
        return status, Message.of(fatal, done=counts.done, total=counts.total)
    if status is ScanStatus.FAILED:
        return status, Message.of("nothing_done", total=counts.total, cause=codes[0] if codes else "unknown")
    return status, Message.of("chunks_incomplete", done=counts.done, total=counts.total, hosts=hosts)


def _disk_full(chunks: Iterable[Chunk]) -> Message | None:
    full = any(chunk.message and chunk.message.code == "artifact_disk_full" for chunk in chunks)
    return Message.of("artifact_disk_full") if full else None
