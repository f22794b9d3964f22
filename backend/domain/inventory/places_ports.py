"""What sites and networks need from outside."""

from collections.abc import Collection
from typing import Any, Protocol

from backend.domain.inventory.network import Network
from backend.domain.inventory.site import Site
from backend.domain.page import Page, PageRequest

# Empty: every site.
SiteScope = frozenset[int]


class PlaceStore(Protocol):
    """Sites and networks within one transaction. A scope hides what lies in other sites."""

    async def sites(self, scope: SiteScope, request: PageRequest) -> Page[Site]:
        """Sites by name."""
        ...

    async def site(self, site_id: int | None) -> Site | None:
        """One site; None asks for the default."""
        ...

    async def add_site(self, name: str, description: str) -> Site:
        """Write a new site; raises Conflict for a name that is taken."""
        ...

    async def change_site(self, site_id: int, values: dict[str, Any]) -> Site:
        """Change a site; raises Conflict for a name that is taken."""
        ...

    async def site_blockers(self, site_id: int) -> dict[str, int]:
        """What lies in the site, with counts."""
        ...

    async def remove_site(self, site_id: int) -> None:
        """Delete a site that nothing refers to."""
        ...

    async def networks(self, scope: SiteScope, request: PageRequest, site_id: int | None = None) -> Page[Network]:
        """Networks by address, or as the request sorts."""
        ...

    async def network(self, network_id: int) -> Network | None:
        """One network."""
        ...

    async def allowed_cidrs(self, site_id: int) -> list[str]:
        """The networks of a site that may be scanned."""
        ...

    async def listed_cidrs(self, site_id: int) -> list[str]:
        """Every network of a site that is written down, allowed or not."""
        ...

    async def add_network(self, values: dict[str, Any], tags: Collection[str]) -> Network:
        """Write a new network; raises Conflict for one that is in the site already."""
        ...

    async def change_network(
        self, network_id: int, values: dict[str, Any], tags: Collection[str] | None
    ) -> Network:
        """Change a network."""
        ...

    async def remove_network(self, network_id: int) -> None:
        """Delete a network; what was found in it stays."""
        ...
