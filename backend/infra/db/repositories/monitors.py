"""Monitors in PostgreSQL."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.monitoring.monitors import BulkChange, Monitor, NewMonitor
from backend.infra.db.locks import Lock, hold
from backend.infra.db.repositories.tags import set_tags
from backend.infra.db.tables.metrics import metrics, rollup_marks, samples, series
from backend.infra.db.tables.monitoring import monitor_states, monitor_tags
from backend.infra.db.tables.monitoring import monitors as table

_TOUCHED = {"version": table.c.version + 1, "updated_at": sa.func.now()}


class SqlMonitors:
    """Monitors on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, monitor_id: int, *, lock: bool = False) -> Monitor | None:
        """One monitor; its state is locked before it, as those who write what was measured do."""
        if lock:
            state = sa.select(monitor_states.c.monitor_id).where(monitor_states.c.monitor_id == monitor_id)
            await self._connection.execute(state.with_for_update())
        query = sa.select(table).where(table.c.id == monitor_id)
        row = (await self._connection.execute(query.with_for_update() if lock else query)).one_or_none()
        return _monitor(row) if row else None

    async def several(self, monitor_ids: tuple[int, ...]) -> list[Monitor]:
        """Those of these that there are, locked."""
        await hold(self._connection, Lock.MANY_MONITORS)
        query = sa.select(table).where(table.c.id.in_(monitor_ids)).order_by(table.c.id).with_for_update()
        return [_monitor(row) for row in await self._connection.execute(query)]

    async def add(self, new: NewMonitor, site_id: int) -> int:
        """A new monitor, pending until its first answer."""
        insert = table.insert().values(**_values(new, site_id)).returning(table.c.id)
        made = await self._connection.scalar(insert)
        assert made is not None
        state = "pending" if new.enabled else "paused"
        await self._connection.execute(monitor_states.insert().values(monitor_id=made, state=state))
        await self._tag(made, new)
        return int(made)

    async def change(self, monitor_id: int, new: NewMonitor, site_id: int) -> None:
        """Another version of a monitor."""
        update = table.update().where(table.c.id == monitor_id)
        await self._connection.execute(update.values(**_values(new, site_id), **_TOUCHED))
        await self._tag(monitor_id, new)

    async def change_many(self, change: BulkChange) -> None:
        """Pause, resume, or another interval."""
        given = {"enabled": change.enabled, "polling_interval": change.polling_interval}
        values = {name: value for name, value in given.items() if value is not None}
        await self._connection.execute(
            table.update().where(table.c.id.in_(change.ids)).values(**values, **_TOUCHED)
        )

    async def remove(self, monitor_id: int) -> None:
        """Delete one; states and failures go with it, measures by hand since they have no foreign key.

        Its roll-ups follow: whoever makes them takes them away, so that none is made meanwhile.
        """
        mine = sa.select(series.c.id).where(series.c.monitor_id == monitor_id)
        series_ids = list(await self._connection.scalars(mine))
        gone = rollup_marks.insert().values(level="gone", monitor_ids=[monitor_id], series_ids=series_ids)
        await self._connection.execute(gone)
        await self._connection.execute(samples.delete().where(samples.c.series_id.in_(mine)))
        await self._connection.execute(metrics.delete().where(metrics.c.monitor_id == monitor_id))
        await self._connection.execute(table.delete().where(table.c.id == monitor_id))

    async def _tag(self, monitor_id: int, new: NewMonitor) -> None:
        await set_tags(self._connection, monitor_tags, monitor_tags.c.monitor_id, monitor_id, new.tags)


def _values(new: NewMonitor, site_id: int) -> dict[str, Any]:
    names = ("name", "device_id", "address", "credential_profile_id", "plugin_id", "polling_interval", "enabled")
    return {"site_id": site_id, "config": dict(new.config), **{name: getattr(new, name) for name in names}}


def _monitor(row: sa.Row[Any]) -> Monitor:
    return Monitor(
        id=row.id,
        uid=row.uid,
        site_id=row.site_id,
        name=row.name,
        device_id=row.device_id,
        address=row.address,
        credential_profile_id=row.credential_profile_id,
        plugin_id=row.plugin_id,
        config=row.config,
        polling_interval=row.polling_interval,
        enabled=row.enabled,
        version=row.version,
        created_at=row.created_at,
    )
