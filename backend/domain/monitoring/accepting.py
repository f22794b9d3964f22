"""Accepting suggestions: the plugin chosen or made, the login chosen, the monitor created."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from backend.domain.accounts.actor import Actor
from backend.domain.errors import DomainError, NotFound, Params, Unavailable
from backend.domain.monitoring.credentials import CredentialProfile, CredentialService
from backend.domain.monitoring.monitors import MonitorService, NewMonitor, check_interval
from backend.domain.monitoring.plugins import Collectors, MonitoringPlugin, NewPlugin, PluginService
from backend.domain.monitoring.suggestions import (
    Candidate,
    Key,
    Suggestion,
    SuggestionFilter,
    config_for,
    hints,
)
from backend.domain.page import MAX_LIMIT, Page, PageRequest

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

MAX_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How suggestions are accepted: with which logins, and how often they are polled.

    Without `own_choice` only the logins that are named are used, never the only one that fits.
    """

    credential_profile_ids: tuple[int, ...] = ()
    interval_s: int | None = None
    own_choice: bool = True


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """A suggestion that became no monitor, and why."""

    key: str
    code: str
    text: str
    params: Params = field(default_factory=dict)


@dataclass(slots=True)
class Accepted:
    """What came of it: the monitors that were made, and what was left."""

    monitors: list[int] = field(default_factory=list)
    skipped: list[NotAccepted] = field(default_factory=list)
    more: bool = False


class SuggestionService:
    """What may be done with suggestions."""

    def __init__(
        self,
        collectors: Collectors,
        plugins: PluginService,
        monitors: MonitorService,
        credentials: CredentialService,
    ) -> None:
        self._collectors, self._plugins, self._monitors = collectors, plugins, monitors
        self._credentials = credentials

    async def page(
        self, work: "UnitOfWork", actor: Actor, wanted: SuggestionFilter, request: PageRequest
    ) -> Page[Suggestion]:
        """What could be watched and is not."""
        given = hints(self._collectors, wanted.collectors)
        found = await work.suggestions.page(actor.site_ids, given, wanted, request)
        shelf = await self._shelf(work, actor)
        return Page(tuple(shelf.suggestion(item) for item in found.items), found.total, found.next_offset)

    async def accept(self, work: "UnitOfWork", actor: Actor, keys: Sequence[str], how: Acceptance) -> Accepted:
        """Make monitors of these; what is not there any more is said, and stops nothing."""
        await work.suggestions.hold()
        asked = {key: Key.parse(key) for key in dict.fromkeys(keys)}
        devices = tuple({key.device_id for key in asked.values() if key})
        open_now = await self._all(work, actor, SuggestionFilter(device_ids=devices))
        known = {str(item.candidate.key): item for item in open_now}
        accepted = await self._make(work, actor, [known[key] for key in asked if key in known], how)
        accepted.skipped += [_gone(key) for key in asked if key not in known]
        return accepted

    async def accept_all(
        self, work: "UnitOfWork", actor: Actor, wanted: SuggestionFilter, how: Acceptance
    ) -> Accepted:
        """Make monitors of everything that fits, some hundred at most. Raises NotFound, Invalid."""
        await work.suggestions.hold()
        found = await self.page(work, actor, wanted, PageRequest(limit=MAX_AT_ONCE))
        accepted = await self._make(work, actor, found.items, how)
        accepted.more = found.next_offset is not None
        return accepted

    async def accept_everything(
        self, work: "UnitOfWork", actor: Actor, wanted: SuggestionFilter, how: Acceptance
    ) -> int:
        """Make monitors of all that fits, however many, and answer how many; what cannot be is left."""
        await work.suggestions.hold()
        return len((await self._make(work, actor, await self._all(work, actor, wanted), how)).monitors)

    async def dismiss(self, work: "UnitOfWork", actor: Actor, keys: Sequence[str], *, restore: bool) -> int:
        """Suggest these no more, or again; answers how many of them are this person's to decide."""
        parsed = [key for key in map(Key.parse, dict.fromkeys(keys)) if key]
        mine = [key for key in parsed if await self._may(work, actor, key.device_id)]
        mine = [key for key in mine if self._collectors.traits(key.collector)]
        await (work.suggestions.restore(mine) if restore else work.suggestions.dismiss(mine))
        action = "restore" if restore else "dismiss"
        if mine:
            told = {"keys": [str(key) for key in mine[:50]], "count": len(mine)}
            await work.audit.record(actor, action, "monitor_suggestion", None, told)
        return len(mine)

    async def _may(self, work: "UnitOfWork", actor: Actor, device_id: int) -> bool:
        found = await work.device_edits.site_and_version(device_id)
        return found is not None and actor.may_see_site(found[0])

    async def _all(self, work: "UnitOfWork", actor: Actor, wanted: SuggestionFilter) -> list[Suggestion]:
        found: list[Suggestion] = []
        request = PageRequest(limit=MAX_LIMIT)
        while True:
            page = await self.page(work, actor, wanted, request)
            found += page.items
            if page.next_offset is None:
                return found
            request = PageRequest(limit=MAX_LIMIT, offset=page.next_offset)

    async def _make(
        self, work: "UnitOfWork", actor: Actor, chosen: Sequence[Suggestion], how: Acceptance
    ) -> Accepted:
        check_interval(how.interval_s)
        logins = [await self._credentials.visible(work, actor, each) for each in how.credential_profile_ids]
        shelf, accepted = await self._shelf(work, actor), Accepted()
        for suggestion in chosen:
            try:
                made = await self._one(work, actor, shelf, suggestion, (logins, how))
            except Unavailable:
                raise
            except DomainError as refused:
                key = str(suggestion.candidate.key)
                accepted.skipped.append(NotAccepted(key, refused.code, refused.detail, refused.params))
            else:
                accepted.monitors.append(made)
        return accepted

    async def _one(
        self,
        work: "UnitOfWork",
        actor: Actor,
        shelf: "_Shelf",
        suggestion: Suggestion,
        with_what: tuple[Sequence[CredentialProfile], Acceptance],
    ) -> int:
        logins, how = with_what
        candidate = suggestion.candidate
        login = _login(suggestion, logins, candidate.site_id)
        if login is None and how.own_choice and suggestion.credential_needed:
            login = suggestion.credential_profile_id
        if login is None and suggestion.credential_needed:
            types = ", ".join(suggestion.credential_types)
            raise NotFound(
                f"It needs a credential profile: {types}", code="credential_needed", params={"types": types}
            )
        plugin_id = shelf.plugin_for(candidate, suggestion.config)
        if plugin_id is None:
            new = NewPlugin(shelf.free_name(candidate), candidate.key.collector, "", suggestion.config)
            plugin = await self._plugins.create(work, actor, new)
            shelf.plugins.append(plugin)
            plugin_id = plugin.id
        new_monitor = NewMonitor(
            plugin_id, candidate.key.device_id, credential_profile_id=login, polling_interval=how.interval_s
        )
        return await self._monitors.create(work, actor, new_monitor)

    async def _shelf(self, work: "UnitOfWork", actor: Actor) -> "_Shelf":
        everything = PageRequest(limit=10_000)
        plugins = await work.plugins.page(everything)
        profiles = await work.credential_profiles.page(actor.site_ids, everything)
        return _Shelf(self._collectors, list(plugins.items), profiles.items)


