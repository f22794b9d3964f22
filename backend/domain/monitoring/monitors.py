"""Monitors: a plugin at work on a device or an address, at its interval."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from backend.domain.accounts.actor import Actor
from backend.domain.errors import Conflict, Invalid, NotFound
from backend.domain.monitoring.credentials import CredentialService
from backend.domain.monitoring.plugins import Collectors, MonitoringPlugin, PluginService, needs_credential

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

MIN_INTERVAL_S, MAX_INTERVAL_S = 1, 86_400
MAX_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class NewMonitor:
    """A monitor as a person writes it. Without `polling_interval`, the collector's usual one."""

    plugin_id: int
    device_id: int | None = None
    address: str | None = None
    site_id: int | None = None
    credential_profile_id: int | None = None
    name: str = ""
    config: Mapping[str, Any] = field(default_factory=dict)
    polling_interval: int | None = None
    enabled: bool = True
    tags: tuple[str, ...] = ()
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Monitor:
    """A monitor as it is kept; how it is doing is its state's to say."""

    id: int
    uid: UUID
    site_id: int
    name: str
    device_id: int | None
    address: str | None
    credential_profile_id: int | None
    plugin_id: int
    config: Mapping[str, Any]
    polling_interval: int
    enabled: bool
    version: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MonitorChanged:
    """A monitor is new, different, or gone."""

    monitor_id: int
    site_id: int
    gone: bool = False


@dataclass(frozen=True, slots=True)
class BulkChange:
    """What to do with many monitors at once; None leaves a field alone."""

    ids: tuple[int, ...]
    enabled: bool | None = None
    polling_interval: int | None = None


class Monitors(Protocol):
    """Where monitors are kept."""

    async def get(self, monitor_id: int, *, lock: bool = False) -> Monitor | None:
        """One monitor."""
        ...

    async def several(self, monitor_ids: tuple[int, ...]) -> list[Monitor]:
        """Those of these that there are, locked."""
        ...

    async def add(self, new: NewMonitor, site_id: int) -> int:
        """Keep one, pending until its first answer."""
        ...

    async def change(self, monitor_id: int, new: NewMonitor, site_id: int) -> None:
        """Change one and count its version up."""
        ...

    async def change_many(self, change: BulkChange) -> None:
        """Change many and count their versions up."""
        ...

    async def remove(self, monitor_id: int) -> None:
        """Delete one with its states, failures and everything that it measured."""
        ...


