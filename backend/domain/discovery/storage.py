"""What discovery keeps, and what it asks of those who keep it."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from backend.domain.discovery.addresses import AddressRange, AddressSet
from backend.domain.discovery.compare import Compared, Comparison
from backend.domain.discovery.difficult import DifficultTarget, TargetState
from backend.domain.discovery.heatmap import CellCounts
from backend.domain.discovery.ledger import SeenHost
from backend.domain.discovery.messages import Message
from backend.domain.discovery.projects import NewProject, Project, ProjectChange
from backend.domain.discovery.report import ArtifactWritten, HostReport, TargetDifficult
from backend.domain.discovery.sampling import Answered
from backend.domain.discovery.scan import Artifact, Chunk, LogLine, NewChunk, NewScan, PausedBy, Scan, ScanStatus
from backend.domain.discovery.scope import AllowedNetwork
from backend.domain.page import Page, PageRequest

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

Sites = frozenset[int]
ANY_SITE: Sites = frozenset()


class Projects(Protocol):
    """Projects in the open transaction. `sites` limits what exists for a person; empty means every site."""

    async def add(self, project: NewProject) -> Project:
        """Write one down; raises Conflict where the site has one of that name."""
        ...

    async def get(self, project_id: int, sites: Sites = ANY_SITE) -> Project | None:
        """One project."""
        ...

    async def default(self, sites: Sites = ANY_SITE) -> Project | None:
        """The oldest project, of the default site first."""
        ...

    async def change(self, project_id: int, change: ProjectChange) -> None:
        """Write what is not None; raises Conflict where the name is taken."""
        ...

    async def delete(self, project_id: int) -> None:
        """Forget it."""
        ...

    async def site_exists(self, site_id: int) -> bool:
        """Whether there is such a site."""
        ...

    async def default_site(self) -> int:
        """The site that is meant where nobody names one."""
        ...


@dataclass(frozen=True, slots=True)
class Counters:
    """What a running scan has counted so far."""

    hosts_up: int
    hosts_done: int
    ports_open: int
    last_seq: int


class Scans(Protocol):
    """Scans and their parts in the open transaction."""

    async def add(self, scan: NewScan, chunks: Sequence[NewChunk]) -> int:
        """Write a scan and its chunks down; answers its id."""
        ...

    async def get(self, scan_id: int, *, lock: bool = False) -> Scan | None:
        """One scan; locked, nobody else changes its state before this transaction ends."""
        ...

    async def in_status(self, *statuses: ScanStatus) -> tuple[Scan, ...]:
        """All scans in one of these states, oldest first."""
        ...

    async def set_status(
        self,
        scan_id: int,
        status: ScanStatus,
        message: Message | None = None,
        *,
        started_at: datetime | None = None,
        finished_at: datetime | None = None,
    ) -> None:
        """Write the state and the message; times are kept where None, and an end is removed from a live scan."""
        ...

    async def set_raw_sockets(self, scan_id: int, raw_sockets: bool) -> None:
        """Remember with which powers it runs."""
        ...

    async def count(self, scan_id: int, counters: Counters) -> None:
        """Write what the scan has counted."""
        ...

    async def chunks(self, scan_id: int) -> tuple[Chunk, ...]:
        """The chunks of a scan in order."""
        ...

    async def save_chunks(self, chunks: Sequence[Chunk]) -> None:
        """Write the states and counters of chunks."""
        ...

    async def requeue(self, scan_id: int) -> int:
        """Queue every chunk of which something is missing, with a clean slate; answers how many."""
        ...

    async def add_chunks(self, scan_id: int, chunks: Sequence[NewChunk]) -> tuple[Chunk, ...]:
        """Write further chunks down; those whose number is there already stay as they are. Answers them."""
        ...

    async def narrow(self, chunk: Chunk) -> None:
        """Write which addresses a chunk still holds."""
        ...

    async def restart(self, chunk_id: int, *, afresh: bool) -> None:
        """Queue one chunk with a clean slate; afresh, everything of it is asked again."""
        ...

    async def seen(self, chunk_id: int) -> tuple[SeenHost, ...]:
        """What is stored of the addresses of a chunk."""
        ...

    async def set_paused_by(self, scan_id: int, paused_by: PausedBy | None) -> None:
        """Remember who paused it."""
        ...

    async def park(self, scan_id: int, chunk: int, target: TargetDifficult, at: datetime) -> None:
        """Write a difficult target down, in place of what was known of it before."""
        ...

    async def release(self, scan_id: int, address: str) -> None:
        """A difficult target turned out to be none."""
        ...

    async def difficult(self, scan_id: int) -> Mapping[str, TargetState]:
        """The difficult targets of a scan by address."""
        ...

    async def difficult_target(self, scan_id: int, target_id: int) -> DifficultTarget | None:
        """One of them."""
        ...

    async def target_at(self, scan_id: int, address: str) -> int | None:
        """The difficult target of a scan at an address."""
        ...

    async def set_target_state(self, target_id: int, state: TargetState) -> None:
        """Write its state."""
        ...

    async def add_lines(self, scan_id: int, lines: Sequence[LogLine]) -> None:
        """Append to the log; lines that are there already stay as they are."""
        ...

    async def save_artifact(self, chunk: Chunk, written: ArtifactWritten) -> None:
        """Remember a file, in place of an earlier attempt's."""
        ...

    async def delete(self, scan_id: int) -> None:
        """Forget a scan with its chunks, lines and files; devices and observations stay."""
        ...

    async def allowed_networks(self, site_id: int) -> tuple[AllowedNetwork, ...]:
        """The networks of a site that may be scanned."""
        ...


