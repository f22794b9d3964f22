"""Credential profiles in PostgreSQL: boxes go in and out as they are, this file never sees a secret."""

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.monitoring.credentials import CredentialProfile, Login, NewCredentials, SealedBox
from backend.domain.page import Page, PageRequest
from backend.infra.db.conflicts import taken
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.tables.monitoring import credential_profiles as table
from backend.infra.db.tables.monitoring import discovery_profiles, monitors, provisioning_rules


def _used_by(users: sa.Table) -> sa.ScalarSelect[int]:
    query = sa.select(sa.func.count()).select_from(users).where(users.c.credential_profile_id == table.c.id)
    return query.correlate(table).scalar_subquery()


_SELECT = sa.select(
    table, _used_by(monitors).label("monitors"), _used_by(discovery_profiles).label("discovery_profiles")
)
_SORTS = {
    "name": sa.func.lower(table.c.name),
    "type": table.c.type,
    "created_at": table.c.created_at,
    "updated_at": table.c.updated_at,
    "id": table.c.id,
}


class SqlCredentialProfiles:
    """Credential profiles on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, site_ids: frozenset[int], request: PageRequest) -> Page[CredentialProfile]:
        """Profiles by name unless the request sorts otherwise."""
        query = _SELECT
        if site_ids:
            query = query.where(sa.or_(table.c.site_id.is_(None), table.c.site_id.in_(site_ids)))
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(query.subquery()))
        order = ordering(request.sort or "name", _SORTS, table.c.id)
        rows = await self._connection.execute(query.order_by(*order).limit(request.limit).offset(request.offset))
        return Page.of([_profile(row) for row in rows], total or 0, request)

    async def get(self, profile_id: int, *, lock: bool = False) -> CredentialProfile | None:
        """One profile."""
        query = _SELECT.where(table.c.id == profile_id)
        if lock:
            query = query.with_for_update(of=table)
        row = (await self._connection.execute(query)).one_or_none()
        return _profile(row) if row else None

    async def add(self, uid: UUID, new: NewCredentials, box: SealedBox, secrets_set: tuple[str, ...]) -> int:
        """A new profile."""
        with _name_taken(new.name):
            made = await self._connection.scalar(
                table.insert().values(uid=uid, **_values(new, box, secrets_set)).returning(table.c.id)
            )
        assert made is not None
        return int(made)

    async def change(
        self, profile_id: int, new: NewCredentials, box: SealedBox, secrets_set: tuple[str, ...]
    ) -> None:
        """Another version of a profile."""
        values = _values(new, box, secrets_set)
        changed = table.update().where(table.c.id == profile_id)
        with _name_taken(new.name):
            await self._connection.execute(
                changed.values(**values, version=table.c.version + 1, updated_at=sa.func.now())
            )

    async def blockers(self, profile_id: int) -> dict[str, int]:
        """Monitors and discovery profiles that use it."""
        counts = {}
        for kind, users in (("monitor", monitors), ("discovery_profile", discovery_profiles)):
            query = sa.select(sa.func.count()).select_from(users)
            counts[kind] = (
                await self._connection.scalar(query.where(users.c.credential_profile_id == profile_id)) or 0
            )
        return counts

    async def remove(self, profile_id: int) -> None:
        """Delete it; rules that named it name it no more."""
        ids = provisioning_rules.c.credential_profile_ids
        await self._connection.execute(
            provisioning_rules.update()
            .where(ids.contains([profile_id]))
            .values(credential_profile_ids=sa.func.array_remove(ids, profile_id))
        )
        await self._connection.execute(table.delete().where(table.c.id == profile_id))

    async def sealed_with_other_keys(self, key_id: str, limit: int) -> list[tuple[int, UUID, SealedBox]]:
        """Boxes of older keys, locked; those that somebody is changing now are sealed anew by that change."""
        query = sa.select(table.c.id, table.c.uid, table.c.key_id, table.c.encrypted_pass)
        query = query.where(table.c.key_id != key_id).order_by(table.c.id).limit(limit).with_for_update()
        return [
            (row.id, row.uid, SealedBox(row.key_id, row.encrypted_pass))
            for row in await self._connection.execute(query)
        ]

    async def reseal(self, profile_id: int, box: SealedBox) -> None:
        """Another box for the same secrets."""
        changed = table.update().where(table.c.id == profile_id)
        await self._connection.execute(changed.values(encrypted_pass=box.data, key_id=box.key_id))


def _values(new: NewCredentials, box: SealedBox, secrets_set: tuple[str, ...]) -> dict[str, Any]:
    login = new.login
    return {
        "site_id": new.site_id,
        "name": new.name,
        "type": login.type,
        "username": login.username,
        "domain": login.domain,
        "port": login.port,
        "use_ssl": login.use_ssl,
        "config": dict(login.config),
        "encrypted_pass": box.data,
        "key_id": box.key_id,
        "secrets_set": list(secrets_set),
    }


def _profile(row: sa.Row[Any]) -> CredentialProfile:
    return CredentialProfile(
        id=row.id,
        uid=row.uid,
        site_id=row.site_id,
        name=row.name,
        login=Login(row.type, row.username, row.domain, row.port, row.use_ssl, row.config),
        box=SealedBox(row.key_id, row.encrypted_pass),
        secrets_set=tuple(row.secrets_set),
        version=row.version,
        created_at=row.created_at,
        updated_at=row.updated_at,
        monitors=row.monitors,
        discovery_profiles=row.discovery_profiles,
    )


def _name_taken(name: str) -> AbstractContextManager[None]:
    detail = f"There is a credential profile named {name} already"
    return taken("credential_profile_name_taken", detail, constraint="uq_credential_profiles_name", name=name)
