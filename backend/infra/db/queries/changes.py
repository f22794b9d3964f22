"""The change feed, snapshots, and what was when."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.history.change import ChangeFilter
from backend.domain.history.portrait import Portrait
from backend.domain.history.reading import ChangeRow, Pinned, SnapshotRow
from backend.domain.page import Page, PageRequest
from backend.infra.db.repositories.changes import SqlChanges
from backend.infra.db.tables.discovery import scans
from backend.infra.db.tables.history import changes, device_versions, snapshots


class SqlChangeReader:
    """Reads history on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, wanted: ChangeFilter, request: PageRequest) -> Page[ChangeRow]:
        """Changes, newest first."""
        conditions = _conditions(wanted)
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(changes).where(*conditions))
        query = (
            sa.select(changes, scans.c.name.label("scan_name"), snapshots.c.uid.label("snapshot_uid"))
            .join(snapshots, snapshots.c.id == changes.c.snapshot_id)
            .outerjoin(scans, scans.c.id == changes.c.scan_id)
            .where(*conditions)
            .order_by(changes.c.at.desc(), changes.c.id.desc())
            .limit(request.limit)
            .offset(request.offset)
        )
        rows = [_row(row) for row in await self._connection.execute(query)]
        return Page.of(rows, total or 0, request)

    async def snapshots(self, sites: frozenset[int], request: PageRequest) -> Page[SnapshotRow]:
        """Snapshots, newest first."""
        conditions = [snapshots.c.site_id.in_(sorted(sites))] if sites else []
        counted = sa.select(sa.func.count()).select_from(snapshots).where(*conditions)
        total = await self._connection.scalar(counted)
        query = _SNAPSHOTS.where(*conditions).order_by(snapshots.c.at.desc(), snapshots.c.id.desc())
        found = await self._connection.execute(query.limit(request.limit).offset(request.offset))
        return Page.of([_snapshot(row) for row in found], total or 0, request)

    async def snapshot(self, snapshot_id: int) -> SnapshotRow | None:
        """One snapshot."""
        row = (await self._connection.execute(_SNAPSHOTS.where(snapshots.c.id == snapshot_id))).one_or_none()
        return _snapshot(row) if row else None

    async def snapshot_at(self, site_id: int, at: datetime) -> int | None:
        """The newest snapshot of a site at a time."""
        query = sa.select(sa.func.max(snapshots.c.id)).where(snapshots.c.site_id == site_id, snapshots.c.at <= at)
        found: int | None = await self._connection.scalar(query)
        return found

    async def states(
        self, site_id: int, first: int, last: int
    ) -> Mapping[uuid.UUID, tuple[Portrait | None, Portrait | None]]:
        """Every device that has a version after `first` and up to `last`, as it was at both."""
        table = device_versions
        moved = sa.select(table.c.device_uid).where(
            table.c.site_id == site_id, table.c.snapshot_id > first, table.c.snapshot_id <= last
        )
        before, after = (self._at(moved, place) for place in (first, last))
        older = {row.device_uid: row.portrait for row in await self._connection.execute(before)}
        newer = {row.device_uid: row.portrait for row in await self._connection.execute(after)}
        return {device: (older.get(device), newer.get(device)) for device in sorted(older.keys() | newer.keys())}

    async def device_ids(self, found: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, int]:
        """The ids of devices that still exist."""
        return await SqlChanges(self._connection).ids_of(found)

    async def blame(self, device_uid: uuid.UUID) -> Sequence[Pinned]:
        """For each key that ever changed its newest change."""
        newest = (
            sa.select(changes.c.id)
            .ext(distinct_on(changes.c.key))
            .where(changes.c.device_uid == device_uid)
            .order_by(changes.c.key, changes.c.at.desc(), changes.c.id.desc())
        )
        query = (
            sa.select(changes, scans.c.name.label("scan_name"))
            .outerjoin(scans, scans.c.id == changes.c.scan_id)
            .where(changes.c.id.in_(newest))
        )
        return [
            Pinned(row.key, row.at, row.snapshot_id, row.source, row.scan_id, row.scan_name, row.old)
            for row in await self._connection.execute(query)
        ]

    async def first_version(self, device_uid: uuid.UUID) -> tuple[Portrait, SnapshotRow] | None:
        """How a device looked when history first saw it."""
        table = device_versions
        query = (
            sa.select(table.c.portrait, table.c.snapshot_id)
            .where(table.c.device_uid == device_uid, table.c.portrait.is_not(None))
            .order_by(table.c.snapshot_id)
            .limit(1)
        )
        row = (await self._connection.execute(query)).one_or_none()
        found = await self.snapshot(row.snapshot_id) if row else None
        return (row.portrait, found) if row and found else None

    @staticmethod
    def _at(moved: sa.Select[Any], place: int) -> sa.Select[Any]:
        table = device_versions
        return (
            sa.select(table.c.device_uid, table.c.portrait)
            .ext(distinct_on(table.c.device_uid))
            .where(table.c.device_uid.in_(moved), table.c.snapshot_id <= place)
            .order_by(table.c.device_uid, table.c.snapshot_id.desc())
        )


_SNAPSHOTS = sa.select(snapshots, scans.c.name.label("scan_name")).outerjoin(
    scans, scans.c.id == snapshots.c.scan_id
)


def _conditions(wanted: ChangeFilter) -> list[sa.ColumnElement[bool]]:
    table = changes.c
    named = ("device_id", "device_uid", "scan_id", "snapshot_id")
    found: list[sa.ColumnElement[bool]] = [
        table[name] == getattr(wanted, name) for name in named if getattr(wanted, name) is not None
    ]
    if wanted.sites:
        found.append(table.site_id.in_(sorted(wanted.sites)))
    if wanted.kinds:
        found.append(table.kind.in_(wanted.kinds))
    if wanted.sources:
        found.append(table.source.in_(wanted.sources))
    if wanted.since:
        found.append(table.at >= wanted.since)
    if wanted.until:
        found.append(table.at < wanted.until)
    if not wanted.noise:
        found.append(table.noise.is_(None))
    if wanted.q:
        texts = (table.device_name, table.key, table.old, table.new)
        found.append(sa.or_(*(each.icontains(wanted.q, autoescape=True) for each in texts)))
    return found


def _row(row: sa.Row[Any]) -> ChangeRow:
    names = ChangeRow.__dataclass_fields__
    return ChangeRow(**{name: getattr(row, name) for name in names})


def _snapshot(row: sa.Row[Any]) -> SnapshotRow:
    names = SnapshotRow.__dataclass_fields__
    return SnapshotRow(**{name: getattr(row, name) for name in names})
