"""Host keys as they are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.domain.monitoring.collector import ServerKey
from backend.domain.page import Page, PageRequest


@dataclass(frozen=True, slots=True)
class HostKey:
    """A pinned key; `offered` is another one that the server shows since then, and that nobody accepted yet."""

    id: int
    site_id: int
    address: str
    port: int
    key: ServerKey
    pinned_at: datetime
    pinned_by: str
    offered: ServerKey | None = None
    offered_at: datetime | None = None


class HostKeys(Protocol):
    """Where host keys are kept."""

    async def page(self, site_ids: frozenset[int], request: PageRequest, *, changed: bool | None) -> Page[HostKey]:
        """Keys of these sites; no sites means all. `changed` asks for those that wait for a person, or not."""
        ...

    async def get(self, key_id: int, *, lock: bool = False) -> HostKey | None:
        """One key."""
        ...

    async def find(self, site_id: int, address: str, port: int, *, lock: bool = False) -> HostKey | None:
        """The key of a server."""
        ...

    async def pin(self, site_id: int, address: str, port: int, key: ServerKey) -> bool:
        """Keep a key where there is none yet; False where somebody was faster."""
        ...

    async def offer(self, key_id: int, key: ServerKey) -> None:
        """The server shows this one now."""
        ...

    async def accept(self, key_id: int, by: str) -> None:
        """What is offered becomes the pinned one."""
        ...

    async def remove(self, key_id: int) -> None:
        """Forget it: the next contact is the first one again."""
        ...
