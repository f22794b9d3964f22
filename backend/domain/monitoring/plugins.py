"""Plugins, in the NMSlite document's word: named configurations of collectors, which monitors put to work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from backend.domain.accounts.actor import Actor
from backend.domain.errors import Blocked, Conflict, Invalid, NotFound
from backend.domain.monitoring.collector import CredentialType, Traits
from backend.domain.page import Page, PageRequest

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

Config = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewPlugin:
    """A plugin that is about to be written down. `type` is the collector's name."""

    name: str
    type: str
    description: str = ""
    config: Config = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MonitoringPlugin:
    """A plugin as it is known. Built-in ones are made by us, one a collector, and stay."""

    id: int
    uid: UUID
    name: str
    type: str
    description: str
    config: Config
    built_in: bool
    created_at: datetime
    monitors: int = 0


@dataclass(frozen=True, slots=True)
class PluginChanged:
    """A plugin is configured otherwise now, or gone."""

    plugin_id: int


class Collectors(Protocol):
    """The collectors that are installed."""

    def names(self) -> tuple[str, ...]:
        """What can be configured."""
        ...

    def summary(self, name: str) -> str:
        """What a collector does, in a line."""
        ...

    def traits(self, name: str) -> Traits | None:
        """What a collector measures and needs; None for a name that nobody has."""
        ...

    def checked(self, name: str, config: Config) -> dict[str, Any]:
        """The configuration in full; raises Invalid with every field that is wrong."""
        ...


class MonitoringPlugins(Protocol):
    """Where plugins are kept."""

    async def page(self, request: PageRequest) -> Page[MonitoringPlugin]:
        """All of them."""
        ...

    async def get(self, plugin_id: int, *, lock: bool = False) -> MonitoringPlugin | None:
        """One of them."""
        ...

    async def add(self, new: NewPlugin, *, built_in: bool = False) -> int:
        """Keep one; raises Conflict for a name that is taken."""
        ...

    async def change(self, plugin_id: int, new: NewPlugin) -> None:
        """Change one; raises Conflict for a name that is taken."""
        ...

    async def remove(self, plugin_id: int) -> None:
        """Delete one."""
        ...

    async def built_in_types(self) -> set[str]:
        """The collectors that have their built-in plugin."""
        ...


class PluginService:
    """What may be done with plugins."""

    def __init__(self, collectors: Collectors) -> None:
        self._collectors = collectors

    async def known(self, work: "UnitOfWork", plugin_id: int, *, lock: bool = False) -> MonitoringPlugin:
        """One plugin; raises NotFound."""
        plugin = await work.plugins.get(plugin_id, lock=lock)
        if plugin is None:
            raise NotFound.of("plugin", plugin_id)
        return plugin

    async def create(self, work: "UnitOfWork", actor: Actor, new: NewPlugin) -> MonitoringPlugin:
        """Configure a collector; raises Invalid, Conflict."""
        made = await work.plugins.add(self._checked(new))
        await work.audit.record(actor, "create", "plugin", made, {"name": new.name, "type": new.type})
        return await self.known(work, made)

    async def change(self, work: "UnitOfWork", actor: Actor, plugin_id: int, new: NewPlugin) -> MonitoringPlugin:
        """Configure it otherwise; its collector stays the same while monitors use it.

        Raises NotFound, Invalid, Conflict.
        """
        old = await self.known(work, plugin_id, lock=True)
        if new.type != old.type and (old.monitors or old.built_in):
            raise Conflict(
                "The collector of a plugin that is in use stays",
                code="plugin_type_stays",
                params={"type": old.type},
            )
        await work.plugins.change(plugin_id, self._checked(new))
        await work.audit.record(
            actor, "update", "plugin", plugin_id, {"name": new.name, "config": dict(new.config)}
        )
        work.collect(PluginChanged(plugin_id))
        return await self.known(work, plugin_id)

    async def delete(self, work: "UnitOfWork", actor: Actor, plugin_id: int) -> None:
        """Forget a plugin; raises Blocked while a monitor uses it, Conflict for a built-in one."""
        plugin = await self.known(work, plugin_id, lock=True)
        if plugin.monitors:
            raise Blocked.by("plugin", {"monitor": plugin.monitors})
        if plugin.built_in:
            raise Conflict("Built-in plugins stay", code="plugin_built_in", params={"id": plugin_id})
        await work.plugins.remove(plugin_id)
        await work.audit.record(actor, "delete", "plugin", plugin_id, {"name": plugin.name})
        work.collect(PluginChanged(plugin_id))

    async def ensure_built_in(self, work: "UnitOfWork") -> None:
        """Let every collector have its plugin, so that a first monitor needs no configuration."""
        there = await work.plugins.built_in_types()
        for name in self._collectors.names():
            if name not in there:
                new = NewPlugin(name, name, self._collectors.summary(name))
                await work.plugins.add(self._checked(new), built_in=True)

    def _checked(self, new: NewPlugin) -> NewPlugin:
        if self._collectors.traits(new.type) is None:
            names = ", ".join(self._collectors.names())
            raise Invalid.for_field("type", "not_a_choice", f"The collector is one of {names}", choices=names)
        return NewPlugin(new.name, new.type, new.description, self._collectors.checked(new.type, new.config))


def check_collectors(installed: Collectors, named: Iterable[str], field: str) -> None:
    """Raises Invalid for a collector that nobody has."""
    names = ", ".join(installed.names())
    for name in named:
        if installed.traits(name) is None:
            raise Invalid.for_field(field, "not_a_choice", f"The collector is one of {names}", choices=names)


def needs_credential(traits: Traits, given: CredentialType | None) -> Invalid | None:
    """The refusal of a credential that the collector cannot use, or of one that is missing; None where it fits."""
    field_name, types = "credential_profile_id", ", ".join(traits.credentials)
    if given is None and traits.credential_needed:
        return Invalid.for_field(
            field_name, "credential_needed", f"This collector needs a credential profile: {types}", types=types
        )
    if given is not None and given not in traits.credentials:
        detail = f"This collector cannot log in with {given}" + (f"; it takes {types}" if types else "")
        return Invalid.for_field(field_name, "credential_type_wrong", detail, type=given, types=types)
    return None
