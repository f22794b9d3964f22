"""What the API reads of the inventory: read models that the database builds as JSON text."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from backend.domain.inventory.filters import DeviceFilter
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.page import PageRequest

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class JsonPage:
    """One page of a list whose items are one JSON array already."""

    items: str
    total: int
    count: int


@dataclass(frozen=True, slots=True)
class Pin:
    """A value that a person fixed."""

    value: str
    by: str | None
    at: datetime


class DeviceLists(Protocol):
    """The list of devices and its facets, each read as it is at the moment, in no transaction."""

    async def devices(self, scope: SiteScope, wanted: DeviceFilter, request: PageRequest) -> JsonPage:
        """Devices that fit."""
        ...

    async def facets(self, scope: SiteScope, wanted: DeviceFilter) -> str:
        """How many of the devices that fit have which value."""
        ...


class InventoryReader(Protocol):
    """Lists and read models. A scope hides what lies in other sites."""

    async def device(self, scope: SiteScope, device_id: int) -> Json | None:
        """One device as the list shows it, with its addresses."""
        ...

    async def pins(self, device_id: int) -> dict[str, Pin]:
        """What people fixed of a device, and who."""
        ...

    async def ports(self, device_id: int, request: PageRequest) -> JsonPage:
        """Open ports of a device."""
        ...

    async def observations(self, device_id: int, request: PageRequest) -> JsonPage:
        """What was said of a device, newest first."""
        ...

    def export(self, scope: SiteScope, wanted: DeviceFilter) -> AsyncIterator[Json]:
        """Every device that fits, one after another."""
        ...

    async def tags(self, scope: SiteScope, request: PageRequest) -> JsonPage:
        """Tags by name, with how often each is used."""
        ...

    async def search(self, scope: SiteScope, query: str, limit: int) -> JsonPage:
        """Whatever bears the words: devices, addresses, ports, networks, projects, scans."""
        ...

    async def overview(self, scope: SiteScope, site_id: int | None) -> Json:
        """What is known so far."""
        ...
