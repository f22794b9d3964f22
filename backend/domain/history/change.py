"""Snapshots and changes: what history keeps, and what it needs from where they are kept."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, Protocol

from backend.domain.history.differences import ChangeKind
from backend.domain.history.portrait import Portrait

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

# Who moved the inventory: a scan, or somebody else (a person, the neighbour tables, an import).
SnapshotReason = Literal["scan", "edit", "baseline"]
Noise = Literal["flapping"]
OTHERS = 0  # the origin of everything that no scan said


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed of one device. The device may be gone since; its uid and name stay."""

    site_id: int
    kind: ChangeKind
    device_uid: uuid.UUID
    device_name: str
    device_id: int | None = None
    key: str = ""
    old: str | None = None
    new: str | None = None
    source: str | None = None
    noise: Noise | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """A device as it was from one snapshot on; None: it is gone."""

    device_uid: uuid.UUID
    portrait: Portrait | None


@dataclass(frozen=True, slots=True)
class NewSnapshot:
    """A state of a site's inventory that is worth a name."""

    site_id: int
    reason: SnapshotReason
    at: datetime
    scan_id: int | None = None
    changes: tuple[Change, ...] = ()
    versions: tuple[Version, ...] = ()


@dataclass(frozen=True, slots=True)
class InventoryChanged:
    """A snapshot was committed, and its changes with it."""

    site_id: int
    snapshot_id: int
    uid: uuid.UUID
    at: datetime
    scan_id: int | None
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class InventoryTouched:
    """Something of a site's devices may be different; the historian will look."""

    site_id: int


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Devices that somebody moved and nobody has looked at since."""

    site_id: int
    origin: int
    devices: tuple[uuid.UUID, ...]


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """What a snapshot was called when it was kept."""

    id: int
    uid: uuid.UUID


async def moved(work: "UnitOfWork", site_id: int, origin: int, devices: Collection[uuid.UUID]) -> None:
    """Mark devices that a scan, or somebody else (0), moved: history looks at them when that is over."""
    await work.changes.touch(site_id, origin, devices)
    if origin == OTHERS:
        work.collect(InventoryTouched(site_id))


class ChangeStore(Protocol):
    """Snapshots, changes, versions, and who is to be looked at, within one transaction."""

    async def touch(self, site_id: int, origin: int, devices: Collection[uuid.UUID]) -> None:
        """Remember that these devices were moved by a scan, or by others (0)."""
        ...

    async def unsettled(self, quiet_s: float) -> Sequence[tuple[int, int]]:
        """Sites and origins that can be settled: scans that are over, others that are quiet for so long."""
        ...

    async def take(self, site_id: int, origin: int) -> Unsettled:
        """The devices of one origin, which nobody needs to look at afterwards."""
        ...

    async def portraits(self, devices: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Portrait | None]:
        """The newest version of each that has one."""
        ...

    async def ids_of(self, devices: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
        """The ids of those that exist."""
        ...

    async def without_version(self, limit: int) -> Sequence[tuple[int, int]]:
        """Site and id of devices that no snapshot knows and that nobody is about to look at."""
        ...

    async def restless(
        self, devices: Collection[uuid.UUID], since: datetime, often: int
    ) -> set[tuple[uuid.UUID, str]]:
        """Devices and keys that changed at least so often since then."""
        ...

    async def keep(self, snapshot: NewSnapshot) -> KeptSnapshot:
        """Keep a snapshot with its changes and versions."""
        ...


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes to list. No sites means all."""

    sites: frozenset[int] = frozenset()
    device_id: int | None = None
    device_uid: uuid.UUID | None = None
    scan_id: int | None = None
    snapshot_id: int | None = None
    kinds: tuple[ChangeKind, ...] = ()
    sources: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    q: str = ""
    noise: bool = False
