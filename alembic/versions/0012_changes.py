"""History: snapshots of the inventory, what changed in each, and every device as it was."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; the program writes a first version of every device when it starts."""
    _snapshots()
    _changes()
    op.create_table(
        "device_versions",
        sa.Column("snapshot_id", sa.BigInteger(), nullable=False),
        sa.Column("device_uid", sa.UUID(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("portrait", postgresql.JSONB(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_device_versions_site_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_device_versions_snapshot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("device_uid", "snapshot_id", name=op.f("pk_device_versions")),
    )
    op.create_index(op.f("ix_device_versions_site_id"), "device_versions", ["site_id"])
    op.create_index("ix_device_versions_snapshot_id", "device_versions", ["snapshot_id"])
    op.create_table(
        "unsettled_devices",
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("origin", sa.BigInteger(), nullable=False),
        sa.Column("device_uid", sa.UUID(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_unsettled_devices_site_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", "origin", "device_uid", name=op.f("pk_unsettled_devices")),
    )


def _snapshots() -> None:
    op.create_table(
        "snapshots",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column("changes", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("reason IN ('scan', 'edit', 'baseline')", name=op.f("ck_snapshots_reason")),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name=op.f("fk_snapshots_scan_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_snapshots_site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint("uid", name=op.f("uq_snapshots_uid")),
    )
    op.create_index("ix_snapshots_at", "snapshots", ["at"])
    for column in ("scan_id", "site_id"):
        op.create_index(op.f(f"ix_snapshots_{column}"), "snapshots", [column])


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("snapshot_id", sa.BigInteger(), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=True),
        sa.Column("device_uid", sa.UUID(), nullable=False),
        sa.Column("device_name", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("scan_id", sa.BigInteger(), nullable=True),
        sa.Column("noise", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_changes_device_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name=op.f("fk_changes_scan_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_changes_site_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_changes_snapshot_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index("ix_changes_at", "changes", ["at", "id"])
    op.create_index("ix_changes_device_uid", "changes", ["device_uid", "key", "at"])
    op.create_index("ix_changes_kind", "changes", ["kind", "at"])
    for column in ("device_id", "scan_id", "site_id", "snapshot_id"):
        op.create_index(op.f(f"ix_changes_{column}"), "changes", [column])


def downgrade() -> None:
    """Forget all of it; the inventory stays as it is."""
    for table in ("unsettled_devices", "device_versions", "changes", "snapshots"):
        op.drop_table(table)
