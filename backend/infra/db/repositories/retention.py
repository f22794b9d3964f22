"""How long measures are kept, in PostgreSQL."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.metrics.retention import FIELDS, Retention
from backend.infra.db.tables.metrics import measure_levels as table


class SqlRetention:
    """On one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self) -> Retention:
        """What is in force."""
        rows = await self._connection.execute(sa.select(table.c.level, table.c.keep_days))
        days = {row.level: row.keep_days for row in rows}
        return Retention(**{name: days[level] for name, level in FIELDS.items()})

    async def set(self, wanted: Retention) -> None:
        """Put this in force."""
        for name, level in FIELDS.items():
            update = table.update().where(table.c.level == level)
            await self._connection.execute(update.values(keep_days=getattr(wanted, name)))

    async def kept_since(self) -> Mapping[str, datetime | None]:
        """For each level, before when everything was dropped."""
        rows = await self._connection.execute(sa.select(table.c.level, table.c.kept_since))
        return {row.level: row.kept_since for row in rows}
