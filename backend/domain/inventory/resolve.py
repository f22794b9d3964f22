"""From claims to facts: one value a field, by rank of source, then nearness, then recency; a person beats all.

A device's row is what this answers; nothing in it is decided anywhere else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from backend.domain.inventory.addresses import AddressKind, MacWorth, mac_worth, sort_key
from backend.domain.inventory.classify import Signs, classify
from backend.domain.inventory.ports import VendorTable
from backend.domain.inventory.state import AddressState, Claim, DeviceState, PortState, Shown, ShownPort

# A source that manages a thing knows it better than one that looks at it from outside.
SOURCE_RANK = {
    "person": 100,
    "proxmox": 80,
    "truenas": 80,
    "file": 75,
    "home_assistant": 70,
    "windows": 66,
    "snmp": 65,
    "mdns": 55,
    "dns": 52,
    "nmap": 50,
    "banner": 48,
    "netbios": 45,
    "ssdp": 42,
    "neighbours": 40,
    "oui": 30,
    "tls": 25,  # a certificate may carry any name, and sits on proxies too
    "rules": 20,
}
UNKNOWN_RANK = 10
# Addresses last seen within this of the newest one count as in use together.
IN_USE_WITHIN = timedelta(hours=24)
PORTS_SHOWN = 8


def resolve(device: DeviceState, pinned: Mapping[str, str], vendors: VendorTable) -> Shown:
    """The device's row. Writes the claims that follow from others (vendor by MAC, type by rule) into it."""
    primary, mac = primary_address(device), primary_mac(device)
    _derive_vendor(device, mac, vendors)
    _derive_type(device, pinned, primary)
    os_claim = best(device, "os", primary)
    hostname = pinned.get("hostname") or _text(best(device, "hostname", primary))
    name = pinned.get("name") or _text(best(device, "name", primary)) or hostname or primary or mac
    opened = device.open_ports()
    resolved = Shown(
        name=name or _former_address(device) or "device",
        hostname=hostname,
        type=pinned.get("type") or _text(best(device, "type", primary)) or "unknown",
        vendor=pinned.get("vendor") or _text(best(device, "vendor", primary)),
        os=pinned.get("os") or _text(os_claim),
        os_accuracy=os_claim.confidence if os_claim and "os" not in pinned else None,
        primary_address=primary,
        mac=mac,
        ports_open=len({(p.protocol, p.port) for p in opened}),
        status=device.status,
        port_numbers=tuple(sorted({p.port for p in opened})),
        services=tuple(sorted({p.service for p in opened if p.service})),
        first_ports=_first_ports(opened),
    )
    return _searchable(device, resolved)


def _first_ports(opened: Iterable[PortState]) -> tuple[ShownPort, ...]:
    """The lowest of the open ports; one that is open on several addresses counts once."""
    services: dict[tuple[int, str], list[str]] = {}
    for port in opened:
        services.setdefault((port.port, port.protocol), []).extend([] if port.service is None else [port.service])
    lowest = sorted(services)[:PORTS_SHOWN]
    return tuple(ShownPort(key[1], key[0], min(services[key], default=None)) for key in lowest)


def ranked(device: DeviceState, field: str, primary: str | None) -> list[Claim]:
    """Every claim on a field, the one that wins first."""
    claims = device.claims.get(field, {}).values()
    return sorted(claims, key=lambda c: _weight(c, primary), reverse=True)


def best(device: DeviceState, field: str, primary: str | None) -> Claim | None:
    """The claim that wins."""
    return next(iter(ranked(device, field, primary)), None)


def primary_address(device: DeviceState) -> str | None:
    """Where to reach it: of the addresses in use, IPv4 before IPv6, the lowest first, so that it stays put."""
    for kind in (AddressKind.IPV4, AddressKind.IPV6):
        in_use = _in_use(device.current(kind))
        if in_use:
            return min((a.value for a in in_use), key=sort_key)
    return None


def primary_mac(device: DeviceState) -> str | None:
    """The MAC to show: one for life before a private one, the lowest first."""
    in_use = _in_use(device.current(AddressKind.MAC))
    return min((a.value for a in in_use), key=lambda m: (mac_worth(m) is not MacWorth.STABLE, m), default=None)


def _former_address(device: DeviceState) -> str | None:
    """For a device that lost every address: the last one that it had."""
    had = [a for a in device.addresses.values() if a.kind != AddressKind.NAME]
    return max(had, key=lambda a: (a.last_seen, a.value)).value if had else None


def _in_use(addresses: list[AddressState]) -> list[AddressState]:
    newest = max((a.last_seen for a in addresses), default=None)
    return [a for a in addresses if newest and a.last_seen >= newest - IN_USE_WITHIN]


def _weight(claim: Claim, primary: str | None) -> tuple[object, ...]:
    near = claim.address in {"", primary}
    return (SOURCE_RANK.get(claim.source, UNKNOWN_RANK), near, claim.observed_at, claim.uid)


def _derive_vendor(device: DeviceState, mac: str | None, vendors: VendorTable) -> None:
    name = vendors.vendor_of(mac) if mac and mac_worth(mac) is MacWorth.STABLE else None
    _derive(device, "vendor", "oui", name, 90)


def _derive_type(device: DeviceState, pinned: Mapping[str, str], primary: str | None) -> None:
    kind, confidence = classify(_signs(device, pinned, primary))
    _derive(device, "type", "rules", kind if confidence else None, confidence)


def _derive(device: DeviceState, field: str, source: str, value: str | None, confidence: int) -> None:
    claims = device.claims.setdefault(field, {})
    claims.pop(f"{source}|", None)
    if value:
        claims[f"{source}|"] = Claim(value, source, "", device.last_seen, "", confidence)
    if not claims:
        del device.claims[field]


def _signs(device: DeviceState, pinned: Mapping[str, str], primary: str | None) -> Signs:
    opened = [p for p in device.open_ports() if p.state == "open"]
    hints = device.claims.get("hints", {}).values()
    return Signs(
        ports=frozenset(p.port for p in opened),
        services=_lower(p.service for p in opened),
        products=_lower(f"{p.product or ''} {p.extra or ''}".strip() for p in opened),
        vendor=(pinned.get("vendor") or _text(best(device, "vendor", primary)) or "").lower(),
        os=(pinned.get("os") or _text(best(device, "os", primary)) or "").lower(),
        name=(_text(best(device, "hostname", primary)) or _text(best(device, "name", primary)) or "").lower(),
        hints=_lower(word for claim in hints for word in claim.value),
    )


def _lower(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({text.lower() for text in texts if text}))


def _text(claim: Claim | None) -> str | None:
    return claim.value if claim and isinstance(claim.value, str) else None


def _searchable(device: DeviceState, resolved: Shown) -> Shown:
    values = [a.value for a in device.addresses.values() if a.current]
    bare_macs = [a.value.replace(":", "") for a in device.current(AddressKind.MAC)]
    shown = [resolved.name, resolved.hostname, resolved.vendor, resolved.os]
    parts = dict.fromkeys(text.lower() for text in (*shown, *sorted(values), *sorted(bare_macs)) if text)
    return replace(resolved, search_text="\n".join(parts))
