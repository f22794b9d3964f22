"""Sessions in PostgreSQL."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.accounts.actor import Role
from backend.domain.accounts.session import Session, Standing
from backend.infra.db.tables.accounts import sessions as table
from backend.infra.db.tables.accounts import spent_refresh_tokens as spent
from backend.infra.db.tables.accounts import user_sites, users

KEPT_AFTER_END = timedelta(days=30)


class SqlSessions:
    """Sessions on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def open(
        self, user_id: int, token_hash: bytes, *, at: datetime, until: datetime, address: str | None, agent: str
    ) -> int:
        """Keep a new session."""
        values = {
            "user_id": user_id,
            "token_hash": token_hash,
            "rotated_at": at,
            "created_at": at,
            "last_used_at": at,
            "expires_at": until,
            "address": address,
            "user_agent": agent,
        }
        session_id: int | None = await self._connection.scalar(table.insert().values(values).returning(table.c.id))
        assert session_id is not None
        return session_id

    async def by_token(self, token_hash: bytes) -> Session | None:
        """The session whose present or previous refresh token this is, locked."""
        return await self._locked(sa.or_(table.c.token_hash == token_hash, table.c.previous_hash == token_hash))

    async def of_spent_token(self, token_hash: bytes) -> Session | None:
        """The session that once had this refresh token, locked."""
        owner = sa.select(spent.c.session_id).where(spent.c.token_hash == token_hash)
        return await self._locked(table.c.id == owner.scalar_subquery())

    async def get(self, session_id: int) -> Session | None:
        """One session, ended or not."""
        row = (await self._connection.execute(sa.select(table).where(table.c.id == session_id))).one_or_none()
        return _session(row) if row else None

    async def rotate(self, session: Session, token_hash: bytes, at: datetime) -> None:
        """Put a new refresh token in the place of the present one."""
        await self._connection.execute(
            spent.insert().values(token_hash=session.token_hash, session_id=session.id, spent_at=at)
        )
        await self._connection.execute(
            table.update()
            .where(table.c.id == session.id)
            .values(token_hash=token_hash, previous_hash=session.token_hash, rotated_at=at, last_used_at=at)
        )

    async def revoke(self, session_id: int, reason: str, at: datetime) -> None:
        """End one session."""
        await self._end(table.c.id == session_id, reason, at)

    async def revoke_all(self, user_id: int, reason: str, at: datetime, keep: int | None = None) -> int:
        """End every session of a person but one."""
        return await self._end(sa.and_(table.c.user_id == user_id, table.c.id.is_distinct_from(keep)), reason, at)

    async def open_of(self, user_id: int, now: datetime, idle_since: datetime) -> list[Session]:
        """The open sessions of a person, newest use first."""
        rows = await self._connection.execute(
            sa.select(table)
            .where(
                table.c.user_id == user_id,
                table.c.revoked_at.is_(None),
                table.c.expires_at > now,
                table.c.last_used_at > idle_since,
            )
            .order_by(table.c.last_used_at.desc(), table.c.id)
        )
        return [_session(row) for row in rows]

    async def standing(self, session_id: int) -> Standing | None:
        """What a session is worth; None when it is revoked or its person disabled."""
        limits = sa.select(sa.func.array_agg(user_sites.c.site_id)).where(user_sites.c.user_id == users.c.id)
        row = (
            await self._connection.execute(
                sa.select(
                    users.c.id,
                    users.c.username,
                    users.c.role,
                    users.c.epoch,
                    table.c.expires_at,
                    limits.scalar_subquery().label("site_ids"),
                )
                .join_from(table, users)
                .where(table.c.id == session_id, table.c.revoked_at.is_(None), ~users.c.disabled)
            )
        ).one_or_none()
        if row is None:
            return None
        sites = frozenset(row.site_ids or ())
        return Standing(row.id, row.username, Role(row.role), sites, row.epoch, row.expires_at)

    async def was_at(self, user_id: int, address: str, since: datetime) -> bool:
        """Whether that person logged in from that address lately."""
        if not address:
            return False
        return bool(
            await self._connection.scalar(
                sa.select(
                    sa.exists().where(
                        table.c.user_id == user_id, table.c.address == address, table.c.created_at > since
                    )
                )
            )
        )

    async def prune(self, now: datetime) -> None:
        """Forget sessions that ended a month ago."""
        await self._connection.execute(table.delete().where(table.c.expires_at < now - KEPT_AFTER_END))

    async def _locked(self, condition: sa.ColumnElement[bool]) -> Session | None:
        row = (await self._connection.execute(sa.select(table).where(condition).with_for_update())).one_or_none()
        return _session(row) if row else None

    async def _end(self, condition: sa.ColumnElement[bool], reason: str, at: datetime) -> int:
        ended = await self._connection.execute(
            table.update()
            .where(condition, table.c.revoked_at.is_(None))
            .values(revoked_at=at, revoked_reason=reason)
        )
        return int(ended.rowcount)


def _session(row: sa.Row[Any]) -> Session:
    return Session(
        id=row.id,
        user_id=row.user_id,
        token_hash=row.token_hash,
        previous_hash=row.previous_hash,
        rotated_at=row.rotated_at,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        address=None if row.address is None else str(row.address),
        user_agent=row.user_agent,
    )
