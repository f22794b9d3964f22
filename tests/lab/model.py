"""The words in which a lab network is described: segments, hosts, and what runs on each host."""

from dataclasses import dataclass, field
from enum import StrEnum


class Daemon(StrEnum):
    """The real programs that a host can run; each has one file in `tests/lab/daemons/`."""

    SSHD = "sshd"
    NGINX = "nginx"
    DNSMASQ = "dnsmasq"
    SAMBA = "samba"
    SNMPD = "snmpd"
    PRINTER = "printer"


@dataclass(frozen=True, slots=True)
class Segment:
    """One broadcast domain: a bridge, its networks, and whether the scanner has a leg on it."""

    name: str
    ipv4: str
    ipv6: str | None = None


@dataclass(frozen=True, slots=True)
class Interface:
    """One network card of a host; the last octet of its IPv4 address also ends its IPv6 address."""

    segment: str
    number: int
    mac: str


@dataclass(frozen=True, slots=True)
class Port:
    """What a scanner should find at one port. `services` are the right names, the best one first.

    `product` is a word of the product that version detection finds, or None where nothing is sure.
    """

    number: int
    services: tuple[str, ...]
    product: str | None = None
    tunnel: str | None = None
    protocol: str = "tcp"
    state: str = "open"


@dataclass(frozen=True, slots=True)
class Program:
    """One daemon of a host with the ports on which it answers, and the words of its own configuration."""

    daemon: Daemon
    ports: tuple[Port, ...]
    words: tuple[tuple[str, str], ...] = ()

    def word(self, name: str, default: str = "") -> str:
        """The value of one configuration word, or the default."""
        return dict(self.words).get(name, default)


@dataclass(frozen=True, slots=True)
class Host:
    """One machine: its cards, its programs and its firewall.

    `vendor` is a word of the company that owns the MAC prefix (IEEE registry), None for a locally
    administered address. `dropped` are TCP ports that the firewall swallows.
    """

    name: str
    interfaces: tuple[Interface, ...]
    vendor: str | None
    programs: tuple[Program, ...] = ()
    dropped: tuple[int, ...] = ()
    answers_ping: bool = True
    in_dns: bool = True
    forwards: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole lab: what is built, and which addresses must stay empty."""

    zone: str
    segments: tuple[Segment, ...]
    hosts: tuple[Host, ...]
    scanner: Host
    gateway: str
    foreign_names: tuple[tuple[str, str], ...] = field(default=())

    def segment(self, name: str) -> Segment:
        """The segment of that name. Raises StopIteration if the plan has none."""
        return next(segment for segment in self.segments if segment.name == name)

    def host(self, name: str) -> Host:
        """The host of that name. Raises StopIteration if the plan has none."""
        return next(host for host in self.hosts if host.name == name)

    @property
    def machines(self) -> tuple[Host, ...]:
        """Every host, and the one that the product runs on."""
        return (*self.hosts, self.scanner)
