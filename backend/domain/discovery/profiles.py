"""Discovery profiles, the NMSlite document's word: a subnet, a login, and what becomes of who answers there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from backend.domain.discovery.cron import Cron, zone_named
from backend.domain.discovery.storage import Sites
from backend.domain.page import Page, PageRequest


@dataclass(frozen=True, slots=True)
class AutoProvision:
    """What is watched of what was found: by which collectors (none named: every one that fits), and how often."""

    collectors: tuple[str, ...] = ()
    interval_s: int | None = None


@dataclass(frozen=True, slots=True)
class NewProfile:
    """A profile as a person wants it. An empty cron: it runs only when somebody asks."""

    name: str
    credential_profile_id: int
    subnet: str
    port_scan: bool = True
    enabled: bool = True
    cron: str = ""
    timezone: str = "UTC"
    auto_provision: AutoProvision | None = None

    def next_after(self, now: datetime) -> datetime | None:
        """The next run after a moment; None for one without a clock, or switched off."""
        if not (self.enabled and self.cron):
            return None
        return Cron.parse(self.cron).after(now, zone_named(self.timezone))


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run came to, in numbers."""

    found: int
    windows: int
    provisioned: int
    # The devices that were recognised as Windows.
    windows_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RunError:
    """Why a run came to nothing, or to less than it should."""

    at: datetime
    code: str
    text: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DiscoveryProfile:
    """A profile as it is kept. `pending_scan_id` is the scan of a run whose result nobody took yet."""

    id: int
    uid: UUID
    site_id: int
    wanted: NewProfile
    created_at: datetime
    next_run_at: datetime | None = None
    last_run_at: datetime | None = None
    last_scan_id: int | None = None
    pending_scan_id: int | None = None
    last_result: RunResult | None = None
    last_error: RunError | None = None


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """A device that answered in a run, as the document has it and a little more."""

    id: int
    name: str
    address: str
    hostname: str | None
    os: str | None
    type: str
    created_at: datetime
    # Of the ports that say what it is, those that are open.
    ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RunStarted:
    """A run waits for its scan."""

    profile_id: int
    scan_id: int


@dataclass(frozen=True, slots=True)
class RunEnded:
    """The result of a run is written."""

    profile_id: int
    scan_id: int


class DiscoveryProfiles(Protocol):
    """Discovery profiles in the open transaction."""

    async def page(self, sites: Sites, request: PageRequest) -> Page[DiscoveryProfile]:
        """Profiles by name."""
        ...

    async def get(self, profile_id: int, *, lock: bool = False) -> DiscoveryProfile | None:
        """One profile."""
        ...

    async def add(self, site_id: int, wanted: NewProfile) -> int:
        """Write one down; raises Conflict where the site has one of that name."""
        ...

    async def save(self, profile: DiscoveryProfile) -> None:
        """Write all of it; raises Conflict where the name is taken."""
        ...

    async def remove(self, profile_id: int) -> None:
        """Forget it; what it found stays."""
        ...

    async def due(self, now: datetime) -> DiscoveryProfile | None:
        """One whose time has come, locked."""
        ...

    async def pending(self) -> Sequence[DiscoveryProfile]:
        """Those whose result nobody took yet."""
        ...

    async def found(self, scan_id: int, limit: int, ports: Sequence[int]) -> tuple[Sequence[FoundDevice], int]:
        """Who answered in a scan, by address and at most so many; and how many there are."""
        ...

    async def refused(self, credential_profile_id: int, version: int) -> frozenset[str]:
        """The addresses at which that version of a login was refused."""
        ...

    async def remember_refusals(self, credential_profile_id: int, version: int, addresses: Sequence[str]) -> None:
        """Do not try it there again."""
        ...
