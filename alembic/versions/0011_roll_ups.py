"""Roll-ups of what was measured, what is to be done for them, how long each is kept; and the moments of the last
polls beside the state, so that a poll of which nothing is to be told changes one row."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

LEVELS = {"5m": "30 days", "1h": "90 days", "1d": "1000 days"}
WHOLE = ("memory_total", "memory_used", "disk_total", "disk_used", "net_sent_ps", "net_recv_ps", "net_capacity_ps")
MEASURES = ("latency_ms", "cpu_percent", *WHOLE, "process_count")
MOMENTS = ("last_polled", "last_attempted")
TIME = sa.TIMESTAMP(timezone=True)


def upgrade() -> None:
    question = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb')"
    timescale = bool(op.get_bind().scalar(sa.text(question)))
    for level, chunk in LEVELS.items():
        _roll_up(f"metrics_{level}", "monitor_id", MEASURES, chunk if timescale else None)
        _roll_up(f"samples_{level}", "series_id", ("value",), chunk if timescale else None)
    _book()
    _move("monitors", "monitor_states", "monitors.id = monitor_states.monitor_id")


def _roll_up(table: str, key: str, measures: tuple[str, ...], chunk: str | None) -> None:
    op.create_table(
        table,
        sa.Column(key, sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("bucket", TIME, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        *([sa.Column("up_sum", sa.Integer(), nullable=False)] if key == "monitor_id" else []),
        *(column for name in measures for column in _summary(name)),
        sa.PrimaryKeyConstraint(key, "bucket", name=op.f(f"pk_{table}")),
        **({} if chunk else {"postgresql_partition_by": "RANGE (bucket)"}),
    )
    if chunk:
        op.execute(
            f"SELECT create_hypertable('{table}', 'bucket', chunk_time_interval => INTERVAL '{chunk}',"
            " create_default_indexes => false)"
        )


def _summary(name: str) -> tuple[sa.Column[object], ...]:
    kind: sa.types.TypeEngine[object] = sa.Double()  # type: ignore[assignment]
    if name in WHOLE:
        kind = sa.BigInteger()  # type: ignore[assignment]
    elif name == "process_count":
        kind = sa.Integer()  # type: ignore[assignment]
    return (
        sa.Column(f"{name}_sum", sa.Double(), nullable=True),
        sa.Column(f"{name}_count", sa.Integer(), nullable=True),
        sa.Column(f"{name}_min", kind, nullable=True),
        sa.Column(f"{name}_max", kind, nullable=True),
    )


def _book() -> None:
    op.create_table(
        "rollup_marks",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("bucket", TIME, nullable=True),
        sa.Column("monitor_ids", postgresql.ARRAY(sa.BigInteger()), nullable=True),
        sa.Column("series_ids", postgresql.ARRAY(sa.BigInteger()), nullable=True),
        sa.CheckConstraint("level IN ('5m', '1h', '1d', 'gone')", name=op.f("ck_rollup_marks_level")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollup_marks")),
    )
    made = op.create_table(
        "measure_levels",
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("filled_until", TIME, nullable=True),
        sa.Column("kept_since", TIME, nullable=True),
        sa.Column("keep_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("level IN ('raw', '5m', '1h', '1d')", name=op.f("ck_measure_levels_level")),
        sa.CheckConstraint("keep_days > 0", name=op.f("ck_measure_levels_keep_days")),
        sa.PrimaryKeyConstraint("level", name=op.f("pk_measure_levels")),
    )
    op.bulk_insert(made, [{"level": level} for level in ("raw", *LEVELS)])
    # What was measured before there were roll-ups.
    op.execute(
        "INSERT INTO rollup_marks (level, bucket)"
        " SELECT DISTINCT '5m', date_bin('5 minutes', timestamp, timestamptz '1970-01-01 00:00:00+00') FROM metrics"
    )


def _move(source: str, target: str, same: str) -> None:
    for name in MOMENTS:
        op.add_column(target, sa.Column(name, TIME, nullable=True))
    values = ", ".join(f"{name} = {source}.{name}" for name in MOMENTS)
    op.execute(f"UPDATE {target} SET {values} FROM {source} WHERE {same}")  # noqa: S608 - names of ours
    for name in MOMENTS:
        op.drop_column(source, name)


def downgrade() -> None:
    _move("monitor_states", "monitors", "monitors.id = monitor_states.monitor_id")
    op.drop_table("measure_levels")
    op.drop_table("rollup_marks")
    for level in LEVELS:
        op.drop_table(f"samples_{level}")
        op.drop_table(f"metrics_{level}")
