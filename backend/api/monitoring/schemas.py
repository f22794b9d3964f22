"""Plugins and monitors, as the API says them."""

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, Field, StringConstraints

from backend.api.fields import MAX_ID, Input, Line, Name, Prose, UtcTime
from backend.api.inventory.schemas import Facet, Tags
from backend.domain.inventory.text import one_line
from backend.domain.monitoring.monitors import MAX_AT_ONCE, MAX_INTERVAL_S, MIN_INTERVAL_S, BulkChange, NewMonitor
from backend.domain.monitoring.plugins import MonitoringPlugin, NewPlugin
from backend.domain.monitoring.poller import clean_values
from backend.domain.monitoring.timeliness import Turn
from backend.domain.monitoring.trying import Tried

Reference = Annotated[int, Field(ge=1, le=MAX_ID)]
Interval = Annotated[int, Field(ge=MIN_INTERVAL_S, le=MAX_INTERVAL_S, description="Seconds")]
State = Literal["pending", "up", "down", "paused", "unknown"]
Config = Annotated[dict[Annotated[str, StringConstraints(max_length=64)], Any], Field(max_length=64)]
# A host name or an address; what more a collector needs is in its configuration.
Address = Annotated[
    str,
    StringConstraints(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9_][A-Za-z0-9._:-]*$|^[0-9a-fA-F:.]+$"),
]


class PluginBody(Input):
    """A collector's configuration under a name."""

    name: Name
    type: Line = Field(min_length=1, description="The collector's name, as /extensions lists them")
    description: Prose = ""
    config: Config = Field(default_factory=dict)

    def to_domain(self) -> NewPlugin:
        """The same as the domain has it."""
        return NewPlugin(self.name, self.type, self.description, self.config)


class Plugin(BaseModel):
    """A plugin; `config` is the collector's configuration in full."""

    id: int
    uid: str
    name: str
    type: str
    description: str
    config: dict[str, Any]
    built_in: bool
    monitors: int
    created_at: UtcTime

    @classmethod
    def of(cls, plugin: MonitoringPlugin) -> "Plugin":
        """The answer for a plugin."""
        names = ("id", "name", "type", "description", "built_in", "monitors", "created_at")
        fields = {name: getattr(plugin, name) for name in names}
        return cls(uid=str(plugin.uid), config=dict(plugin.config), **fields)


class MonitorBody(Input):
    """A monitor: a plugin at work on a device, or on an address. `interval` is another name of its interval."""

    device_id: Reference | None = None
    address: Address | None = Field(None, description="Instead of the device's own; needed without a device")
    site_id: Reference | None = Field(None, description="Of a monitor without a device; unset: the default site")
    credential_profile_id: Reference | None = None
    plugin_id: Reference
    polling_interval: Interval | None = Field(
        None,
        validation_alias=AliasChoices("polling_interval", "interval"),
        description="Seconds; unset: the collector's usual interval",
    )
    name: Line = Field("", description="Unset: the device's name")
    config: Config = Field(default_factory=dict, description="Over the plugin's configuration, for this one alone")
    enabled: bool = True
    tags: Tags = Field(default_factory=list)
    version: int | None = Field(None, description="The version that was read; another one in force is a 409")

    def to_domain(self) -> NewMonitor:
        """The same as the domain has it."""
        given = {name: getattr(self, name) for name in type(self).model_fields}
        return NewMonitor(**{**given, "tags": tuple(self.tags)})


class Reason(BaseModel):
    """Why something is as it is: a code with its params for translation, and a sentence."""

    code: str
    params: dict[str, Any]
    text: str


class Monitor(BaseModel):
    """A monitor and how it is doing. `name` and `address` are what is in force, `own_…` what a person set."""

    id: int
    uid: str
    site_id: int
    name: str
    own_name: str
    device_id: int | None
    device_name: str | None
    address: str | None
    own_address: str | None
    credential_profile_id: int | None
    credential_profile_name: str | None
    plugin_id: int
    plugin_name: str
    type: str
    config: dict[str, Any]
    polling_interval: int
    enabled: bool
    state: State
    since: str
    checked_at: str | None
    latency_ms: float | None
    failures: int
    reason: Reason | None
    last_polled: str | None
    last_attempted: str | None
    last_error: str | None
    last_error_at: str | None
    last_failure: Reason | None
    tags: list[str]
    version: int
    created_at: str


class MonitorFacets(BaseModel):
    """The values of the monitors that fit, the most frequent first."""

    state: list[Facet]
    type: list[Facet]
    network: list[Facet]
    tag: list[Facet]


class BulkMonitors(Input):
    """What to do with many monitors at once."""

    ids: Annotated[list[Reference], Field(min_length=1, max_length=MAX_AT_ONCE)]
    enabled: bool | None = None
    polling_interval: Interval | None = None

    def to_domain(self) -> BulkChange:
        """The same as the domain has it."""
        return BulkChange(tuple(dict.fromkeys(self.ids)), self.enabled, self.polling_interval)


class Changed(BaseModel):
    """How many things were changed."""

    changed: int


class CheckPhase(BaseModel):
    """One step of a check and how long it took."""

    name: str
    ms: float
    detail: str


class Recheck(BaseModel):
    """What a second method said before the state turned."""

    method: str
    answered: bool
    detail: str


class Failure(BaseModel):
    """A check that failed: when, why in words, and in which phase."""

    at: str
    code: str
    params: dict[str, Any]
    text: str
    phase: str
    phases: list[CheckPhase]
    recheck: Recheck | None


class CheckTried(BaseModel):
    """What a test came to, phase by phase. Nothing of it is kept."""

    up: bool
    address: str
    phases: list[CheckPhase]
    values: dict[str, float | None]
    samples: int
    facts: dict[str, str]
    failure: Reason | None
    phase: str
    recheck: Recheck | None

    @classmethod
    def of(cls, tried: Tried) -> "CheckTried":
        """The answer for a test."""
        reading, failure = tried.measured.reading, tried.failure
        phases = failure.phases if failure else tried.measured.phases
        facts = reading.facts if reading else {}
        return cls(
            up=failure is None,
            address=tried.address,
            phases=[CheckPhase(name=each.name, ms=each.ms, detail=each.detail) for each in phases],
            values=dict(clean_values(reading)) if reading else {},
            samples=len(reading.samples) if reading else 0,
            facts={one_line(name, 60): one_line(value, 300) for name, value in facts.items()},
            failure=Reason(code=failure.code, params=dict(failure.params), text=failure.text) if failure else None,
            phase=failure.phase if failure else "",
            recheck=Recheck(
                method=tried.recheck.method, answered=tried.recheck.answered, detail=tried.recheck.detail
            )
            if tried.recheck
            else None,
        )


class Schedule(BaseModel):
    """A monitor's turns: when the next one is, how late the last one was, how many were left out.

    Skipped: its poll before still ran. Missed: nobody could poll. Both are not made up for.
    """

    next_run_in_s: float | None
    late_s: float | None
    skipped: int
    missed: int
    polling: bool

    @classmethod
    def of(cls, turn: Turn) -> "Schedule":
        """The answer for a monitor."""
        return cls(
            next_run_in_s=turn.next_in_s,
            late_s=turn.late_s,
            skipped=turn.skipped,
            missed=turn.missed,
            polling=turn.polling,
        )


class StateInterval(BaseModel):
    """From when to when a monitor was in a state, and why."""

    state: State
    started_at: str
    ended_at: str | None
    reason: Reason | None
