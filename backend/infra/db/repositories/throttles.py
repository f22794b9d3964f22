"""Login throttles in PostgreSQL."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.accounts.throttle import Throttle
from backend.infra.db.tables.accounts import login_throttles as table


class SqlThrottles:
    """Throttles on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, key: str) -> Throttle:
        """The state of one key, which nobody else sees until the transaction ends."""
        await self._connection.execute(insert(table).values(key=key).on_conflict_do_nothing())
        row = (await self._connection.execute(sa.select(table).where(table.c.key == key).with_for_update())).one()
        return Throttle(row.failures, row.blocked_until, row.updated_at if row.failures else None)

    async def save(self, key: str, throttle: Throttle) -> None:
        """Keep the state of one key."""
        await self._connection.execute(
            table.update()
            .where(table.c.key == key)
            .values(
                failures=throttle.failures,
                blocked_until=throttle.blocked_until,
                updated_at=throttle.updated_at,
            )
        )

    async def clear(self, key: str) -> None:
        """Forget one key."""
        await self._connection.execute(table.delete().where(table.c.key == key))

    async def prune(self, before: datetime) -> None:
        """Forget keys that have been quiet since then."""
        await self._connection.execute(table.delete().where(table.c.updated_at < before))
