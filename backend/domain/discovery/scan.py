"""A scan, its chunks, and what may happen to them: plain values and the states that they go through.

scan    queued -> running -> completed | partial | failed
                  running -> stopping -> stopped
                  running -> pausing -> paused -> queued
                  running -> queued                 (Lanarium itself stopped: it goes on at the next start)
        completed, partial, stopped, failed, interrupted -> queued   (resume: the rest; retry: a chunk, a target)
chunk   queued -> running -> done | partial | failed | stopped | parked;  all may be queued again
        A chunk that fails is tried again for what is missing, then cut into pieces (retrying.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from backend.domain.discovery.messages import Message
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.report import ArtifactKind, LineKind
from backend.domain.errors import Conflict


class ScanStatus(StrEnum):
    """Where a scan is in its life."""

    QUEUED = "queued"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
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
    PARKED = "parked"  # one address that no attempt could deal with


class PausedBy(StrEnum):
    """Who has to let a paused scan go on."""

    PERSON = "person"
    BLACKOUT = "blackout"


ALIVE = frozenset({ScanStatus.QUEUED, ScanStatus.RUNNING, ScanStatus.PAUSING, ScanStatus.STOPPING})
RESUMABLE = frozenset({ScanStatus.PARTIAL, ScanStatus.STOPPED, ScanStatus.FAILED, ScanStatus.INTERRUPTED})
AT_REST = frozenset({ChunkStatus.DONE, ChunkStatus.PARKED})  # nothing of the chunk is missing
IMPORT = "import"  # the profile of a scan that somebody else ran
_NEXT: Mapping[ScanStatus, frozenset[ScanStatus]] = {
    ScanStatus.QUEUED: frozenset({ScanStatus.RUNNING, ScanStatus.PAUSED, ScanStatus.STOPPED, ScanStatus.FAILED}),
    ScanStatus.RUNNING: frozenset(ScanStatus) - {ScanStatus.RUNNING},
    ScanStatus.PAUSING: frozenset(ScanStatus) - {ScanStatus.RUNNING, ScanStatus.PAUSING},
    ScanStatus.PAUSED: frozenset({ScanStatus.QUEUED, ScanStatus.STOPPED}),
    ScanStatus.STOPPING: frozenset({ScanStatus.STOPPED, ScanStatus.COMPLETED}),
    ScanStatus.COMPLETED: frozenset({ScanStatus.QUEUED}),
    **{status: frozenset({ScanStatus.QUEUED}) for status in RESUMABLE},
}


@dataclass(frozen=True, slots=True)
class Can:
    """What may be done with a scan in its present state."""

    stop: bool
    pause: bool
    resume: bool
    retry_chunks: bool
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
    parked: int = 0

    @property
    def total(self) -> int:
        """All chunks."""
        at_rest = self.done + self.parked
        return at_rest + self.queued + self.running + self.partial + self.failed + self.stopped

    @classmethod
    def of(cls, chunks: "Iterable[Chunk]") -> "ChunkCounts":
        """Count them."""
        counts = dict.fromkeys(ChunkStatus, 0)
        for chunk in chunks:
            counts[chunk.status] += 1
        return cls(**{status.value: count for status, count in counts.items()})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a scan's addresses that one runner deals with.

    `finished` has a bit for every address in the order of `targets` (ledger.py): what is done stays done, however
    many attempts the rest takes. `failures` counts attempts that ended badly through the chunk's own doing;
    `parent` is the number of the chunk of which this one is a piece.
    """

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
    parent: int | None = None
    failures: int = 0
    finished: bytes = b""

    def begun(self, now: datetime) -> "Chunk":
        """The chunk at the start of another attempt."""
        fresh = replace(self, message=None, finished_at=None)
        return replace(fresh, status=ChunkStatus.RUNNING, attempts=self.attempts + 1, started_at=now)

    def waiting(self, message: Message | None = None) -> "Chunk":
        """The chunk as it waits for another attempt; what is finished stays."""
        return replace(self, status=ChunkStatus.QUEUED, message=message, finished_at=None)

    def ended(self, status: ChunkStatus, message: Message | None, now: datetime) -> "Chunk":
        """The chunk at the end of an attempt; a finished one has dealt with every address, silent ones too."""
        hosts_done = self.target_count if status in AT_REST else self.hosts_done
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
    schedule_id: int | None = None
    forced: bool = False
    uid: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class NewChunk:
    """A chunk that is about to be written down."""

    number: int
    targets: tuple[str, ...]
    target_count: int
    parent: int | None = None
    failures: int = 0


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
    paused_by: PausedBy | None = None
    forced: bool = False
    schedule_id: int | None = None

    @property
    def can(self) -> Can:
        """What may be done with it now."""
        alive = {ScanStatus.QUEUED, ScanStatus.RUNNING}
        scanned_here = self.profile != IMPORT
        return Can(
            stop=self.status in alive | {ScanStatus.PAUSING, ScanStatus.PAUSED},
            pause=self.status in alive,
            resume=scanned_here and self.status in RESUMABLE | {ScanStatus.PAUSED},
            retry_chunks=scanned_here and self.status in RESUMABLE | {ScanStatus.COMPLETED},
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
