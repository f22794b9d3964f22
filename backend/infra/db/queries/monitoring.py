"""Monitors as the API shows them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.reading import JsonPage
from backend.domain.monitoring.reading import MonitorFilter
from backend.domain.page import PageRequest
from backend.infra.db.queries.json_sql import json_object, json_page, text_array, utc
from backend.infra.db.queries.monitor_facets import STATE, facets_query, in_networks
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.tables.inventory import devices
from backend.infra.db.tables.monitoring import (
    check_failures,
    credential_profiles,
    monitor_states,
    monitor_tags,
    monitors,
    plugins,
    state_intervals,
)
from backend.infra.db.tables.places import tags

SOURCE = (
    monitors.join(plugins, plugins.c.id == monitors.c.plugin_id)
    .join(monitor_states, monitor_states.c.monitor_id == monitors.c.id)
    .outerjoin(devices, devices.c.id == monitors.c.device_id)
    .outerjoin(credential_profiles, credential_profiles.c.id == monitors.c.credential_profile_id)
)
# The worst first: what a person opens the list for.
_URGENCY = sa.case({"down": 0, "unknown": 1, "pending": 2, "up": 3, "paused": 4}, value=STATE, else_=5)
_NAME = sa.func.coalesce(sa.func.nullif(monitors.c.name, ""), devices.c.name, monitors.c.address)
_SORTS = {
    "name": sa.func.lower(_NAME),
    "state": _URGENCY,
    "type": plugins.c.type,
    "interval": monitors.c.polling_interval,
    "last_polled": monitor_states.c.last_polled,
    "latency_ms": monitor_states.c.latency_ms,
    "since": monitor_states.c.since,
    "created_at": monitors.c.created_at,
    "id": monitors.c.id,
}


class SqlMonitoringReader:
    """Reads on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def monitors(self, site_ids: frozenset[int], wanted: MonitorFilter, request: PageRequest) -> JsonPage:
        """Monitors that fit, the worst first unless the request sorts otherwise."""
        where = conditions(site_ids, wanted)
        order = ordering(request.sort or "state", _SORTS, monitors.c.id)
        items = sa.select(monitor_json().label("item")).select_from(SOURCE).where(*where).order_by(*order)
        counted = sa.select(sa.func.count()).select_from(SOURCE).where(*where)
        return await json_page(self._connection, items, counted, request)

    async def facets(self, site_ids: frozenset[int], wanted: MonitorFilter) -> str:
        """Counts over all monitors that fit."""
        found: str = (await self._connection.execute(facets_query(conditions(site_ids, wanted)))).scalar_one()
        return found

    async def monitor(self, monitor_id: int) -> dict[str, Any] | None:
        """One monitor."""
        query = sa.select(monitor_json()).select_from(SOURCE).where(monitors.c.id == monitor_id)
        found: dict[str, Any] | None = await self._connection.scalar(query)
        return found

    async def failures(self, monitor_id: int, request: PageRequest) -> JsonPage:
        """Why checks failed, newest first."""
        table = check_failures
        item = json_object(
            at=utc(table.c.at),
            code=table.c.code,
            params=table.c.params,
            text=table.c.text,
            phase=table.c.phase,
            phases=table.c.phases,
            recheck=table.c.recheck,
        )
        items = sa.select(item.label("item")).where(table.c.monitor_id == monitor_id).order_by(table.c.at.desc())
        counted = sa.select(sa.func.count()).select_from(table).where(table.c.monitor_id == monitor_id)
        return await json_page(self._connection, items, counted, request)

    async def states(self, monitor_id: int, request: PageRequest) -> JsonPage:
        """How it was doing, newest first."""
        table = state_intervals
        item = json_object(
            state=table.c.state,
            started_at=utc(table.c.started_at),
            ended_at=utc(table.c.ended_at),
            reason=table.c.reason,
        )
        mine = table.c.monitor_id == monitor_id
        items = sa.select(item.label("item")).where(mine).order_by(table.c.started_at.desc())
        counted = sa.select(sa.func.count()).select_from(table).where(mine)
        return await json_page(self._connection, items, counted, request)


