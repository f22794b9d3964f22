"""Conditions on devices, from what a person looks for. Values travel as parameters, never in the statement."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from backend.domain.inventory.filters import DeviceFilter, SearchTerms, search_terms
from backend.domain.inventory.inbox import LISTED
from backend.domain.inventory.places_ports import SiteScope
from backend.infra.db.tables.base import CIDR
from backend.infra.db.tables.inventory import addresses, device_tags, devices
from backend.infra.db.tables.places import networks, tags

Condition = sa.ColumnElement[bool]


def conditions(scope: SiteScope, wanted: DeviceFilter) -> list[Condition]:
    """Everything that must hold of a device."""
    found = [*_plain(wanted), *_related(wanted), *_words(search_terms(wanted.q))]
    if scope:
        found.append(devices.c.site_id.in_(scope))
    return found


def _plain(wanted: DeviceFilter) -> list[Condition]:
    found: list[Condition] = [devices.c.inbox_state.in_(wanted.inbox or LISTED)]
    listed: list[tuple[sa.ColumnElement[Any], tuple[str, ...]]] = [
        (devices.c.type, wanted.type),
        (devices.c.vendor, wanted.vendor),
        (devices.c.os, wanted.os),
    ]
    found += [column.in_(values) for column, values in listed if values]
    if wanted.site_id is not None:
        found.append(devices.c.site_id == wanted.site_id)
    if wanted.source:
        found.append(devices.c.sources.overlap(sa.cast(list(wanted.source), ARRAY(sa.Text))))
    if wanted.seen_since is not None:
        found.append(devices.c.last_seen >= wanted.seen_since)
    if wanted.has_open_ports is not None:
        found.append(devices.c.ports_open > 0 if wanted.has_open_ports else devices.c.ports_open == 0)
    return found


def _related(wanted: DeviceFilter) -> list[Condition]:
    found: list[Condition] = []
    if wanted.tag:
        names = [name.lower() for name in wanted.tag]
        carried = device_tags.join(tags)
        found.append(_exists(carried, device_tags.c.device_id, sa.func.lower(tags.c.name).in_(names)))
    if wanted.network:
        inside = sa.and_(addresses.c.current, addresses.c.ip.op("<<=")(networks.c.cidr))
        joined = addresses.join(networks, sa.and_(networks.c.site_id == addresses.c.site_id, inside))
        found.append(_exists(joined, addresses.c.device_id, networks.c.id.in_(wanted.network)))
    if wanted.port:
        found.append(devices.c.port_numbers.overlap(sa.cast(list(wanted.port), ARRAY(sa.Integer))))
    if wanted.service:
        found.append(devices.c.services.overlap(sa.cast(list(wanted.service), ARRAY(sa.Text))))
    return found


def _words(terms: SearchTerms) -> list[Condition]:
    found = [devices.c.port_numbers.contains(sa.cast([port], ARRAY(sa.Integer))) for port in terms.ports]
    found += [
        _exists(addresses, addresses.c.device_id, addresses.c.current, addresses.c.ip.op("<<=")(sa.cast(c, CIDR)))
        for c in terms.cidrs
    ]
    # A MAC is kept bare beside its usual spelling; a word that only looks like one is still a word.
    found += [sa.or_(_contains(bare), _contains(word)) for bare, word in terms.macs]
    found += [_contains(text) for text in terms.texts]
    return found


def _contains(text: str) -> Condition:
    return sa.or_(
        devices.c.search_text.contains(text, autoescape=True),
        sa.func.lower(devices.c.notes).contains(text, autoescape=True),
    )


def _exists(source: sa.FromClause, device_id: sa.ColumnElement[Any], *where: Condition) -> Condition:
    """Devices among those of a set: PostgreSQL finds the set once, by its own index."""
    return devices.c.id.in_(sa.select(device_id).select_from(source).where(*where))
