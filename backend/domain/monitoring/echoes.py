"""Pings, as collectors ask for them: so many echoes of one address, and what came back."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class EchoPlan:
    """How often an address is asked, how far apart, how long each answer is waited for, and how much is sent."""

    count: int = 4
    interval_ms: int = 200
    wait_ms: int = 1000
    size: int = 56


@dataclass(frozen=True, slots=True)
class Echoed:
    """What came back. Times are 0 where nothing did.

    `code` says why nothing did, where that is known: `unreachable` (a router said so), `unsendable` (this machine
    has no way there), and those that say something of us: `no_rights`, `forbidden`, `busy`.
    """

    code: str
    sent: int
    received: int
    min_ms: float
    avg_ms: float
    max_ms: float
    jitter_ms: float


class EchoesAway(Exception):
    """Whoever sends the pings cannot be reached."""


class Echoes(Protocol):
    """Sends pings."""

    async def echo(self, address: str, plan: EchoPlan) -> Echoed:
        """Ask an address that was judged; raises EchoesAway."""
        ...
