"""Which devices and observations have to do with each other: they share an address, a MAC, a key or a name."""

from collections.abc import Iterable

from backend.domain.inventory.names import name_keys
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.ports import DeviceStore
from backend.domain.inventory.sighting import owned_addresses
from backend.domain.inventory.state import AddressKey, DeviceState

Value = AddressKey | str


def values_of(said: Observation) -> set[Value]:
    """What an observation names: addresses, keys and host names."""
    return {*owned_addresses(said), *said.facts.keys, *name_keys(said)}


def device_values(device: DeviceState) -> set[Value]:
    """What a device has or once had."""
    return {*device.addresses, *device.keys}


def without_ghosts(said: list[Observation], devices: Iterable[DeviceState]) -> list[Observation]:
    """All but those that say of something that nobody has and nobody in this batch is seen with: it is down.

    A sweep says so of every silent address, tens of thousands of them; nothing follows from it.
    """
    known: set[Value] = {value for device in devices for value in device_values(device)}
    known |= {value for o in said if o.facts.state != "down" for value in values_of(o)}
    return [o for o in said if o.facts.state != "down" or any(v in known for v in values_of(o))]


async def find(store: DeviceStore, site_id: int, values: set[Value]) -> list[DeviceState]:
    """The devices of the site that have or once had one of these."""
    addresses = [v for v in values if isinstance(v, tuple)]
    keys = [v for v in values if isinstance(v, str)]
    return await store.having(site_id, addresses, keys) if values else []


async def closure(store: DeviceStore, site_id: int, devices: Iterable[DeviceState]) -> list[DeviceState]:
    """These devices, all that share something with them, all that share something with those, and so on."""
    found = {d.id: d for d in devices}
    while True:
        wider = await find(store, site_id, {v for d in found.values() for v in device_values(d)})
        if {d.id for d in wider} <= found.keys():
            return list(found.values())
        found = {d.id: d for d in wider} | found


async def draw_in(
    store: DeviceStore, site_id: int, slow: list[Observation], rest: list[Observation]
) -> tuple[list[Observation], list[Observation], list[DeviceState]]:
    """Widens what must be worked out anew until nothing else of the batch has to do with it.

    Answers the observations inside, those outside, and the devices inside.
    """
    devices: list[DeviceState] = []
    while slow:
        named = await find(store, site_id, {v for o in slow for v in values_of(o)})
        before = await store.load([o.device_id for o in slow if o.device_id])
        devices = await closure(store, site_id, [*named, *before])
        values = {v for o in slow for v in values_of(o)} | {v for d in devices for v in device_values(d)}
        drawn = {o.uid for o in rest if not values.isdisjoint(values_of(o))}
        if not drawn:
            break
        slow = slow + [o for o in rest if o.uid in drawn]
        rest = [o for o in rest if o.uid not in drawn]
    return slow, rest, devices
