"""What the API reads of monitoring: read models that the database builds as JSON text."""

from dataclasses import dataclass
from typing import Any, Protocol

from backend.domain.inventory.reading import JsonPage
from backend.domain.page import PageRequest


@dataclass(frozen=True, slots=True)
class MonitorFilter:
    """Which monitors are asked for; what is None or empty asks nothing."""

    q: str | None = None
    site_id: int | None = None
    state: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    plugin_id: int | None = None
    device_id: int | None = None
    credential_profile_id: int | None = None
    tag: tuple[str, ...] = ()
    network: tuple[int, ...] = ()
    enabled: bool | None = None


class MonitoringReader(Protocol):
    """Lists and read models; sites that are not asked for are hidden."""

    async def monitors(self, site_ids: frozenset[int], wanted: MonitorFilter, request: PageRequest) -> JsonPage:
        """Monitors that fit, with their states."""
        ...

    async def facets(self, site_ids: frozenset[int], wanted: MonitorFilter) -> str:
        """How many monitors that fit have which state, collector, network and tag, as JSON text."""
        ...

    async def monitor(self, monitor_id: int) -> dict[str, Any] | None:
        """One monitor as the list shows it."""
        ...

    async def failures(self, monitor_id: int, request: PageRequest) -> JsonPage:
        """Why checks failed, newest first."""
        ...

    async def states(self, monitor_id: int, request: PageRequest) -> JsonPage:
        """How it was doing, newest first."""
        ...
