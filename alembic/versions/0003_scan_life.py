"""Scans that survive: pieces of chunks, pauses, difficult targets, schedules, blackout windows."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0003"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD_SCAN = "'queued', 'running', 'stopping', 'completed', 'partial', 'stopped', 'failed', 'interrupted'"
NEW_SCAN = (
    "'queued', 'running', 'pausing', 'paused', 'stopping', 'completed', 'partial', 'stopped', 'failed',"
    " 'interrupted'"
)
OLD_CHUNK = "'queued', 'running', 'done', 'partial', 'failed', 'stopped'"
NEW_CHUNK = "'queued', 'running', 'done', 'partial', 'failed', 'stopped', 'parked'"


def upgrade() -> None:
    _schedules()
    op.add_column("scans", sa.Column("paused_by", sa.Text(), nullable=True))
    op.add_column("scans", sa.Column("forced", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("scans", sa.Column("schedule_id", sa.BigInteger(), nullable=True))
    op.create_foreign_key(
        "fk_scans_schedule_id", "scans", "scan_schedules", ["schedule_id"], ["id"], ondelete="SET NULL"
    )
    op.create_index("ix_scans_schedule_id", "scans", ["schedule_id"])
    op.add_column("scan_chunks", sa.Column("parent", sa.Integer(), nullable=True))
    op.add_column("scan_chunks", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "scan_chunks",
        sa.Column("finished", sa.LargeBinary(), server_default=sa.text("''::bytea"), nullable=False),
    )
    _statuses(NEW_SCAN, NEW_CHUNK)
    op.drop_constraint("uq_artifacts_chunk_id_kind", "artifacts", type_="unique")
    op.create_unique_constraint("uq_artifacts_chunk_id_path", "artifacts", ["chunk_id", "path"])
    _difficult_targets()


def downgrade() -> None:
    op.drop_table("difficult_targets")
    op.execute(
        "DELETE FROM artifacts a USING artifacts b WHERE a.chunk_id = b.chunk_id AND a.kind = b.kind AND a.id < b.id"
    )
    op.drop_constraint("uq_artifacts_chunk_id_path", "artifacts", type_="unique")
    op.create_unique_constraint("uq_artifacts_chunk_id_kind", "artifacts", ["chunk_id", "kind"])
    op.execute("UPDATE scans SET status = 'interrupted' WHERE status IN ('pausing', 'paused')")
    op.execute("UPDATE scan_chunks SET status = 'failed' WHERE status = 'parked'")
    _statuses(OLD_SCAN, OLD_CHUNK)
    for column in ("finished", "failures", "parent"):
        op.drop_column("scan_chunks", column)
    op.drop_index("ix_scans_schedule_id", "scans")
    op.drop_constraint("fk_scans_schedule_id", "scans", type_="foreignkey")
    for column in ("schedule_id", "forced", "paused_by"):
        op.drop_column("scans", column)
    op.drop_table("blackout_windows")
    op.drop_table("scan_schedules")


def _statuses(scan: str, chunk: str) -> None:
    op.drop_constraint(op.f("ck_scans_status"), "scans", type_="check")
    op.create_check_constraint(op.f("ck_scans_status"), "scans", f"status IN ({scan})")
    op.drop_constraint(op.f("ck_scan_chunks_status"), "scan_chunks", type_="check")
    op.create_check_constraint(op.f("ck_scan_chunks_status"), "scan_chunks", f"status IN ({chunk})")


def _json(name: str, default: str) -> sa.Column[object]:
    kind = postgresql.JSONB(astext_type=sa.Text())
    return sa.Column(name, kind, server_default=sa.text(f"'{default}'::jsonb"), nullable=False)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.TIMESTAMP(timezone=True), nullable=nullable)


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False)


def _uid() -> sa.Column[object]:
    return sa.Column("uid", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False)


def _made() -> sa.Column[object]:
    return sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False)


def _enabled() -> sa.Column[object]:
    return sa.Column("enabled", sa.Boolean(), server_default=sa.true(), nullable=False)


def _schedules() -> None:
    op.create_table(
        "scan_schedules",
        _id(),
        _uid(),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("project_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        _json("targets", "[]"),
        _json("exclusions", "[]"),
        sa.Column("profile", sa.Text(), nullable=False),
        _json("options", "null"),
        sa.Column("cron", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        _enabled(),
        _moment("next_run_at"),
        _moment("last_run_at"),
        sa.Column("last_scan_id", sa.BigInteger(), nullable=True),
        _json("last_skipped", "null"),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        _made(),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_scan_schedules_site_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name=op.f("fk_scan_schedules_project_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_scan_schedules_created_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scan_schedules")),
        sa.UniqueConstraint("uid", name=op.f("uq_scan_schedules_uid")),
    )
    for column in ("site_id", "project_id", "created_by"):
        op.create_index(op.f(f"ix_scan_schedules_{column}"), "scan_schedules", [column])
    op.create_index(
        "uq_scan_schedules_site_id_name", "scan_schedules", ["site_id", sa.text("lower(name)")], unique=True
    )
    op.create_index(
        "ix_scan_schedules_next_run_at", "scan_schedules", ["next_run_at"], postgresql_where=sa.text("enabled")
    )
    op.create_table(
        "blackout_windows",
        _id(),
        _uid(),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("cron", sa.Text(), nullable=False),
        sa.Column("duration_min", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        _json("networks", "[]"),
        _enabled(),
        _made(),
        sa.CheckConstraint("duration_min BETWEEN 1 AND 10080", name=op.f("ck_blackout_windows_duration_min")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_blackout_windows_site_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blackout_windows")),
        sa.UniqueConstraint("uid", name=op.f("uq_blackout_windows_uid")),
    )
    op.create_index(op.f("ix_blackout_windows_site_id"), "blackout_windows", ["site_id"])
    op.create_index(
        "uq_blackout_windows_site_id_name", "blackout_windows", ["site_id", sa.text("lower(name)")], unique=True
    )


def _difficult_targets() -> None:
    op.create_table(
        "difficult_targets",
        _id(),
        sa.Column("scan_id", sa.BigInteger(), nullable=False),
        sa.Column("address", postgresql.INET(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        _json("params", "{}"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        _moment("seen_at", nullable=False),
        sa.Column("state", sa.Text(), server_default="parked", nullable=False),
        sa.CheckConstraint("state IN ('parked', 'retried', 'released')", name=op.f("ck_difficult_targets_state")),
        sa.ForeignKeyConstraint(
            ["scan_id"], ["scans.id"], name=op.f("fk_difficult_targets_scan_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difficult_targets")),
        sa.UniqueConstraint("scan_id", "address", name=op.f("uq_difficult_targets_scan_id_address")),
    )
