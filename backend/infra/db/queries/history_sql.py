"""The text of queries over rows and roll-ups. Only names of ours, numbers and moments go into it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.domain.metrics.resolution import Level, Part
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


def parts_query(measured: Measured, columns: Sequence[str], parts: Sequence[Part], step_s: int) -> str:
    """Every part of a chart of the keys in $1: key, moment, rows, and of each column sum, count, least, most."""
    return "\nUNION ALL\n".join(_part(measured, columns, part, step_s) for part in parts) + "\nORDER BY 1, 2"


def _part(measured: Measured, columns: Sequence[str], part: Part, step_s: int) -> str:
    time = "bucket" if part.level else "timestamp"
    table = measured.level(part.level) if part.level else measured.table
    within = (
        f"FROM {table} WHERE {measured.key} = ANY(CAST(:keys AS bigint[]))"
        f" AND {time} >= {moment(part.start)} AND {time} < {moment(part.end)}"
    )
    if part.level and part.level.seconds == step_s:
        sums = [_kept(column) for column in columns]
        return ", ".join([f"SELECT {measured.key} AS key, bucket AS at, rows", *sums]) + f"\n{within}"
    summed = _summed_level if part.level else _summed_row
    rows = "sum(rows)::integer" if part.level else "count(*)::integer"
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
