"""Blackout windows: times at which networks are left alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.cron import Cron, zone_named
from backend.domain.discovery.events import SchedulesChanged
from backend.domain.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

MAX_MINUTES = 7 * 24 * 60
MAX_NETWORKS = 200


@dataclass(frozen=True, slots=True)
class NewBlackout:
    """A window as a person wants it; no networks mean every network of the site."""

    name: str
    cron: str
    duration_min: int
    timezone: str
    networks: tuple[str, ...] = ()
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Blackout:
    """A window as it is kept."""

    id: int
    uid: UUID
    site_id: int
    wanted: NewBlackout
    created_at: datetime

    def active_until(self, now: datetime) -> datetime | None:
        """When the window that is open now ends; None while none is open."""
        if not self.wanted.enabled:
            return None
        cron, zone = Cron.parse(self.wanted.cron), zone_named(self.wanted.timezone)
        length = timedelta(minutes=self.wanted.duration_min)
        start = cron.after(now - length, zone)
        end = None
        while start is not None and start <= now:
            end = start + length
            # One window may begin while another is still open: the last of them counts.
            start = cron.after(start, zone)
        return end

    def next_start(self, now: datetime) -> datetime | None:
        """When the next window begins."""
        if not self.wanted.enabled:
            return None
        return Cron.parse(self.wanted.cron).after(now, zone_named(self.wanted.timezone))

    def concerns(self, site_id: int, addresses: AddressSet) -> bool:
        """Whether a scan of these addresses has to respect it."""
        if site_id != self.site_id:
            return False
        return not self.wanted.networks or bool(AddressSet.parse(self.wanted.networks) & addresses)


def open_window(
    windows: Iterable[Blackout], site_id: int, addresses: AddressSet, now: datetime
) -> tuple[Blackout, datetime] | None:
    """The window that keeps a scan of these addresses from running now: the one that ends last, and when."""
    ends = [
        (end, window)
        for window in windows
        if window.concerns(site_id, addresses) and (end := window.active_until(now)) is not None
    ]
    if not ends:
        return None
    end, window = max(ends, key=lambda pair: pair[0])
    return window, end


def refuse(window: Blackout, end: datetime) -> Conflict:
    """No scan may start now."""
    until = end.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Conflict(
        f"The blackout window {window.wanted.name} leaves this network alone until {until}",
        code="blackout",
        params={"name": window.wanted.name, "until": until},
    )


class BlackoutService:
    """What may be done with blackout windows."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self._clock = clock

    async def visible(self, work: "UnitOfWork", actor: Actor, blackout_id: int) -> Blackout:
        """One window; raises NotFound where there is none for this person."""
        found = await work.plans.blackout(blackout_id)
        if found is None or not actor.may_see_site(found.site_id):
            raise NotFound.of("blackout_window", blackout_id)
        return found

    async def create(self, work: "UnitOfWork", actor: Actor, site_id: int, wanted: NewBlackout) -> Blackout:
        """Write a window down; raises Invalid, or Conflict for a name that is taken."""
        checked = _checked(wanted)
        blackout_id = await work.plans.add_blackout(site_id, checked)
        await work.audit.record(actor, "create", "blackout_window", blackout_id, {"name": wanted.name})
        work.collect(SchedulesChanged())
        return await self.visible(work, actor, blackout_id)

    async def change(
        self, work: "UnitOfWork", actor: Actor, blackout_id: int, changes: Mapping[str, Any]
    ) -> Blackout:
        """Change what is given."""
        found = await self.visible(work, actor, blackout_id)
        await work.plans.save_blackout(replace(found, wanted=_checked(replace(found.wanted, **changes))))
        await work.audit.record(actor, "update", "blackout_window", blackout_id, {"fields": sorted(changes)})
        work.collect(SchedulesChanged())
        return await self.visible(work, actor, blackout_id)

    async def delete(self, work: "UnitOfWork", actor: Actor, blackout_id: int) -> None:
        """Forget it; what it paused goes on."""
        found = await self.visible(work, actor, blackout_id)
        await work.plans.delete_blackout(blackout_id)
        await work.audit.record(actor, "delete", "blackout_window", blackout_id, {"name": found.wanted.name})
        work.collect(SchedulesChanged())


def _checked(wanted: NewBlackout) -> NewBlackout:
    """The window with its networks in their one spelling; raises Invalid."""
    Cron.parse(wanted.cron)
    zone_named(wanted.timezone)
    if not 1 <= wanted.duration_min <= MAX_MINUTES:
        raise Invalid.for_field(
            "duration_min", "out_of_range", f"1 to {MAX_MINUTES} minutes", low=1, high=MAX_MINUTES
        )
    if len(wanted.networks) > MAX_NETWORKS:
        raise Invalid.for_field(
            "networks", "too_many_networks", f"At most {MAX_NETWORKS} networks", limit=MAX_NETWORKS
        )
    try:
        networks = AddressSet.parse(wanted.networks)
    except ValueError:
        raise Invalid.for_field("networks", "not_a_network", "Networks only, such as 10.0.5.0/24") from None
    return replace(wanted, networks=networks.networks())
