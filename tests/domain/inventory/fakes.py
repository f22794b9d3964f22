"""The device store in memory, and a transaction around it."""

import copy
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from backend.domain.inventory.observation import Observation
from backend.domain.inventory.state import AddressKey, DeviceState
from backend.domain.unit_of_work import UnitOfWork


class MemoryDevices:
    """Keeps copies, as a database does, and refuses what the database would refuse."""

    def __init__(self) -> None:
        self.devices: dict[int, DeviceState] = {}
        self.said: dict[UUID, Observation] = {}
        self.fixed: dict[int, dict[str, str]] = {}
        self._next = 1

    async def lock(self, site_id: int) -> None:
        """Nobody else is here."""

    async def having(
        self, site_id: int, addresses: Collection[AddressKey], keys: Collection[str]
    ) -> list[DeviceState]:
        wanted, names = set(addresses), set(keys)
        return [
            copy.deepcopy(d)
            for d in self.devices.values()
            if d.site_id == site_id and (wanted & d.addresses.keys() or names & d.keys)
        ]

    async def load(self, ids: Collection[int]) -> list[DeviceState]:
        return [copy.deepcopy(self.devices[i]) for i in sorted(set(ids)) if i in self.devices]

    async def ids_of_site(self, site_id: int) -> list[int]:
        return sorted(self.devices)

    async def pins(self, ids: Collection[int]) -> dict[int, dict[str, str]]:
        return {i: self.fixed[i] for i in ids if i in self.fixed}

    async def said_before(self, observations: Sequence[Observation]) -> list[Observation]:
        places = {(o.chunk_id, o.address) for o in observations if o.chunk_id}
        return [
            o
            for o in self.said.values()
            if o.uid in {i.uid for i in observations} or (o.chunk_id, o.address) in places
        ]

    async def observations_of(self, ids: Collection[int]) -> list[Observation]:
        return [o for o in self.said.values() if o.device_id in ids]

    async def save(self, devices: Sequence[DeviceState], replaced: Sequence[DeviceState] = ()) -> None:
        for device in replaced:
            self.devices.pop(device.id or 0, None)
        for device in devices:
            if device.id is None:
                device.id, self._next = self._next, self._next + 1
            self.devices[device.id] = copy.deepcopy(device)
        for device in replaced:
            # What is left of it is a bare row, until it is merged.
            self.devices.setdefault(device.id or 0, replace(device, addresses={}, ports={}, keys=set()))
        held = [k for d in self.devices.values() for k, a in d.addresses.items() if a.current and a.kind != "name"]
        assert len(held) == len(set(held)), "an address has two holders"

    async def keep(self, observations: Iterable[Observation]) -> None:
        self.said |= {o.uid: o for o in observations}

    async def merge(self, device_id: int, into: int | None) -> None:
        self.devices.pop(device_id)
        self.said = {
            u: replace(o, device_id=None) if o.device_id == device_id else o for u, o in self.said.items()
        }


class MemoryWork:
    """A transaction that is always kept."""

    def __init__(self, devices: MemoryDevices) -> None:
        self.devices = devices
        self.events: list[object] = []
        self.touched: list[tuple[int, UUID]] = []

    @property
    def changes(self) -> "MemoryWork":
        """Marks, remembered here."""
        return self

    async def touch(self, site_id: int, origin: int, devices: Collection[UUID]) -> None:
        """Remember who is to be looked at."""
        self.touched += [(origin, device) for device in devices]

    def collect(self, event: object) -> None:
        """Remember the event."""
        self.events.append(event)


def work_on(devices: MemoryDevices) -> Any:
    """A unit of work with the device store alone."""
    return cast("UnitOfWork", MemoryWork(devices))


class NoVendors:
    """Knows nobody."""

    def vendor_of(self, mac: str) -> str | None:
        """Nobody."""
        return None
