"""Which sightings of a batch are settled at a glance, so that they need no replay of what was said before.

A sighting is settled when the whole history could come to no other answer: nobody shares anything with it, or
it is at its device's own address, shows nothing that the device did not show before (or had nothing of), and
fits nobody else as well. All others are worked out anew with everything that they touch (`writer.py`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from backend.domain.inventory.addresses import AddressKind
from backend.domain.inventory.evidence import comparable
from backend.domain.inventory.identity import ADDRESS_FADES, is_later_at
from backend.domain.inventory.neighbourhood import Value, device_values
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.sighting import Place, Sighting, place_of, sightings
from backend.domain.inventory.state import AddressKey, DeviceState


@dataclass(slots=True)
class Batch:
    """What a batch brought, divided: each settled sighting with its device, where that is known."""

    settled: list[tuple[Sighting, DeviceState | None]] = field(default_factory=list)
    unsettled: list[Observation] = field(default_factory=list)


class Surroundings:
    """The stored devices that a batch names, by each thing that they have or had."""

    def __init__(self, devices: Iterable[DeviceState]) -> None:
        self._by_value: dict[Value, list[DeviceState]] = {}
        self._by_id: dict[int | None, DeviceState] = {}
        self._holders: dict[AddressKey, DeviceState] = {}
        self._former: dict[AddressKey, DeviceState] = {}
        for device in devices:
            self._by_id[device.id] = device
            for value in device_values(device):
                self._by_value.setdefault(value, []).append(device)
            for key, address in device.addresses.items():
                if address.current:
                    self._holders[key] = device
                elif is_later_at(device, self._former.get(key), key):
                    self._former[key] = device

    def having(self, values: Iterable[Value]) -> dict[int | None, DeviceState]:
        """Those that have or had one of these."""
        return {d.id: d for value in values for d in self._by_value.get(value, ())}

    def others_have(self, value: Value, device: DeviceState) -> bool:
        """Whether somebody else has or had this."""
        return any(d is not device for d in self._by_value.get(value, ()))

    def holder(self, seen: Sighting) -> DeviceState | None:
        """The device that is at the sighting's address."""
        return self._holders.get(seen.address) if seen.address else None

    def last_holder(self, seen: Sighting) -> DeviceState | None:
        """The device that is at the sighting's address, or was the last to be."""
        return self.holder(seen) or (self._former.get(seen.address) if seen.address else None)

    def device(self, device_id: int | None) -> DeviceState | None:
        """The device of this id, if the batch names it."""
        return self._by_id.get(device_id) if device_id else None


def divide(
    said: Iterable[Observation],
    before: Mapping[Place, Sequence[Observation]],
    devices: Iterable[DeviceState],
    disputed: frozenset[int | None],
) -> Batch:
    """Sort a batch; `before` is what was stored of the same sightings, `disputed` whose keys others have too."""
    around, seen = Surroundings(devices), sightings(said)
    named = Counter(value for item in seen for value in item.values)
    repeated = frozenset(value for value, count in named.items() if count > 1)
    batch = Batch()
    brought: dict[int | None, set[Value]] = {}
    for item in seen:
        settled, device = _settled(item, before.get(place_of(item.said[0]), ()), around, repeated, disputed)
        if settled and not (device and _differs_from(item, device, brought.setdefault(device.id, set()))):
            batch.settled.append((item, device))
        else:
            batch.unsettled.extend(item.said)
    return batch


def _settled(
    seen: Sighting,
    before: Sequence[Observation],
    around: Surroundings,
    repeated: frozenset[Value],
    disputed: frozenset[int | None],
) -> tuple[bool, DeviceState | None]:
    near = around.having(seen.values)
    if before:
        device = _joined(seen, before, around)
        # What is said later moves the sighting behind whatever a former neighbour did in between.
        last = max(o.order for o in before)
        overtaken = any(d is not device and d.folded > last for d in near.values())
        return device is not None and not overtaken and _is_plain(seen, device, around, repeated), device
    if any(seen.said[0].order <= d.folded for d in near.values()) or seen.bound:
        return False, None
    if not near:
        return not seen.up or repeated.isdisjoint(seen.values), None
    if not seen.up:
        device = around.last_holder(seen)
        several = device is not None and seen.address is not None and len(device.current(seen.address[0])) > 1
        return device is None or not (several or device.id in disputed), device
    device = around.holder(seen)
    settled = device is not None and device.id not in disputed and _is_plain(seen, device, around, repeated)
    return settled, device


def _joined(seen: Sighting, before: Sequence[Observation], around: Surroundings) -> DeviceState | None:
    """The device of a sighting that goes on, if that was the last that it took part in."""
    device = around.device(before[0].device_id)
    heard = seen.up and all(o.facts.state == "up" and not o.bound for o in before)
    last = max(o.order for o in before)
    if device is None or not heard or any(o.device_id != device.id for o in before):
        return None
    if seen.mac and not _is_own((AddressKind.MAC, seen.mac), device):
        return None
    return device if device.folded == last < seen.said[0].order and around.holder(seen) is device else None


def _is_plain(seen: Sighting, device: DeviceState, around: Surroundings, repeated: frozenset[Value]) -> bool:
    """Whether the sighting shows nothing new that could be another's, and fits nobody else in two ways."""
    if _comes_back(seen, device):
        return False
    new = [v for v in seen.values if not _is_own(v, device)]
    if any(v in repeated or around.others_have(v, device) or _contradicts(v, device) for v in new):
        return False
    rivals = around.having((*seen.keys, *seen.names))
    return not any(d is not device and _share_two_kinds(seen, d) for d in rivals.values())


def _comes_back(seen: Sighting, device: DeviceState) -> bool:
    """Whether the device was believed to have left this address for another: that it is here may change more."""
    here = device.addresses.get(seen.address) if seen.address else None
    return here is not None and any(
        a.last_seen - here.last_seen > ADDRESS_FADES for a in device.current(here.kind)
    )


def _differs_from(seen: Sighting, device: DeviceState, brought: set[Value]) -> bool:
    """Whether the sighting brings the device something new of which the batch brought it another: two are here."""
    new = {value for value in seen.values if not _is_own(value, device)}
    clash = any(value != other and _is_alike(value, other) for value in new for other in brought)
    brought |= new
    return clash


def _is_alike(value: Value, other: Value) -> bool:
    """Whether a thing has only one of both."""
    if isinstance(value, str) or isinstance(other, str):
        return isinstance(value, str) and isinstance(other, str) and comparable(value) == comparable(other)
    return value[0] == other[0] == AddressKind.MAC


def _is_own(value: Value, device: DeviceState) -> bool:
    if isinstance(value, str):
        return value in device.keys
    address = device.addresses.get(value)
    return address is not None and address.current


def _contradicts(value: Value, device: DeviceState) -> bool:
    if isinstance(value, str):
        make = comparable(value)
        return any(comparable(key) == make for key in device.keys)
    return value in device.addresses or (value[0] == AddressKind.MAC and bool(device.current(AddressKind.MAC)))


def _share_two_kinds(seen: Sighting, device: DeviceState) -> bool:
    shared = {key.partition(":")[0] for key in (seen.keys | seen.names) & device.keys}
    return len(shared - {"tls"}) + ("tls" in shared and "ssh" not in shared) > 1
