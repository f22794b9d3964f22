"""What discovery needs from the world outside."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import ArtifactKind, ArtifactWritten, HostReport, Progress
from backend.domain.errors import Params

Stream = Literal["out", "err", "xml", "nmap", "gnmap"]


@dataclass(frozen=True, slots=True)
class Output:
    """Bytes that nmap wrote to one of its streams, in order, cut anywhere."""

    stream: Stream
    data: bytes


@dataclass(frozen=True, slots=True)
class Truncated:
    """A stream passed its quota; nothing more of it follows."""

    stream: Stream
    limit: int


@dataclass(frozen=True, slots=True)
class Exited:
    """nmap is gone; the last frame of a run that started."""

    code: int | None
    signal: int | None


@dataclass(frozen=True, slots=True)
class Refused:
    """nmap was not started: nmap_missing, scope_refused or job_refused."""

    code: str
    params: Params


Frame = Output | Truncated | Exited | Refused


class HelperGone(Exception):
    """The process that runs nmap for us cannot be reached, or went away during a run."""


class NmapRun(Protocol):
    """One nmap at work."""

    def frames(self) -> AsyncIterator[Frame]:
        """What it writes, then Exited; or Refused alone. Raises HelperGone."""
        ...

    async def stop(self) -> None:
        """Kill it at once; its last frames and Exited still come. Does nothing when it is over."""
        ...


@dataclass(frozen=True, slots=True)
class ScanPowers:
    """What scanning can do here."""

    raw_sockets: bool
    nmap_version: str | None


class NmapProcesses(Protocol):
    """Starts nmap. Leaving the context kills what still runs."""

    def start(self, job: NmapJob) -> AbstractAsyncContextManager[NmapRun]:
        """Begin a run; entering raises HelperGone where nobody can run it."""
        ...

    async def powers(self) -> ScanPowers:
        """Ask what is possible here; raises HelperGone."""
        ...


class ReportReader(Protocol):
    """Reads nmap's XML while it grows."""

    def feed(self, data: bytes) -> list[HostReport | Progress]:
        """Take more bytes and give what they completed. Raises ReportRefused for what no nmap writes."""
        ...

    @property
    def complete(self) -> bool:
        """Whether nmap said that it finished well: the only proof of a whole scan."""
        ...


class ReportRefused(Exception):
    """The XML is too large, too deep, or declares what a report never needs; `args[0]` says which."""


class ArtifactWriter(Protocol):
    """One file of a chunk, written while nmap runs."""

    async def write(self, data: bytes) -> None:
        """Append; a full disk is remembered, not raised."""
        ...

    async def close(self, *, whole: bool) -> ArtifactWritten:
        """Close the file and say what became of it; it is complete if `whole` and every write succeeded."""
        ...

    @property
    def disk_full(self) -> bool:
        """Whether the disk refused a write."""
        ...


class Artifacts(Protocol):
    """Where the files of chunks lie."""

    async def open(self, job: NmapJob, kind: ArtifactKind) -> ArtifactWriter:
        """Start one file, in place of an earlier attempt's."""
        ...


class NameResolver(Protocol):
    """Names to addresses and back, each within a deadline of its own."""

    async def addresses(self, name: str) -> tuple[str, ...]:
        """The addresses of a name, none where it does not resolve in time."""
        ...

    async def name(self, address: str) -> str | None:
        """The name of an address, if somebody gives it one in time."""
        ...
