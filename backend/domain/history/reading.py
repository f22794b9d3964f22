"""What pages show of history, and what they need from where it is kept."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.domain.history.change import ChangeFilter
from backend.domain.history.differences import Difference, differences
from backend.domain.history.portrait import Portrait
from backend.domain.page import Page, PageRequest


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One line of the change feed."""

    id: int
    snapshot_id: int
    snapshot_uid: uuid.UUID
    site_id: int
    at: datetime
    kind: str
    device_id: int | None
    device_uid: uuid.UUID
    device_name: str
    key: str
    old: str | None
    new: str | None
    source: str | None
    scan_id: int | None
    scan_name: str | None
    noise: str | None


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One snapshot."""

    id: int
    uid: uuid.UUID
    site_id: int
    at: datetime
    reason: str
    scan_id: int | None
    scan_name: str | None
    changes: int


@dataclass(frozen=True, slots=True)
class Pinned:
    """Since when something is as it is, and what saw it first."""

    key: str
    at: datetime
    snapshot_id: int
    source: str | None
    scan_id: int | None
    scan_name: str | None
    old: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that is different between two points in time."""

    device_uid: uuid.UUID
    device_id: int | None
    device_name: str
    difference: Difference


class ChangeReader(Protocol):
    """Reads history."""

    async def page(self, wanted: ChangeFilter, request: PageRequest) -> Page[ChangeRow]:
        """Changes, newest first."""
        ...

    async def snapshots(self, sites: frozenset[int], request: PageRequest) -> Page[SnapshotRow]:
        """Snapshots, newest first."""
        ...

    async def snapshot(self, snapshot_id: int) -> SnapshotRow | None:
        """One snapshot."""
        ...

    async def snapshot_at(self, site_id: int, at: datetime) -> int | None:
        """The newest snapshot of a site at a time."""
        ...

    async def states(
        self, site_id: int, first: int, last: int
    ) -> Mapping[uuid.UUID, tuple[Portrait | None, Portrait | None]]:
        """Every device that has a version after `first` and up to `last`, as it was at both."""
        ...

    async def device_ids(self, found: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, int]:
        """The ids of devices that still exist."""
        ...

    async def blame(self, device_uid: uuid.UUID) -> Sequence[Pinned]:
        """For each key that ever changed its newest change."""
        ...

    async def first_version(self, device_uid: uuid.UUID) -> tuple[Portrait, SnapshotRow] | None:
        """How a device looked when history first saw it."""
        ...


async def compare(reader: ChangeReader, site_id: int, first: int, last: int) -> list[Compared]:
    """What is different between two snapshots of a site; backwards where `first` is the later one."""
    older, newer = min(first, last), max(first, last)
    states = await reader.states(site_id, older, newer)
    turned = {uid: pair if first <= last else (pair[1], pair[0]) for uid, pair in states.items()}
    ids = await reader.device_ids(list(turned))
    found = [
        Compared(uid, ids.get(uid), (after or before or {}).get("name", ""), difference)
        for uid, (before, after) in turned.items()
        for difference in differences(before, after)
    ]
    return sorted(found, key=lambda item: (item.device_name.lower(), str(item.device_uid)))


def blamed(first: tuple[Portrait, SnapshotRow] | None, newest: Sequence[Pinned]) -> list[Pinned]:
    """Since when each thing of a device is as it is: its last change, else the first time that it was seen."""
    found = {item.key: item for item in newest if item.key}
    if first:
        portrait, seen = first
        for key in portrait:
            since = Pinned(key, seen.at, seen.id, None, seen.scan_id, seen.scan_name)
            found.setdefault(key, since)
    return [found[key] for key in sorted(found)]
