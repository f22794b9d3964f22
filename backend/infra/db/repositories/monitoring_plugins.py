"""Plugins in PostgreSQL."""

from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.monitoring.plugins import MonitoringPlugin, NewPlugin
from backend.domain.page import Page, PageRequest
from backend.infra.db.conflicts import taken
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.tables.monitoring import monitors
from backend.infra.db.tables.monitoring import plugins as table

_USES = sa.select(sa.func.count()).select_from(monitors).where(monitors.c.plugin_id == table.c.id)
_SELECT = sa.select(table, _USES.correlate(table).scalar_subquery().label("monitors"))
_SORTS = {
    "name": sa.func.lower(table.c.name),
    "type": table.c.type,
    "created_at": table.c.created_at,
    "id": table.c.id,
}


class SqlMonitoringPlugins:
    """Plugins on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, request: PageRequest) -> Page[MonitoringPlugin]:
        """Plugins by name unless the request sorts otherwise."""
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(table))
        order = ordering(request.sort or "name", _SORTS, table.c.id)
        rows = await self._connection.execute(_SELECT.order_by(*order).limit(request.limit).offset(request.offset))
        return Page.of([_plugin(row) for row in rows], total or 0, request)

    async def get(self, plugin_id: int, *, lock: bool = False) -> MonitoringPlugin | None:
        """One plugin."""
        query = _SELECT.where(table.c.id == plugin_id)
        if lock:
            query = query.with_for_update(of=table)
        row = (await self._connection.execute(query)).one_or_none()
        return _plugin(row) if row else None

    async def add(self, new: NewPlugin, *, built_in: bool = False) -> int:
        """A new plugin."""
        insert = table.insert().values(**_values(new), built_in=built_in).returning(table.c.id)
        with _name_taken(new.name):
            made = await self._connection.scalar(insert)
        assert made is not None
        return int(made)

    async def change(self, plugin_id: int, new: NewPlugin) -> None:
        """Another version of a plugin."""
        with _name_taken(new.name):
            await self._connection.execute(table.update().where(table.c.id == plugin_id).values(**_values(new)))

    async def remove(self, plugin_id: int) -> None:
        """Delete it."""
        await self._connection.execute(table.delete().where(table.c.id == plugin_id))

    async def built_in_types(self) -> set[str]:
        """The collectors that have their built-in plugin."""
        return set(await self._connection.scalars(sa.select(table.c.type).where(table.c.built_in)))


def _values(new: NewPlugin) -> dict[str, Any]:
    return {"name": new.name, "type": new.type, "description": new.description, "config": dict(new.config)}


def _plugin(row: sa.Row[Any]) -> MonitoringPlugin:
    return MonitoringPlugin(
        id=row.id,
        uid=row.uid,
        name=row.name,
        type=row.type,
        description=row.description,
        config=row.config,
        built_in=row.built_in,
        created_at=row.created_at,
        monitors=row.monitors,
    )


def _name_taken(name: str) -> AbstractContextManager[None]:
    detail = f"There is a plugin named {name} already"
    return taken("plugin_name_taken", detail, constraint="uq_plugins_name", name=name)
