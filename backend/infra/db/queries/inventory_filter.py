"""Conditions on devices, from what a person looks for. Values travel as parameters, never in the statement.

Which conditions there are follows from the names of the parameters alone, so that the statement of one question
serves the next one that asks the same of other values.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from backend.domain.inventory.filters import DeviceFilter, search_terms
from backend.domain.inventory.inbox import LISTED, InboxState
from backend.domain.inventory.places_ports import SiteScope
from backend.infra.db.tables.base import CIDR
from backend.infra.db.tables.inventory import addresses, device_tags, devices
from backend.infra.db.tables.places import networks, tags

Condition = sa.ColumnElement[bool]
Parameters = dict[str, Any]
Make = Callable[[str, Any], Condition]
INBOX = "in_inbox"
_TEXT, _MOMENT, _YES_OR_NO = sa.Text(), sa.TIMESTAMP(timezone=True), sa.Boolean()


def conditions(scope: SiteScope, wanted: DeviceFilter) -> list[Condition]:
    """Everything that must hold of a device, with the values."""
    return conditions_on(parameters(scope, wanted))


def parameters(scope: SiteScope, wanted: DeviceFilter) -> Parameters:
    """The values of everything that must hold of a device, by the names of their parameters."""
    found: Parameters = {}
    inbox = wanted.inbox or LISTED
    if len(frozenset(inbox)) < len(InboxState):
        found[INBOX] = [str(state) for state in inbox]
    for name in ("type", "vendor", "os", "source", "service", "network", "port"):
        if values := getattr(wanted, name):
            found[f"in_{name}"] = list(values)
    if wanted.tag:
        found["in_tag"] = [name.lower() for name in wanted.tag]
    for name in ("site_id", "seen_since", "has_open_ports"):
        if (value := getattr(wanted, name)) is not None:
            found[f"is_{name}"] = value
    if scope:
        found["in_scope"] = sorted(scope)
    return found | _words(wanted.q) if wanted.q else found


def _words(query: str) -> Parameters:
    terms = search_terms(query)
    return {
        **{f"q_port_{number}": [port] for number, port in enumerate(terms.ports)},
        **{f"q_cidr_{number}": cidr for number, cidr in enumerate(terms.cidrs)},
        # A MAC is kept bare beside its usual spelling; a word that only looks like one is still a word.
        **{f"q_mac_{number}": [_like(bare), _like(word)] for number, (bare, word) in enumerate(terms.macs)},
        **{f"q_text_{number}": _like(text) for number, text in enumerate(terms.texts)},
    }


def _like(text: str) -> str:
    """A pattern for LIKE: texts that hold this one."""
    for special in "\\%_":
        text = text.replace(special, f"\\{special}")
    return f"%{text}%"


def conditions_on(values: Mapping[str, Any]) -> list[Condition]:
    """Everything that must hold of a device where these are given; a value may be None, and come later."""
    return [_CONDITIONS[name.rstrip("0123456789")](name, value) for name, value in values.items()]


def _one_of(column: sa.ColumnElement[Any], of: sa.types.TypeEngine[Any]) -> Make:
    return lambda name, values: column == sa.any_(_listed(name, values, of))


def _overlapping(column: sa.ColumnElement[Any], of: sa.types.TypeEngine[Any]) -> Make:
    return lambda name, values: column.overlap(_listed(name, values, of))


def _listed(name: str, values: Any, of: sa.types.TypeEngine[Any]) -> sa.BindParameter[Any]:
    return sa.bindparam(name, values, type_=ARRAY(of))


def _tagged(name: str, names: Any) -> Condition:
    wanted = sa.func.lower(tags.c.name) == sa.any_(_listed(name, names, _TEXT))
    return _exists(device_tags.join(tags), device_tags.c.device_id, wanted)


def _inside_networks(name: str, ids: Any) -> Condition:
    inside = sa.and_(addresses.c.current, addresses.c.ip.op("<<=")(networks.c.cidr))
    joined = addresses.join(networks, sa.and_(networks.c.site_id == addresses.c.site_id, inside))
    return _exists(joined, addresses.c.device_id, networks.c.id == sa.any_(_listed(name, ids, sa.BigInteger())))


def _inside(name: str, cidr: Any) -> Condition:
    inside = addresses.c.ip.op("<<=")(sa.cast(sa.bindparam(name, cidr, type_=_TEXT), CIDR))
    return _exists(addresses, addresses.c.device_id, addresses.c.current, inside)


def _holding(name: str, pattern: Any) -> Condition:
    text = sa.bindparam(name, pattern, type_=_TEXT)
    return sa.or_(devices.c.search_text.like(text), sa.func.lower(devices.c.notes).like(text))


def _holding_any(name: str, patterns: Any) -> Condition:
    several = sa.any_(_listed(name, patterns, _TEXT))
    return sa.or_(devices.c.search_text.like(several), sa.func.lower(devices.c.notes).like(several))


def _exists(source: sa.FromClause, device_id: sa.ColumnElement[Any], *where: Condition) -> Condition:
    """Devices among those of a set: PostgreSQL finds the set once, by its own index."""
    return devices.c.id.in_(sa.select(device_id).select_from(source).where(*where))


_CONDITIONS: Mapping[str, Make] = {
    INBOX: _one_of(devices.c.inbox_state, _TEXT),
    "in_type": _one_of(devices.c.type, _TEXT),
    "in_vendor": _one_of(devices.c.vendor, _TEXT),
    "in_os": _one_of(devices.c.os, _TEXT),
    "in_scope": _one_of(devices.c.site_id, sa.BigInteger()),
    "in_source": _overlapping(devices.c.sources, _TEXT),
    "in_service": _overlapping(devices.c.services, _TEXT),
    "in_port": _overlapping(devices.c.port_numbers, sa.Integer()),
    "in_tag": _tagged,
    "in_network": _inside_networks,
    "is_site_id": lambda name, site: devices.c.site_id == sa.bindparam(name, site, type_=sa.BigInteger()),
    "is_seen_since": lambda name, at: devices.c.last_seen >= sa.bindparam(name, at, type_=_MOMENT),
    "is_has_open_ports": lambda name, has: (devices.c.ports_open > 0) == sa.bindparam(name, has, type_=_YES_OR_NO),
    "q_port_": lambda name, ports: devices.c.port_numbers.contains(_listed(name, ports, sa.Integer())),
    "q_cidr_": _inside,
    "q_mac_": _holding_any,
    "q_text_": _holding,
}
