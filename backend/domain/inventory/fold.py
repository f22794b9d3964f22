"""Takes one observation after another into what is known: the projection, step by step and without a clock.

Folding the same observations in the same order always gives the same devices; `replay` puts them in the
order of their times first, so it does not matter in which order they came in.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.domain.inventory.addresses import AddressKind, canonical_name
from backend.domain.inventory.coverage import covers
from backend.domain.inventory.identity import Known, identify, owned_addresses
from backend.domain.inventory.observation import Observation, PortFact
from backend.domain.inventory.state import (
    AddressKey,
    AddressState,
    Claim,
    ClaimValue,
    DeviceState,
    PortState,
)

PERSON = "person"
# One address that falls silent says nothing of a device that was seen at another one so recently.
STILL_FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Folded:
    """What one observation came to: its device (None where it said nothing new of nobody), and who was asked."""

    observation: Observation
    device: DeviceState | None
    created: bool
    touched: tuple[DeviceState, ...]


def replay(observations: Iterable[Observation]) -> tuple[list[DeviceState], list[Folded]]:
    """Every device that these observations come to, from nothing, in order of their times.

    A device takes the id to which the first of its observations was resolved before, unless another one
    took that already: so ids outlive a replay.
    """
    known = Known()
    taken: set[int] = set()
    folded = []
    for said in sorted(observations, key=lambda o: o.order):
        step = fold(known, said)
        device = step.device
        if device and device.id is None and said.device_id and said.device_id not in taken:
            device.id = said.device_id
            taken.add(said.device_id)
        folded.append(step)
    return known.devices, folded


def fold(known: Known, said: Observation) -> Folded:
    """Take one (normalised) observation into what is known."""
    device, asked = identify(known, said)
    created = device is None
    if device is None:
        if said.facts.state == "down":
            return Folded(said, None, False, ())
        device = _new_device(known, said)
    touched = {d.uid: d for d in (device, *asked)}
    if said.facts.state == "down":
        _fell_silent(device, said)
    else:
        _was_seen(known, device, said)
    for other in touched.values():
        other.folded = max(other.folded, said.order)
    return Folded(said, device, created, tuple(touched.values()))


def _new_device(known: Known, said: Observation) -> DeviceState:
    device = DeviceState(
        uid=uuid.uuid4(),
        site_id=said.site_id,
        id=None,
        first_seen=said.first_at,
        last_seen=said.observed_at,
        folded=said.order,
    )
    known.add(device)
    return device


def _fell_silent(device: DeviceState, said: Observation) -> None:
    others = (a for kind in (AddressKind.IPV4, AddressKind.IPV6) for a in device.current(kind))
    fresh = any(a.value != said.address and a.last_seen > said.observed_at - STILL_FRESH for a in others)
    if not fresh:
        device.status = "unknown"


def _was_seen(known: Known, device: DeviceState, said: Observation) -> None:
    device.first_seen = min(device.first_seen, said.first_at)
    device.last_seen = max(device.last_seen, said.observed_at)
    device.sources.add(said.source)
    # What a person wrote down is not a sign of life.
    device.status = device.status if said.source == PERSON else "up"
    device.manual = device.manual or said.source == PERSON
    known.remember_keys(device, said.facts.keys)
    for key in owned_addresses(said):
        _take_address(known, device, key, said)
    for item in said.facts.hostnames:
        _note_address(device, (AddressKind.NAME, item.name), said)
    _note_claims(device, said)
    _note_ports(device, said)


def _take_address(known: Known, device: DeviceState, key: AddressKey, said: Observation) -> None:
    holder = known.holder(key)
    if holder is not None and holder is not device:
        _lose_address(holder, key, said)
    _note_address(device, key, said)
    known.hold(key, device)


def _lose_address(holder: DeviceState, key: AddressKey, said: Observation) -> None:
    holder.addresses[key].current = False
    if not holder.current(AddressKind.IPV4) and not holder.current(AddressKind.IPV6):
        holder.status = "unknown"
    for port in holder.ports.values():
        if port.address == key[1] and port.closed_at is None:
            port.closed_at = said.observed_at


def _note_address(device: DeviceState, key: AddressKey, said: Observation) -> None:
    known = device.addresses.get(key)
    if known is None:
        device.addresses[key] = AddressState(*key, said.source, said.first_at, said.observed_at)
        return
    known.first_seen = min(known.first_seen, said.first_at)
    known.last_seen = max(known.last_seen, said.observed_at)
    known.current = True


def _note_claims(device: DeviceState, said: Observation) -> None:
    facts = said.facts
    said_names = [canonical_name(n.name) for n in sorted(facts.hostnames, key=lambda n: n.source == "user")]
    values: dict[str, tuple[ClaimValue | None, int]] = {
        "name": (facts.name, 100),
        "hostname": (next(iter(said_names), None), 100),
        "vendor": (facts.vendor, 100),
        "os": (facts.os.name if facts.os else None, facts.os.accuracy if facts.os else 0),
        "os_family": (facts.os.family if facts.os else None, facts.os.accuracy if facts.os else 0),
        "type": (facts.type, 100),
        "hints": (facts.hints or None, 100),
    }
    where = said.address or ""
    for name, (value, confidence) in values.items():
        if value is not None:
            claim = Claim(value, said.source, where, said.observed_at, str(said.uid), confidence)
            device.claims.setdefault(name, {})[f"{said.source}|{where}"] = claim


def _note_ports(device: DeviceState, said: Observation) -> None:
    where = said.address
    if where is None:
        return
    opened = {(where, port.protocol, port.port) for port in said.facts.ports}
    for fact in said.facts.ports:
        _note_port(device, where, fact, said)
    asked = {c.protocol: c.ports for c in said.facts.covered}
    for key, port in device.ports.items():
        was_asked = key[0] == where and covers(asked.get(port.protocol, ""), port.port)
        if was_asked and key not in opened and port.closed_at is None:
            port.closed_at = said.observed_at


def _note_port(device: DeviceState, where: str, fact: PortFact, said: Observation) -> None:
    key = (where, fact.protocol, fact.port)
    old = device.ports.get(key)
    # A quick scan that guesses by number does not wipe out what a thorough one found.
    if old is None or old.closed_at is not None or fact.confidence >= old.confidence:
        first = min(old.first_seen, said.first_at) if old else said.first_at
        device.ports[key] = _port_state(where, fact, said, first)
    else:
        old.state, old.last_seen = fact.state, max(old.last_seen, said.observed_at)


def _port_state(where: str, fact: PortFact, said: Observation, first: datetime) -> PortState:
    return PortState(
        address=where,
        protocol=fact.protocol,
        port=fact.port,
        state=fact.state,
        service=fact.service,
        product=fact.product,
        version=fact.version,
        extra=fact.extra,
        tunnel=fact.tunnel,
        confidence=fact.confidence,
        scripts=fact.scripts,
        source=said.source,
        first_seen=first,
        last_seen=said.observed_at,
    )