def monitor_json() -> sa.ColumnElement[Any]:
    """A monitor with its state and the names of what it refers to."""
    carried = sa.select(tags.c.name).join(monitor_tags, monitor_tags.c.tag_id == tags.c.id)
    names = carried.where(monitor_tags.c.monitor_id == monitors.c.id).order_by(sa.func.lower(tags.c.name))
    return json_object(
        id=monitors.c.id,
        uid=monitors.c.uid,
        site_id=monitors.c.site_id,
        name=_NAME,
        own_name=monitors.c.name,
        device_id=monitors.c.device_id,
        device_name=devices.c.name,
        address=sa.func.coalesce(monitors.c.address, sa.func.host(devices.c.primary_address)),
        own_address=monitors.c.address,
        credential_profile_id=monitors.c.credential_profile_id,
        credential_profile_name=credential_profiles.c.name,
        plugin_id=monitors.c.plugin_id,
        plugin_name=plugins.c.name,
        type=plugins.c.type,
        config=monitors.c.config,
        polling_interval=monitors.c.polling_interval,
        enabled=monitors.c.enabled,
        state=STATE,
        since=utc(monitor_states.c.since),
        checked_at=utc(monitor_states.c.checked_at),
        latency_ms=monitor_states.c.latency_ms,
        failures=monitor_states.c.failures,
        reason=monitor_states.c.reason,
        last_polled=utc(monitor_states.c.last_polled),
        last_attempted=utc(monitor_states.c.last_attempted),
        last_error=monitors.c.last_error,
        last_error_at=utc(monitors.c.last_error_at),
        last_failure=_last_failure(),
        tags=text_array(names.correlate(monitors)),
        version=monitors.c.version,
        created_at=utc(monitors.c.created_at),
    )


def _last_failure() -> sa.ColumnElement[Any]:
    """Why it failed last, for translation; none where nothing is kept of it."""
    table = check_failures
    newest = sa.select(json_object(code=table.c.code, params=table.c.params, text=table.c.text))
    mine = newest.where(table.c.monitor_id == monitors.c.id, table.c.at == monitors.c.last_error_at)
    return mine.limit(1).correlate(monitors).scalar_subquery()


def conditions(site_ids: frozenset[int], wanted: MonitorFilter) -> list[sa.ColumnElement[bool]]:
    """What a monitor must be to be listed."""
    equal = {
        monitors.c.site_id: wanted.site_id,
        monitors.c.plugin_id: wanted.plugin_id,
        monitors.c.device_id: wanted.device_id,
        monitors.c.credential_profile_id: wanted.credential_profile_id,
        monitors.c.enabled: wanted.enabled,
    }
    found: list[sa.ColumnElement[bool]] = [column == value for column, value in equal.items() if value is not None]
    if site_ids:
        found.append(monitors.c.site_id.in_(site_ids))
    if wanted.state:
        found.append(STATE.in_(wanted.state))
    if wanted.type:
        found.append(plugins.c.type.in_(wanted.type))
    if wanted.network:
        found.append(in_networks(wanted.network))
    if wanted.tag:
        carrying = sa.select(monitor_tags.c.monitor_id).join(tags, tags.c.id == monitor_tags.c.tag_id)
        lowered = [name.lower() for name in wanted.tag]
        named = carrying.where(sa.func.lower(tags.c.name).in_(lowered)).correlate(None)
        found.append(monitors.c.id.in_(named))
    if wanted.q:
        found.append(_has_words(wanted.q))
    return found


def _has_words(text: str) -> sa.ColumnElement[bool]:
    looked_at = (monitors.c.name, monitors.c.address, devices.c.name, plugins.c.name, plugins.c.type)
    return sa.or_(*(column.icontains(text, autoescape=True) for column in looked_at))
