"""What was said, as it was said: observations of a device, of an address, and of a scan."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.places_ports import SiteScope
from backend.domain.inventory.reading import Json, JsonPage
from backend.domain.page import PageRequest
from backend.infra.db.queries.json_sql import json_object, json_page, utc
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.tables.base import INET
from backend.infra.db.tables.inventory import observations as table

_facts = table.c.facts
_HOST_SORTS = {
    "address": table.c.address,
    "observed_at": table.c.observed_at,
    "hostname": _facts["hostnames"][0]["name"].astext,
}


async def observations(connection: AsyncConnection, device_id: int, request: PageRequest) -> JsonPage:
    """What was said of a device, newest first."""
    return await _newest_first(connection, table.c.device_id == device_id, request)


async def address_history(
    connection: AsyncConnection, scope: SiteScope, address: str, request: PageRequest
) -> JsonPage:
    """What was said of an address, newest first, whichever device it was."""
    wanted = sa.and_(table.c.address == sa.cast(address, INET), _within(scope))
    return await _newest_first(connection, wanted, request)


async def scan_hosts(connection: AsyncConnection, scan_id: int, request: PageRequest) -> JsonPage:
    """The hosts that a scan saw up, by address unless the request sorts otherwise."""
    where = (table.c.scan_id == scan_id, _facts["state"].astext == "up")
    order = ordering(request.sort or "address", _HOST_SORTS, table.c.id)
    items = sa.select(host_json().label("item")).where(*where).order_by(*order)
    return await json_page(connection, items, _count(*where), request)


async def host(connection: AsyncConnection, scope: SiteScope, observation_id: int) -> Json | None:
    """One host as it was seen."""
    query = sa.select(host_json()).where(table.c.id == observation_id, _within(scope))
    found: Json | None = await connection.scalar(query)
    return found


def host_json() -> sa.ColumnElement[Any]:
    """A host of a scan."""
    ports = sa.func.coalesce(_facts["ports"], sa.text("'[]'::jsonb"))
    opened = sa.func.jsonb_path_query_array(ports, sa.text("""'$[*] ? (!exists(@.state) || @.state == "open")'"""))
    return json_object(
        id=table.c.id,
        uid=table.c.uid,
        scan_id=table.c.scan_id,
        site_id=table.c.site_id,
        address=sa.func.host(table.c.address),
        hostname=_facts["hostnames"][0]["name"].astext,
        mac=table.c.mac,
        vendor=_facts["vendor"].astext,
        os=_facts["os"]["name"].astext,
        os_accuracy=_facts["os"]["accuracy"],
        device_id=table.c.device_id,
        reason=_facts["reason"].astext,
        ports_open=sa.func.jsonb_array_length(opened),
        observed_at=utc(table.c.observed_at),
        ports=ports,
        scripts=sa.func.coalesce(_facts["scripts"], sa.text("'[]'::jsonb")),
    )


async def _newest_first(
    connection: AsyncConnection, wanted: sa.ColumnElement[bool], request: PageRequest
) -> JsonPage:
    item = json_object(
        id=table.c.id,
        uid=table.c.uid,
        site_id=table.c.site_id,
        source=table.c.source,
        scan_id=table.c.scan_id,
        device_id=table.c.device_id,
        observed_at=utc(table.c.observed_at),
        address=sa.func.host(table.c.address),
        mac=table.c.mac,
        facts=table.c.facts,
    )
    items = sa.select(item.label("item")).where(wanted).order_by(table.c.observed_at.desc(), table.c.id.desc())
    return await json_page(connection, items, _count(wanted), request)


def _count(*where: sa.ColumnElement[bool]) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(table).where(*where)


def _within(scope: SiteScope) -> sa.ColumnElement[bool]:
    return table.c.site_id.in_(scope) if scope else sa.true()
