"""The text of queries over rows and roll-ups. Only names of ours, numbers and moments go into it."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from backend.domain.metrics.resolution import Level
from backend.infra.db.tables.metrics import MEASURES


@dataclass(frozen=True, slots=True)
class Measured:
    """One of the two big tables: its name, what its rows belong to, and the columns that are summed."""

    table: str
    key: str
    columns: tuple[str, ...]

    def level(self, level: Level) -> str:
        """The table of one of its roll-ups."""
        return f"{self.table}_{level.name}"


METRICS = Measured("metrics", "monitor_id", ("up", *MEASURES))
SAMPLES = Measured("samples", "series_id", ("value",))
_NO_SPREAD = "NULL::double precision, NULL::double precision"


def moment(at: datetime) -> str:
    """A moment as SQL."""
    return f"timestamptz '{at.isoformat()}'"


def binned(time: str, seconds: int) -> str:
    """The beginning of the bucket of a column's moment."""
    return f"date_bin('{seconds} seconds', {time}, timestamptz '1970-01-01 00:00:00+00')"


@lru_cache(maxsize=256)
def rows_query(measured: Measured, columns: tuple[str, ...]) -> str:
    """Rows of the key $1 from $2 until before $3, at most $4, the oldest first."""
    return (
        f"SELECT {', '.join(('timestamp', *columns))} FROM {measured.table}"  # noqa: S608 - names of ours
        f" WHERE {measured.key} = $1 AND timestamp >= $2 AND timestamp < $3 ORDER BY timestamp LIMIT $4"
    )


@lru_cache(maxsize=256)
def parts_query(
    measured: Measured, columns: tuple[str, ...], levels: tuple[Level | None, ...], step_s: int
) -> str:
    """Every part of a chart of the keys in $1: key, moment, rows, and of each column sum, count, least, most.

    The text is the same for the same kind of chart, so that the server prepares it once; $2 and $3 are the moments
    of the first part, $4 and $5 of the second.
    """
    parts = (_part(measured, columns, level, step_s, 2 + 2 * number) for number, level in enumerate(levels))
    return "\nUNION ALL\n".join(parts) + "\nORDER BY 1, 2"


def _part(measured: Measured, columns: tuple[str, ...], level: Level | None, step_s: int, first: int) -> str:
    time = "bucket" if level else "timestamp"
    within = (
        f"FROM {measured.level(level) if level else measured.table} WHERE {measured.key} = ANY($1::bigint[])"
        f" AND {time} >= ${first}::timestamptz AND {time} < ${first + 1}::timestamptz"
    )
    if level and level.seconds == step_s:
        sums = [_kept(column) for column in columns]
        return ", ".join([f"SELECT {measured.key} AS key, bucket AS at, rows", *sums]) + f"\n{within}"
    summed = _summed_level if level else _summed_row
    rows = "sum(rows)::integer" if level else "count(*)::integer"
    head = f"SELECT {measured.key} AS key, {binned(time, step_s)} AS at, {rows} AS rows"
    return ", ".join([head, *(summed(column) for column in columns)]) + f"\n{within}\nGROUP BY 1, 2"


def _summed_row(column: str) -> str:
    if column == "up":
        return f"sum(up::integer)::double precision, count(*)::integer, {_NO_SPREAD}"
    return f"sum({column})::double precision, count({column})::integer, min({column}), max({column})"


def _summed_level(column: str) -> str:
    if column == "up":
        return f"sum(up_sum)::double precision, sum(rows)::integer, {_NO_SPREAD}"
    counted = f"sum(coalesce({column}_count, rows)) FILTER (WHERE {column}_sum IS NOT NULL)"
    return f"sum({column}_sum), coalesce({counted}, 0)::integer, min({column}_min), max({column}_max)"


def _kept(column: str) -> str:
    if column == "up":
        return f"up_sum::double precision, rows, {_NO_SPREAD}"
    return f"{column}_sum, coalesce({column}_count, rows), {column}_min, {column}_max"
