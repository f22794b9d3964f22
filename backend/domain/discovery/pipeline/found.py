"""What is known of one host while its chunk runs."""

from dataclasses import dataclass, field
from datetime import datetime

from backend.domain.discovery.etiquette import HANDS_OFF, Manners
from backend.domain.discovery.naming import Named
from backend.domain.discovery.pipeline.tools import PortTable
from backend.domain.discovery.report import AskedPorts, HostReport, PortReport, ScriptResult
from backend.domain.discovery.sweep import Alive, PortSeen

RECOGNISED = 10  # confidence of a service that was spoken to and understood
MANY_PORTS = 200  # beyond this a host is likely to pretend: its ports are held back until it was spoken to
_REASONS = {"echo": "echo-reply", "arp": "arp-response", "nd": "nd-response", "syn_ack": "syn-ack", "rst": "reset"}
PortKey = tuple[str, int]


@dataclass(slots=True)
class Found:
    """One host that answered. `difficult` is set where it was put aside: no port of it is believed then."""

    address: str
    at: datetime
    how: str = ""
    mac: str | None = None
    maker: str | None = None
    ports: dict[PortKey, str] = field(default_factory=dict)
    named: dict[PortKey, int] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)
    os_known: bool = False
    device_type: str | None = None
    manners: Manners | None = None
    # Known to be delicate before it was swept: which ports it was asked is another matter than for all others.
    spared: bool = False
    difficult: str = ""
    final: bool = False
    spoken_to: bool = False
    held_back: list[Named] = field(default_factory=list)

    @classmethod
    def of(cls, alive: Alive, at: datetime) -> "Found":
        """A host as the sweep met it."""
        return cls(alive.address, at, _REASONS.get(alive.how, alive.how), alive.mac)

    @property
    def suspicious(self) -> bool:
        """Whether it has more open ports than an honest host."""
        return len(self.ports) > MANY_PORTS

    def numbers(self, protocol: str) -> tuple[int, ...]:
        """The open ports of a protocol, in order."""
        return tuple(sorted(port for name, port in self.ports if name == protocol))

    def speakable(self, protocol: str, *, etiquette: bool) -> tuple[int, ...]:
        """The open ports that may be spoken to."""
        every = self.numbers(protocol)
        return tuple(port for port in every if port not in HANDS_OFF) if etiquette else every

    def saw(self, port: PortSeen) -> None:
        """A port answered."""
        if port.state != "closed":
            self.ports[port.protocol, port.port] = port.state

    def told(self, named: Named) -> None:
        """A source said something of it."""
        for port in named.ports:
            key = (port.protocol, port.port)
            self.named[key] = max(port.confidence, self.named.get(key, 0))
            if port.state == "open":
                self.ports.setdefault(key, "open")
        self.names.update(dict.fromkeys(named.hostnames))
        self.os_known = self.os_known or named.os is not None
        self.device_type = self.device_type or named.type_hint

    def report(self, table: PortTable, asked: tuple[AskedPorts, ...], *, ports: bool = True) -> HostReport:
        """What the sweep has to say of it."""
        shown = ports and not self.difficult
        return HostReport(
            self.address,
            "up",
            self.how,
            mac=self.mac,
            mac_vendor=self.maker,
            ports=tuple(self._port(key, table) for key in sorted(self.ports)) if shown else (),
            scripts=(ScriptResult("etiquette", self.manners.text),) if self.manners else (),
            finished_at=self.at,
            source="sweep",
            asked=asked if shown else (),
        )

    def _port(self, key: PortKey, table: PortTable) -> PortReport:
        protocol, number = key
        service = table.service(protocol, number)
        reason = "syn-ack" if protocol == "tcp" else "udp-response"
        return PortReport(protocol, number, self.ports[key], reason, service, confidence=3 if service else 0)
