"""What happened to a device: published once it is committed, for whoever shows or reacts to it."""

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeviceAppeared:
    """A device that was not known before."""

    site_id: int
    device_id: int
    uid: uuid.UUID
    name: str
    at: datetime
    scan_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    """A known device of which something that people see is different now; `fields` says what."""

    site_id: int
    device_id: int
    uid: uuid.UUID
    name: str
    at: datetime
    fields: tuple[str, ...]
    scan_id: int | None = None


@dataclass(frozen=True, slots=True)
class DeviceRemoved:
    """A device that a person deleted, or that turned out to be another one (`into`)."""

    site_id: int
    device_id: int
    uid: uuid.UUID
    into: int | None = None


@dataclass(frozen=True, slots=True)
class NetworksChanged:
    """The networks of a site, and so what may be scanned, are different now."""

    site_id: int
