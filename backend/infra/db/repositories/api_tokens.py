"""API tokens in PostgreSQL."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.accounts.actor import Role
from backend.domain.accounts.session import ApiToken, NewApiToken, Standing
from backend.domain.page import Page, PageRequest
from backend.infra.db.sorting import ordering
from backend.infra.db.tables.accounts import api_token_sites, user_sites, users
from backend.infra.db.tables.accounts import api_tokens as table

_SITES = (
    sa.select(sa.func.array_agg(api_token_sites.c.site_id))
    .where(api_token_sites.c.api_token_id == table.c.id)
    .scalar_subquery()
    .label("site_ids")
)
_QUERY = sa.select(table, users.c.username, _SITES).join_from(table, users)
_SORTABLE = {
    "id": table.c.id,
    "name": sa.func.lower(table.c.name),
    "username": sa.func.lower(users.c.username),
    "created_at": table.c.created_at,
    "expires_at": table.c.expires_at,
    "last_used_at": table.c.last_used_at,
}


class SqlApiTokens:
    """API tokens on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, user_id: int, new: NewApiToken, prefix: str, token_hash: bytes, expires_at: datetime
    ) -> ApiToken:
        """Keep a new token."""
        values = {
            "user_id": user_id,
            "name": new.name,
            "role": new.role.value,
            "prefix": prefix,
            "token_hash": token_hash,
            "expires_at": expires_at,
        }
        token_id = await self._connection.scalar(table.insert().values(values).returning(table.c.id))
        assert token_id is not None
        if new.site_ids:
            rows = [{"api_token_id": token_id, "site_id": site_id} for site_id in sorted(new.site_ids)]
            await self._connection.execute(api_token_sites.insert(), rows)
        token = await self.get(token_id)
        assert token is not None
        return token

    async def get(self, token_id: int) -> ApiToken | None:
        """One token that is not revoked."""
        found = _QUERY.where(table.c.id == token_id, table.c.revoked_at.is_(None))
        row = (await self._connection.execute(found)).one_or_none()
        return _token(row) if row else None

    async def page(self, user_id: int | None, request: PageRequest) -> Page[ApiToken]:
        """Tokens of one person or of all, newest first."""
        conditions: list[sa.ColumnElement[bool]] = [table.c.revoked_at.is_(None)]
        if user_id is not None:
            conditions.append(table.c.user_id == user_id)
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(table).where(*conditions))
        rows = await self._connection.execute(
            _QUERY.where(*conditions)
            .order_by(ordering(request.sort, _SORTABLE, "-created_at"), table.c.id.desc())
            .limit(request.limit)
            .offset(request.offset)
        )
        return Page.of([_token(row) for row in rows], total or 0, request)

    async def revoke(self, token_id: int, at: datetime) -> None:
        """End one token."""
        await self._connection.execute(table.update().where(table.c.id == token_id).values(revoked_at=at))

    async def id_of(self, token_hash: bytes) -> int | None:
        """The token with this hash, revoked or not."""
        found: int | None = await self._connection.scalar(
            sa.select(table.c.id).where(table.c.token_hash == token_hash)
        )
        return found

    async def standing(self, token_id: int) -> Standing | None:
        """What a token is worth: the smaller of its own and its person's rights."""
        limits = sa.select(sa.func.array_agg(user_sites.c.site_id)).where(user_sites.c.user_id == users.c.id)
        found = _QUERY.add_columns(
            users.c.role.label("user_role"), users.c.epoch, limits.scalar_subquery().label("user_sites")
        ).where(table.c.id == token_id, table.c.revoked_at.is_(None), ~users.c.disabled)
        row = (await self._connection.execute(found)).one_or_none()
        return _standing(row) if row else None

    async def note_use(self, uses: dict[int, datetime]) -> None:
        """Write down when tokens were last used."""
        for token_id, at in sorted(uses.items()):
            await self._connection.execute(table.update().where(table.c.id == token_id).values(last_used_at=at))


def _standing(row: sa.Row[Any]) -> Standing | None:
    own, given = frozenset(row.user_sites or ()), frozenset(row.site_ids or ())
    sites = own & given if own and given else own | given
    if (own or given) and not sites:
        return None
    role = min(Role(row.role), Role(row.user_role), key=lambda role: role.rank)
    return Standing(row.user_id, row.username, role, sites, row.epoch, row.expires_at, row.name)


def _token(row: sa.Row[Any]) -> ApiToken:
    return ApiToken(
        id=row.id,
        user_id=row.user_id,
        username=row.username,
        name=row.name,
        role=Role(row.role),
        prefix=row.prefix,
        site_ids=frozenset(row.site_ids or ()),
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        created_at=row.created_at,
    )
