"""What is known so far, in one statement."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.inbox import LISTED
from backend.domain.inventory.places_ports import SiteScope
from backend.infra.db.queries.json_sql import json_list, json_object, utc
from backend.infra.db.tables.base import INET
from backend.infra.db.tables.inventory import addresses, device_overrides, devices, observations, ports
from backend.infra.db.tables.places import networks

Element = sa.ColumnElement[Any]
DAY = timedelta(hours=24)
RECENT = 5
TOP_PORTS = 10


async def overview(
    connection: AsyncConnection, scope: SiteScope, site_id: int | None, device_json: Element
) -> str:
    """The overview as JSON text."""
    body = json_object(
        devices=_devices(scope, site_id),
        ports=_ports(scope, site_id),
        networks=_networks(scope, site_id),
        recent_devices=json_list(
            sa.select(device_json.label("item"))
            .where(*_listed(scope, site_id))
            .order_by(devices.c.first_seen.desc(), devices.c.id.desc())
            .limit(RECENT)
        ),
        needs_setup=~sa.exists(
            sa.select(networks.c.id).where(networks.c.scan_allowed, *_in(networks.c.site_id, scope, site_id))
        ),
    )
    return str(await connection.scalar(sa.select(sa.cast(body, sa.Text))))


def _in(column: Element, scope: SiteScope, site_id: int | None) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [column.in_(scope)] if scope else []
    return found + ([column == site_id] if site_id is not None else [])


def _listed(scope: SiteScope, site_id: int | None) -> list[sa.ColumnElement[bool]]:
    """What is hidden or ignored does not count."""
    return [devices.c.inbox_state.in_(LISTED), *_in(devices.c.site_id, scope, site_id)]


def _since(column: Element) -> sa.ColumnElement[bool]:
    return column > sa.func.now() - sa.cast(DAY, sa.Interval)


def _count(table: sa.FromClause, *where: sa.ColumnElement[bool]) -> Element:
    return sa.select(sa.func.count()).select_from(table).where(*where).scalar_subquery()


def _devices(scope: SiteScope, site_id: int | None) -> Element:
    mine = _listed(scope, site_id)
    by_type = (
        sa.select(devices.c.type.label("value"), sa.func.count().label("count"))
        .where(*mine)
        .group_by(devices.c.type)
        .subquery()
    )
    item = json_object(type=by_type.c.value, count=by_type.c.count)
    return json_object(
        total=_count(devices, *mine),
        up=_count(devices, *mine, devices.c.status == "up"),
        new_24h=_count(devices, *mine, _since(devices.c.first_seen)),
        inbox=_count(devices, *mine, devices.c.inbox_state == "new"),
        named=_count(devices.join(device_overrides), *mine, device_overrides.c.field == "name"),
        by_type=json_list(sa.select(item.label("item")).order_by(by_type.c.count.desc(), by_type.c.value)),
    )


def _ports(scope: SiteScope, site_id: int | None) -> Element:
    mine = _listed(scope, site_id)
    numbers = sa.select(sa.func.unnest(devices.c.port_numbers).label("port")).where(*mine).subquery()
    counted = (
        sa.select(numbers.c.port, sa.func.count().label("count"))
        .group_by(numbers.c.port)
        .order_by(sa.func.count().desc(), numbers.c.port)
        .limit(TOP_PORTS)
        .subquery()
    )
    item = json_object(port=counted.c.port, service=_usual_service(counted.c.port), count=counted.c.count)
    opened = sa.select(sa.func.coalesce(sa.func.sum(devices.c.ports_open), 0)).where(*mine)
    fresh = (ports.c.closed_at.is_(None), _since(ports.c.first_seen), *mine)
    return json_object(
        open=opened.scalar_subquery(),
        new_24h=_count(ports.join(devices), *fresh),
        top=json_list(sa.select(item.label("item")).order_by(counted.c.count.desc(), counted.c.port)),
    )


def _usual_service(port: Element) -> Element:
    """What most devices run there; a web server behind TLS by the name that people know."""
    tls = sa.and_(ports.c.service == "http", ports.c.tunnel == "ssl")
    return (
        sa.select(sa.func.mode().within_group(sa.case((tls, "https"), else_=ports.c.service)))
        .where(ports.c.port == port, ports.c.closed_at.is_(None))
        .scalar_subquery()
    )


def _networks(scope: SiteScope, site_id: int | None) -> Element:
    mine = _in(networks.c.site_id, scope, site_id)
    last_scan = _last_scan()
    item = json_object(
        network_id=networks.c.id,
        cidr=sa.cast(networks.c.cidr, sa.Text),
        name=networks.c.name,
        # As a floating point number: an IPv6 network has more addresses than an integer can count.
        addresses=sa.func.power(
            sa.cast(2, sa.Float),
            sa.case((sa.func.family(networks.c.cidr) == 4, 32), else_=128) - sa.func.masklen(networks.c.cidr),
        ),
        devices=_device_count(),
        last_scan_at=utc(last_scan),
    )
    coverage = sa.select(item.label("item")).where(*mine, networks.c.scan_allowed).order_by(networks.c.cidr)
    return json_object(
        total=_count(networks, *mine),
        allowed=_count(networks, *mine, networks.c.scan_allowed),
        scanned_24h=_count(networks, *mine, _since(last_scan)),
        coverage=json_list(coverage),
    )


def _device_count() -> Element:
    return (
        sa.select(sa.func.count(sa.distinct(addresses.c.device_id)))
        .select_from(addresses.join(devices, devices.c.id == addresses.c.device_id))
        .where(
            devices.c.inbox_state.in_(LISTED),
            addresses.c.current,
            addresses.c.site_id == networks.c.site_id,
            addresses.c.ip.op("<<=")(networks.c.cidr),
        )
        .correlate(networks)
        .scalar_subquery()
    )


def _last_scan() -> Element:
    return (
        sa.select(sa.func.max(observations.c.observed_at))
        .where(
            observations.c.scan_id.is_not(None),
            observations.c.site_id == networks.c.site_id,
            # As a range, which the index on addresses understands.
            observations.c.address >= sa.cast(networks.c.cidr, INET),
            observations.c.address <= sa.cast(sa.func.host(sa.func.broadcast(networks.c.cidr)), INET),
        )
        .correlate(networks)
        .scalar_subquery()
    )
