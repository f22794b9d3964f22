"""The inbox: what people decide of new finds, one or many at a time, and how each decision is taken back.

Every action keeps what it changed, as it was before. Undoing puts exactly that back, or says why it cannot.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from backend.domain.inventory.places_ports import SiteScope
from backend.domain.page import Page, PageRequest

Json = dict[str, Any]
UNDO_FOR = timedelta(days=30)


class InboxState(StrEnum):
    """What a person decided of a device. Hidden: watched, not listed. Ignored: known, counts nowhere."""

    NEW = "new"
    APPROVED = "approved"
    HIDDEN = "hidden"
    IGNORED = "ignored"


STATE_OF = {"approve": InboxState.APPROVED, "hide": InboxState.HIDDEN, "ignore": InboxState.IGNORED}
# What lists and counts leave out unless they are asked for it.
LISTED = (InboxState.NEW, InboxState.APPROVED)


@dataclass(frozen=True, slots=True)
class Filed:
    """A device as the inbox sees it."""

    id: int
    uid: uuid.UUID
    site_id: int
    name: str
    state: InboxState
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody did, with what it changed."""

    id: int
    action: str
    actor: str
    reason: str
    site_ids: tuple[int, ...]
    device_ids: tuple[int, ...]
    into_id: int | None
    affected: int
    changed: Json
    created_at: datetime
    undo_until: datetime
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class NewAction:
    """An action to be remembered."""

    action: str
    actor: str
    reason: str
    site_ids: tuple[int, ...]
    device_ids: tuple[int, ...]
    affected: int
    undo_until: datetime
    into_id: int | None = None
    changed: Json = field(default_factory=dict)


class InboxStore(Protocol):
    """What people decided of devices, within one transaction."""

    async def filed(self, ids: Collection[int]) -> list[Filed]:
        """These devices; those that do not exist are left out."""
        ...

    async def file(self, states: Mapping[int, str]) -> None:
        """Put devices into these states."""
        ...

    async def remember(self, action: NewAction) -> Action:
        """Keep an action."""
        ...

    async def action(self, action_id: int) -> Action | None:
        """One action, held until the transaction ends."""
        ...

    async def mark_undone(self, action_id: int, by: str, at: datetime) -> None:
        """The action is undone."""
        ...

    async def actions(self, scope: SiteScope, request: PageRequest) -> Page[Action]:
        """Actions, newest first."""
        ...

    async def belongings(self, ids: Collection[int]) -> list[Json]:
        """What people hung on devices, with the rows themselves, as `restore` takes them."""
        ...

    async def restore(self, belongings: Sequence[Json]) -> None:
        """Put devices, and what people had hung on them, back as they were; those that exist are changed."""
        ...

    async def bindings(self, device_ids: Collection[int]) -> dict[int, list[Json]]:
        """Of each device, which observations it has and what each is bound to, as `rebind` takes them."""
        ...

    async def bind(self, observation_ids: Collection[int], device_id: int, uid: uuid.UUID) -> None:
        """These observations are about this device: a person said so."""
        ...

    async def rebind(self, device_id: int, bindings: Sequence[Json]) -> int:
        """The observations are the device's again, bound as they were; answers how many there still are."""
        ...

    async def still_bound(self, bindings: Sequence[Json], device_id: int) -> int:
        """How many of the observations are the device's now."""
        ...

    async def add_device(self, template: int) -> Filed:
        """A device of its own, at the site of another one; what was said decides how it looks."""
        ...

    async def set_apart(self, one: int, other: int) -> None:
        """From now on no evidence makes these two one device."""
        ...

    async def addresses(self, device_id: int, address_ids: Collection[int]) -> list[tuple[str, str]]:
        """Kind and value of these addresses of the device."""
        ...

    async def said_at(self, device_id: int, addresses: Collection[str], macs: Collection[str]) -> list[int]:
        """The device's observations at one of these addresses or with one of these MACs."""
        ...
