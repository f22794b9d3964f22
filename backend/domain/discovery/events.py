"""What discovery tells the rest of Lanarium, on the bus and after the commit."""

from dataclasses import dataclass

from backend.domain.discovery.report import HostReport
from backend.domain.discovery.scan import Chunk, LogLine, Scan


@dataclass(frozen=True, slots=True)
class ScanQueued:
    """A scan waits for its turn."""

    scan_id: int


@dataclass(frozen=True, slots=True)
class StopRequested:
    """Somebody wants a running scan to stop."""

    scan_id: int


@dataclass(frozen=True, slots=True)
class PauseRequested:
    """A running scan is to pause: for a person, or for a blackout window."""

    scan_id: int


@dataclass(frozen=True, slots=True)
class SchedulesChanged:
    """A schedule or a blackout window is different from before."""


@dataclass(frozen=True, slots=True)
class ScanDeleted:
    """A scan is gone; its files may go too."""

    scan_id: int
    site_id: int
    uid: str


@dataclass(frozen=True, slots=True)
class ScanChanged:
    """A scan has a new state, or has come further; `provisional` where the commit is yet to come."""

    scan: Scan
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class ScanFinished:
    """A scan has come to rest."""

    scan: Scan


@dataclass(frozen=True, slots=True)
class ChunkChanged:
    """A chunk has a new state."""

    chunk: Chunk


@dataclass(frozen=True, slots=True)
class LinesWritten:
    """Lines of one chunk, numbered without a hole."""

    scan_id: int
    chunk: int
    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class HostStored:
    """A finished host of a scan is in the database."""

    scan_id: int
    site_id: int
    device_id: int | None
    report: HostReport
