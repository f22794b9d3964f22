"""The list of devices and its facets: asked most often of all, so each kind of question is worked out once.

The statement follows from which filters are given, not from their values; it is kept with the names of its
parameters, and the next question of that kind only brings its values.
"""

from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from backend.domain.inventory.filters import DeviceFilter
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.inventory.reading import JsonPage
from backend.domain.page import PageRequest
from backend.infra.db.kept_items import IDS, KeptItems
from backend.infra.db.queries.facets import facets_query
from backend.infra.db.queries.inventory import device_json
from backend.infra.db.queries.inventory_filter import INBOX, conditions_on, parameters
from backend.infra.db.queries.json_sql import as_text
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.reads import Reads, Statement
from backend.infra.db.tables.inventory import device_tags, devices
from backend.infra.db.tables.places import tags

KINDS_KEPT = 256
_DOT: sa.ColumnElement[str] = sa.literal_column("'.'", sa.Text)
_ITEM = as_text(device_json(sa.literal_column("coalesce(carried.names, '[]'::json)")), devices)
_NAMES = sa.func.json_agg(aggregate_order_by(tags.c.name, sa.func.lower(tags.c.name))).label("names")
_VERSION = _DOT.concat(sa.cast(tags.c.id, sa.Text)).concat(_DOT).concat(sa.literal_column("tags.xmin"))
_VERSIONS = sa.func.string_agg(_VERSION, aggregate_order_by(sa.literal_column("''"), tags.c.id)).label("versions")
_SORTS = {
    "name": sa.func.lower(devices.c.name),
    "address": devices.c.primary_address,
    "last_seen": devices.c.last_seen,
    "first_seen": devices.c.first_seen,
    "ports": devices.c.ports_open,
    "vendor": sa.func.lower(devices.c.vendor),
    "type": devices.c.type,
}


class SqlDeviceLists:
    """Asks each question by one statement."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads
        self._kept = KeptItems(reads, _items())

    async def devices(self, scope: SiteScope, wanted: DeviceFilter, request: PageRequest) -> JsonPage:
        """Devices that fit, by name unless the request sorts otherwise."""
        values = parameters(scope, wanted)
        statement = _page(tuple(values), request.sort or "name")
        row = await self._reads.row(statement, values | {"limit": request.limit, "offset": request.offset})
        names = row[0].split(",") if row[0] else []
        return JsonPage(await self._kept.array(names), row[1], len(names))

    async def facets(self, scope: SiteScope, wanted: DeviceFilter) -> str:
        """How many of the devices that fit have which value."""
        values = parameters(scope, wanted)
        row = await self._reads.row(_facets(tuple(values)), values)
        return str(row[0])


@lru_cache(KINDS_KEPT)
def _page(names: tuple[str, ...], sort: str) -> Statement:
    """The names of a page's items with a comma between, and how many there are in all."""
    where = conditions_on(dict.fromkeys(names))
    order = ordering(sort, _SORTS, devices.c.id)
    limit, offset = (sa.bindparam(name, type_=sa.BigInteger()) for name in ("limit", "offset"))
    # The page first: what is skipped need not be looked at.
    page = sa.select(devices.c.id).where(*where).order_by(*order).limit(limit).offset(offset)
    chosen = page.cte("page").prefix_with("MATERIALIZED")
    carried = _carried(sa.select(chosen.c.id), _VERSIONS)
    rows = chosen.join(devices, devices.c.id == chosen.c.id).outerjoin(carried, carried.c.device_id == chosen.c.id)
    named = sa.select(_name(carried).label("name")).select_from(rows).order_by(*order).subquery()
    counted = sa.select(sa.func.count()).select_from(devices).where(*where)
    listed = sa.func.string_agg(named.c.name, sa.literal_column("','"))
    return Statement.of(sa.select(listed, counted.scalar_subquery()).select_from(named))


def _items() -> Statement:
    """Names and items of devices by their ids."""
    ids = sa.bindparam(IDS, type_=ARRAY(sa.BigInteger))
    mine = sa.select(devices.c.id).where(devices.c.id == sa.any_(ids))
    carried = _carried(mine, _NAMES, _VERSIONS)
    rows = devices.outerjoin(carried, carried.c.device_id == devices.c.id)
    items = sa.select(_name(carried).label("name"), sa.cast(_ITEM, sa.Text).label("item")).select_from(rows)
    found = items.where(devices.c.id == sa.any_(ids)).subquery()
    arrays: list[Any] = [sa.func.array_agg(found.c[name]) for name in ("name", "item")]
    return Statement.of(sa.select(*arrays))


def _name(carried: sa.CTE) -> sa.ColumnElement[str]:
    """What becomes another when the item does."""
    version = sa.cast(devices.c.id, sa.Text).concat(_DOT).concat(sa.literal_column("devices.xmin"))
    return version.concat(sa.func.coalesce(carried.c.versions, sa.literal_column("''")))


def _carried(ids: sa.Select[Any], *of_tags: sa.ColumnElement[Any]) -> sa.CTE:
    """What lists show of these devices' tags: looked up for each they would be most of a page's time."""
    query = (
        sa.select(device_tags.c.device_id, *of_tags)
        .select_from(device_tags.join(tags))
        .where(device_tags.c.device_id.in_(ids))
        .group_by(device_tags.c.device_id)
    )
    return query.cte("carried").prefix_with("MATERIALIZED")


@lru_cache(KINDS_KEPT)
def _facets(names: tuple[str, ...]) -> Statement:
    wanted: dict[str, None] = dict.fromkeys(names)
    whatever = {name: None for name in names if name != INBOX}
    return Statement.of(facets_query(conditions_on(wanted), conditions_on(whatever)))
