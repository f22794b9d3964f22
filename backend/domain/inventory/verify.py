"""Proves that the devices of a site are what was said of them: everything is replayed, and compared.

What it finds is a fault of ours, or of a hand that wrote into the database; `InventoryWriter.rebuild` mends it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backend.domain.inventory.fold import replay
from backend.domain.inventory.identity import OWNED_KINDS
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.ports import DeviceStore, Pins, VendorTable
from backend.domain.inventory.resolve import resolve
from backend.domain.inventory.state import AddressKey, DeviceState


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it must be."""

    code: str
    site_id: int
    device_id: int | None
    detail: str


async def verify_site(store: DeviceStore, site_id: int, vendors: VendorTable) -> list[Finding]:
    """Every finding of one site; nothing is written."""
    ids = await store.ids_of_site(site_id)
    stored = await store.load(ids)
    said = await store.observations_of(ids)
    pins = await store.pins(ids)
    return [*shared_addresses(stored), *differences(stored, said, pins, vendors)]


def shared_addresses(devices: Iterable[DeviceState]) -> list[Finding]:
    """Addresses that two devices of a site hold at once."""
    holders: dict[tuple[int, AddressKey], DeviceState] = {}
    found = []
    for device in devices:
        for key, address in device.addresses.items():
            if not address.current or address.kind not in OWNED_KINDS:
                continue
            other = holders.setdefault((device.site_id, key), device)
            if other is not device:
                detail = f"{address.value} is held by the devices {other.id} and {device.id}"
                found.append(Finding("address_shared", device.site_id, device.id, detail))
    return found


def differences(
    stored: Iterable[DeviceState], said: Iterable[Observation], pins: Mapping[int, Pins], vendors: VendorTable
) -> list[Finding]:
    """Devices that a replay does not come to, or comes to differently."""
    known = {d.id: d for d in stored}
    anew, _ = replay(said, {d.uid: d.apart for d in known.values()})
    found = []
    for device in anew:
        device.shown = resolve(device, pins.get(device.id or 0, {}), vendors)
        old = known.pop(device.id, None)
        if old is None:
            found.append(Finding("device_missing", device.site_id, None, f"{device.shown.name} is missing"))
            continue
        parts = [name for name in _PARTS if _part(old, name) != _part(device, name)]
        found += [Finding("device_differs", old.site_id, old.id, f"{name} of device {old.id}") for name in parts]
    for old in known.values():
        found.append(Finding("device_unfounded", old.site_id, old.id, f"nothing was said of device {old.id}"))
    return found


_PARTS = (
    "shown",
    "addresses",
    "ports",
    "claims",
    "keys",
    "sources",
    "first_seen",
    "last_seen",
    "status",
    "manual",
)


def _part(device: DeviceState, name: str) -> object:
    if name != "claims":
        return getattr(device, name)
    # Claims that follow from others bear the time at which they were worked out, and nobody's uid.
    return {
        (field, key): (claim.value, claim.confidence, claim.uid and claim.observed_at)
        for field, claims in device.claims.items()
        for key, claim in claims.items()
    }