@dataclass(frozen=True, slots=True)
class ScanFilter:
    """Which scans are asked for; None means any."""

    project_id: int | None = None
    status: ScanStatus | None = None
    site_id: int | None = None
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class HostRow:
    """What one scan saw of one address."""

    id: int
    scan_id: int | None
    site_id: int
    address: str | None
    mac: str | None
    device_id: int | None
    observed_at: datetime
    facts: Mapping[str, object]


class DiscoveryReads(Protocol):
    """Lists for people, in the open transaction."""

    async def cell_counts(self, scan_id: int, cells: Sequence[AddressRange]) -> Mapping[int, CellCounts]:
        """What a scan saw in each cell, by the cell's place."""
        ...

    async def answered(self, scan_id: int, request: PageRequest) -> Answered:
        """The /24s in which somebody answered a scan, by address."""
        ...

    async def comparison(
        self, scans: tuple[int, int], addresses: AddressSet, ports: Compared, request: PageRequest
    ) -> Comparison:
        """The differences between a scan and an earlier one, at addresses that both asked."""
        ...

    async def previous(self, scan: Scan) -> Scan | None:
        """The scan that this one is best compared with: of the same targets, else the newest of the project."""
        ...

    async def difficult_targets(self, scan_id: int, request: PageRequest) -> Page[DifficultTarget]:
        """The targets of a scan that were put aside, by address."""
        ...

    async def projects(self, sites: Sites, request: PageRequest) -> Page[Project]:
        """Projects by name."""
        ...

    async def scans(self, sites: Sites, wanted: ScanFilter, request: PageRequest) -> Page[Scan]:
        """Scans, newest first unless asked otherwise."""
        ...

    async def scan_lines(self, scan_id: int, after: int, limit: int) -> tuple[LogLine, ...]:
        """The log after a sequence number."""
        ...

    async def find_lines(
        self, scan_id: int, after: int, limit: int, text: str, chunk: int | None
    ) -> tuple[tuple[LogLine, ...], int]:
        """Lines after a sequence number that hold the text or belong to the chunk, and how many there are."""
        ...

    async def artifacts(self, scan_id: int) -> tuple[Artifact, ...]:
        """The files of a scan by chunk and kind."""
        ...

    async def artifact(self, uid: UUID) -> tuple[Artifact, int] | None:
        """One file, and the site of its scan."""
        ...

    async def hosts(self, scan_id: int, request: PageRequest) -> Page[HostRow]:
        """The hosts that a scan saw, by address."""
        ...

    async def host(self, host_id: int) -> HostRow | None:
        """One of them."""
        ...

    async def history(self, address: str, sites: Sites, request: PageRequest) -> Page[HostRow]:
        """Everything that was ever observed at an address, newest first."""
        ...


class HostWriter(Protocol):
    """Turns what a scan saw into devices."""

    async def store(
        self, work: "UnitOfWork", scan: Scan, found: Sequence[tuple[Chunk, HostReport]]
    ) -> Sequence[int | None]:
        """Store finished hosts, each with its chunk, in the open transaction.

        Answers the device of each, None for one that is down and nobody's.
        """
        ...


class ScanFiles(Protocol):
    """The scans folder."""

    def folder(self, uid: UUID) -> str:
        """Where the files of a scan go."""
        ...

    async def open(self, path: str) -> tuple[int, AsyncIterator[bytes]]:
        """The size and the bytes of a file; raises NotFound where there is none, or it lies elsewhere."""
        ...

    async def remove(self, uid: str) -> None:
        """Delete the files of a scan."""
        ...


OwnAddresses = Callable[[], tuple[str, ...]]
