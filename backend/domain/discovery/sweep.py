"""Sweeping: who is there and which ports are open, asked in packets of our own. What it takes and what it tells.

A sweep never opens a conversation: it says which doors there are; others knock.
"""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol

from backend.domain.discovery.ports import Refused
from backend.domain.discovery.scope import Scope
from backend.domain.errors import Params

How = Literal["arp", "nd", "echo", "timestamp", "syn_ack", "rst", "udp", "unreachable", "connect"]
Phase = Literal["discovery", "ports"]
PortState = Literal["open", "closed", "open|filtered"]


@dataclass(frozen=True, slots=True)
class SweepJob:
    """Which addresses to sweep, how, and how fast.

    `targets` and `exclusions` are literal addresses, networks and first-last ranges; `scope` is what the helper
    judges them by once more. `probes` are the ways to ask who is there (none: every target counts as alive);
    `tcp_ports` and `udp_ports` are numbers, asked of those that are alive. `rate` is packets per second per
    network (None: as fast as the machine can). Without `raw`, TCP connects ask instead.
    """

    uid: str
    targets: tuple[str, ...]
    scope: Scope
    exclusions: tuple[str, ...] = ()
    probes: tuple[Literal["arp", "echo", "syn"], ...] = ("arp", "echo")
    syn_probe_ports: tuple[int, ...] = (443, 80, 22)
    tcp_ports: tuple[int, ...] = ()
    udp_ports: tuple[int, ...] = ()
    rate: int | None = None
    max_passes: int = 4
    deadline_s: float = 3600.0
    raw: bool = True


@dataclass(frozen=True, slots=True)
class Alive:
    """An address that answered: in which way, how fast, and with what time to live."""

    address: str
    how: How
    rtt_ms: float | None = None
    ttl: int | None = None
    mac: str | None = None


@dataclass(frozen=True, slots=True)
class PortSeen:
    """A port that answered; `data` is what a UDP service answered with, as it came."""

    address: str
    protocol: Literal["tcp", "udp"]
    port: int
    state: PortState = "open"
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class Swept:
    """News of a running sweep, batched: what was found since the last news, and how far it is (0..1)."""

    phase: Phase
    fraction: float
    alive: tuple[Alive, ...] = ()
    ports: tuple[PortSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class SweepEnded:
    """The last event: what it cost, and why it ended (`success`, `stopped`, `deadline`, `no_route`, `fault`)."""

    code: str
    params: Params = field(default_factory=dict)
    sent: int = 0
    received: int = 0
    passes: int = 0
    loss: float = 0.0


SweepEvent = Swept | SweepEnded | Refused


class SweepRun(Protocol):
    """One sweep at work."""

    def events(self) -> AsyncIterator[SweepEvent]:
        """News, then SweepEnded; or Refused alone. Raises HelperGone."""
        ...

    async def stop(self) -> None:
        """End it at once; what was found and SweepEnded still come. Does nothing when it is over."""
        ...


class Sweeps(Protocol):
    """Starts sweeps. Leaving the context ends what still runs."""

    def sweep(self, job: SweepJob) -> AbstractAsyncContextManager[SweepRun]:
        """Begin one; entering raises HelperGone where nobody can run it."""
        ...
