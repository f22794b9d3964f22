"""What somebody did, written in the transaction that did it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from backend.domain.accounts.actor import Actor
from backend.domain.page import Page, PageRequest


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One deed: who, when, from where, what, to which thing, with what effect."""

    id: int
    at: datetime
    actor: str
    actor_kind: str
    action: str
    entity: str
    entity_id: str | None
    address: str | None
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which deeds are asked for; None means any."""

    actor: str | None = None
    action: str | None = None
    entity: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class AuditLog(Protocol):
    """Append-only memory of deeds."""

    async def record(
        self,
        actor: Actor,
        action: str,
        entity: str,
        entity_id: object = None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        """Write one deed, kept if and only if the transaction around it is. Never a secret in `detail`."""
        ...

    async def page(self, wanted: AuditFilter, request: PageRequest) -> Page[AuditEvent]:
        """Deeds, newest first."""
        ...
