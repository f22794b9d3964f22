"""Snapshots, changes and versions of devices in PostgreSQL."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, UUID, distinct_on, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.history.change import OTHERS, Change, KeptSnapshot, NewSnapshot, Unsettled, Version
from backend.domain.history.portrait import Portrait
from backend.infra.db.tables.discovery import scans
from backend.infra.db.tables.history import changes, device_versions, snapshots, unsettled_devices
from backend.infra.db.tables.inventory import devices

# Of these scans more is to come.
_UNDER_WAY = ("queued", "running", "pausing", "stopping", "interrupted")
_ROWS = 1_000


class SqlChanges:
    """History on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def touch(self, site_id: int, origin: int, moved: Collection[uuid.UUID]) -> None:
        """Mark devices."""
        if not moved:
            return
        table = unsettled_devices
        rows = sa.select(sa.literal(site_id), sa.literal(origin), sa.func.unnest(_uids(moved)))
        marks = insert(table).from_select(["site_id", "origin", "device_uid"], rows)
        key = [table.c.site_id, table.c.origin, table.c.device_uid]
        await self._connection.execute(marks.on_conflict_do_nothing(index_elements=key))

    async def unsettled(self, quiet_s: float) -> Sequence[tuple[int, int]]:
        """Origins of which no more is to come."""
        table = unsettled_devices
        under_way = sa.exists().where(scans.c.id == table.c.origin, scans.c.status.in_(_UNDER_WAY))
        quiet = sa.func.max(table.c.at) < sa.func.now() - sa.func.make_interval(0, 0, 0, 0, 0, 0, quiet_s)
        query = (
            sa.select(table.c.site_id, table.c.origin)
            .where(~under_way)
            .group_by(table.c.site_id, table.c.origin)
            .having(sa.or_(table.c.origin != OTHERS, quiet))
        )
        return [(row.site_id, row.origin) for row in await self._connection.execute(query)]

    async def take(self, site_id: int, origin: int) -> Unsettled:
        """Unmark the devices of one origin."""
        table = unsettled_devices
        gone = table.delete().where(table.c.site_id == site_id, table.c.origin == origin)
        found = await self._connection.scalars(gone.returning(table.c.device_uid))
        return Unsettled(site_id, origin, tuple(sorted(found)))

    async def portraits(self, wanted: Collection[uuid.UUID]) -> Mapping[uuid.UUID, Portrait | None]:
        """Newest versions."""
        table = device_versions
        query = (
            sa.select(table.c.device_uid, table.c.portrait)
            .ext(distinct_on(table.c.device_uid))
            .where(table.c.device_uid == sa.any_(_uids(wanted)))
            .order_by(table.c.device_uid, table.c.snapshot_id.desc())
        )
        return {row.device_uid: row.portrait for row in await self._connection.execute(query)}

    async def ids_of(self, wanted: Collection[uuid.UUID]) -> Mapping[uuid.UUID, int]:
        """Ids of those that exist."""
        query = sa.select(devices.c.uid, devices.c.id).where(devices.c.uid == sa.any_(_uids(wanted)))
        return {row.uid: row.id for row in await self._connection.execute(query)}

    async def without_version(self, limit: int) -> Sequence[tuple[int, int]]:
        """Devices from before there was a history."""
        known = sa.exists().where(device_versions.c.device_uid == devices.c.uid)
        marked = sa.exists().where(
            unsettled_devices.c.site_id == devices.c.site_id, unsettled_devices.c.device_uid == devices.c.uid
        )
        query = sa.select(devices.c.site_id, devices.c.id).where(~known, ~marked)
        found = await self._connection.execute(query.order_by(devices.c.id).limit(limit))
        return [(row.site_id, row.id) for row in found]

    async def restless(
        self, wanted: Collection[uuid.UUID], since: datetime, often: int
    ) -> set[tuple[uuid.UUID, str]]:
        """What changed again and again."""
        query = (
            sa.select(changes.c.device_uid, changes.c.key)
            .where(changes.c.device_uid == sa.any_(_uids(wanted)), changes.c.at >= since)
            .group_by(changes.c.device_uid, changes.c.key)
            .having(sa.func.count() >= often)
        )
        return {(row.device_uid, row.key) for row in await self._connection.execute(query)}

    async def keep(self, snapshot: NewSnapshot) -> KeptSnapshot:
        """A snapshot with all that is in it."""
        values = {
            "site_id": snapshot.site_id,
            "at": snapshot.at,
            "reason": snapshot.reason,
            "scan_id": await self._scan(snapshot.scan_id),
            "changes": len(snapshot.changes),
        }
        new = snapshots.insert().values(values).returning(snapshots.c.id, snapshots.c.uid)
        kept = (await self._connection.execute(new)).one()
        told = {"snapshot_id": kept.id, "at": snapshot.at, "scan_id": values["scan_id"]}
        await self._insert(changes, [told | _change(change) for change in snapshot.changes])
        place = {"snapshot_id": kept.id, "site_id": snapshot.site_id}
        await self._insert(device_versions, [place | _version(version) for version in snapshot.versions])
        return KeptSnapshot(kept.id, kept.uid)

    async def _scan(self, scan_id: int | None) -> int | None:
        """The scan, if nobody deleted it meanwhile."""
        if scan_id is None:
            return None
        found: int | None = await self._connection.scalar(sa.select(scans.c.id).where(scans.c.id == scan_id))
        return found

    async def _insert(self, table: sa.Table, rows: list[dict[str, Any]]) -> None:
        for start in range(0, len(rows), _ROWS):
            await self._connection.execute(table.insert().values(rows[start : start + _ROWS]))


def _uids(wanted: Collection[uuid.UUID]) -> sa.ColumnElement[Any]:
    return sa.cast(sa.literal(list(wanted), ARRAY(UUID(as_uuid=True))), ARRAY(UUID(as_uuid=True)))


def _change(change: Change) -> dict[str, Any]:
    names = ("site_id", "kind", "device_id", "device_uid", "device_name", "key", "old", "new", "source", "noise")
    return {name: getattr(change, name) for name in names}


def _version(version: Version) -> dict[str, Any]:
    return {
        "device_uid": version.device_uid,
        "portrait": None if version.portrait is None else dict(version.portrait),
    }
