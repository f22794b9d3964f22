"""Monitors by place, and how many have which value."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import INET

from backend.infra.db.queries.facets import listed, top
from backend.infra.db.queries.json_sql import json_object
from backend.infra.db.tables.inventory import addresses, devices
from backend.infra.db.tables.monitoring import monitor_states, monitor_tags, monitors, plugins
from backend.infra.db.tables.places import networks, tags

# A monitor's own address may be a name, which no cast survives: only what is surely an address is looked at.
_OCTET = r"(25[0-5]|2[0-4]\d|1?\d?\d)"
_OWN_ADDRESS = sa.case(
    (monitors.c.address.regexp_match(rf"^{_OCTET}(\.{_OCTET}){{3}}$"), sa.cast(monitors.c.address, INET)),
    else_=None,
)
# What a person switched off is paused at once, whatever was written last.
STATE = sa.case(
    (sa.not_(monitors.c.enabled), "paused"),
    (monitor_states.c.state == "paused", "pending"),
    else_=monitor_states.c.state,
)
SOURCE = (
    monitors.join(plugins, plugins.c.id == monitors.c.plugin_id)
    .join(monitor_states, monitor_states.c.monitor_id == monitors.c.id)
    .outerjoin(devices, devices.c.id == monitors.c.device_id)
)


def inside(networks: sa.FromClause = networks) -> sa.ColumnElement[bool]:
    """Whether a monitor's target is in a network: its own address, or else one that its device has now."""
    of_device = sa.exists().where(
        addresses.c.device_id == monitors.c.device_id,
        addresses.c.current,
        addresses.c.ip.op("<<=")(networks.c.cidr),
    )
    own = sa.and_(monitors.c.address.is_not(None), _OWN_ADDRESS.op("<<=")(networks.c.cidr))
    return sa.and_(networks.c.site_id == monitors.c.site_id, sa.or_(own, monitors.c.address.is_(None) & of_device))


def in_networks(ids: tuple[int, ...]) -> sa.ColumnElement[bool]:
    """Whether a monitor's target is in one of these networks."""
    asked = networks.alias("asked")  # of its own: whoever asks may be counting by network
    return sa.exists().where(asked.c.id.in_(ids), inside(asked))


def facets_query(where: list[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    """A JSON object as text: facet -> the most frequent values of the monitors that fit, with their counts."""
    found = {
        "state": top(_each(STATE, SOURCE, where)),
        "type": top(_each(plugins.c.type, SOURCE, where)),
        "tag": top(_each(tags.c.name, SOURCE.join(monitor_tags).join(tags), where)),
        "network": _networks(where),
    }
    body = json_object(**{name: query.scalar_subquery() for name, query in found.items()})
    return sa.select(sa.cast(body, sa.Text))


def _each(value: sa.ColumnElement[Any], source: sa.FromClause, where: list[sa.ColumnElement[bool]]) -> sa.Subquery:
    return sa.select(value.label("value")).select_from(source).where(*where).subquery()


def _networks(where: list[sa.ColumnElement[bool]]) -> sa.Select[Any]:
    counted = (
        sa.select(networks.c.id.label("value"), sa.func.count().label("count"))
        .select_from(SOURCE.join(networks, inside()))
        .where(*where)
        .group_by(networks.c.id)
        .subquery()
    )
    label = sa.func.coalesce(sa.func.nullif(networks.c.name, ""), sa.cast(networks.c.cidr, sa.Text))
    item = json_object(value=sa.cast(counted.c.value, sa.Text), label=label, count=counted.c.count)
    named = (
        sa.select(item.label("item"))
        .select_from(counted.join(networks, networks.c.id == counted.c.value))
        .order_by(counted.c.count.desc(), networks.c.cidr)
        .subquery()
    )
    return listed(named)
