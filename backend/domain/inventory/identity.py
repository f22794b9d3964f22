"""Which device a sighting is of. Pure: the answer depends on what is known and on what was said, never on a clock.

Every device that shares anything with the sighting is weighed (`evidence.py`). It is taken for
- the one that a person bound it to;
- the one that holds the address, while more speaks for it than against it;
- the one whose MAC it is;
- one that is known by a key, or by a private MAC's name and network, and was not seen at its own address since:
  it moved;
- one that is alive elsewhere, only if two independent kinds of evidence agree, such as host key and SNMP engine:
  clones share the one or the other.
Two that fit equally well are no answer: then it is a new device, and people are told of both.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from backend.domain.inventory.addresses import AddressKind
from backend.domain.inventory.evidence import Evidence, holds, kinds_for, points, weigh
from backend.domain.inventory.sighting import Sighting
from backend.domain.inventory.state import AddressKey, AddressState, DeviceState

# An address of which nobody heard for so long is no longer held against its device turning up elsewhere.
ADDRESS_FADES = timedelta(days=7)
# How long after a sighting another one still tells how things were then; within one scan, always.
SAME_TIME = timedelta(hours=1)
MOVED, TWO_KINDS = 45, 70
IP_KINDS = frozenset({AddressKind.IPV4, AddressKind.IPV6})
OWNED_KINDS = frozenset({AddressKind.IPV4, AddressKind.IPV6, AddressKind.MAC})


@dataclass(slots=True)
class Known:
    """The devices of a site that a sighting could be of, found by what they own."""

    devices: list[DeviceState] = field(default_factory=list)
    _holders: dict[AddressKey, DeviceState] = field(default_factory=dict)
    _former: dict[AddressKey, DeviceState] = field(default_factory=dict)
    _by_key: dict[str, list[DeviceState]] = field(default_factory=dict)
    _into: dict[uuid.UUID, DeviceState] = field(default_factory=dict)

    def add(self, device: DeviceState) -> None:
        """Know one more device."""
        self.devices.append(device)
        for key, address in device.addresses.items():
            if address.current and address.kind in OWNED_KINDS:
                self._holders[key] = device
            elif address.kind in OWNED_KINDS and is_later_at(device, self._former.get(key), key):
                self._former[key] = device
        for name in device.keys:
            self._by_key.setdefault(name, []).append(device)

    def hold(self, key: AddressKey, device: DeviceState) -> None:
        """From now on this device holds the address."""
        self._holders[key] = device

    def let_go(self, key: AddressKey) -> None:
        """From now on nobody holds the address."""
        if holder := self._holders.pop(key, None):
            self._former[key] = holder

    def remember_keys(self, device: DeviceState, keys: Iterable[str]) -> None:
        """From now on this device is known to have these keys and names."""
        for name in keys:
            if name not in device.keys:
                device.keys.add(name)
                self._by_key.setdefault(name, []).append(device)

    def absorb(self, gone: DeviceState, into: DeviceState) -> None:
        """From now on the one is the other; `final` answers the other for it."""
        self.devices.remove(gone)
        self._into[gone.uid] = into
        for name in gone.keys:
            self._by_key[name].remove(gone)
        for index in (self._holders, self._former):
            index.update({key: into for key, device in index.items() if device is gone})

    def final(self, device: DeviceState) -> DeviceState:
        """The device itself, or the one that it turned out to be."""
        while device.uid in self._into:
            device = self._into[device.uid]
        return device

    def holder(self, key: AddressKey) -> DeviceState | None:
        """The device that holds an address at present."""
        return self._holders.get(key)

    def last_holder(self, key: AddressKey) -> DeviceState | None:
        """The device that holds an address, or was the last to do so."""
        return self._holders.get(key) or self._former.get(key)

    def with_keys(self, keys: Iterable[str]) -> list[DeviceState]:
        """Every device that has one of these keys or names."""
        found = {device.uid: device for name in keys for device in self._by_key.get(name, ())}
        return list(found.values())

    def bound(self, uid: uuid.UUID) -> DeviceState | None:
        """The device of this name."""
        return next((d for d in self.devices if d.uid == uid), None)


def is_later_at(device: DeviceState, other: DeviceState | None, key: AddressKey) -> bool:
    """Whether the one was at an address after the other."""
    return other is None or device.addresses[key].last_seen > other.addresses[key].last_seen


def has_faded(device: DeviceState, before: datetime) -> bool:
    """Whether the device holds an IP address at which it was not seen for too long."""
    return any(a.current and a.last_seen < before for a in device.addresses.values() if a.kind in IP_KINDS)


class Timeline:
    """Everything that was seen at each address, to look at what came right after."""

    def __init__(self, seen: Iterable[Sighting]) -> None:
        self._seen: dict[AddressKey, list[Sighting]] = {}
        for item in seen:
            if item.address:
                self._seen.setdefault(item.address, []).append(item)

    def since(self, key: AddressKey, after: datetime, seen: Sighting) -> list[Sighting]:
        """Sightings at an address after a moment, until as long as they tell of the time of `seen`."""
        items = self._seen.get(key, [])
        return [s for s in items if s.at > after and s is not seen and _tells_of_then(s, seen)]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device that was considered; `code` says how it would fit, None that it does not."""

    device: DeviceState
    code: str | None
    evidence: tuple[Evidence, ...]

    @property
    def total(self) -> int:
        """What speaks for it less what speaks against it."""
        return points(self.evidence)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whose sighting it is (None: nobody's that is known), why, and who else was considered.

    `absorbs` is a device that was known by the address alone and is now seen to be this one.
    """

    device: DeviceState | None
    code: str
    evidence: tuple[Evidence, ...] = ()
    considered: tuple[Candidate, ...] = ()
    absorbs: DeviceState | None = None

    @property
    def confidence(self) -> int:
        """How sure this is, 0..100."""
        if self.code in {"bound", "new"}:
            return 100
        return max(5, min(99, 30 + points(self.evidence) // 2))


def identify(known: Known, seen: Sighting, timeline: Timeline) -> Decision:
    """Whose sighting this is."""
    holder = known.holder(seen.address) if seen.address else None
    if seen.bound:
        return Decision(known.bound(seen.bound), "bound")
    if not seen.up:
        return Decision(known.last_holder(seen.address) if seen.address else None, "silent")
    candidates = [_candidate(known, d, seen, timeline) for d in _named(known, seen)]
    candidates = _without_set_apart(candidates, holder)
    fitting = sorted((c for c in candidates if c.code), key=lambda c: -c.total)
    if not fitting:
        return Decision(None, "new", considered=tuple(candidates))
    if holder and _is_bare(holder, seen) and any(c.device is holder and c.total > 0 for c in candidates):
        wider = [c for c in fitting if _is_wider(known, c, holder, seen, timeline)]
        if len(wider) == 1:
            return _chosen(wider[0], candidates, absorbs=holder)
    best = fitting[0]
    tied = [c for c in fitting[1:] if c.total == best.total]
    if tied and best.code not in {"address", "mac"}:
        return Decision(None, "ambiguous", considered=tuple(candidates))
    return _chosen(best, candidates)


def _chosen(best: Candidate, candidates: list[Candidate], absorbs: DeviceState | None = None) -> Decision:
    return Decision(best.device, best.code or "", best.evidence, tuple(candidates), absorbs)


def _named(known: Known, seen: Sighting) -> list[DeviceState]:
    """Every device that the sighting shares something with, those that hold its addresses first."""
    holders = [d for key in seen.owned if (d := known.holder(key))]
    keyed = known.with_keys(sorted(seen.keys | seen.names))
    return list({d.uid: d for d in (*holders, *keyed)}.values())


def _candidate(known: Known, device: DeviceState, seen: Sighting, timeline: Timeline) -> Candidate:
    evidence = weigh(known, device, seen)
    return Candidate(device, _fits(known, device, seen, timeline, evidence), evidence)


def _fits(
    known: Known, device: DeviceState, seen: Sighting, timeline: Timeline, evidence: tuple[Evidence, ...]
) -> str | None:
    total, kinds = points(evidence), kinds_for(evidence)
    if total <= 0:
        return None
    if "mac" in kinds:
        return "mac"
    if seen.address is None or holds(known, device, seen):
        return "address"
    free = total >= MOVED and is_free(known, device, seen, timeline)
    several = total >= TWO_KINDS and len(kinds) > 1
    return "moved" if free else "several_addresses" if several else None


def is_free(known: Known, device: DeviceState, seen: Sighting, timeline: Timeline) -> bool:
    """Whether nobody heard of the device at another address of this family around the time of the sighting."""
    kind = seen.address[0] if seen.address else AddressKind.IPV4
    return not any(
        _is_alive_at(known, device, a, seen, timeline)
        for a in device.current(kind)
        if (a.kind, a.value) not in seen.owned
    )


def _is_alive_at(
    known: Known, device: DeviceState, address: AddressState, seen: Sighting, timeline: Timeline
) -> bool:
    later = timeline.since((address.kind, address.value), address.last_seen, seen)
    heard = [weigh(known, device, s) for s in later if s.up]
    # The first that shows more than the address tells; who came there afterwards does not.
    telling = next((e for e in heard if any(item.kind != "address" for item in e)), None)
    if heard:
        return telling is None or points(telling) > 0
    return not later and not address.silent and address.last_seen > seen.at - ADDRESS_FADES


def _without_set_apart(candidates: list[Candidate], holder: DeviceState | None) -> list[Candidate]:
    """Who a person set apart from the holder of the address is out, whatever the two share."""
    if holder is None or not holder.apart:
        return candidates
    return [c for c in candidates if c.device.uid not in holder.apart]


def _is_bare(holder: DeviceState, seen: Sighting) -> bool:
    """Whether nothing is known of the device but what the sighting shows: it may turn out to be another one."""
    owned = {key for key, a in holder.addresses.items() if a.kind in OWNED_KINDS}
    unsaid = not holder.manual and not holder.bound
    return unsaid and holder.keys <= seen.keys | seen.names and owned <= set(seen.owned)


def _is_wider(known: Known, c: Candidate, holder: DeviceState, seen: Sighting, timeline: Timeline) -> bool:
    """Whether a device that is alive elsewhere shows itself at the holder's address too."""
    if c.device is holder or c.code not in {"mac", "several_addresses"}:
        return False
    return c.code == "several_addresses" or not is_free(known, c.device, seen, timeline)


def _tells_of_then(other: Sighting, seen: Sighting) -> bool:
    scan = seen.said[0].scan_id
    return other.at <= seen.at + SAME_TIME or (scan is not None and other.said[0].scan_id == scan)
