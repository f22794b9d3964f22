"""Rows of the inventory's tables, and the domain's values behind them."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from backend.domain.inventory.facts_json import facts_from_json, scripts_from_json, scripts_to_json
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.state import AddressState, Claim, DeviceState, PortState, Shown, ShownPort

Row = sa.Row[Any]
Json = dict[str, Any]


def device_state(row: Row) -> DeviceState:
    """A device without its addresses and ports."""
    return DeviceState(
        uid=row.uid,
        site_id=row.site_id,
        id=row.id,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        folded=(row.folded_at, row.folded_uid),
        status=row.status,
        manual=row.manual,
        claims={field: _claims(items) for field, items in row.facts.items()},
        keys=set(row.identity_keys),
        sources=set(row.sources),
        apart=frozenset(row.apart),
        shown=_shown(row),
    )


def device_row(device: DeviceState) -> Json:
    """The columns of a device that follow from what was said of it."""
    shown = device.shown
    assert shown is not None
    return {
        **{name: getattr(shown, name) for name in Shown.__slots__},
        "first_ports": [
            {"protocol": port.protocol, "port": port.port, "service": port.service} for port in shown.first_ports
        ],
        "id": device.id,
        "uid": device.uid,
        "site_id": device.site_id,
        "manual": device.manual,
        "facts": {field: _claims_json(items) for field, items in device.claims.items()},
        "sources": sorted(device.sources),
        "identity_keys": sorted(device.keys),
        "folded_at": device.folded[0],
        "folded_uid": device.folded[1],
        "first_seen": device.first_seen,
        "last_seen": device.last_seen,
    }


def device_look(device: DeviceState) -> tuple[Any, ...]:
    """What a device's row holds besides what every observation of it changes."""
    return (device.shown, device.manual, frozenset(device.sources), frozenset(device.keys), device.first_seen)


def seen_device_row(device: DeviceState) -> Json:
    """The columns that change when a device is seen again and looks the same."""
    return {
        "id": device.id,
        "facts": {field: _claims_json(items) for field, items in device.claims.items()},
        "folded_at": device.folded[0],
        "folded_uid": device.folded[1],
        "last_seen": device.last_seen,
    }


def address_state(row: Row) -> AddressState:
    """One address."""
    return AddressState(row.kind, row.value, row.source, row.first_seen, row.last_seen, row.current, row.silent)


def address_row(device: DeviceState, address: AddressState) -> Json:
    """The columns of one address."""
    return {
        "device_id": device.id,
        "site_id": device.site_id,
        "kind": str(address.kind),
        "value": address.value,
        "source": address.source,
        "first_seen": address.first_seen,
        "last_seen": address.last_seen,
        "current": address.current,
        "silent": address.silent,
    }


def port_state(row: Row) -> PortState:
    """One port."""
    return PortState(
        address=str(row.address),
        protocol=row.protocol,
        port=row.port,
        state=row.state,
        service=row.service,
        product=row.product,
        version=row.version,
        extra=row.extra,
        tunnel=row.tunnel,
        confidence=row.confidence,
        scripts=scripts_from_json(row.scripts),
        source=row.source,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        closed_at=row.closed_at,
    )


def port_row(device: DeviceState, port: PortState) -> Json:
    """The columns of one port."""
    plain = ("address", "protocol", "port", "state", "service", "product", "version", "extra", "tunnel", "source")
    return {
        **{name: getattr(port, name) for name in plain},
        "device_id": device.id,
        "confidence": port.confidence,
        "scripts": scripts_to_json(port.scripts),
        "first_seen": port.first_seen,
        "last_seen": port.last_seen,
        "closed_at": port.closed_at,
    }


def observation(row: Row) -> Observation:
    """One observation."""
    return Observation(
        site_id=row.site_id,
        source=row.source,
        address=_text(row.address),
        mac=_text(row.mac),
        observed_at=row.observed_at,
        facts=facts_from_json(row.facts),
        scan_id=row.scan_id,
        chunk_id=row.chunk_id,
        uid=uuid.UUID(str(row.uid)),
        device_id=row.device_id,
        first_observed_at=row.first_observed_at,
        bound=row.bound,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _shown(row: Row) -> Shown:
    values = {name: getattr(row, name) for name in Shown.__slots__}
    return Shown(
        **{
            **values,
            "primary_address": _text(row.primary_address),
            "mac": _text(row.mac),
            "port_numbers": tuple(row.port_numbers),
            "services": tuple(row.services),
            "first_ports": tuple(ShownPort(**port) for port in row.first_ports),
        }
    )


def _claims(items: Json) -> dict[str, Claim]:
    return {key: _claim(key, item) for key, item in items.items()}


def _claim(key: str, item: Json) -> Claim:
    source, _, address = key.partition("|")
    value = tuple(item["value"]) if isinstance(item["value"], list) else item["value"]
    at = datetime.fromisoformat(item["at"])
    return Claim(value, source, address, at, item["by"], item["confidence"])


def _claims_json(items: dict[str, Claim]) -> Json:
    return {
        key: {"value": c.value, "at": c.observed_at, "by": c.uid, "confidence": c.confidence}
        for key, c in items.items()
    }
