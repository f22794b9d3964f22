"""What the inventory needs from outside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from backend.domain.inventory.observation import Observation
from backend.domain.inventory.state import AddressKey, DeviceState

Pins = Mapping[str, str]


class VendorTable(Protocol):
    """Who was given which block of MAC addresses."""

    def vendor_of(self, mac: str) -> str | None:
        """The maker behind a canonical MAC, if the block is registered to somebody."""
        ...


class DeviceStore(Protocol):
    """Devices, what was said of them, and what people fixed, within one transaction."""

    async def lock(self, site_id: int) -> None:
        """Be the only writer of this site's devices until the transaction ends."""
        ...

    async def having(
        self, site_id: int, addresses: Collection[AddressKey], keys: Collection[str]
    ) -> list[DeviceState]:
        """Every device of the site that has, or once had, one of these addresses or host keys."""
        ...

    async def load(self, ids: Collection[int]) -> list[DeviceState]:
        """These devices, whole; those that do not exist are left out."""
        ...

    async def ids_of_site(self, site_id: int) -> list[int]:
        """Every device of a site."""
        ...

    async def pins(self, ids: Collection[int]) -> dict[int, dict[str, str]]:
        """What people fixed, by device and field."""
        ...

    async def said_before(self, observations: Sequence[Observation]) -> list[Observation]:
        """Those stored that have the same uid, or the same chunk and address, whatever their source."""
        ...

    async def observations_of(self, ids: Collection[int]) -> list[Observation]:
        """Everything that was ever said of these devices."""
        ...

    async def save(self, devices: Sequence[DeviceState], replaced: Sequence[DeviceState] = ()) -> None:
        """Write devices as they are `shown`, with addresses, ports and claims; new ones get their id.

        What the `replaced` ones had, and these have not, goes.
        """
        ...

    async def keep(self, observations: Iterable[Observation]) -> None:
        """Store observations, or what is new in those that are stored already."""
        ...

    async def merge(self, device_id: int, into: int | None) -> None:
        """Remove a device that is none any more; what people hung on it goes to the other one."""
        ...


class DeviceEdits(Protocol):
    """What people do to devices, within one transaction."""

    async def pin(self, device_id: int, values: Mapping[str, str | None], set_by: int | None) -> None:
        """Fix fields; None lets a field go again."""
        ...

    async def describe(
        self, device_id: int, *, notes: str | None = None, tags: Collection[str] | None = None
    ) -> None:
        """Write what only people write; None leaves it as it is."""
        ...

    async def touch_version(self, device_id: int) -> int:
        """Count a change by a person; answers the new version."""
        ...

    async def site_and_version(self, device_id: int) -> tuple[int, int] | None:
        """The site of a device and its version; None for one that does not exist."""
        ...

    async def blockers(self, device_id: int) -> dict[str, int]:
        """Who refers to the device and would keep it from being deleted, with counts."""
        ...

    async def remove(self, device_id: int) -> None:
        """Delete a device; what was said of it stays as history without a device."""
        ...
