"""How many devices have which value, over all devices that fit, in one statement."""

from typing import Any

import sqlalchemy as sa

from backend.infra.db.queries.json_sql import json_object
from backend.infra.db.tables.inventory import addresses, device_tags, devices
from backend.infra.db.tables.places import networks, tags

TOP = 30
_COLUMNS = ("id", "type", "vendor", "os", "sources", "port_numbers", "services")


def facets_query(where: list[sa.ColumnElement[bool]], whatever: list[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """A JSON object as text: facet -> the most frequent values with their counts.

    `whatever` is the same without what people decided of devices, so that the hidden ones are counted too.
    """
    fitting = (
        sa.select(*(devices.c[name] for name in _COLUMNS)).where(*where).cte("fitting").prefix_with("MATERIALIZED")
    )
    found = {name: _counted(fitting, fitting.c[name]) for name in ("type", "vendor", "os")}
    many = {"source": fitting.c.sources, "port": fitting.c.port_numbers, "service": fitting.c.services}
    found |= {name: _counted(fitting, sa.func.unnest(column)) for name, column in many.items()}
    found["inbox"] = top(sa.select(devices.c.inbox_state.label("value")).where(*whatever).subquery())
    found["tag"] = _tags(fitting)
    found["network"] = _networks(fitting)
    body = sa.cast(json_object(**{name: query.scalar_subquery() for name, query in found.items()}), sa.Text)
    return sa.select(body)


def _counted(fitting: sa.CTE, value: sa.ColumnElement[Any]) -> sa.Select[Any]:
    return top(sa.select(value.label("value")).select_from(fitting).subquery())


def _each(value: sa.ColumnElement[Any], device: sa.ColumnElement[Any], source: sa.FromClause) -> sa.Subquery:
    """One row a device and value, however often the device has it."""
    return sa.select(value.label("value"), device.label("device")).select_from(source).distinct().subquery()


def _tags(fitting: sa.CTE) -> sa.Select[Any]:
    source = fitting.join(device_tags, device_tags.c.device_id == fitting.c.id).join(tags)
    return top(_each(tags.c.name, fitting.c.id, source))


def _networks(fitting: sa.CTE) -> sa.Select[Any]:
    inside = sa.and_(networks.c.site_id == addresses.c.site_id, addresses.c.ip.op("<<=")(networks.c.cidr))
    own = sa.and_(addresses.c.device_id == fitting.c.id, addresses.c.current)
    rows = _each(networks.c.id, fitting.c.id, fitting.join(addresses, own).join(networks, inside))
    counted = sa.select(rows.c.value, sa.func.count().label("count")).group_by(rows.c.value).subquery()
    label = sa.func.coalesce(sa.func.nullif(networks.c.name, ""), sa.cast(networks.c.cidr, sa.Text))
    named = (
        sa.select(
            json_object(value=sa.cast(counted.c.value, sa.Text), label=label, count=counted.c.count).label("item")
        )
        .select_from(counted.join(networks, networks.c.id == counted.c.value))
        .order_by(counted.c.count.desc(), networks.c.cidr)
        .limit(TOP)
        .subquery()
    )
    return listed(named)


def top(rows: sa.Subquery) -> sa.Select[Any]:
    """The most frequent of the rows' values with their counts, as a JSON array."""
    ordered = (
        sa.select(rows.c.value, sa.func.count().label("count"))
        .where(rows.c.value.is_not(None))
        .group_by(rows.c.value)
        .order_by(sa.func.count().desc(), rows.c.value)
        .limit(TOP)
        .subquery()
    )
    return listed(
        sa.select(json_object(value=sa.cast(ordered.c.value, sa.Text), count=ordered.c.count).label("item"))
        .order_by(ordered.c.count.desc(), ordered.c.value)
        .subquery()
    )


def listed(items: sa.Subquery) -> sa.Select[Any]:
    """The items as a JSON array."""
    return sa.select(sa.func.coalesce(sa.func.json_agg(items.c.item), sa.text("'[]'::json")))
