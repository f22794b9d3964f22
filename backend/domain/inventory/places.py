"""What people do with sites and networks. Every write is in the audit log, in the same transaction."""

from datetime import datetime
from typing import Any

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock
from backend.domain.errors import Blocked, Conflict, NotFound
from backend.domain.inventory.events import NetworksChanged
from backend.domain.inventory.network import (
    Network,
    NetworkChange,
    NewNetwork,
    check_allowed,
    check_vlan,
    parse_cidr,
)
from backend.domain.inventory.site import Site
from backend.domain.unit_of_work import UnitOfWork


async def visible_site(uow: UnitOfWork, actor: Actor, site_id: int | None) -> Site:
    """The site (None: the default, or the only one that the actor may see); raises NotFound."""
    if site_id is None and actor.site_ids:
        site_id = min(actor.site_ids) if len(actor.site_ids) == 1 else None
    site = await uow.places.site(site_id)
    if site is None or not actor.may_see_site(site.id):
        raise NotFound.of("site", site_id)
    return site


class SiteService:
    """Sites."""

    async def add(self, uow: UnitOfWork, actor: Actor, name: str, description: str) -> Site:
        """A new site; raises Conflict for a name that is taken."""
        site = await uow.places.add_site(name, description)
        await uow.audit.record(actor, "create", "site", site.id, {"name": name})
        return site

    async def change(self, uow: UnitOfWork, actor: Actor, site_id: int, values: dict[str, Any]) -> Site:
        """Another name or description; raises NotFound, Conflict."""
        site = await visible_site(uow, actor, site_id)
        if not values:
            return site
        await uow.audit.record(actor, "update", "site", site_id, values)
        return await uow.places.change_site(site_id, values)

    async def remove(self, uow: UnitOfWork, actor: Actor, site_id: int) -> None:
        """Delete an empty site; raises NotFound, Blocked, and Conflict for the default one."""
        site = await visible_site(uow, actor, site_id)
        blockers = await uow.places.site_blockers(site_id)
        if any(blockers.values()):
            raise Blocked.by("site", blockers)
        if site.is_default:
            raise Conflict("The default site stays", code="site_is_default", params={"id": site_id})
        await uow.places.remove_site(site_id)
        await uow.audit.record(actor, "delete", "site", site_id, {"name": site.name})


class NetworkService:
    """Networks, and with them what may be scanned."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    async def add(self, uow: UnitOfWork, actor: Actor, new: NewNetwork) -> Network:
        """Write down a network; raises Invalid, NotFound (site), Conflict (already there)."""
        cidr = parse_cidr(new.cidr)
        check_vlan(new.vlan)
        check_allowed(
            cidr, scan_allowed=new.scan_allowed, allow_public=new.allow_public, confirmed=new.confirm_public
        )
        site = await visible_site(uow, actor, new.site_id)
        values = {
            "site_id": site.id,
            "cidr": str(cidr),
            "name": new.name,
            "description": new.description,
            "vlan": new.vlan,
            "scan_allowed": new.scan_allowed,
            "allow_public": new.allow_public,
            **_confirmation(actor, self._clock() if new.scan_allowed else None),
        }
        network = await uow.places.add_network(values, new.tags)
        told = {"cidr": network.cidr, "scan_allowed": new.scan_allowed, "allow_public": new.allow_public}
        await uow.audit.record(actor, "create", "network", network.id, told)
        uow.collect(NetworksChanged(site.id))
        return network

    async def change(self, uow: UnitOfWork, actor: Actor, network_id: int, change: NetworkChange) -> Network:
        """Change a network; allowing scans, or public space, is confirmed anew. Raises NotFound, Invalid."""
        old = await self.visible(uow, actor, network_id)
        check_vlan(change.vlan)
        values = _changed_values(change)
        if values.get("scan_allowed", False) or values.get("allow_public", False):
            self._check_change(old, change)
        if "scan_allowed" in values and values["scan_allowed"] != old.scan_allowed:
            values |= _confirmation(actor, self._clock() if values["scan_allowed"] else None)
        network = await uow.places.change_network(network_id, values, change.tags)
        told = {name: value for name, value in values.items() if name != "confirmed_at"}
        if change.tags is not None:
            told["tags"] = list(change.tags)
        await uow.audit.record(actor, "update", "network", network_id, {"cidr": old.cidr, **told})
        uow.collect(NetworksChanged(old.site_id))
        return network

    async def remove(self, uow: UnitOfWork, actor: Actor, network_id: int) -> None:
        """Delete a network: nothing in it is scanned any more, what was found stays. Raises NotFound."""
        old = await self.visible(uow, actor, network_id)
        await uow.places.remove_network(network_id)
        await uow.audit.record(actor, "delete", "network", network_id, {"cidr": old.cidr})
        uow.collect(NetworksChanged(old.site_id))

    async def visible(self, uow: UnitOfWork, actor: Actor, network_id: int) -> Network:
        """One network; raises NotFound where there is none, or not for this actor."""
        network = await uow.places.network(network_id)
        if network is None or not actor.may_see_site(network.site_id):
            raise NotFound.of("network", network_id)
        return network

    def _check_change(self, old: Network, change: NetworkChange) -> None:
        check_allowed(
            parse_cidr(old.cidr),
            scan_allowed=old.scan_allowed if change.scan_allowed is None else change.scan_allowed,
            allow_public=old.allow_public if change.allow_public is None else change.allow_public,
            confirmed=change.confirm_public,
        )


def _confirmation(actor: Actor, at: datetime | None) -> dict[str, Any]:
    return {"confirmed_by": actor.user_id if at else None, "confirmed_at": at}


def _changed_values(change: NetworkChange) -> dict[str, Any]:
    names = ("name", "description", "vlan", "scan_allowed", "allow_public")
    values = {name: value for name in names if (value := getattr(change, name)) is not None}
    return values | ({"vlan": None} if change.clear_vlan else {})
