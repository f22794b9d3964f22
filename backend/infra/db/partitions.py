"""Partitions of the tables of measures on plain PostgreSQL, a month each, made when the first row needs one.

On TimescaleDB the tables are hypertables, which make their own chunks.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

# Only one process at a time makes them.
_LOCK = 0x1A6A_0010
TABLES = ("metrics", "samples")


def month_of(at: datetime) -> datetime:
    """The first moment of its month."""
    return at.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def next_month(month: datetime) -> datetime:
    """The month after."""
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)


class Partitions:
    """Knows which months there are, on the driver's own connection."""

    def __init__(self) -> None:
        self._needed: bool | None = None
        self._known: set[datetime] = set()

    def forget(self) -> None:
        """Somebody may have dropped some."""
        self._known.clear()

    async def ensure(self, raw: Any, first: datetime, last: datetime) -> None:
        """Make what is missing for rows between these moments, in a transaction of its own."""
        if self._needed is None:
            self._needed = await raw.fetchval("SELECT relkind = 'p' FROM pg_class WHERE oid = 'metrics'::regclass")
        if not self._needed:
            return
        wanted = {month for month in _months(first, last) if month not in self._known}
        if not wanted:
            return
        # The month to come is made along, so that no batch meets the turn of the month.
        wanted.add(next_month(max(wanted)))
        async with raw.transaction():
            await raw.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
            for month in sorted(wanted):
                for table in TABLES:
                    await raw.execute(_made(table, month))
        self._known |= wanted


def _months(first: datetime, last: datetime) -> Iterator[datetime]:
    month = month_of(first)
    while month <= last:
        yield month
        month = next_month(month)


def _made(table: str, month: datetime) -> str:
    until = next_month(month)
    return (
        f"CREATE TABLE IF NOT EXISTS {table}_{month:%Y_%m} PARTITION OF {table}"
        f" FOR VALUES FROM ('{month.isoformat()}') TO ('{until.isoformat()}')"
    )
