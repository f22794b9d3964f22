"""What speaks for and against a sighting being a device that is known, in points. Pure, and meant to be shown.

The points are chosen so that no single thing that machines can share decides alone:
- a MAC is the strongest, one interface has it; another MAC in the same network is the strongest No;
- host keys, self-signed certificates and SNMP engines travel with a disk, also into clones;
- names are given by people, so they help but never decide;
- an address only says where, which is enough as long as nothing speaks against it.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from backend.domain.inventory.addresses import AddressKind, MacWorth, mac_worth
from backend.domain.inventory.names import NAME_PREFIX
from backend.domain.inventory.sighting import Sighting
from backend.domain.inventory.state import AddressKey, DeviceState

ADDRESS = 40
SAME_MAC = 200
OTHER_MAC, OTHER_CARD, PRIVATE_CHANGED, NO_LONGER_PRIVATE = -150, -20, -20, -60
SAME_NAME, OTHER_NAME = 25, -25
PRIVATE_NEAR = 20
# kind: the same, another device's, a new one
KEYS = {"ssh": (45, -45, -30), "snmp": (50, -45, -30), "tls": (30, -20, -5)}
# What lies within so many leading bits is taken for one segment, as far as can be told from outside.
NEAR = {4: 24, 6: 64}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that speaks for (positive) or against (negative), as code with the value it rests on."""

    kind: str
    value: str
    weight: int


class KeyIndex(Protocol):
    """Who is known by a key, and who holds an address."""

    def with_keys(self, keys: Iterable[str]) -> list[DeviceState]:
        """Every device that has one of these."""
        ...

    def holder(self, key: AddressKey) -> DeviceState | None:
        """The device that holds an address at present."""
        ...


def weigh(known: KeyIndex, device: DeviceState, seen: Sighting) -> tuple[Evidence, ...]:
    """Everything that speaks for or against the sighting being this device."""
    held = holds(known, device, seen)
    found = [Evidence("address", seen.address[1], ADDRESS)] if held and seen.address else []
    found += _mac(device, seen, held=held)
    for kind in KEYS:
        found += _keys(known, device, seen, kind)
    found += _names(device, seen, held=held)
    if not held and any(e.weight > 0 for e in found) and _both_private_and_near(device, seen):
        found.append(Evidence("private_near", seen.address[1] if seen.address else "", PRIVATE_NEAR))
    return tuple(found)


def holds(known: KeyIndex, device: DeviceState, seen: Sighting) -> bool:
    """Whether the device holds one of the IP addresses of the sighting."""
    return any(known.holder(key) is device for key in seen.owned if key[0] != AddressKind.MAC)


def points(evidence: Iterable[Evidence]) -> int:
    """What the evidence comes to."""
    return sum(e.weight for e in evidence)


def kinds_for(evidence: Iterable[Evidence]) -> frozenset[str]:
    """The independent kinds of identity that agree; SSH and TLS keys lie on the same disk and count once."""
    same = {"ssh": "disk", "tls": "disk", "snmp": "engine", "name": "name", "mac": "mac"}
    return frozenset(same[e.kind] for e in evidence if e.weight > 0 and e.kind in same)


def comparable(key: str) -> str:
    """Two different keys contradict each other only if they are of the same make: `ssh:sha256`, `tls`, `name`."""
    return key.rpartition(":")[0] if key.count(":") > 1 else key.partition(":")[0]


def _mac(device: DeviceState, seen: Sighting, *, held: bool) -> list[Evidence]:
    macs = [a.value for a in device.current(AddressKind.MAC)]
    if seen.mac is None or not macs:
        return []
    if seen.mac in macs:
        return [Evidence("mac", seen.mac, SAME_MAC)]
    if any(mac_worth(mac) is MacWorth.STABLE for mac in macs):
        weight = OTHER_MAC if held or _is_near(device, seen) else OTHER_CARD
        return [Evidence("other_mac", seen.mac, weight)]
    if mac_worth(seen.mac) is MacWorth.STABLE:
        return [Evidence("other_mac", seen.mac, NO_LONGER_PRIVATE)]
    return [Evidence("private_mac_changed", seen.mac, PRIVATE_CHANGED)] if held else []


def _keys(known: KeyIndex, device: DeviceState, seen: Sighting, kind: str) -> list[Evidence]:
    theirs = {k for k in seen.keys if k.startswith(kind + ":")}
    if not theirs:
        return []
    same, others, new = KEYS[kind]
    if shared := theirs & device.keys:
        return [Evidence(kind, min(shared), same)]
    makes = {comparable(k) for k in device.keys}
    contrary = sorted(k for k in theirs if comparable(k) in makes)
    if not contrary:
        return []
    weight = others if any(d is not device for d in known.with_keys(contrary)) else new
    return [Evidence(f"other_{kind}", contrary[0], weight)]


def _names(device: DeviceState, seen: Sighting, *, held: bool) -> list[Evidence]:
    mine = {k for k in device.keys if k.startswith(NAME_PREFIX)}
    # What a name server says of an address says nothing new of who is there.
    telling = seen.own_names if held else seen.names
    if shared := telling & mine:
        return [Evidence("name", min(shared).removeprefix(NAME_PREFIX), SAME_NAME)]
    if held and mine and seen.names and not seen.names & mine:
        return [Evidence("other_name", min(seen.names).removeprefix(NAME_PREFIX), OTHER_NAME)]
    return []


def _both_private_and_near(device: DeviceState, seen: Sighting) -> bool:
    macs = [a.value for a in device.current(AddressKind.MAC)]
    private = seen.mac is not None and mac_worth(seen.mac) is MacWorth.RANDOM
    return private and bool(macs) and all(mac_worth(m) is MacWorth.RANDOM for m in macs) and _is_near(device, seen)


def _is_near(device: DeviceState, seen: Sighting) -> bool:
    """Whether the device has or had an address in the sighting's network, or has no address anywhere."""
    if seen.address is None:
        return True
    kind = seen.address[0]
    own = [a for a in device.addresses.values() if a.kind == kind]
    own = [a for a in own if a.current] or own
    network = _network(seen.address[1])
    return not own or any(_network(a.value) == network for a in own)


@lru_cache(maxsize=16_384)
def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    address = ipaddress.ip_address(text)
    return ipaddress.ip_network(f"{address}/{NEAR[address.version]}", strict=False)
