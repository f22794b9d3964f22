"""What history answers with."""

from collections.abc import Mapping
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, Field

from backend.api.fields import UtcTime
from backend.domain.history.differences import ChangeKind
from backend.domain.history.reading import ChangeRow, Compared, Pinned, SnapshotRow

KEY = "What of the device: os, address:ipv4:10.0.0.1, port:tcp:22, version:tcp:22; empty: the device as a whole"


class Change(BaseModel):
    """One thing that changed, once."""

    id: int
    snapshot_id: int
    site_id: int
    at: UtcTime
    kind: ChangeKind
    device_id: int | None = Field(description="Null once the device is gone")
    device_uid: UUID
    device_name: str
    key: str = Field(description=KEY)
    old: str | None
    new: str | None
    source: str | None = Field(description="Who says so")
    scan_id: int | None
    scan_name: str | None
    noise: Literal["flapping"] | None = Field(description="Why it is left out unless it is asked for")

    @classmethod
    def of(cls, row: ChangeRow) -> Self:
        """A line of the feed."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


class Snapshot(BaseModel):
    """A state of a site's inventory with a name."""

    id: int
    uid: UUID
    site_id: int
    at: UtcTime
    reason: Literal["scan", "edit", "baseline"]
    scan_id: int | None
    scan_name: str | None
    changes: int

    @classmethod
    def of(cls, row: SnapshotRow) -> Self:
        """A snapshot."""
        return cls.model_validate({name: getattr(row, name) for name in cls.model_fields})


class Since(BaseModel):
    """Since when something of a device is as it is."""

    key: str = Field(description=KEY)
    value: str
    at: UtcTime
    snapshot_id: int
    source: str | None
    scan_id: int | None
    scan_name: str | None
    before: str | None = Field(description="What it was before, where it was something else")

    @classmethod
    def of(cls, pinned: Pinned, now: Mapping[str, str]) -> Self:
        """A line of blame."""
        return cls(
            key=pinned.key,
            value=now[pinned.key],
            at=pinned.at,
            snapshot_id=pinned.snapshot_id,
            source=pinned.source,
            scan_id=pinned.scan_id,
            scan_name=pinned.scan_name,
            before=pinned.old,
        )


class DifferenceOut(BaseModel):
    """One thing that is different between two points in time."""

    kind: ChangeKind
    device_id: int | None
    device_uid: UUID
    device_name: str
    key: str = Field(description=KEY)
    old: str | None
    new: str | None

    @classmethod
    def of(cls, found: Compared) -> Self:
        """A line of a comparison."""
        told = found.difference
        return cls(
            kind=told.kind,
            device_id=found.device_id,
            device_uid=found.device_uid,
            device_name=found.device_name,
            key=told.key,
            old=told.old,
            new=told.new,
        )


class Comparison(BaseModel):
    """Everything that is different between two points in time, a page of it."""

    site_id: int
    from_snapshot: Snapshot | None = Field(description="Null: before history began")
    to_snapshot: Snapshot | None
    counts: dict[str, int] = Field(description="How many of each kind there are")
    items: list[DifferenceOut]
    total: int
    next: str | None
