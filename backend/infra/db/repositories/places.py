"""Sites and networks in PostgreSQL."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.network import Network
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.inventory.site import Site
from backend.domain.page import Page, PageRequest
from backend.infra.db.conflicts import taken
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.repositories.tags import forget_unused, set_tags
from backend.infra.db.tables.accounts import api_token_sites, user_sites, users
from backend.infra.db.tables.discovery import projects, scans
from backend.infra.db.tables.inventory import addresses, devices, observations
from backend.infra.db.tables.monitoring import credential_profiles, discovery_profiles, monitors
from backend.infra.db.tables.places import network_tags, networks, sites, tags

_SITE_SORTS = {"name": sa.func.lower(sites.c.name), "created_at": sites.c.created_at, "id": sites.c.id}
_NETWORK_SORTS = {
    "cidr": networks.c.cidr,
    "name": sa.func.lower(networks.c.name),
    "vlan": networks.c.vlan,
    "created_at": networks.c.created_at,
    "id": networks.c.id,
}


class SqlPlaceStore:
    """Sites and networks on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def sites(self, scope: SiteScope, request: PageRequest) -> Page[Site]:
        """Sites, by name unless the request sorts otherwise."""
        query = sa.select(sites).where(_within(sites.c.id, scope))
        found, total = await self._page(query, ordering(request.sort or "name", _SITE_SORTS, sites.c.id), request)
        return Page.of([_site(row) for row in found], total, request)

    async def site(self, site_id: int | None) -> Site | None:
        """One site; None asks for the default."""
        wanted = sites.c.is_default if site_id is None else sites.c.id == site_id
        row = (await self._connection.execute(sa.select(sites).where(wanted))).one_or_none()
        return _site(row) if row else None

    async def add_site(self, name: str, description: str) -> Site:
        """A new site."""
        with taken("site_name_taken", f"There is a site named {name} already", name=name):
            made = await self._connection.execute(
                sites.insert().values(name=name, description=description).returning(sites)
            )
        return _site(made.one())

    async def change_site(self, site_id: int, values: dict[str, Any]) -> Site:
        """Change a site."""
        name = str(values.get("name", ""))
        with taken("site_name_taken", f"There is a site named {name} already", name=name):
            made = await self._connection.execute(
                sites.update().where(sites.c.id == site_id).values(**values).returning(sites)
            )
        return _site(made.one())

    async def site_blockers(self, site_id: int) -> dict[str, int]:
        """Everything that a person would miss with the site, and whoever would see every site without it."""
        counted = {
            "network": networks,
            "device": devices,
            "scan": scans,
            "project": projects,
            "discovery_profile": discovery_profiles,
            "monitor": monitors,
            "credential_profile": credential_profiles,
            "user": user_sites,
            "api_token": api_token_sites,
        }
        counts = {}
        for kind, table in counted.items():
            query = sa.select(sa.func.count()).select_from(table).where(table.c.site_id == site_id)
            counts[kind] = await self._connection.scalar(query) or 0
        return counts

    async def remove_site(self, site_id: int) -> None:
        """Delete a site, and the evidence of devices that were deleted before."""
        await self._connection.execute(observations.delete().where(observations.c.site_id == site_id))
        await self._connection.execute(sites.delete().where(sites.c.id == site_id))

    async def networks(self, scope: SiteScope, request: PageRequest, site_id: int | None = None) -> Page[Network]:
        """Networks, by address unless the request sorts otherwise."""
        query = _networks().where(_within(networks.c.site_id, scope))
        if site_id is not None:
            query = query.where(networks.c.site_id == site_id)
        order = ordering(request.sort or "cidr", _NETWORK_SORTS, networks.c.id)
        found, total = await self._page(query, order, request)
        return Page.of([_network(row) for row in found], total, request)

    async def network(self, network_id: int) -> Network | None:
        """One network."""
        row = (await self._connection.execute(_networks().where(networks.c.id == network_id))).one_or_none()
        return _network(row) if row else None

    async def allowed_cidrs(self, site_id: int) -> list[str]:
        """The networks of a site that may be scanned."""
        query = sa.select(networks.c.cidr).where(networks.c.site_id == site_id, networks.c.scan_allowed)
        return [str(cidr) for cidr in await self._connection.scalars(query.order_by(networks.c.cidr))]

    async def listed_cidrs(self, site_id: int) -> list[str]:
        """Every network of a site, allowed or not."""
        query = sa.select(networks.c.cidr).where(networks.c.site_id == site_id)
        return [str(cidr) for cidr in await self._connection.scalars(query.order_by(networks.c.cidr))]

    async def add_network(self, values: dict[str, Any], names: Collection[str]) -> Network:
        """A new network."""
        cidr = str(values["cidr"])
        with taken("network_exists", f"The site has the network {cidr} already", cidr=cidr):
            made = await self._connection.scalar(networks.insert().values(**values).returning(networks.c.id))
        assert made is not None
        await set_tags(self._connection, network_tags, network_tags.c.network_id, made, names)
        return await self._again(made)

    async def change_network(
        self, network_id: int, values: dict[str, Any], names: Collection[str] | None
    ) -> Network:
        """Change a network."""
        if values:
            await self._connection.execute(networks.update().where(networks.c.id == network_id).values(**values))
        if names is not None:
            await set_tags(self._connection, network_tags, network_tags.c.network_id, network_id, names)
        return await self._again(network_id)

    async def remove_network(self, network_id: int) -> None:
        """Delete a network."""
        await self._connection.execute(networks.delete().where(networks.c.id == network_id))
        await forget_unused(self._connection)

    async def _again(self, network_id: int) -> Network:
        network = await self.network(network_id)
        assert network is not None
        return network

    async def _page(
        self, query: sa.Select[Any], order: list[sa.ColumnElement[Any]], request: PageRequest
    ) -> tuple[list[sa.Row[Any]], int]:
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(query.subquery()))
        found = await self._connection.execute(query.order_by(*order).limit(request.limit).offset(request.offset))
        return list(found), total or 0


def _within(column: sa.ColumnElement[int], scope: SiteScope) -> sa.ColumnElement[bool]:
    return column.in_(scope) if scope else sa.true()


def _networks() -> sa.Select[Any]:
    named = (
        sa.select(sa.func.array_agg(sa.func.distinct(tags.c.name)))
        .select_from(network_tags.join(tags))
        .where(network_tags.c.network_id == networks.c.id)
        .scalar_subquery()
    )
    counted = (
        sa.select(sa.func.count(sa.distinct(addresses.c.device_id)))
        .where(
            addresses.c.current,
            addresses.c.site_id == networks.c.site_id,
            addresses.c.ip.op("<<=")(networks.c.cidr),
        )
        .scalar_subquery()
    )
    by = sa.select(users.c.username).where(users.c.id == networks.c.confirmed_by).scalar_subquery()
    return sa.select(networks, named.label("tags"), counted.label("device_count"), by.label("confirmed_by_name"))


def _site(row: sa.Row[Any]) -> Site:
    return Site(row.id, row.uid, row.name, row.description, row.is_default, row.created_at)


def _network(row: sa.Row[Any]) -> Network:
    return Network(
        id=row.id,
        uid=row.uid,
        site_id=row.site_id,
        cidr=str(row.cidr),
        name=row.name,
        description=row.description,
        vlan=row.vlan,
        scan_allowed=row.scan_allowed,
        allow_public=row.allow_public,
        tags=tuple(row.tags or ()),
        device_count=row.device_count,
        created_at=row.created_at,
        confirmed_by=row.confirmed_by_name,
        confirmed_at=row.confirmed_at,
    )
