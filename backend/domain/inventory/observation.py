"""What one source said about one thing at one time, made safe to keep: the only way in for knowledge."""

import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from backend.domain.inventory.addresses import canonical_name, parse_ip, usable_mac
from backend.domain.inventory.text import many_lines, one_line, optional_line

State = Literal["up", "down"]

WORD = 64
LINE = 200
EXTRA = 500
OUTPUT = 16_384
MAX_NAMES = 32
MAX_PORTS = 4096
MAX_SCRIPTS = 32
MAX_EXTRA_ADDRESSES = 64
OPEN_STATES = frozenset({"open", "open|filtered"})
PROTOCOLS = frozenset({"tcp", "udp", "sctp"})


@dataclass(frozen=True, slots=True)
class NameFact:
    """A host name, and how it became known: ptr, user, mdns, netbios, dhcp, file."""

    name: str
    source: str = "ptr"


@dataclass(frozen=True, slots=True)
class OsFact:
    """An operating system, and how well it fits (0..100)."""

    name: str
    accuracy: int = 100
    family: str | None = None
    cpe: str | None = None


@dataclass(frozen=True, slots=True)
class ScriptFact:
    """What one script printed."""

    name: str
    output: str


@dataclass(frozen=True, slots=True)
class PortFact:
    """One port that is open, or may be (`open|filtered`); confidence as nmap has it: 3 guessed, 10 probed."""

    protocol: str
    port: int
    state: str = "open"
    service: str | None = None
    product: str | None = None
    version: str | None = None
    extra: str | None = None
    tunnel: str | None = None
    confidence: int = 0
    scripts: tuple[ScriptFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which ports of a protocol were really asked, such as `22,80,1000-1100`: silence there means closed."""

    protocol: str
    ports: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that one observation says; what it does not speak of, it leaves alone."""

    state: State = "up"
    reason: str | None = None
    name: str | None = None
    hostnames: tuple[NameFact, ...] = ()
    addresses: tuple[str, ...] = ()
    vendor: str | None = None
    os: OsFact | None = None
    type: str | None = None
    hints: tuple[str, ...] = ()
    ports: tuple[PortFact, ...] = ()
    covered: tuple[Coverage, ...] = ()
    scripts: tuple[ScriptFact, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """One source, one place, one time, one thing.

    `device_id` is what the observation was resolved to, once stored; `bound` is the device that a person said
    it is about. `first_observed_at` is earlier than
    `observed_at` where a chunk was done again.
    """

    site_id: int
    source: str
    address: str | None
    mac: str | None
    observed_at: datetime
    facts: Facts = field(default_factory=Facts)
    scan_id: int | None = None
    chunk_id: int | None = None
    uid: uuid.UUID = field(default_factory=uuid.uuid4)
    device_id: int | None = None
    first_observed_at: datetime | None = None
    bound: uuid.UUID | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """Its place among all observations: by time, and by name where times are equal."""
        return (self.observed_at, str(self.uid))

    @property
    def first_at(self) -> datetime:
        """When this was first said."""
        return min(self.first_observed_at or self.observed_at, self.observed_at)


def normalised(said: Observation) -> Observation:
    """The observation in the one spelling of everything, safe to store and to show; twice is the same as once.

    An address that is none and a MAC that names nobody are left out.
    """
    address = parse_ip(said.address)
    return replace(
        said,
        source=one_line(said.source, WORD),
        address=str(address) if address else None,
        mac=usable_mac(said.mac),
        facts=safe_facts(said.facts),
    )


def safe_facts(facts: Facts) -> Facts:
    """The facts within their limits, hostile text made visible, ports that are not open left out."""
    return Facts(
        state="down" if facts.state == "down" else "up",
        reason=optional_line(facts.reason, WORD),
        name=optional_line(facts.name, 120),
        hostnames=_names(facts.hostnames),
        addresses=_addresses(facts.addresses),
        vendor=optional_line(facts.vendor, LINE),
        os=_os(facts.os),
        type=optional_line(facts.type, WORD),
        hints=_words(facts.hints, WORD),
        ports=_ports(facts.ports),
        covered=tuple(sorted(set(facts.covered), key=lambda c: (c.protocol, c.ports))),
        scripts=_scripts(facts.scripts),
        keys=tuple(sorted(_words(facts.keys, LINE))),
    )


def _words(texts: tuple[str, ...], limit: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for text in texts if (word := one_line(text, limit))))[:MAX_NAMES]


def _names(names: tuple[NameFact, ...]) -> tuple[NameFact, ...]:
    kept: dict[str, NameFact] = {}
    for item in names:
        name = canonical_name(item.name)
        if name:
            kept.setdefault(name.lower(), NameFact(name, one_line(item.source, WORD)))
    return tuple(kept.values())[:MAX_NAMES]


def _addresses(addresses: tuple[str, ...]) -> tuple[str, ...]:
    found = (parse_ip(text) or usable_mac(text) for text in addresses)
    return tuple(dict.fromkeys(str(item) for item in found if item))[:MAX_EXTRA_ADDRESSES]


def _os(guess: OsFact | None) -> OsFact | None:
    name = optional_line(guess.name, LINE) if guess else None
    if guess is None or name is None:
        return None
    accuracy = max(0, min(100, guess.accuracy))
    return OsFact(name, accuracy, optional_line(guess.family, WORD), optional_line(guess.cpe, LINE))


def _ports(ports: tuple[PortFact, ...]) -> tuple[PortFact, ...]:
    kept = {(p.protocol, p.port): _port(p) for p in ports if _is_kept(p)}
    return tuple(kept[key] for key in sorted(kept))[:MAX_PORTS]


def _is_kept(port: PortFact) -> bool:
    return port.state in OPEN_STATES and port.protocol in PROTOCOLS and 0 <= port.port <= 65_535


def _port(port: PortFact) -> PortFact:
    return PortFact(
        protocol=port.protocol,
        port=port.port,
        state=port.state,
        service=optional_line(port.service, WORD),
        product=optional_line(port.product, LINE),
        version=optional_line(port.version, LINE),
        extra=optional_line(port.extra, EXTRA),
        tunnel=optional_line(port.tunnel, WORD),
        confidence=max(0, min(10, port.confidence)),
        scripts=_scripts(port.scripts),
    )


def _scripts(scripts: tuple[ScriptFact, ...]) -> tuple[ScriptFact, ...]:
    kept = (ScriptFact(one_line(s.name, WORD), many_lines(s.output, OUTPUT)) for s in scripts[:MAX_SCRIPTS])
    return tuple(sorted((s for s in kept if s.name), key=lambda s: (s.name, s.output)))
