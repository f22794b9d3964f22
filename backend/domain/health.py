"""How Lanarium is doing: what the operations routes ask, and what answers them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

StorageLevel = Literal["plain", "timescale-apache", "timescale"]
Readiness = Literal["ready", "degraded", "not_ready"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `code` says what is wrong, `required` whether we can work without it."""

    ok: bool
    code: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class StorageInfo:
    """Which database it is, and how much of TimescaleDB it offers us."""

    engine: str
    version: str
    level: StorageLevel
    timescale_version: str | None = None


@dataclass(frozen=True, slots=True)
class Powers:
    """What scanning can do here, and the codes of what it cannot."""

    raw_sockets: bool
    nmap_version: str | None
    limitations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoopReport:
    """How one loop is doing."""

    running: bool
    restarts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class PollingReport:
    """How polling is doing; counts are since the start."""

    monitors: int
    polling: int
    polls: int
    late: int
    late_p99_s: float
    skipped: int
    missed: int
    answered: int
    failed: int
    rechecked: int
    rows: int
    samples: int
    discarded: int
    refused: int
    # Since when results go to a file because the database is away, how many are there, how many did not fit.
    storage_away_since: datetime | None
    waiting: int
    spooled: int
    lost: int


@dataclass(frozen=True, slots=True)
class Status:
    """The whole picture for people who are logged in."""

    version: str
    commit: str | None
    storage: StorageInfo | None
    powers: Powers
    started_at: datetime
    uptime_s: int
    loops: Mapping[str, LoopReport] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    polling: PollingReport | None = None


class HealthReporter(Protocol):
    """Looks at the parts and says how they are."""

    async def checks(self) -> Mapping[str, Check]:
        """Every part that matters for being ready."""
        ...

    async def status(self) -> Status:
        """The whole picture."""
        ...

    @property
    def version(self) -> str:
        """The version of the program."""
        ...


class Metrics(Protocol):
    """What is counted, for Prometheus."""

    async def text(self) -> bytes:
        """Everything in Prometheus' text format."""
        ...

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request by the template of its route."""
        ...


def readiness(checks: Mapping[str, Check]) -> Readiness:
    """Ready when all is well, degraded when only what we can do without is missing."""
    if any(check.required and not check.ok for check in checks.values()):
        return "not_ready"
    return "ready" if all(check.ok for check in checks.values()) else "degraded"
