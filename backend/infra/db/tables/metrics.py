"""What was measured. The two big tables are hypertables where TimescaleDB is, else partitioned by month.

No foreign keys on them: a check for each row would cost more than the row. A monitor's deletion takes its rows
along in the same transaction.
"""

import sqlalchemy as sa

from backend.infra.db.tables.base import METADATA, document, identifier, moment, reference, text

# Bytes and bytes per second are whole numbers; everything else is a double.
WHOLE = ("memory_total", "memory_used", "disk_total", "disk_used", "net_sent_ps", "net_recv_ps", "net_capacity_ps")
MEASURES = ("latency_ms", "cpu_percent", *WHOLE, "process_count")


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
