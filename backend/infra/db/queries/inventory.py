"""The inventory as the API shows it."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.filters import DeviceFilter
from backend.domain.inventory.inbox import InboxState
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.inventory.reading import Json, JsonPage, Pin
from backend.domain.page import PageRequest
from backend.infra.db.queries import evidence, search
from backend.infra.db.queries.inventory_filter import conditions
from backend.infra.db.queries.json_sql import as_text, json_list, json_object, json_page, text_array, utc
from backend.infra.db.queries.overview import overview
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.tables.accounts import users
from backend.infra.db.tables.inventory import addresses, device_overrides, device_tags, devices, ports
from backend.infra.db.tables.monitoring import monitor_tags, monitors
from backend.infra.db.tables.places import network_tags, networks, tags

_PORT_SORTS = {"port": ports.c.port, "service": ports.c.service, "last_seen": ports.c.last_seen}
EXPORT_BATCH = 500


class SqlInventoryReader:
    """Reads on one connection."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def device(self, scope: SiteScope, device_id: int) -> Json | None:
        """One device with its addresses."""
        mine = sa.select(_address_json().label("item")).where(addresses.c.device_id == devices.c.id)
        listed = json_list(mine.order_by(addresses.c.kind, addresses.c.ip, addresses.c.value).correlate(devices))
        query = (
            sa.select(DEVICE_JSON, listed)
            .select_from(devices)
            .where(devices.c.id == device_id, *conditions(scope, DeviceFilter(inbox=tuple(InboxState))))
        )
        row = (await self._connection.execute(query)).one_or_none()
        return {**row[0], "addresses": row[1]} if row else None

    async def pins(self, device_id: int) -> dict[str, Pin]:
        """What people fixed, and who."""
        query = (
            sa.select(device_overrides, users.c.username)
            .select_from(device_overrides.outerjoin(users, users.c.id == device_overrides.c.set_by))
            .where(device_overrides.c.device_id == device_id)
        )
        found = await self._connection.execute(query)
        return {row.field: Pin(row.value, row.username, row.set_at) for row in found}

    async def ports(self, device_id: int, request: PageRequest) -> JsonPage:
        """Open ports, by number unless the request sorts otherwise."""
        where = (ports.c.device_id == device_id, ports.c.closed_at.is_(None))
        order = ordering(request.sort or "port", _PORT_SORTS, ports.c.id)
        items = sa.select(_port_json().label("item")).where(*where).order_by(*order)
        counted = sa.select(sa.func.count()).select_from(ports).where(*where)
        return await json_page(self._connection, items, counted, request)

    async def observations(self, device_id: int, request: PageRequest) -> JsonPage:
        """What was said of a device."""
        return await evidence.observations(self._connection, device_id, request)

    async def export(self, scope: SiteScope, wanted: DeviceFilter) -> AsyncIterator[Json]:
        """Every device that fits, by id, so that none is missed or told twice."""
        where = conditions(scope, wanted)
        last = 0
        while True:
            query = sa.select(devices.c.id, DEVICE_JSON, _current_addresses()).where(*where, devices.c.id > last)
            found = (await self._connection.execute(query.order_by(devices.c.id).limit(EXPORT_BATCH))).all()
            for row in found:
                yield {**row[1], "addresses": row[2]}
            if len(found) < EXPORT_BATCH:
                return
            last = found[-1][0]

    async def tags(self, scope: SiteScope, request: PageRequest) -> JsonPage:
        """Tags by name; those that are used in other sites only are hidden."""
        used = _tag_uses(scope)
        item = json_object(id=tags.c.id, name=tags.c.name, color=tags.c.color, count=used.c.count)
        source = tags.join(used, used.c.tag_id == tags.c.id)
        items = sa.select(item.label("item")).select_from(source).order_by(sa.func.lower(tags.c.name), tags.c.id)
        counted = sa.select(sa.func.count()).select_from(source)
        return await json_page(self._connection, items, counted, request)

    async def search(self, scope: SiteScope, query: str, limit: int) -> JsonPage:
        """Whatever bears the words."""
        return await search.search(self._connection, scope, query, limit)

    async def overview(self, scope: SiteScope, site_id: int | None) -> Json:
        """What is known so far."""
        body: str = await overview(self._connection, scope, site_id, device_json())
        found: Json = orjson.loads(body)
        return found


