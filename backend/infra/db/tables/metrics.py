"""What was measured, and its roll-ups. The big tables are hypertables where TimescaleDB is, else partitioned.

No foreign keys on them: a check for each row would cost more than the row. A monitor's deletion takes its rows
along in the same transaction.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from backend.domain.metrics.resolution import LEVELS
from backend.infra.db.tables.base import METADATA, document, identifier, moment, one_of, reference, text, whole

# Bytes and bytes per second are whole numbers; everything else is a double.
WHOLE = ("memory_total", "memory_used", "disk_total", "disk_used", "net_sent_ps", "net_recv_ps", "net_capacity_ps")
MEASURES = ("latency_ms", "cpu_percent", *WHOLE, "process_count")


LEVEL_NAMES = tuple(level.name for level in LEVELS)


def _measure(name: str) -> sa.Column[float] | sa.Column[int]:
    if name in WHOLE:
        return sa.Column(name, sa.BigInteger, nullable=True)
    return sa.Column(name, sa.Integer if name == "process_count" else sa.Double, nullable=True)


metrics = sa.Table(
    "metrics",
    METADATA,
    sa.Column("monitor_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("timestamp", sa.TIMESTAMP(timezone=True), primary_key=True),
    sa.Column("up", sa.Boolean, nullable=False),
    *(_measure(name) for name in MEASURES),
    postgresql_partition_by="RANGE (timestamp)",
)

series = sa.Table(
    "series",
    METADATA,
    identifier(),
    reference("monitor_id", "monitors.id", on_delete="CASCADE", index=False),
    text("name"),
    # What it is of: {"interface": "eth0"}
    document("labels"),
    moment("first_seen", default_now=True),
    sa.UniqueConstraint("monitor_id", "name", "labels"),
)

samples = sa.Table(
    "samples",
    METADATA,
    sa.Column("series_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("timestamp", sa.TIMESTAMP(timezone=True), primary_key=True),
    sa.Column("value", sa.Double, nullable=False),
    postgresql_partition_by="RANGE (timestamp)",
)


def _summary(name: str) -> tuple[sa.Column[float] | sa.Column[int], ...]:
    """Sum, smallest and largest of a measure, and how many values where not every row has one."""
    kind = sa.Double() if name == "value" else _measure(name).type
    return (
        sa.Column(f"{name}_sum", sa.Double, nullable=True),
        sa.Column(f"{name}_count", sa.Integer, nullable=True),
        sa.Column(f"{name}_min", kind, nullable=True),
        sa.Column(f"{name}_max", kind, nullable=True),
    )


def _roll_up(table: str, key: str, measures: tuple[str, ...]) -> sa.Table:
    return sa.Table(
        table,
        METADATA,
        sa.Column(key, sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("bucket", sa.TIMESTAMP(timezone=True), primary_key=True),
        whole("rows"),
        *((whole("up_sum"),) if key == "monitor_id" else ()),
        *(column for name in measures for column in _summary(name)),
        postgresql_partition_by="RANGE (bucket)",
    )


metrics_levels = {name: _roll_up(f"metrics_{name}", "monitor_id", MEASURES) for name in LEVEL_NAMES}
samples_levels = {name: _roll_up(f"samples_{name}", "series_id", ("value",)) for name in LEVEL_NAMES}

# What is to be rolled up: a bucket, of these monitors or (NULL) of all; and whose roll-ups are to go. Rows are
# only ever added and taken away: a mark is committed with the rows that it stands for.
rollup_marks = sa.Table(
    "rollup_marks",
    METADATA,
    identifier(),
    text("level"),
    moment("bucket", nullable=True),
    sa.Column("monitor_ids", ARRAY(sa.BigInteger), nullable=True),
    sa.Column("series_ids", ARRAY(sa.BigInteger), nullable=True),
    one_of("level", *LEVEL_NAMES, "gone"),
)

# How far each level is filled, since when it is whole, and how long it is to be kept (NULL: for ever).
measure_levels = sa.Table(
    "measure_levels",
    METADATA,
    sa.Column("level", sa.Text, primary_key=True),
    moment("filled_until", nullable=True),
    moment("kept_since", nullable=True),
    whole("keep_days", nullable=True),
    one_of("level", "raw", *LEVEL_NAMES),
    sa.CheckConstraint("keep_days > 0", name="keep_days"),
)