class _Shelf:
    """The plugins and logins that there are."""

    def __init__(
        self, collectors: Collectors, plugins: list[MonitoringPlugin], profiles: Sequence[CredentialProfile]
    ) -> None:
        self._collectors, self.plugins, self._profiles = collectors, plugins, profiles
        self._whole: dict[tuple[str, str], dict[str, Any]] = {}

    def suggestion(self, candidate: Candidate) -> Suggestion:
        """A candidate with what it would take to watch it."""
        traits = self._collectors.traits(candidate.key.collector)
        assert traits is not None
        config = config_for(self._collectors, candidate)
        types = traits.credentials if traits.credential_needed else ()
        fitting = [
            profile.id
            for profile in self._profiles
            if profile.login.type in types and profile.site_id in {None, candidate.site_id}
        ]
        return Suggestion(
            candidate=candidate,
            config=config,
            plugin_id=self.plugin_for(candidate, config),
            credential_profile_id=fitting[0] if len(fitting) == 1 else None,
            credential_types=types,
            credential_needed=traits.credential_needed,
        )

    def plugin_for(self, candidate: Candidate, config: Mapping[str, Any]) -> int | None:
        """A plugin that is configured just so, one of ours first."""
        name = candidate.key.collector
        wanted = self._checked(name, config)
        mine = [each for each in self.plugins if each.type == name and self._checked(name, each.config) == wanted]
        return min(mine, key=lambda each: (not each.built_in, each.id)).id if mine else None

    def free_name(self, candidate: Candidate) -> str:
        """A name for a new plugin that nobody has."""
        scheme = "http" if candidate.key.collector == "http" and not candidate.tls else ""
        kind = "https" if candidate.key.collector == "http" and not scheme else candidate.key.collector
        base, number = f"{kind} {candidate.key.port}", 1
        name, taken = base, {plugin.name.lower() for plugin in self.plugins}
        while name.lower() in taken:
            number += 1
            name = f"{base} ({number})"
        return name

    def _checked(self, name: str, config: Mapping[str, Any]) -> dict[str, Any] | None:
        key = (name, repr(sorted(config.items())))
        if key not in self._whole:
            try:
                self._whole[key] = self._collectors.checked(name, config)
            except DomainError:
                return None  # kept by an older version of the collector
        return self._whole[key]


def _login(suggestion: Suggestion, logins: Sequence[CredentialProfile], site_id: int) -> int | None:
    """The first of the logins that were named which the collector can use there."""
    for profile in logins:
        if profile.login.type in suggestion.credential_types and profile.site_id in {None, site_id}:
            return profile.id
    return None


def _gone(key: str) -> NotAccepted:
    return NotAccepted(key, "suggestion_gone", "This is not suggested any more", {"key": key})
