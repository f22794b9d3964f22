"""Monitors as the scheduler needs them."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.monitoring.jobs import Watched
from backend.domain.monitoring.states import Condition, Reason
from backend.domain.monitoring.watching import Asked
from backend.infra.db.tables.inventory import devices
from backend.infra.db.tables.monitoring import monitor_states, monitors, plugins

# A knock at the door needs a few doors only.
MAX_PORTS = 5
PAGE = 250
_SELECT: sa.Select[Any] = sa.select(
    monitors.c.id,
    monitors.c.uid,
    monitors.c.site_id,
    monitors.c.device_id,
    sa.func.coalesce(monitors.c.address, sa.func.host(devices.c.primary_address), "").label("address"),
    devices.c.hostname,
    plugins.c.type,
    plugins.c.config.op("||")(monitors.c.config).label("config"),
    monitors.c.credential_profile_id,
    monitors.c.polling_interval,
    monitors.c.version,
    monitors.c.enabled,
    devices.c.port_numbers[1:MAX_PORTS].label("ports"),
).select_from(
    monitors.join(plugins, plugins.c.id == monitors.c.plugin_id).outerjoin(
        devices, devices.c.id == monitors.c.device_id
    )
)


class SqlWatchlist:
    """Reads on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> list[Watched]:
        """Everyone."""
        return await self._pages(_SELECT)

    async def changed(self, within_s: float, asked: Asked) -> list[Watched]:
        """Who was changed within that time, by the database's own clock, and who is asked for."""
        recent = sa.func.now() - sa.func.make_interval(0, 0, 0, 0, 0, 0, within_s)
        query = _SELECT.where(
            sa.or_(
                monitors.c.updated_at >= recent,
                monitors.c.id.in_(asked.monitors),
                monitors.c.plugin_id.in_(asked.plugins),
                monitors.c.device_id.in_(asked.devices),
            )
        )
        return await self._pages(query)

    async def _pages(self, query: sa.Select[Any]) -> list[Watched]:
        """All rows, some at a time: ten thousand at once would hold up everybody's polls."""
        found: list[Watched] = []
        page = query.order_by(monitors.c.id).limit(PAGE)
        while True:
            after = found[-1].id if found else 0
            rows = (await self._connection.execute(page.where(monitors.c.id > after))).all()
            found += map(_watched, rows)
            if len(rows) < PAGE:
                return found

    async def one(self, monitor_id: int) -> Watched | None:
        """One of them."""
        row = (await self._connection.execute(_SELECT.where(monitors.c.id == monitor_id))).one_or_none()
        return _watched(row) if row else None

    async def device_address(self, device_id: int) -> str | None:
        """Where a device is at present."""
        query = sa.select(sa.func.host(devices.c.primary_address)).where(devices.c.id == device_id)
        found: str | None = await self._connection.scalar(query)
        return found

    async def conditions(self) -> Mapping[int, Condition]:
        """How everyone was doing, as stored."""
        rows = await self._connection.execute(sa.select(monitor_states))
        return {row.monitor_id: _condition(row) for row in rows}


def _watched(row: sa.Row[Any]) -> Watched:
    return Watched(
        id=row.id,
        uid=row.uid,
        site_id=row.site_id,
        device_id=row.device_id,
        address=row.address,
        host_name=row.hostname,
        collector=row.type,
        config=row.config,
        credential_profile_id=row.credential_profile_id,
        interval_s=row.polling_interval,
        version=row.version,
        enabled=row.enabled,
        known_ports=tuple(row.ports or ()),
    )


def _condition(row: sa.Row[Any]) -> Condition:
    reason = Reason(row.reason["code"], row.reason["text"], row.reason["params"]) if row.reason else None
    return Condition(row.state, row.since, row.checked_at, row.failures, row.latency_ms, reason)
