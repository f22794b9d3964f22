"""Takes one sighting after another into what is known: the projection, step by step and without a clock.

Folding the same observations in the same order always gives the same devices; `replay` puts them in the
order of their times first, so it does not matter in which order they came in.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from backend.domain.inventory.absorb import absorb
from backend.domain.inventory.addresses import AddressKind, canonical_name, kind_of, parse_ip
from backend.domain.inventory.coverage import covers
from backend.domain.inventory.identity import Decision, Known, Timeline, identify
from backend.domain.inventory.names import name_keys
from backend.domain.inventory.observation import Observation, PortFact, ScriptFact
from backend.domain.inventory.sighting import Sighting, owned_addresses, sightings
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
    """What one sighting came to: its device (None where it said nothing new of nobody), and who had a say."""

    sighting: Sighting
    device: DeviceState | None
    created: bool
    touched: tuple[DeviceState, ...]
    decision: Decision | None = None


Apart = Mapping[uuid.UUID, frozenset[uuid.UUID]]


def replay(
    observations: Iterable[Observation], apart: Apart | None = None
) -> tuple[list[DeviceState], list[Folded]]:
    """Every device that these observations come to, from nothing, in order of their times.

    A device takes the id to which the first of its observations was resolved before, unless another one
    took that already: so ids outlive a replay. `apart` is what people set apart, by the names of devices.
    """
    seen = sightings(observations)
    known, timeline = Known(), Timeline(seen)
    steps = [fold(known, item, timeline, apart=apart) for item in seen]
    steps = [replace(s, device=known.final(s.device)) if s.device else s for s in steps]
    taken: set[int] = set()
    for said, device in sorted(told_of(steps), key=lambda pair: pair[0].order):
        if device.id is None and said.device_id and said.device_id not in taken:
            device.id = said.device_id
            taken.add(said.device_id)
    return known.devices, steps


def fold(
    known: Known,
    seen: Sighting,
    timeline: Timeline,
    *,
    joins: DeviceState | None = None,
    apart: Apart | None = None,
) -> Folded:
    """Take one sighting into what is known; `joins` says whose it is where that is settled."""
    decision = None if joins else identify(known, seen, timeline)
    device = joins or (decision.device if decision else None)
    created = device is None
    if device is None:
        if not seen.up:
            return Folded(seen, None, False, (), decision)
        device = _new_device(known, seen, apart or {})
    if decision and decision.absorbs:
        absorb(known, decision.absorbs, device)
    touched = {d.uid: d for d in (device, *_asked(known, seen, decision))}
    if decision and decision.code == "moved":
        _leave_others(known, device, seen)
    for said in seen.said:
        if said.facts.state == "up":
            _was_seen(known, device, said)
        elif not seen.up:
            _fell_silent(known, device, said)
    for other in touched.values():
        other.folded = max(other.folded, seen.said[-1].order)
    return Folded(seen, device, created, tuple(touched.values()), decision)


def told_of(steps: Iterable[Folded]) -> list[tuple[Observation, DeviceState]]:
    """Every observation with the device that it came to."""
    return [(said, s.device) for s in steps if s.device for said in s.sighting.said]


def _asked(known: Known, seen: Sighting, decision: Decision | None) -> list[DeviceState]:
    holders = [d for key in seen.owned if (d := known.holder(key))]
    considered = [known.final(c.device) for c in decision.considered] if decision else []
    return [*holders, *considered]


def _new_device(known: Known, seen: Sighting, apart: Apart) -> DeviceState:
    said = seen.said[0]
    uid = seen.bound or uuid.uuid4()
    device = DeviceState(
        uid=uid,
        site_id=said.site_id,
        id=None,
        first_seen=said.first_at,
        last_seen=said.observed_at,
        folded=said.order,
        apart=apart.get(uid, frozenset()),
        bound=seen.bound is not None,
    )
    known.add(device)
    return device


def _fell_silent(known: Known, device: DeviceState, said: Observation) -> None:
    main = parse_ip(said.address)
    address = device.addresses.get((kind_of(main), str(main))) if main else None
    if main is None or address is None or not address.current:
        return
    others = [a for kind in (AddressKind.IPV4, AddressKind.IPV6) for a in device.current(kind) if a is not address]
    if not any(a.last_seen > said.observed_at - STILL_FRESH for a in others):
        device.status = "unknown"
    address.silent = True
    # Seen at another address since: it moved.
    if any(a.kind == address.kind and a.last_seen > address.last_seen and not a.silent for a in others):
        _leave(known, device, (kind_of(main), str(main)), said.observed_at)


def _leave_others(known: Known, device: DeviceState, seen: Sighting) -> None:
    """A device that moved is no longer at its other addresses of that family."""
    kind = seen.address[0] if seen.address else None
    for address in device.current(str(kind)):
        key = (address.kind, address.value)
        if key not in seen.owned:
            _leave(known, device, key, seen.at)


def _leave(known: Known, device: DeviceState, key: AddressKey, at: datetime) -> None:
    device.addresses[key].current = False
    known.let_go(key)
    _close_ports(device, key, at)


def _was_seen(known: Known, device: DeviceState, said: Observation) -> None:
    device.first_seen = min(device.first_seen, said.first_at)
    device.last_seen = max(device.last_seen, said.observed_at)
    device.sources.add(said.source)
    # What a person wrote down is not a sign of life.
    device.status = device.status if said.source == PERSON else "up"
    device.manual = device.manual or said.source == PERSON
    known.remember_keys(device, (*said.facts.keys, *name_keys(said)))
    _leave_silent(known, device, said)
    for key in owned_addresses(said):
        _take_address(known, device, key, said)
    for item in said.facts.hostnames:
        _note_address(device, (AddressKind.NAME, item.name), said)
    _note_claims(device, said)
    _note_ports(device, said)


def _take_address(known: Known, device: DeviceState, key: AddressKey, said: Observation) -> None:
    holder = known.holder(key)
    if holder is not None and holder is not device:
        if key[0] == AddressKind.MAC and holder.uid in device.apart:
            return
        _lose_address(holder, key, said)
    _note_address(device, key, said)
    known.hold(key, device)


def _lose_address(holder: DeviceState, key: AddressKey, said: Observation) -> None:
    holder.addresses[key].current = False
    if not holder.current(AddressKind.IPV4) and not holder.current(AddressKind.IPV6):
        holder.status = "unknown"
    _close_ports(holder, key, said.observed_at)


def _close_ports(device: DeviceState, key: AddressKey, at: datetime) -> None:
    for port in device.ports.values():
        if port.address == key[1] and port.closed_at is None:
            port.closed_at = at


def _leave_silent(known: Known, device: DeviceState, said: Observation) -> None:
    """Seen at one address, a device has left those of the same family at which it was asked in vain."""
    main = parse_ip(said.address)
    if main is None:
        return
    for address in device.current(kind_of(main)):
        if address.silent and address.value != said.address:
            _leave(known, device, (address.kind, address.value), said.observed_at)


def _note_address(device: DeviceState, key: AddressKey, said: Observation) -> None:
    known = device.addresses.get(key)
    if known is None:
        device.addresses[key] = AddressState(*key, said.source, said.first_at, said.observed_at)
        return
    known.first_seen = min(known.first_seen, said.first_at)
    known.last_seen = max(known.last_seen, said.observed_at)
    known.current = True
    known.silent = False


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
        device.ports[key] = _port_state(where, replace(fact, scripts=_scripts(old, fact, said)), said, first)
    else:
        old.state, old.last_seen = fact.state, max(old.last_seen, said.observed_at)
        old.scripts = fact.scripts or old.scripts


def _scripts(old: PortState | None, fact: PortFact, said: Observation) -> tuple[ScriptFact, ...]:
    """What scripts said last: a source that runs none takes nothing back, unless another program answers now."""
    if fact.scripts or old is None or old.closed_at is not None or old.source == said.source:
        return fact.scripts
    another = old.product and fact.product and old.product != fact.product
    return () if another else old.scripts


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
