"""Partitions of the tables of measures on plain PostgreSQL, made when the first row needs one.

On TimescaleDB the tables are hypertables, which make their own chunks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# Only one process at a time makes or drops them.
_LOCK = 0x1A6A_0010
# How many months a partition of each table has.
RAW = {"metrics": 1, "samples": 1}
ROLL_UPS = {f"{table}_{level}": months for level, months in (("5m", 1), ("1h", 3), ("1d", 36)) for table in RAW}

_SINCE = "UPDATE measure_levels SET kept_since = GREATEST(kept_since, $2) WHERE level = $1"


@dataclass(frozen=True, slots=True)
class Piece:
    """A partition or a chunk: its table, and the moments between which its rows are."""

    name: str
    start: datetime
    end: datetime


def month_of(at: datetime, months: int = 1) -> datetime:
    """The first moment of the piece of so many months in which a moment lies."""
    at = at.astimezone(UTC)
    number = (at.year * 12 + at.month - 1) // months * months
    return datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC)


def next_month(month: datetime, months: int = 1) -> datetime:
    """The first moment of the piece after."""
    number = month.year * 12 + month.month - 1 + months
    return month.replace(year=number // 12, month=number % 12 + 1)


class Partitions:
    """Knows which partitions there are, on the driver's own connection."""

    def __init__(self, tables: Mapping[str, int] = RAW) -> None:
        self._tables = tables
        self._needed: bool | None = None
        self._known: set[tuple[str, datetime]] = set()

    def forget(self) -> None:
        """Somebody may have dropped some."""
        self._known.clear()

    async def ensure(self, raw: Any, first: datetime, last: datetime) -> None:
        """Make what is missing for rows between these moments, in a transaction of its own."""
        if self._needed is None:
            self._needed = await is_partitioned(raw)
        if not self._needed:
            return
        wanted = set(self._wanted(first, last)) - self._known
        if not wanted:
            return
        async with raw.transaction():
            await raw.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
            for table, start in sorted(wanted):
                await raw.execute(_made(table, start, self._tables[table]))
        self._known |= wanted

    def _wanted(self, first: datetime, last: datetime) -> Iterator[tuple[str, datetime]]:
        """Also the piece to come where one is made, so that no batch meets the turn of the month."""
        for table, months in self._tables.items():
            start, missing = month_of(first, months), False
            while start <= last or missing:
                missing = start <= last and (table, start) not in self._known
                yield table, start
                start = next_month(start, months)


async def is_partitioned(raw: Any) -> bool:
    """Whether this is plain PostgreSQL, where we make the partitions."""
    found: bool = await raw.fetchval("SELECT relkind = 'p' FROM pg_class WHERE oid = 'metrics'::regclass")
    return found


async def drop_before(raw: Any, level: str, table: str, until: datetime) -> bool:
    """Drop the oldest piece of a level's table, if all of it is before that moment; answers whether it was.

    Whoever reads or writes the table is waited for a moment only; the next round tries again. Raises the driver's
    LockNotAvailableError.
    """
    found = await (_partition if await is_partitioned(raw) else _chunk)(raw, table)
    if found is None or found.end > until:
        return False
    async with raw.transaction():
        await raw.execute("SET LOCAL lock_timeout TO '2s'")
        await raw.execute("SELECT pg_advisory_xact_lock($1)", _LOCK)
        if found.name:
            await raw.execute(f"DROP TABLE {found.name}")
        else:
            await raw.execute("SELECT drop_chunks($1::regclass, older_than => $2::timestamptz)", table, found.end)
        await raw.execute(_SINCE, level, found.end)
    return True


async def _partition(raw: Any, table: str) -> Piece | None:
    rows = await raw.fetch(
        "SELECT c.oid::regclass::text AS name, pg_get_expr(c.relpartbound, c.oid) AS bound"
        " FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass",
        table,
    )
    pieces = [Piece(row["name"], *map(datetime.fromisoformat, row["bound"].split("'")[1::2])) for row in rows]
    return min(pieces, key=lambda piece: piece.start, default=None)


async def _chunk(raw: Any, table: str) -> Piece | None:
    row = await raw.fetchrow(
        "SELECT range_start, range_end FROM timescaledb_information.chunks"
        " WHERE hypertable_name = $1 ORDER BY range_start LIMIT 1",
        table,
    )
    return Piece("", row["range_start"], row["range_end"]) if row else None


def _made(table: str, start: datetime, months: int) -> str:
    until = next_month(start, months)
    return (
        f"CREATE TABLE IF NOT EXISTS {table}_{start:%Y_%m} PARTITION OF {table}"
        f" FOR VALUES FROM ('{start.isoformat()}') TO ('{until.isoformat()}')"
    )
