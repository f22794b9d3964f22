"""The inbox and identity, as the API says them."""

import dataclasses
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from backend.api.fields import Input, Line, UtcTime
from backend.api.inventory.schemas import Device
from backend.domain.inventory.inbox import Action
from backend.domain.inventory.suggestions import Suggestion
from backend.domain.inventory.why import Reason

EntityId = Annotated[int, Field(ge=1, le=2**63 - 1)]
ActionName = Literal["approve", "hide", "ignore", "merge", "split"]


class Because(BaseModel):
    """A reason as a code with what fills its sentence."""

    code: str
    params: dict[str, str | int | None]


class MergeSuggestion(BaseModel):
    """A device that a find may be, and how much speaks for it (0..100)."""

    device_id: int
    name: str
    reason: Because
    confidence: int

    @classmethod
    def of(cls, found: Suggestion) -> "MergeSuggestion":
        """The answer for a suggestion."""
        reason = Because(code=found.code, params={"value": found.value})
        return cls(device_id=found.device_id, name=found.name, reason=reason, confidence=found.confidence)


class InboxItem(BaseModel):
    """A new find: what it is, how it was found, and which known device it may really be."""

    device: Device
    first_seen: str
    why: Because
    suggestions: list[MergeSuggestion]


class InboxActionIn(Input):
    """What is to be done with which devices; all of them, or none."""

    action: Literal["approve", "hide", "ignore", "merge"]
    device_ids: Annotated[list[EntityId], Field(min_length=1, max_length=500)]
    into_id: EntityId | None = None
    reason: Line = ""


class InboxAction(BaseModel):
    """Something that somebody did, and until when it can be undone."""

    id: int
    action: ActionName
    actor: str
    reason: str
    device_ids: list[int]
    into_id: int | None
    affected: int
    created_at: UtcTime
    undo_until: UtcTime
    undone_at: UtcTime | None
    undone_by: str | None

    @classmethod
    def of(cls, done: Action) -> "InboxAction":
        """The answer for an action."""
        return cls(
            **{name: getattr(done, name) for name in cls.model_fields} | {"device_ids": list(done.device_ids)}
        )


class SplitIn(Input):
    """The addresses of a device that are another device's, and why."""

    address_ids: Annotated[list[EntityId], Field(min_length=1, max_length=64)]
    reason: Line = ""


class SplitOut(BaseModel):
    """The device that was made, and the action by which it can be undone."""

    device: Device
    action: InboxAction


class EvidenceItem(BaseModel):
    """One thing that speaks for (positive points) or against (negative)."""

    kind: str
    value: str
    weight: int


class RivalDevice(BaseModel):
    """Another device that was considered."""

    device_id: int | None
    name: str
    points: int
    evidence: list[EvidenceItem]


class IdentityReason(BaseModel):
    """One way in which sightings came to this device."""

    code: str
    address: str | None
    sources: list[str]
    evidence: list[EvidenceItem]
    confidence: int
    count: int
    first_at: UtcTime
    last_at: UtcTime
    rivals: list[RivalDevice]

    @classmethod
    def of(cls, found: Reason) -> "IdentityReason":
        """The answer for a reason."""
        return cls.model_validate(dataclasses.asdict(found))


class Identity(BaseModel):
    """Why this is one device: each kind of decision once, in order of time."""

    confidence: int
    reasons: list[IdentityReason]
