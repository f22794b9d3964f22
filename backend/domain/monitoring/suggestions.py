"""From discovered to monitored: which open port suggests which collector, and what of that people decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from backend.domain.inventory.places_ports import SiteScope
from backend.domain.monitoring.collector import CredentialType
from backend.domain.monitoring.plugins import Collectors
from backend.domain.page import Page, PageRequest

# A machine has several web servers and certificates, but is one Windows, one SSH host, one agent.
PER_PORT = frozenset({"http", "tcp", "tls"})
# Services that were understood, wherever they listen. Where the port's own service is another one, nothing of a
# port's number is believed.
SERVICES: Mapping[str, tuple[str, ...]] = {
    "http": ("http", "https", "http-alt", "https-alt", "http-proxy", "http-mgmt"),
    "tls": ("https", "https-alt", "imaps", "pop3s", "ldaps", "ldapssl", "smtps", "ftps", "mqtts", "domain-s"),
    "ssh": ("ssh",),
    "dns": ("domain",),
    "snmp": ("snmp",),
    "windows": ("wsman", "wsmans", "winrm", "wsman-ssl"),
}
# A Windows is known by its endpoint mapper too, but nothing can be asked there.
ONLY_A_SIGN = frozenset({("windows", 135)})
TLS_PORTS = frozenset({443, 5986, 8006, 8443})


@dataclass(frozen=True, slots=True)
class Hint:
    """What suggests a collector: a port by its number, or one of its services wherever it is understood."""

    collector: str
    protocol: str
    port: int | None
    services: tuple[str, ...]
    whole_machine: bool


@dataclass(frozen=True, slots=True)
class SuggestionFilter:
    """Which suggestions are asked for; None or empty means any."""

    device_id: int | None = None
    network_id: int | None = None
    collectors: tuple[str, ...] = ()
    device_ids: tuple[int, ...] | None = None
    site_id: int | None = None
    dismissed: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """The name of a suggestion."""

    device_id: int
    collector: str
    port: int

    def __str__(self) -> str:
        return f"{self.device_id}-{self.collector}-{self.port}"

    @classmethod
    def parse(cls, text: str) -> "Key | None":
        """The key behind its text; None for what is none."""
        device, _, rest = text.partition("-")
        collector, _, port = rest.rpartition("-")
        numbers = device.isascii() and device.isdecimal() and port.isascii() and port.isdecimal()
        if not (numbers and collector and len(device) <= 18 and len(port) <= 5):
            return None
        return cls(int(device), collector, int(port))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A device with an open port for which nobody watches it."""

    key: Key
    site_id: int
    device_name: str
    address: str
    protocol: str
    service: str | None
    tls: bool
    understood: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What could be watched, how, and with which login where it needs one."""

    candidate: Candidate
    config: Mapping[str, Any]
    plugin_id: int | None
    credential_profile_id: int | None
    credential_types: tuple[CredentialType, ...] = field(default=())
    credential_needed: bool = False

    @property
    def reason(self) -> tuple[str, dict[str, Any]]:
        """Why, as code and parameters."""
        port = {"protocol": self.candidate.protocol, "port": self.candidate.key.port}
        if self.candidate.understood and self.candidate.service:
            return "service_understood", {**port, "service": self.candidate.service}
        return "port_open", port


class Suggestions(Protocol):
    """Suggestions in the open transaction."""

    async def page(
        self, sites: SiteScope, hints: Sequence[Hint], wanted: SuggestionFilter, request: PageRequest
    ) -> Page[Candidate]:
        """What nobody watches, by device: sort by device, collector or port."""
        ...

    async def dismiss(self, keys: Sequence[Key]) -> None:
        """Suggest these no more."""
        ...

    async def dismiss_watched(self, monitor_id: int) -> None:
        """Suggest no more what this monitor watches."""
        ...

    async def restore(self, keys: Sequence[Key]) -> None:
        """Suggest these again."""
        ...

    async def hold(self) -> None:
        """Wait until nobody else accepts, and let nobody until the transaction ends."""
        ...


def hints(collectors: Collectors, wanted: Sequence[str] = ()) -> tuple[Hint, ...]:
    """What suggests the installed collectors, or those of them that are wanted."""
    found: list[Hint] = []
    for name in collectors.names():
        traits = collectors.traits(name)
        if traits is None or (wanted and name not in wanted):
            continue
        services, whole = SERVICES.get(name, ()), name not in PER_PORT
        found += [
            Hint(name, protocol, port, services, whole)
            for protocol, port in traits.ports
            if (name, port) not in ONLY_A_SIGN
        ]
        protocols = {protocol for protocol, _ in traits.ports}
        found += [Hint(name, protocol, None, services, whole) for protocol in sorted(protocols) if services]
    return tuple(found)


def config_for(collectors: Collectors, candidate: Candidate) -> dict[str, Any]:
    """The least that the collector must be told to ask at that port."""
    usual = collectors.checked(candidate.key.collector, {})
    port = candidate.key.port
    config: dict[str, Any] = {}
    if "scheme" in usual and not candidate.tls:
        config["scheme"] = "http"
    if "port" in usual and port != usual["port"] and port not in _usual_ports(collectors, candidate):
        config["port"] = port
    return config


def _usual_ports(collectors: Collectors, candidate: Candidate) -> frozenset[int]:
    """The ports that the collector finds by itself: by its scheme, or by the login that it is given."""
    name = candidate.key.collector
    if name == "http":
        return frozenset({443 if candidate.tls else 80})
    traits = collectors.traits(name)
    return frozenset() if name in PER_PORT or traits is None else frozenset(port for _, port in traits.ports)
