"""What is known of one device, as it is after some observations: plain values that the fold changes."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from backend.domain.inventory.observation import ScriptFact

Order = tuple[datetime, str]
AddressKey = tuple[str, str]
PortKey = tuple[str, str, int]
ClaimValue = str | tuple[str, ...]


@dataclass(slots=True)
class AddressState:
    """One address of a device; `current` until another device of the site was seen with it."""

    kind: str
    value: str
    source: str
    first_seen: datetime
    last_seen: datetime
    current: bool = True
    # It was asked since, and nobody answered.
    silent: bool = False


@dataclass(slots=True)
class PortState:
    """One port of a device at one of its addresses."""

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
    scripts: tuple[ScriptFact, ...]
    source: str
    first_seen: datetime
    last_seen: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of one field, speaking of one address (empty: of the device as a whole)."""

    value: ClaimValue
    source: str
    address: str
    observed_at: datetime
    uid: str
    confidence: int


@dataclass(frozen=True, slots=True)
class ShownPort:
    """An open port as lists of devices show it."""

    protocol: str
    port: int
    service: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A device as people see it."""

    name: str
    hostname: str | None = None
    type: str = "unknown"
    vendor: str | None = None
    os: str | None = None
    os_accuracy: int | None = None
    primary_address: str | None = None
    mac: str | None = None
    ports_open: int = 0
    status: str = "unknown"
    search_text: str = ""
    port_numbers: tuple[int, ...] = ()
    services: tuple[str, ...] = ()
    # The lowest, as many as a row of a list can show.
    first_ports: tuple[ShownPort, ...] = ()


@dataclass(frozen=True, slots=True)
class Face:
    """What people would notice if it changed."""

    shown: Shown | None
    addresses: frozenset[AddressKey]
    ports: frozenset[tuple[object, ...]]

    def differs_from(self, other: "Face") -> tuple[str, ...]:
        """The names of what is different; `addresses` and `ports` stand for their whole lists."""
        fields = [n for n in _NOTICED if getattr(self.shown, n, None) != getattr(other.shown, n, None)]
        lists = [n for n in ("addresses", "ports") if getattr(self, n) != getattr(other, n)]
        return (*fields, *lists)


_NOTICED = ("name", "hostname", "type", "vendor", "os", "primary_address", "mac", "status")


@dataclass(slots=True)
class DeviceState:
    """A device between two observations.

    `folded` is the newest observation that this device took part in, whether or not it was about it: an
    observation that is older than that came late, and makes its neighbourhood be worked out anew.
    """

    uid: uuid.UUID
    site_id: int
    id: int | None
    first_seen: datetime
    last_seen: datetime
    folded: Order
    status: str = "unknown"
    manual: bool = False
    addresses: dict[AddressKey, AddressState] = field(default_factory=dict)
    ports: dict[PortKey, PortState] = field(default_factory=dict)
    # field -> "source|address" -> claim
    claims: dict[str, dict[str, Claim]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    # Devices from which a person set this one apart, whatever they share.
    apart: frozenset[uuid.UUID] = frozenset()
    # Whether a person said of some observation that it is about this device.
    bound: bool = False
    # As it was last shown, where it was shown before.
    shown: Shown | None = None

    def current(self, kind: str) -> list[AddressState]:
        """The addresses of a kind that are the device's own at present."""
        return [a for a in self.addresses.values() if a.kind == kind and a.current]

    def open_ports(self) -> list[PortState]:
        """The ports that are open, in order of number."""
        opened = (p for p in self.ports.values() if p.closed_at is None)
        return sorted(opened, key=lambda p: (p.port, p.protocol, p.address))

    def face(self) -> Face:
        """How it looks now."""
        ports = frozenset(
            (p.address, p.protocol, p.port, p.state, p.service, p.product, p.version)
            for p in self.ports.values()
            if p.closed_at is None
        )
        return Face(self.shown, frozenset(key for key, a in self.addresses.items() if a.current), ports)