def device_json(listed_tags: sa.ColumnElement[Any] | None = None) -> sa.ColumnElement[Any]:
    """A device as lists show it; its tags looked up unless they are given as JSON."""
    carried = sa.select(tags.c.name).select_from(device_tags.join(tags))
    mine = carried.where(device_tags.c.device_id == devices.c.id).order_by(sa.func.lower(tags.c.name))
    return json_object(
        id=devices.c.id,
        uid=devices.c.uid,
        site_id=devices.c.site_id,
        name=devices.c.name,
        hostname=devices.c.hostname,
        type=devices.c.type,
        vendor=devices.c.vendor,
        os=devices.c.os,
        os_accuracy=devices.c.os_accuracy,
        primary_address=sa.func.host(devices.c.primary_address),
        mac=devices.c.mac,
        status=devices.c.status,
        tags=text_array(mine.correlate(devices)) if listed_tags is None else listed_tags,
        notes=devices.c.notes,
        ports_open=devices.c.ports_open,
        ports=devices.c.first_ports,
        first_seen=utc(devices.c.first_seen),
        last_seen=utc(devices.c.last_seen),
        sources=sa.func.to_json(devices.c.sources),
        manual=devices.c.manual,
        inbox_state=devices.c.inbox_state,
        version=devices.c.version,
    )


def _tag_uses(scope: SiteScope) -> sa.Subquery:
    on_devices = sa.select(device_tags.c.tag_id).select_from(device_tags.join(devices))
    on_networks = sa.select(network_tags.c.tag_id).select_from(network_tags.join(networks))
    on_monitors = sa.select(monitor_tags.c.tag_id).select_from(monitor_tags.join(monitors))
    if scope:
        on_devices = on_devices.where(devices.c.site_id.in_(scope))
        on_networks = on_networks.where(networks.c.site_id.in_(scope))
        on_monitors = on_monitors.where(monitors.c.site_id.in_(scope))
    uses = sa.union_all(on_devices, on_networks, on_monitors).subquery()
    return sa.select(uses.c.tag_id, sa.func.count().label("count")).group_by(uses.c.tag_id).subquery()


def _address_json() -> sa.ColumnElement[Any]:
    return json_object(
        id=addresses.c.id,
        address=addresses.c.value,
        kind=addresses.c.kind,
        current=addresses.c.current,
        first_seen=utc(addresses.c.first_seen),
        last_seen=utc(addresses.c.last_seen),
        source=addresses.c.source,
    )


def _current_addresses() -> sa.ColumnElement[Any]:
    mine = sa.select(addresses.c.value).where(
        addresses.c.device_id == devices.c.id, addresses.c.current, addresses.c.ip.is_not(None)
    )
    return text_array(mine.order_by(addresses.c.ip).correlate(devices))


def _port_json() -> sa.ColumnElement[Any]:
    return json_object(
        id=ports.c.id,
        address=sa.func.host(ports.c.address),
        protocol=ports.c.protocol,
        port=ports.c.port,
        state=ports.c.state,
        service=ports.c.service,
        product=ports.c.product,
        version=ports.c.version,
        extra=ports.c.extra,
        tunnel=ports.c.tunnel,
        confidence=ports.c.confidence,
        scripts=ports.c.scripts,
        source=ports.c.source,
        first_seen=utc(ports.c.first_seen),
        last_seen=utc(ports.c.last_seen),
    )


DEVICE_JSON: sa.ColumnElement[Any] = as_text(device_json(), devices)
