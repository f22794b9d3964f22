"""Schedules and blackout windows, as the API says them."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from backend.api.discovery.schemas import ScanOptionsIn, Texts
from backend.api.fields import Input, Name, UtcTime, absent
from backend.domain.discovery import options as domain_options
from backend.domain.discovery.blackouts import MAX_MINUTES, MAX_NETWORKS, Blackout
from backend.domain.discovery.cron import MAX_LENGTH
from backend.domain.discovery.schedules import Schedule

CronText = Annotated[str, StringConstraints(min_length=1, max_length=MAX_LENGTH)]
ZoneName = Annotated[str, StringConstraints(min_length=1, max_length=64)]
NetworkText = Annotated[str, StringConstraints(max_length=64)]
Minutes = Annotated[int, Field(ge=1, le=MAX_MINUTES)]
SiteId = Annotated[int, Field(ge=1, le=2**63 - 1)]
Networks = Annotated[list[NetworkText], Field(max_length=MAX_NETWORKS)]


class ScheduleIn(Input):
    """A scan by the clock."""

    name: Name
    targets: Texts = Field(description="As for a scan")
    exclusions: Texts = Field(default_factory=list)
    project_id: int | None = Field(default=None, ge=1, le=2**63 - 1, description="Absent: the default project")
    profile: domain_options.Profile = "standard"
    options: ScanOptionsIn | None = Field(default=None, description="For the profile `custom` only")
    cron: CronText = Field(description="minute hour day month weekday, or @daily and the like")
    timezone: ZoneName = Field(default="UTC", description="A name of the IANA list, such as Europe/Helsinki")
    enabled: bool = True


class SchedulePatch(Input):
    """What should be different about a schedule."""

    name: Name = absent()
    targets: Texts = absent()
    exclusions: Texts = absent()
    profile: domain_options.Profile = absent()
    options: ScanOptionsIn | None = None
    cron: CronText = absent()
    timezone: ZoneName = absent()
    enabled: bool = absent()


class SkippedOut(BaseModel):
    """A run that did not happen: `missed` (Lanarium was away), `overlap`, `blackout`, or a refusal's code."""

    at: UtcTime
    code: str
    text: str


class ScheduleOut(BaseModel):
    """A schedule."""

    id: int
    uid: str
    site_id: int
    project_id: int
    name: str
    targets: list[str]
    exclusions: list[str]
    profile: str
    options: dict[str, Any] | None
    cron: str
    timezone: str
    enabled: bool
    next_run_at: UtcTime | None
    last_run_at: UtcTime | None
    last_scan_id: int | None
    last_skipped: SkippedOut | None
    created_at: UtcTime

    @classmethod
    def of(cls, schedule: Schedule) -> "ScheduleOut":
        """The answer for a schedule."""
        wanted, skipped = schedule.wanted, schedule.last_skipped
        return cls(
            id=schedule.id,
            uid=str(schedule.uid),
            site_id=schedule.site_id,
            project_id=schedule.project_id,
            name=wanted.name,
            targets=list(wanted.targets),
            exclusions=list(wanted.exclusions),
            profile=wanted.profile,
            options=dict(wanted.options) if wanted.options else None,
            cron=wanted.cron,
            timezone=wanted.timezone,
            enabled=wanted.enabled,
            next_run_at=schedule.next_run_at,
            last_run_at=schedule.last_run_at,
            last_scan_id=schedule.last_scan_id,
            last_skipped=SkippedOut(at=skipped.at, code=skipped.code, text=skipped.text) if skipped else None,
            created_at=schedule.created_at,
        )


class BlackoutIn(Input):
    """A window in which networks are left alone."""

    name: Name
    site_id: SiteId | None = Field(default=None, description="Absent: the default project's site")
    cron: CronText = Field(description="When it begins")
    duration_min: Minutes
    timezone: ZoneName = "UTC"
    networks: Networks = Field(default_factory=list, description="None: every network of the site")
    enabled: bool = True


class BlackoutPatch(Input):
    """What should be different about a window."""

    name: Name = absent()
    cron: CronText = absent()
    duration_min: Minutes = absent()
    timezone: ZoneName = absent()
    networks: Networks = absent()
    enabled: bool = absent()


class BlackoutOut(BaseModel):
    """A blackout window, and whether it is open now."""

    id: int
    uid: str
    site_id: int
    name: str
    cron: str
    duration_min: int
    timezone: str
    networks: list[str]
    enabled: bool
    active_now: bool
    active_until: UtcTime | None
    next_start_at: UtcTime | None
    created_at: UtcTime

    @classmethod
    def of(cls, blackout: Blackout, now: datetime) -> "BlackoutOut":
        """The answer for a window at a moment."""
        wanted, until = blackout.wanted, blackout.active_until(now)
        return cls(
            id=blackout.id,
            uid=str(blackout.uid),
            site_id=blackout.site_id,
            name=wanted.name,
            cron=wanted.cron,
            duration_min=wanted.duration_min,
            timezone=wanted.timezone,
            networks=list(wanted.networks),
            enabled=wanted.enabled,
            active_now=until is not None,
            active_until=until,
            next_start_at=blackout.next_start(now),
            created_at=blackout.created_at,
        )
