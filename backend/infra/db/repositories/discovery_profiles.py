"""Discovery profiles in PostgreSQL."""

import dataclasses
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.discovery.profiles import (
    AutoProvision,
    DiscoveryProfile,
    FoundDevice,
    NewProfile,
    RunError,
    RunResult,
)
from backend.domain.discovery.storage import Sites
from backend.domain.page import Page, PageRequest
from backend.infra.db.conflicts import taken
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.repositories.projects import in_sites
from backend.infra.db.tables.inventory import devices, observations
from backend.infra.db.tables.monitoring import credential_refusals
from backend.infra.db.tables.monitoring import discovery_profiles as table

_SORTS = {
    "name": sa.func.lower(table.c.name),
    "next_run_at": table.c.next_run_at,
    "last_run_at": table.c.last_run_at,
    "created_at": table.c.created_at,
    "id": table.c.id,
}

_NAME = "uq_discovery_profiles_site_id_name"


class SqlDiscoveryProfiles:
    """On one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, sites: Sites, request: PageRequest) -> Page[DiscoveryProfile]:
        """Profiles by name unless the request sorts otherwise."""
        query = sa.select(table).where(*in_sites(table.c.site_id, sites))
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(query.subquery()))
        order = ordering(request.sort or "name", _SORTS, table.c.id)
        rows = await self._connection.execute(query.order_by(*order).limit(request.limit).offset(request.offset))
        return Page.of([_profile(row) for row in rows], total or 0, request)

    async def get(self, profile_id: int, *, lock: bool = False) -> DiscoveryProfile | None:
        """One profile."""
        query = sa.select(table).where(table.c.id == profile_id)
        row = (await self._connection.execute(query.with_for_update() if lock else query)).one_or_none()
        return _profile(row) if row else None

    async def add(self, site_id: int, wanted: NewProfile) -> int:
        """A new profile."""
        values = {"site_id": site_id, **_wanted(wanted)}
        with _name_taken(wanted.name):
            made = await self._connection.scalar(table.insert().values(values).returning(table.c.id))
        assert made is not None
        return int(made)

    async def save(self, profile: DiscoveryProfile) -> None:
        """Write all of it."""
        result, error = profile.last_result, profile.last_error
        values = {
            **_wanted(profile.wanted),
            "next_run_at": profile.next_run_at,
            "last_run_at": profile.last_run_at,
            "last_scan_id": profile.last_scan_id,
            "pending_scan_id": profile.pending_scan_id,
            "last_result": dataclasses.asdict(result) if result else None,
            "last_error": dataclasses.asdict(error) | {"at": error.at.isoformat()} if error else None,
        }
        with _name_taken(profile.wanted.name):
            await self._connection.execute(table.update().where(table.c.id == profile.id).values(values))

    async def remove(self, profile_id: int) -> None:
        """Forget it."""
        await self._connection.execute(table.delete().where(table.c.id == profile_id))

    async def due(self, now: datetime) -> DiscoveryProfile | None:
        """One whose time has come, locked."""
        query = (
            sa.select(table)
            .where(table.c.enabled, table.c.next_run_at <= now)
            .order_by(table.c.next_run_at, table.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = (await self._connection.execute(query)).one_or_none()
        return _profile(row) if row else None

    async def pending(self) -> Sequence[DiscoveryProfile]:
        """Those whose result nobody took yet."""
        query = sa.select(table).where(table.c.pending_scan_id.is_not(None)).order_by(table.c.id)
        return [_profile(row) for row in await self._connection.execute(query)]

    async def found(self, scan_id: int, limit: int, ports: Sequence[int]) -> tuple[Sequence[FoundDevice], int]:
        """Who answered in a scan, by address: a device that has several is told once."""
        seen = (
            sa.select(observations.c.device_id, sa.func.min(observations.c.address).label("address"))
            .where(observations.c.scan_id == scan_id, observations.c.device_id.is_not(None))
            .where(observations.c.facts["state"].astext.is_distinct_from("down"))
            .group_by(observations.c.device_id)
            .subquery()
        )
        query = (
            sa.select(devices, sa.func.host(seen.c.address).label("seen_at"))
            .join(seen, seen.c.device_id == devices.c.id)
            .order_by(seen.c.address, devices.c.id)
            .limit(limit)
        )
        rows = (await self._connection.execute(query)).all()
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(seen))
        return [_found(row, frozenset(ports)) for row in rows], total or 0

    async def refused(self, credential_profile_id: int, version: int) -> frozenset[str]:
        """Where that version of a login was refused."""
        query = sa.select(sa.func.host(credential_refusals.c.address)).where(
            credential_refusals.c.credential_profile_id == credential_profile_id,
            credential_refusals.c.version == version,
        )
        return frozenset((await self._connection.execute(query)).scalars())

    async def remember_refusals(self, credential_profile_id: int, version: int, addresses: Sequence[str]) -> None:
        """Keep them; the newest version counts."""
        if not addresses:
            return
        rows = [
            {"credential_profile_id": credential_profile_id, "address": address, "version": version}
            for address in addresses
        ]
        added = insert(credential_refusals).values(rows)
        changes = {"version": added.excluded.version, "refused_at": sa.func.now()}
        await self._connection.execute(
            added.on_conflict_do_update(index_elements=["credential_profile_id", "address"], set_=changes)
        )


def _name_taken(name: str) -> AbstractContextManager[None]:
    detail = f"There is a discovery profile named {name} already"
    return taken(
        "discovery_profile_name_taken", detail, constraint="uq_discovery_profiles_site_id_name", name=name
    )


def _wanted(wanted: NewProfile) -> dict[str, Any]:
    names = ("name", "credential_profile_id", "subnet", "port_scan", "enabled", "cron", "timezone")
    provision = wanted.auto_provision
    document = {"collectors": list(provision.collectors), "interval": provision.interval_s} if provision else {}
    return {**{name: getattr(wanted, name) for name in names}, "auto_provision": document}


def _profile(row: sa.Row[Any]) -> DiscoveryProfile:
    names = ("name", "credential_profile_id", "subnet", "port_scan", "enabled", "cron", "timezone")
    given = row._mapping
    kept = ("id", "uid", "site_id", "created_at", "next_run_at", "last_run_at", "last_scan_id", "pending_scan_id")
    provision = row.auto_provision
    return DiscoveryProfile(
        **{name: given[name] for name in kept},
        wanted=NewProfile(
            **{name: given[name] for name in names},
            auto_provision=AutoProvision(tuple(provision["collectors"]), provision["interval"])
            if provision
            else None,
        ),
        last_result=_result(row.last_result) if row.last_result else None,
        last_error=_error(row.last_error) if row.last_error else None,
    )


def _result(kept: dict[str, Any]) -> RunResult:
    return RunResult(**{**kept, "windows_ids": tuple(kept["windows_ids"])})


def _error(kept: dict[str, Any]) -> RunError:
    return RunError(datetime.fromisoformat(kept["at"]), kept["code"], kept["text"], kept["params"])


def _found(row: sa.Row[Any], ports: frozenset[int]) -> FoundDevice:
    return FoundDevice(
        id=row.id,
        name=row.name,
        address=row.seen_at,
        hostname=row.hostname,
        os=row.os,
        type=row.type,
        created_at=row.created_at,
        ports=tuple(sorted(ports & set(row.port_numbers))),
    )
