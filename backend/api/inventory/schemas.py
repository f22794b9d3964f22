"""Devices and what is known of them, as the API says them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, StringConstraints

from backend.api.fields import Input, Line, Name, Prose, absent

AddressText = Annotated[str, StringConstraints(max_length=64)]
TagName = Annotated[
    str, StringConstraints(min_length=1, max_length=40, strip_whitespace=True, pattern=r"^[^\x00-\x1f\x7f,]+$")
]
Tags = Annotated[list[TagName], Field(max_length=32)]
SiteId = Annotated[int, Field(ge=1, le=2**63 - 1)]
AddressKindName = Literal["ipv4", "ipv6", "mac", "name"]


class DeviceAddress(BaseModel):
    """One address of a device; `current` until another device of the site was seen with it."""

    address: str
    id: int
    kind: AddressKindName
    current: bool
    first_seen: str
    last_seen: str
    source: str


class LosingFact(BaseModel):
    """What another source says."""

    value: str | None
    source: str
    observed_at: str


class Fact(BaseModel):
    """One field, and where its value comes from; `pinned` where a person fixed it."""

    value: str | None
    source: str
    observed_at: str
    confidence: int | None
    pinned: bool
    pinned_by: str | None
    losing: list[LosingFact]


class OpenPort(BaseModel):
    """An open port as lists of devices show it."""

    protocol: str
    port: int
    service: str | None


class Device(BaseModel):
    """One real thing, whoever told us of it. `ports` are the first few; addresses and facts only on one device."""

    id: int
    uid: str
    site_id: int
    name: str
    hostname: str | None
    type: str
    vendor: str | None
    os: str | None
    os_accuracy: int | None
    primary_address: str | None
    mac: str | None
    status: Literal["up", "unknown"]
    tags: list[str]
    notes: str
    ports_open: int
    ports: list[OpenPort]
    first_seen: str
    last_seen: str
    sources: list[str]
    manual: bool
    inbox_state: Literal["new", "approved", "hidden", "ignored"]
    version: int
    addresses: list[DeviceAddress] | None = None
    facts: dict[str, Fact] | None = None


class DeviceCreate(Input):
    """A device written down by hand; what is given here stays until a person changes it."""

    name: Name
    site_id: SiteId | None = None
    address: AddressText | None = None
    addresses: Annotated[list[AddressText], Field(max_length=32, default_factory=list)]
    mac: AddressText | None = None
    type: Line | None = None
    hostname: Line | None = None
    vendor: Line | None = None
    os: Line | None = None
    notes: Prose = ""
    tags: Tags = Field(default_factory=list)


class DevicePatch(Input):
    """What should be different; null lets a fixed field go again. `version` guards against a change in between."""

    name: Name | None = absent()
    type: Line | None = absent()
    hostname: Line | None = absent()
    vendor: Line | None = absent()
    os: Line | None = absent()
    notes: Prose | None = absent()
    tags: Tags | None = absent()
    version: int | None = None


class Script(BaseModel):
    """What one script printed: text from the device."""

    name: str
    output: str


class Port(BaseModel):
    """One open port of a device."""

    id: int
    address: str
    protocol: str
    port: int
    state: str
    service: str | None
    product: str | None
    version: str | None
    extra: str | None
    tunnel: str | None
    confidence: int
    scripts: list[Script]
    source: str
    first_seen: str
    last_seen: str


class Observation(BaseModel):
    """What one source said of a device at one time."""

    id: int
    uid: str
    source: str
    scan_id: int | None
    observed_at: str
    address: str | None
    mac: str | None
    facts: dict[str, Any]


class Facet(BaseModel):
    """A value, and how many of the devices have it; `label` where the value is a number that stands for a name."""

    value: str
    count: int
    label: str | None = None


class DeviceFacets(BaseModel):
    """The most frequent values of the devices that fit."""

    type: list[Facet]
    vendor: list[Facet]
    os: list[Facet]
    tag: list[Facet]
    port: list[Facet]
    service: list[Facet]
    network: list[Facet]
    source: list[Facet]
    inbox: list[Facet]


class Tag(BaseModel):
    """A tag, and how often it is used."""

    id: int
    name: str
    color: str | None
    count: int


class SearchHit(BaseModel):
    """One find of a search, with the page that shows it."""

    kind: Literal["device", "address", "port", "network", "project", "scan"]
    id: int
    title: str
    subtitle: str | None
    link: str
