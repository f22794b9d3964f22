"""The statements that sum rows into buckets, and buckets into longer ones. Only names of ours and moments go into
them; $1 are the keys (monitors or series)."""

from datetime import datetime

from backend.domain.metrics.resolution import FIVE_MINUTES, LEVELS, Level
from backend.infra.db.queries.history_sql import Measured, binned, moment

EVERYONE = {"metrics": "SELECT id FROM monitors ORDER BY id", "samples": "SELECT id FROM series ORDER BY id"}
THESE = {
    "metrics": "SELECT id FROM monitors WHERE id = ANY($1::bigint[]) ORDER BY id",
    "samples": "SELECT id FROM series WHERE monitor_id = ANY($1::bigint[]) ORDER BY id",
}
NEXT = """
WITH due AS (
    SELECT id, bucket, monitor_ids FROM rollup_marks WHERE level = $1 AND bucket < $2
), first AS (
    SELECT min(bucket) AS bucket FROM due
)
SELECT due.bucket, array_agg(due.id) AS ids, bool_or(due.monitor_ids IS NULL) AS everyone,
    (SELECT array_agg(DISTINCT each) FROM due d, unnest(d.monitor_ids) AS each WHERE d.bucket = due.bucket)
        AS monitors
FROM due, first WHERE due.bucket < first.bucket + $3::interval
GROUP BY due.bucket ORDER BY due.bucket
"""
UNMARK = "DELETE FROM rollup_marks WHERE id = ANY($1::bigint[])"
MARK = """
INSERT INTO rollup_marks (level, bucket, monitor_ids)
SELECT $1, bucket, $3::bigint[] FROM unnest($2::timestamptz[]) AS bucket
"""
LEVEL_STATES = "SELECT level, filled_until, kept_since, keep_days FROM measure_levels"
FILLED = """
UPDATE measure_levels SET filled_until = GREATEST(filled_until, LEAST($2::timestamptz, (
    SELECT min(bucket) FROM rollup_marks WHERE level = $1
))) WHERE level = $1 AND filled_until IS DISTINCT FROM GREATEST(filled_until, LEAST($2::timestamptz, (
    SELECT min(bucket) FROM rollup_marks WHERE level = $1
)))
"""
GONE = "SELECT id, monitor_ids, series_ids FROM rollup_marks WHERE level = 'gone' ORDER BY id LIMIT 50"


def finer(level: Level) -> Level | None:
    """The level that a level is summed from; None: the rows."""
    return None if level is FIVE_MINUTES else LEVELS[LEVELS.index(level) - 1]


def coarser(level: Level) -> Level | None:
    """The level that is summed from a level."""
    return LEVELS[LEVELS.index(level) + 1] if level is not LEVELS[-1] else None


def fill(measured: Measured, level: Level, start: datetime, end: datetime, keys: str) -> str:
    """Sum every bucket of the keys between two moments anew. Each key is looked up by the primary key, however the
    planner estimates."""
    source = finer(level)
    time = "bucket" if source else "timestamp"
    names = [name for column in measured.columns for name in _names(column)]
    summed = [part for column in measured.columns for part in (_level if source else _row)(column)]
    sums = ", ".join(f"{part} AS {name}" for part, name in zip(summed, names, strict=True))
    rows = "sum(rows)::integer" if source else "count(*)::integer"
    listed = ", ".join(names)
    return f"""
INSERT INTO {measured.level(level)} ({measured.key}, bucket, rows, {listed})
SELECT k.id, s.at, s.rows, {", ".join(f"s.{name}" for name in names)}
FROM ({keys}) AS k CROSS JOIN LATERAL (
    SELECT {binned(time, level.seconds)} AS at, {rows} AS rows, {sums}
    FROM {measured.level(source) if source else measured.table} AS t
    WHERE t.{measured.key} = k.id AND t.{time} >= {moment(start)} AND t.{time} < {moment(end)}
    GROUP BY 1
) AS s
ON CONFLICT ({measured.key}, bucket) DO UPDATE SET rows = EXCLUDED.rows,
    {", ".join(f"{name} = EXCLUDED.{name}" for name in names)}
"""  # noqa: S608 - names and moments of ours


def _names(column: str) -> tuple[str, ...]:
    if column == "up":
        return ("up_sum",)
    return f"{column}_sum", f"{column}_count", f"{column}_min", f"{column}_max"


def _row(column: str) -> tuple[str, ...]:
    if column == "up":
        return ("sum(up::integer)::integer",)
    counted = _told(f"count({column})", "count(*)")
    return f"sum({column})::double precision", counted, f"min({column})", f"max({column})"


def _level(column: str) -> tuple[str, ...]:
    if column == "up":
        return ("sum(up_sum)::integer",)
    counted = f"sum(coalesce({column}_count, rows)) FILTER (WHERE {column}_sum IS NOT NULL)"
    return f"sum({column}_sum)", _told(counted, "sum(rows)"), f"min({column}_min)", f"max({column}_max)"


def _told(counted: str, rows: str) -> str:
    """A count is kept only where some rows have a value and others have none: NULL takes no room."""
    return f"CASE WHEN {counted} <> 0 AND {counted} <> {rows} THEN {counted} END::integer"
