"""The search behind the command palette: one list of whatever bears the words, devices first."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.filters import DeviceFilter, search_terms
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.inventory.reading import JsonPage
from backend.domain.page import PageRequest
from backend.infra.db.queries.inventory_filter import conditions
from backend.infra.db.queries.json_sql import json_object, json_page
from backend.infra.db.tables.discovery import projects, scans
from backend.infra.db.tables.inventory import addresses, devices, ports
from backend.infra.db.tables.places import networks

Element = sa.ColumnElement[Any]
PER_KIND = 20
# In the order of the answer.
_KINDS = ("device", "address", "port", "network", "project", "scan")


async def search(connection: AsyncConnection, scope: SiteScope, query: str, limit: int) -> JsonPage:
    """At most `limit` finds."""
    found = sa.union_all(
        _devices(scope, query),
        _addresses(scope, query),
        _ports(scope, query),
        _networks(scope, query),
        _projects(scope, query),
        _scans(scope, query),
    ).subquery()
    item = json_object(
        kind=found.c.kind, id=found.c.id, title=found.c.title, subtitle=found.c.subtitle, link=found.c.link
    )
    items = sa.select(item.label("item")).order_by(found.c.rank, sa.func.lower(found.c.title), found.c.id)
    counted = sa.select(sa.func.count()).select_from(found)
    return await json_page(connection, items, counted, PageRequest(limit=limit))


def _find(kind: str, *, key: Element, title: Element, subtitle: Element, link: Element) -> sa.Select[Any]:
    columns: dict[str, Element] = {
        "rank": sa.literal_column(str(_KINDS.index(kind))),
        "kind": sa.literal_column(f"'{kind}'"),
        "id": key,
        "title": title,
        "subtitle": subtitle,
        "link": link,
    }
    return sa.select(*(column.label(name) for name, column in columns.items()))


def _devices(scope: SiteScope, query: str) -> sa.Select[Any]:
    subtitle = sa.func.concat_ws(
        " · ", sa.func.host(devices.c.primary_address), devices.c.vendor, sa.func.nullif(devices.c.type, "unknown")
    )
    exact = sa.case((sa.func.lower(devices.c.name) == query.lower(), 0), else_=1)
    where = conditions(scope, DeviceFilter(q=query))
    link = _link("/inventory/", devices.c.id)
    found = _find("device", key=devices.c.id, title=devices.c.name, subtitle=subtitle, link=link)
    return _first(found.where(*where).order_by(exact, devices.c.last_seen.desc()))


def _addresses(scope: SiteScope, query: str) -> sa.Select[Any]:
    """Addresses that devices once had too: who had it before."""
    bare = query.lower().strip()
    macs = search_terms(query).macs
    like: sa.ColumnElement[bool] = addresses.c.value.istartswith(bare, autoescape=True)
    if macs:
        like = sa.or_(like, sa.func.replace(addresses.c.value, ":", "").contains(macs[0][0], autoescape=True))
    is_past = sa.case((addresses.c.current, ""), else_="former address of ")
    found = _find(
        "address",
        key=addresses.c.device_id,
        title=addresses.c.value,
        subtitle=sa.func.concat(is_past, devices.c.name),
        link=_link("/inventory/", addresses.c.device_id),
    )
    where = [like, addresses.c.kind != "name", *_within(addresses.c.site_id, scope)]
    source = found.select_from(addresses.join(devices, devices.c.id == addresses.c.device_id))
    return _first(source.where(*where).order_by(addresses.c.current.desc(), addresses.c.value))


def _ports(scope: SiteScope, query: str) -> sa.Select[Any]:
    wanted = search_terms(query).ports
    title = sa.func.concat(sa.cast(ports.c.port, sa.Text), "/", ports.c.protocol)
    subtitle = sa.func.concat_ws(" · ", devices.c.name, ports.c.service, ports.c.product)
    link = sa.func.concat("/inventory/", sa.cast(devices.c.id, sa.Text), "?tab=ports")
    found = _find("port", key=ports.c.id, title=title, subtitle=subtitle, link=link)
    where = [ports.c.port.in_(wanted or [-1]), ports.c.closed_at.is_(None), *_within(devices.c.site_id, scope)]
    return _first(found.select_from(ports.join(devices)).where(*where).order_by(devices.c.name))


def _networks(scope: SiteScope, query: str) -> sa.Select[Any]:
    cidr = sa.cast(networks.c.cidr, sa.Text)
    title = sa.func.coalesce(sa.func.nullif(networks.c.name, ""), cidr)
    link = _link("/inventory?network=", networks.c.id)
    found = _find("network", key=networks.c.id, title=title, subtitle=cidr, link=link)
    where = [_like(query, networks.c.name, cidr), *_within(networks.c.site_id, scope)]
    return _first(found.where(*where).order_by(networks.c.cidr))


def _projects(scope: SiteScope, query: str) -> sa.Select[Any]:
    link = _link("/scans?project_id=", projects.c.id)
    about = projects.c.description
    found = _find("project", key=projects.c.id, title=projects.c.name, subtitle=about, link=link)
    where = [_like(query, projects.c.name), *_within(projects.c.site_id, scope)]
    return _first(found.where(*where).order_by(projects.c.name))


def _scans(scope: SiteScope, query: str) -> sa.Select[Any]:
    numbered = sa.func.concat("#", sa.cast(scans.c.id, sa.Text))
    title = sa.func.coalesce(sa.func.nullif(scans.c.name, ""), numbered)
    subtitle = sa.func.concat_ws(" · ", scans.c.profile, scans.c.status)
    found = _find("scan", key=scans.c.id, title=title, subtitle=subtitle, link=_link("/scans/", scans.c.id))
    where = [
        _like(query, scans.c.name, numbered, sa.cast(scans.c.targets, sa.Text)),
        *_within(scans.c.site_id, scope),
    ]
    return _first(found.where(*where).order_by(scans.c.id.desc()))


def _first(found: sa.Select[Any]) -> sa.Select[Any]:
    return sa.select(found.limit(PER_KIND).subquery())


def _link(start: str, key: Element) -> Element:
    return sa.func.concat(start, sa.cast(key, sa.Text))


def _like(query: str, *columns: Element) -> sa.ColumnElement[bool]:
    return sa.or_(*(column.icontains(query, autoescape=True) for column in columns))


def _within(column: Element, scope: SiteScope) -> list[sa.ColumnElement[bool]]:
    return [column.in_(scope)] if scope else []
