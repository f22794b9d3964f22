"""Scans by the clock: what is to run when, and what became of the last time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID, uuid4

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.blackouts import Blackout, NewBlackout
from backend.domain.discovery.cron import Cron, zone_named
from backend.domain.discovery.events import SchedulesChanged
from backend.domain.discovery.options import ScanOptions, options_for
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.projects import ProjectService
from backend.domain.discovery.sampling import SAMPLE
from backend.domain.discovery.scan import ALIVE, Scan, ScanStatus
from backend.domain.discovery.service import ScanService, StartScan
from backend.domain.discovery.storage import Sites
from backend.domain.errors import Conflict, NotFound
from backend.domain.page import Page, PageRequest

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Skipped:
    """A run that did not happen: when it was due, and why (missed, overlap, blackout, or why it was refused)."""

    at: datetime
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewSchedule:
    """A schedule as a person wants it."""

    name: str
    targets: tuple[str, ...]
    exclusions: tuple[str, ...]
    profile: str
    options: Mapping[str, object] | None
    cron: str
    timezone: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Schedule:
    """A schedule as it is kept."""

    id: int
    uid: UUID
    site_id: int
    project_id: int
    wanted: NewSchedule
    created_by: int | None
    created_at: datetime
    next_run_at: datetime | None = None
    last_run_at: datetime | None = None
    last_scan_id: int | None = None
    last_skipped: Skipped | None = None

    def next_after(self, now: datetime) -> datetime | None:
        """The next run after a moment; None for one that is switched off."""
        if not self.wanted.enabled:
            return None
        return Cron.parse(self.wanted.cron).after(now, zone_named(self.wanted.timezone))


class ScanPlans(Protocol):
    """Schedules and blackout windows in the open transaction."""

    async def add_schedule(self, site_id: int, project_id: int, by: int | None, wanted: NewSchedule) -> int:
        """Write one down; raises Conflict where the site has one of that name."""
        ...

    async def schedule(self, schedule_id: int, *, lock: bool = False) -> Schedule | None:
        """One schedule."""
        ...

    async def save_schedule(self, schedule: Schedule) -> None:
        """Write all of it; raises Conflict where the name is taken."""
        ...

    async def delete_schedule(self, schedule_id: int) -> None:
        """Forget it; its scans stay."""
        ...

    async def schedules(self, sites: Sites, request: PageRequest) -> Page[Schedule]:
        """Schedules by name."""
        ...

    async def due(self, now: datetime) -> Sequence[Schedule]:
        """Those whose time has come, locked."""
        ...

    async def add_blackout(self, site_id: int, wanted: NewBlackout) -> int:
        """Write a window down; raises Conflict where the site has one of that name."""
        ...

    async def blackout(self, blackout_id: int) -> Blackout | None:
        """One window."""
        ...

    async def save_blackout(self, blackout: Blackout) -> None:
        """Write all of it."""
        ...

    async def delete_blackout(self, blackout_id: int) -> None:
        """Forget it."""
        ...

    async def blackouts(self, sites: Sites) -> Sequence[Blackout]:
        """Every window by name."""
        ...


class ScheduleService:
    """What may be done with schedules."""

    def __init__(
        self, scans: ScanService, planner: Planner, projects: ProjectService, clock: Clock = utc_now
    ) -> None:
        self._scans = scans
        self._planner = planner
        self._projects = projects
        self._clock = clock

    async def visible(self, work: "UnitOfWork", actor: Actor, schedule_id: int, *, lock: bool = False) -> Schedule:
        """One schedule; raises NotFound where there is none for this person."""
        found = await work.plans.schedule(schedule_id, lock=lock)
        if found is None or not actor.may_see_site(found.site_id):
            raise NotFound.of("scan_schedule", schedule_id)
        return found

    async def create(
        self, work: "UnitOfWork", actor: Actor, project_id: int | None, wanted: NewSchedule
    ) -> Schedule:
        """Write a schedule down. Raises Invalid for what could never run, Conflict for a name that is taken."""
        project = await self._projects.named_or_default(work, actor, project_id)
        await self._check(work, project.site_id, wanted)
        schedule_id = await work.plans.add_schedule(project.site_id, project.id, actor.user_id, wanted)
        await work.audit.record(actor, "create", "scan_schedule", schedule_id, {"name": wanted.name})
        return await self._planned(work, schedule_id)

    async def change(
        self, work: "UnitOfWork", actor: Actor, schedule_id: int, changes: Mapping[str, Any]
    ) -> Schedule:
        """Change what is given."""
        found = await self.visible(work, actor, schedule_id, lock=True)
        wanted = replace(found.wanted, **changes)
        await self._check(work, found.site_id, wanted)
        await work.plans.save_schedule(replace(found, wanted=wanted))
        await work.audit.record(actor, "update", "scan_schedule", schedule_id, {"fields": sorted(changes)})
        return await self._planned(work, schedule_id)

    async def delete(self, work: "UnitOfWork", actor: Actor, schedule_id: int) -> None:
        """Forget it; its scans stay."""
        found = await self.visible(work, actor, schedule_id, lock=True)
        await work.plans.delete_schedule(schedule_id)
        await work.audit.record(actor, "delete", "scan_schedule", schedule_id, {"name": found.wanted.name})

    async def run_now(self, work: "UnitOfWork", actor: Actor, schedule_id: int) -> Scan:
        """Start it out of turn. Raises Conflict while its last scan still runs, or within a blackout window."""
        found = await self.visible(work, actor, schedule_id, lock=True)
        if await self.last_still_runs(work, found):
            raise Conflict(
                "The last scan of this schedule is not over yet",
                code="schedule_overlap",
                params={"scan": found.last_scan_id},
            )
        return await self.start(work, actor, found)

    async def start(self, work: "UnitOfWork", actor: Actor, schedule: Schedule) -> Scan:
        """Start a scan of this schedule and remember it."""
        wanted = schedule.wanted
        body = StartScan(
            targets=wanted.targets,
            exclusions=wanted.exclusions,
            project_id=schedule.project_id,
            name=wanted.name,
            profile=wanted.profile,
            options=wanted.options,
            schedule_id=schedule.id,
        )
        scan = await self._scans.start(work, actor, body)
        await work.plans.save_schedule(replace(schedule, last_run_at=self._clock(), last_scan_id=scan.id))
        return scan

    async def last_still_runs(self, work: "UnitOfWork", schedule: Schedule) -> bool:
        """Whether the scan of the last time is not over."""
        last = await work.scans.get(schedule.last_scan_id) if schedule.last_scan_id else None
        return last is not None and last.status in ALIVE | {ScanStatus.PAUSED}

    async def _check(self, work: "UnitOfWork", site_id: int, wanted: NewSchedule) -> None:
        Cron.parse(wanted.cron)
        zone_named(wanted.timezone)
        options_for(wanted.profile, ScanOptions.from_mapping(wanted.options) if wanted.options else None)
        by = uuid4() if wanted.profile == SAMPLE else None
        await self._planner.plan(work, site_id, wanted.targets, wanted.exclusions, by)

    async def _planned(self, work: "UnitOfWork", schedule_id: int) -> Schedule:
        """The schedule with its next run."""
        found = await work.plans.schedule(schedule_id)
        assert found
        planned = replace(found, next_run_at=found.next_after(self._clock()))
        await work.plans.save_schedule(planned)
        work.collect(SchedulesChanged())
        return planned
