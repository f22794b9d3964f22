"""A device as history keeps it: flat texts by key, so that two of them can be compared and read.

Keys: `name hostname type vendor os status`, `address:ipv4:10.0.0.1`, `port:tcp:22` (the service), `version:tcp:22`
(product and version). What flickers is not in it: accuracies, times, ports that are only perhaps open.
"""

from collections.abc import Mapping

from backend.domain.inventory.resolve import best, primary_address
from backend.domain.inventory.state import DeviceState, PortState

Portrait = Mapping[str, str]
FIELDS = ("name", "hostname", "type", "vendor", "os", "status")
# As nmap has it: up to this a service is only what usually has that number.
GUESS = 3
LONGEST = 500


def portrait(device: DeviceState) -> Portrait:
    """The portrait of a device that was shown."""
    shown = device.shown
    found = {name: str(getattr(shown, name)) for name in FIELDS if getattr(shown, name, None)}
    for (kind, value), address in device.addresses.items():
        if address.current and kind != "name":
            found[f"address:{kind}:{value}"] = ""
    for port in _told_ports(device):
        found[f"port:{port.protocol}:{port.port}"] = (port.service or "") if port.confidence > GUESS else ""
        if version := _version(port):
            found[f"version:{port.protocol}:{port.port}"] = version
    return {key: value[:LONGEST] for key, value in sorted(found.items())}


def source_of(device: DeviceState, key: str) -> str | None:
    """Who says what a key holds; None where nobody does any more."""
    kind, _, rest = key.partition(":")
    if kind == "address":
        address = device.addresses.get((rest.split(":", 1)[0], rest.split(":", 1)[1]))
        return address.source if address else None
    if kind in {"port", "version"}:
        protocol, _, number = rest.partition(":")
        same = (p for p in device.ports.values() if (p.protocol, str(p.port)) == (protocol, number))
        newest = max(same, key=lambda p: p.last_seen, default=None)
        return newest.source if newest else None
    claim = best(device, kind, primary_address(device))
    return claim.source if claim else None


def _told_ports(device: DeviceState) -> list[PortState]:
    """Of a port that is open on several addresses the one of which most is known."""
    best_of: dict[tuple[str, int], PortState] = {}
    for port in device.open_ports():
        if port.state != "open":
            continue
        known = best_of.get((port.protocol, port.port))
        if known is None or (port.confidence, port.last_seen) > (known.confidence, known.last_seen):
            best_of[port.protocol, port.port] = port
    return list(best_of.values())


def _version(port: PortState) -> str:
    return " ".join(part for part in (port.product, port.version) if part)
