"""Suggestions and provisioning rules, as the API says them."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from backend.api.fields import MAX_ID, Input, Name, UtcTime
from backend.domain.monitoring.accepting import MAX_AT_ONCE, Acceptance, Accepted
from backend.domain.monitoring.collector import CredentialType
from backend.domain.monitoring.rules import NewRule, Rule
from backend.domain.monitoring.suggestions import Suggestion as SuggestionValue
from backend.domain.monitoring.suggestions import SuggestionFilter

CollectorName = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[a-z0-9_-]+$")]
Collectors = Annotated[list[CollectorName], Field(max_length=64)]
KeyText = Annotated[str, StringConstraints(min_length=5, max_length=100, pattern=r"^[0-9]+-[a-z0-9_-]+-[0-9]+$")]
Keys = Annotated[list[KeyText], Field(min_length=1, max_length=MAX_AT_ONCE)]
ProfileId = Annotated[int, Field(ge=1, le=MAX_ID)]
Interval = Annotated[int, Field(ge=1, le=86_400)]


class Reason(BaseModel):
    """Why it is suggested: `port_open` or `service_understood`."""

    code: str
    params: dict[str, Any]


class Suggestion(BaseModel):
    """Something that could be watched and is not.

    `plugin_id` is the plugin that would be used; null: one is made with `config`. `credential_profile_id` is the
    only login that fits; null where none or several do.
    """

    key: str
    device_id: int
    device_name: str
    address: str
    collector: str
    plugin_id: int | None
    config: dict[str, Any]
    port: int
    protocol: str
    service: str | None
    reason: Reason
    credential_profile_id: int | None
    credential_needed: bool
    credential_types: list[CredentialType]

    @classmethod
    def of(cls, suggestion: SuggestionValue) -> "Suggestion":
        """The answer for a suggestion."""
        candidate, (code, params) = suggestion.candidate, suggestion.reason
        return cls(
            key=str(candidate.key),
            device_id=candidate.key.device_id,
            device_name=candidate.device_name,
            address=candidate.address,
            collector=candidate.key.collector,
            plugin_id=suggestion.plugin_id,
            config=dict(suggestion.config),
            port=candidate.key.port,
            protocol=candidate.protocol,
            service=candidate.service,
            reason=Reason(code=code, params=params),
            credential_profile_id=suggestion.credential_profile_id,
            credential_needed=suggestion.credential_needed,
            credential_types=list(suggestion.credential_types),
        )


class Filters(Input):
    """Which suggestions; what is left out means any."""

    device_id: ProfileId | None = None
    network_id: ProfileId | None = None
    collectors: Collectors = Field(default_factory=list)

    def to_domain(self) -> SuggestionFilter:
        """The same as the domain has it."""
        return SuggestionFilter(self.device_id, self.network_id, tuple(self.collectors))


class AcceptIn(Input):
    """Suggestions by key, or all that fit; which login for which type; how often."""

    keys: Keys | None = None
    all: Filters | None = Field(None, description="Everything that fits, at most 500 at once")
    credential_profile_ids: dict[CredentialType, ProfileId] = Field(
        default_factory=dict, description="A type that is left out: the only profile of that type, if there is one"
    )
    interval: Interval | None = Field(None, description="Seconds; null: the collector's usual interval")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.keys is None) == (self.all is None):
            raise PydanticCustomError("keys_or_all", "Either keys or all")
        return self

    def to_domain(self) -> Acceptance:
        """The same as the domain has it."""
        return Acceptance(tuple(dict.fromkeys(self.credential_profile_ids.values())), self.interval)


class SkippedOut(BaseModel):
    """A suggestion that became no monitor."""

    key: str
    code: str
    params: dict[str, Any]
    text: str


class AcceptedOut(BaseModel):
    """What came of it; `more` says that more fit than are made at once."""

    created: int
    monitor_ids: list[int]
    skipped: list[SkippedOut]
    more: bool

    @classmethod
    def of(cls, accepted: Accepted) -> "AcceptedOut":
        """The answer."""
        skipped = [
            SkippedOut(key=item.key, code=item.code, params=dict(item.params), text=item.text)
            for item in accepted.skipped
        ]
        return cls(
            created=len(accepted.monitors), monitor_ids=accepted.monitors, skipped=skipped, more=accepted.more
        )


class KeysIn(Input):
    """Suggestions by key."""

    keys: Keys


class Decided(BaseModel):
    """How many suggestions were put aside, or taken back."""

    changed: int


class RuleIn(Input):
    """A network in which suggestions accept themselves when a scan ends."""

    name: Name
    network_id: ProfileId
    collectors: Collectors = Field(
        default_factory=list, description="None: every one that needs no other login than those named"
    )
    credential_profile_ids: Annotated[list[ProfileId], Field(max_length=50)] = Field(default_factory=list)
    interval: Interval | None = Field(None, description="Seconds; null: the collector's usual interval")
    enabled: bool = True

    def to_domain(self) -> NewRule:
        """The same as the domain has it."""
        return NewRule(
            name=self.name,
            network_id=self.network_id,
            collectors=tuple(dict.fromkeys(self.collectors)),
            credential_profile_ids=tuple(dict.fromkeys(self.credential_profile_ids)),
            interval_s=self.interval,
            enabled=self.enabled,
        )


class RuleOut(BaseModel):
    """A provisioning rule."""

    id: int
    uid: str
    site_id: int
    name: str
    network_id: int
    collectors: list[str]
    credential_profile_ids: list[int]
    interval: int | None
    enabled: bool
    created_at: UtcTime

    @classmethod
    def of(cls, rule: Rule) -> "RuleOut":
        """The answer for a rule."""
        wanted = rule.wanted
        return cls(
            id=rule.id,
            uid=str(rule.uid),
            site_id=rule.site_id,
            name=wanted.name,
            network_id=wanted.network_id,
            collectors=list(wanted.collectors),
            credential_profile_ids=list(wanted.credential_profile_ids),
            interval=wanted.interval_s,
            enabled=wanted.enabled,
            created_at=rule.created_at,
        )
