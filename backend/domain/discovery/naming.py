"""Naming: what is behind the doors that a sweep found. What it takes and what it tells.

Naming opens conversations, short ones: it knocks at each port that is open, reads what the service says of
itself, and asks the machine for its names. Every source gives an observation of its own, so that one source
that is wrong can be told from another that is right. All text in it comes from the devices and is hostile
until the inventory has made it safe (`domain/inventory/observation.py`).
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.ports import Refused
from backend.domain.discovery.report import HostReport, OsGuess, PortReport, ScriptResult, TargetDifficult
from backend.domain.discovery.scope import Scope, ScopeGuard
from backend.domain.errors import Invalid, Params

NameSource = Literal["dns", "mdns", "netbios", "ssdp", "tls", "snmp", "banner"]
NAME_SOURCES: tuple[NameSource, ...] = ("dns", "mdns", "netbios", "ssdp", "tls", "snmp", "banner")
MAX_HOSTS = 4096
MAX_PER_HOST = 64
MAX_DEADLINE_S = 3600.0


@dataclass(frozen=True, slots=True)
class HostPorts:
    """An address that is there, and its ports that are open; UDP ones only where something answered."""

    address: str
    tcp: tuple[int, ...] = ()
    udp: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NamingJob:
    """Which hosts to ask, what, and for how long.

    `hosts` are literal addresses; `scope` is what the helper judges them by once more. `banners` asks every
    listed port what it is; `names` asks for reverse DNS, mDNS, NetBIOS, SSDP and SNMP, whether or not
    their ports are listed. `snmp_public` also asks SNMP with the community `public`, as nmap's scripts do;
    without it SNMP tells its engine only. `deadline_s` ends the whole job, `per_host_s` what one host may cost,
    and `per_host_limit` is how many conversations one host has at a time.
    """

    uid: str
    hosts: tuple[HostPorts, ...]
    scope: Scope
    names: bool = True
    banners: bool = True
    deadline_s: float = 60.0
    per_host_limit: int = 16
    per_host_s: float = 15.0
    snmp_public: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """What one source says of one address: an observation of its own.

    `hostnames` are names the machine goes by, `display_name` is what it calls itself to people. `ports` are
    those this source knows better than the sweep, with confidence 10 where the service was recognised and 3
    where only its protocol is plain. `type_hint` is a word of the device types in
    `domain/inventory/classify.py`. `keys` are `ssh:`, `tls:` and `snmp:` keys in the spelling of
    `domain/inventory/keys.py`: the same machine shows the same ones at another address.
    `mac` is what NetBIOS says of itself: a claim, not what the wire shows.
    """

    address: str
    source: NameSource
    hostnames: tuple[str, ...] = ()
    ports: tuple[PortReport, ...] = ()
    os: OsGuess | None = None
    vendor: str | None = None
    type_hint: str | None = None
    keys: tuple[str, ...] = ()
    scripts: tuple[ScriptResult, ...] = ()
    mac: str | None = None
    display_name: str | None = None

    def report(self) -> HostReport:
        """The same as a report of a host that is up; a MAC that the machine only claims is left out of it."""
        return HostReport(
            address=self.address,
            state="up",
            reason=self.source,
            hostnames=self.hostnames,
            os=self.os,
            ports=self.ports,
            scripts=self.scripts,
            source=self.source,
            display_name=self.display_name,
            vendor=self.vendor,
            device_type=self.type_hint,
            keys=self.keys,
        )


@dataclass(frozen=True, slots=True)
class NamingEnded:
    """The last event: why it ended (`success`, `stopped`, `deadline`, `fault`) and what it cost.

    `asked` counts conversations, `named` those of them that told something.
    """

    code: str
    params: Params = field(default_factory=dict)
    asked: int = 0
    named: int = 0


NamingEvent = Named | TargetDifficult | NamingEnded | Refused


class NamingRun(Protocol):
    """One round of questions at work."""

    def events(self) -> AsyncIterator[NamingEvent]:
        """What each source says, as it comes, then NamingEnded; or Refused alone. Raises HelperGone.

        TargetDifficult tells of a host that dripped, flooded or answered on too many ports alike; what it
        said until then has been told or follows.
        """
        ...

    async def stop(self) -> None:
        """End it at once; what was learnt and NamingEnded still come. Does nothing when it is over."""
        ...


def checked_hosts(job: NamingJob) -> tuple[HostPorts, ...]:
    """The hosts of a job that may be asked; raises Invalid where one may not, or where a limit is out of range."""
    try:
        wanted = AddressSet.parse([host.address for host in job.hosts])
        permitted = ScopeGuard(job.scope).require(wanted, "hosts")
    except ValueError as wrong:
        raise Invalid("A job holds addresses only", code="job_refused") from wrong
    if permitted.count != wanted.count:
        raise Invalid("A job may not hold excluded addresses", code="scope_refused")
    if wanted.count != len(job.hosts) or wanted.count > MAX_HOSTS:
        raise Invalid(f"A job holds up to {MAX_HOSTS} addresses, each once", code="job_refused")
    if not all(0 < port <= 65_535 for host in job.hosts for port in (*host.tcp, *host.udp)):
        raise Invalid("A port is out of range", code="job_refused")
    if not (0 < job.per_host_s <= job.deadline_s <= MAX_DEADLINE_S and 1 <= job.per_host_limit <= MAX_PER_HOST):
        raise Invalid("A limit is out of range", code="job_refused")
    return job.hosts


class Namings(Protocol):
    """Asks services and machines who they are. Leaving the context ends what still runs."""

    def ask(self, job: NamingJob) -> AbstractAsyncContextManager[NamingRun]:
        """Begin a round; entering raises HelperGone where nobody can run it."""
        ...
