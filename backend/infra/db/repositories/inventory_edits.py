"""What people do to devices, in PostgreSQL."""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.infra.db.repositories.tags import set_tags
from backend.infra.db.tables.inventory import device_overrides, device_tags, devices
from backend.infra.db.tables.monitoring import monitors


class SqlDeviceEdits:
    """Edits on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def pin(self, device_id: int, values: Mapping[str, str | None], set_by: int | None) -> None:
        """Fix fields, or let them go."""
        gone = [field for field, value in values.items() if value is None]
        if gone:
            mine = device_overrides.c.device_id == device_id
            await self._connection.execute(
                device_overrides.delete().where(mine, device_overrides.c.field.in_(gone))
            )
        for field, value in values.items():
            if value is not None:
                await self._connection.execute(_upsert_pin(device_id, field, value, set_by))

    async def describe(
        self, device_id: int, *, notes: str | None = None, tags: Collection[str] | None = None
    ) -> None:
        """Write notes and tags."""
        if notes is not None:
            await self._connection.execute(devices.update().where(devices.c.id == device_id).values(notes=notes))
        if tags is not None:
            await set_tags(self._connection, device_tags, device_tags.c.device_id, device_id, tags)

    async def touch_version(self, device_id: int) -> int:
        """Count a change by a person."""
        changed = (
            devices.update()
            .where(devices.c.id == device_id)
            .values(version=devices.c.version + 1)
            .returning(devices.c.version)
        )
        return int(await self._connection.scalar(changed) or 0)

    async def site_and_version(self, device_id: int) -> tuple[int, int] | None:
        """The site of a device and its version."""
        query = sa.select(devices.c.site_id, devices.c.version).where(devices.c.id == device_id)
        row = (await self._connection.execute(query)).one_or_none()
        return (row.site_id, row.version) if row else None

    async def blockers(self, device_id: int) -> dict[str, int]:
        """Monitors that watch it."""
        query = sa.select(sa.func.count()).select_from(monitors).where(monitors.c.device_id == device_id)
        return {"monitor": await self._connection.scalar(query) or 0}

    async def remove(self, device_id: int) -> None:
        """Delete a device; its observations stay, without one."""
        await self._connection.execute(devices.delete().where(devices.c.id == device_id))


def _upsert_pin(device_id: int, field: str, value: str, set_by: int | None) -> sa.Executable:
    new = insert(device_overrides).values(device_id=device_id, field=field, value=value, set_by=set_by)
    return new.on_conflict_do_update(
        index_elements=["device_id", "field"],
        set_={"value": new.excluded.value, "set_by": new.excluded.set_by, "set_at": sa.func.now()},
    )