class MonitorService:
    """What may be done with monitors."""

    def __init__(self, collectors: Collectors, plugins: PluginService, credentials: CredentialService) -> None:
        self._collectors = collectors
        self._plugins = plugins
        self._credentials = credentials

    async def visible(self, work: "UnitOfWork", actor: Actor, monitor_id: int, *, lock: bool = False) -> Monitor:
        """One monitor; raises NotFound where there is none for this person."""
        monitor = await work.monitors.get(monitor_id, lock=lock)
        if monitor is None or not actor.may_see_site(monitor.site_id):
            raise NotFound.of("monitor", monitor_id)
        return monitor

    async def create(self, work: "UnitOfWork", actor: Actor, new: NewMonitor) -> int:
        """Put a plugin to work; answers the monitor's id.

        Raises NotFound for device, credential profile or plugin, in that order; Invalid.
        """
        ready, site_id = await self.checked(work, actor, new)
        made = await work.monitors.add(ready, site_id)
        await work.audit.record(actor, "create", "monitor", made, _told(ready))
        work.collect(MonitorChanged(made, site_id))
        return made

    async def change(self, work: "UnitOfWork", actor: Actor, monitor_id: int, new: NewMonitor) -> None:
        """Put another version in place; raises NotFound, Invalid, Conflict where somebody was faster."""
        old = await self.visible(work, actor, monitor_id, lock=True)
        if new.version is not None and new.version != old.version:
            raise Conflict(
                "Somebody else changed this monitor; look again",
                code="changed_meanwhile",
                params={"version": old.version},
            )
        ready, site_id = await self.checked(work, actor, new)
        await work.monitors.change(monitor_id, ready, site_id)
        await work.audit.record(actor, "update", "monitor", monitor_id, _told(ready))
        work.collect(MonitorChanged(monitor_id, site_id))

    async def change_many(self, work: "UnitOfWork", actor: Actor, change: BulkChange) -> int:
        """Pause, resume, or set the interval of many; answers how many.

        Raises NotFound naming one that is not there, and Invalid.
        """
        check_interval(change.polling_interval)
        found = await work.monitors.several(change.ids)
        mine = {monitor.id: monitor for monitor in found if actor.may_see_site(monitor.site_id)}
        missing = next((each for each in change.ids if each not in mine), None)
        if missing is not None:
            raise NotFound.of("monitor", missing)
        await work.monitors.change_many(change)
        told = {"ids": list(change.ids), "enabled": change.enabled, "polling_interval": change.polling_interval}
        await work.audit.record(actor, "update", "monitor", None, told)
        for monitor in mine.values():
            work.collect(MonitorChanged(monitor.id, monitor.site_id))
        return len(mine)

    async def delete(self, work: "UnitOfWork", actor: Actor, monitor_id: int) -> None:
        """Forget a monitor and all that it measured; nothing stands in the way."""
        monitor = await self.visible(work, actor, monitor_id, lock=True)
        # Whoever deletes it has decided: it is not suggested again, nor made by a rule.
        await work.suggestions.dismiss_watched(monitor_id)
        await work.monitors.remove(monitor_id)
        await work.audit.record(actor, "delete", "monitor", monitor_id, {"name": monitor.name})
        work.collect(MonitorChanged(monitor_id, monitor.site_id, gone=True))

    async def checked(self, work: "UnitOfWork", actor: Actor, new: NewMonitor) -> tuple[NewMonitor, int]:
        """The monitor as it would be kept, and its site; raises as `create` does.

        In the document's order: device, credential profile, plugin.
        """
        site_id = await self._site(work, actor, new)
        profile = None
        if new.credential_profile_id is not None:
            profile = await self._credentials.visible(work, actor, new.credential_profile_id)
        plugin = await self._plugins.known(work, new.plugin_id)
        traits = self._collectors.traits(plugin.type)
        if traits is None:
            raise Conflict(
                f"The collector {plugin.type} is not installed",
                code="collector_missing",
                params={"type": plugin.type},
            )
        if refused := needs_credential(traits, profile.login.type if profile else None):
            raise refused
        interval = new.polling_interval or traits.default_interval_s
        check_interval(interval)
        return _with(new, self._own_config(plugin, new.config), interval), site_id

    async def _site(self, work: "UnitOfWork", actor: Actor, new: NewMonitor) -> int:
        if new.device_id is not None:
            found = await work.device_edits.site_and_version(new.device_id)
            if found is None or not actor.may_see_site(found[0]):
                raise NotFound.of("device", new.device_id)
            return found[0]
        if not new.address:
            raise Invalid.for_field("device_id", "target_missing", "A monitor needs a device or an address")
        site_id = new.site_id or min(actor.site_ids, default=None)
        if site_id is None:
            return await work.projects.default_site()
        if not actor.may_see_site(site_id) or not await work.projects.site_exists(site_id):
            raise NotFound.of("site", site_id)
        return site_id

    def _own_config(self, plugin: MonitoringPlugin, own: Mapping[str, Any]) -> dict[str, Any]:
        """What the monitor says for itself, where that makes a whole configuration together with the plugin's."""
        whole = self._collectors.checked(plugin.type, {**plugin.config, **own})
        return {name: whole[name] for name in own}


def _with(new: NewMonitor, config: Mapping[str, Any], interval: int) -> NewMonitor:
    return NewMonitor(
        plugin_id=new.plugin_id,
        device_id=new.device_id,
        address=new.address,
        site_id=new.site_id,
        credential_profile_id=new.credential_profile_id,
        name=new.name,
        config=config,
        polling_interval=interval,
        enabled=new.enabled,
        tags=new.tags,
    )


def check_interval(seconds: int | None) -> None:
    """Raises Invalid for an interval that no monitor may have."""
    if seconds is not None and not MIN_INTERVAL_S <= seconds <= MAX_INTERVAL_S:
        raise Invalid.for_field(
            "polling_interval",
            "out_of_range",
            f"The interval is {MIN_INTERVAL_S} to {MAX_INTERVAL_S} seconds",
            low=MIN_INTERVAL_S,
            high=MAX_INTERVAL_S,
        )


def _told(new: NewMonitor) -> dict[str, object]:
    names = ("name", "device_id", "address", "credential_profile_id", "plugin_id", "polling_interval", "enabled")
    return {name: getattr(new, name) for name in names}
