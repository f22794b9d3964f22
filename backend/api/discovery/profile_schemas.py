"""Discovery profiles, as the API says them."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from backend.api.discovery.plan_schemas import SiteId, ZoneName
from backend.api.fields import MAX_ID, Input, Name, UtcTime
from backend.domain.discovery.cron import MAX_LENGTH
from backend.domain.discovery.profiles import AutoProvision, DiscoveryProfile, FoundDevice, NewProfile

CollectorName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[a-z0-9_-]+$")]
Collectors = Annotated[list[CollectorName], Field(max_length=64)]
Interval = Annotated[int, Field(ge=1, le=86_400)]


class AutoProvisionIn(Input):
    """What is watched of what a run finds."""

    collectors: Collectors = Field(
        default_factory=list, description="None: every one that needs no other login than the profile's"
    )
    interval: Interval | None = Field(None, description="Seconds; null: the collector's usual interval")

    def to_domain(self) -> AutoProvision:
        """The same as the domain has it."""
        return AutoProvision(tuple(self.collectors), self.interval)


class DiscoveryProfileIn(Input):
    """A subnet, a login, and what is to become of who answers there."""

    name: Name
    credential_profile_id: int = Field(ge=1, le=MAX_ID)
    subnet: Annotated[str, StringConstraints(min_length=1, max_length=100, strip_whitespace=True)] = Field(
        description="A network, a range or an address: 10.0.5.0/24, 10.0.5.1-10.0.5.50, 10.0.5.7"
    )
    port_scan: bool = Field(True, description="Also ask for 135, 5985, 5986 and the ports of the login's kind")
    enabled: bool = Field(True, description="Whether the clock may start it")
    cron: Annotated[str, StringConstraints(max_length=MAX_LENGTH)] | None = Field(
        None, description="minute hour day month weekday, or @daily and the like; null: only when asked"
    )
    timezone: ZoneName = "UTC"
    auto_provision: AutoProvisionIn | None = Field(None, description="Null: nothing is watched by itself")
    site_id: SiteId | None = Field(None, description="On creation; absent: the default site")

    def to_domain(self) -> NewProfile:
        """The same as the domain has it."""
        return NewProfile(
            name=self.name,
            credential_profile_id=self.credential_profile_id,
            subnet=self.subnet,
            port_scan=self.port_scan,
            enabled=self.enabled,
            cron=(self.cron or "").strip(),
            timezone=self.timezone,
            auto_provision=self.auto_provision.to_domain() if self.auto_provision else None,
        )


class AutoProvisionOut(BaseModel):
    """What is watched of what a run finds."""

    collectors: list[str]
    interval: int | None


class RunResultOut(BaseModel):
    """What a run came to."""

    found: int
    windows: int
    provisioned: int


class RunErrorOut(BaseModel):
    """Why the last run came to nothing, or to less than it should."""

    at: UtcTime
    code: str
    params: dict[str, Any]
    text: str


class DiscoveryProfileOut(BaseModel):
    """A discovery profile; `running_scan_id` is the scan of a run that is not over."""

    id: int
    uid: str
    site_id: int
    name: str
    credential_profile_id: int
    subnet: str
    port_scan: bool
    enabled: bool
    cron: str | None
    timezone: str
    auto_provision: AutoProvisionOut | None
    next_run_at: UtcTime | None
    last_run_at: UtcTime | None
    last_scan_id: int | None
    running_scan_id: int | None
    last_result: RunResultOut | None
    last_error: RunErrorOut | None
    created_at: UtcTime

    @classmethod
    def of(cls, profile: DiscoveryProfile) -> "DiscoveryProfileOut":
        """The answer for a profile."""
        wanted, provision = profile.wanted, profile.wanted.auto_provision
        result, error = profile.last_result, profile.last_error
        return cls(
            id=profile.id,
            uid=str(profile.uid),
            site_id=profile.site_id,
            name=wanted.name,
            credential_profile_id=wanted.credential_profile_id,
            subnet=wanted.subnet,
            port_scan=wanted.port_scan,
            enabled=wanted.enabled,
            cron=wanted.cron or None,
            timezone=wanted.timezone,
            auto_provision=AutoProvisionOut(collectors=list(provision.collectors), interval=provision.interval_s)
            if provision
            else None,
            next_run_at=profile.next_run_at,
            last_run_at=profile.last_run_at,
            last_scan_id=profile.last_scan_id,
            running_scan_id=profile.pending_scan_id,
            last_result=RunResultOut(found=result.found, windows=result.windows, provisioned=result.provisioned)
            if result
            else None,
            last_error=RunErrorOut(at=error.at, code=error.code, params=dict(error.params), text=error.text)
            if error
            else None,
            created_at=profile.created_at,
        )


class FoundDeviceOut(BaseModel):
    """A device that answered; `windows` where it was recognised as one."""

    id: int
    name: str
    ip: str
    hostname: str | None
    os: str | None
    type: str
    windows: bool
    discovery_id: int
    created_at: UtcTime

    @classmethod
    def of(cls, device: FoundDevice, profile_id: int, *, windows: bool) -> "FoundDeviceOut":
        """The answer for a device."""
        return cls(
            id=device.id,
            name=device.name,
            ip=device.address,
            hostname=device.hostname,
            os=device.os,
            type=device.type,
            windows=windows,
            discovery_id=profile_id,
            created_at=device.created_at,
        )


class Found(BaseModel):
    """What a run found: every one who answered; `devices` are the first of them, by address."""

    found: int
    devices: list[FoundDeviceOut]
    windows: int
    provisioned: int
    scan_id: int


class RunGoesOn(BaseModel):
    """The run is not over: watch its scan, then look at the profile's `last_result`."""

    scan_id: int
    discovery_profile_id: int
    status: str
    link: str
