"""One device turns out to be another: what was known of the one is added to the other, nothing is lost."""

from backend.domain.inventory.identity import Known
from backend.domain.inventory.state import AddressState, Claim, DeviceState, PortState


def absorb(known: Known, gone: DeviceState, into: DeviceState) -> None:
    """Add everything of the one device to the other; where both know of a thing, the newer is kept."""
    into.first_seen = min(into.first_seen, gone.first_seen)
    into.last_seen = max(into.last_seen, gone.last_seen)
    into.folded = max(into.folded, gone.folded)
    into.status = "up" if "up" in {into.status, gone.status} else into.status
    into.sources |= gone.sources
    for key, address in gone.addresses.items():
        into.addresses[key] = _address(into.addresses.get(key), address)
    for place, port in gone.ports.items():
        into.ports[place] = _port(into.ports.get(place), port)
    for field, claims in gone.claims.items():
        mine = into.claims.setdefault(field, {})
        for name, claim in claims.items():
            mine[name] = _claim(mine.get(name), claim)
    known.absorb(gone, into)
    known.remember_keys(into, sorted(gone.keys))


def _address(mine: AddressState | None, other: AddressState) -> AddressState:
    if mine is None:
        return other
    newer = max(mine, other, key=lambda a: a.last_seen)
    newer.first_seen = min(mine.first_seen, other.first_seen)
    newer.current = mine.current or other.current
    return newer


def _port(mine: PortState | None, other: PortState) -> PortState:
    if mine is None:
        return other
    newer = max(mine, other, key=lambda p: p.last_seen)
    newer.first_seen = min(mine.first_seen, other.first_seen)
    return newer


def _claim(mine: Claim | None, other: Claim) -> Claim:
    return max(mine, other, key=lambda c: (c.observed_at, c.uid)) if mine else other
