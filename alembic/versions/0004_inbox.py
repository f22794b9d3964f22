"""The inbox of new finds, what people join and set apart, and addresses that fell silent."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0004"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the inbox; what is in the inventory already was approved by being there."""
    uuids = postgresql.ARRAY(sa.UUID())
    op.add_column("devices", sa.Column("inbox_state", sa.Text(), server_default="new", nullable=False))
    op.add_column("devices", sa.Column("apart", uuids, server_default="{}", nullable=False))
    op.create_check_constraint(
        op.f("ck_devices_inbox_state"), "devices", "inbox_state IN ('new', 'approved', 'hidden', 'ignored')"
    )
    op.execute("UPDATE devices SET inbox_state = 'approved'")
    op.create_index(
        "ix_devices_inbox", "devices", ["site_id", "first_seen"], postgresql_where=sa.text("inbox_state = 'new'")
    )
    op.add_column("addresses", sa.Column("silent", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("observations", sa.Column("bound", sa.UUID(), nullable=True))
    op.create_table(
        "inbox_actions",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("site_ids", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
        sa.Column("device_ids", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False),
        sa.Column("into_id", sa.BigInteger(), nullable=True),
        sa.Column("affected", sa.Integer(), server_default="0", nullable=False),
        sa.Column("changed", postgresql.JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("undo_until", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("undone_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "action IN ('approve', 'hide', 'ignore', 'merge', 'split')", name=op.f("ck_inbox_actions_action")
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["devices.id"], name=op.f("fk_inbox_actions_into_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_actions")),
    )
    op.create_index(op.f("ix_inbox_actions_into_id"), "inbox_actions", ["into_id"])


def downgrade() -> None:
    """Take it away again; what people joined is worked out by evidence alone from then on."""
    op.drop_table("inbox_actions")
    op.drop_column("observations", "bound")
    op.drop_column("addresses", "silent")
    op.drop_index("ix_devices_inbox", table_name="devices")
    op.drop_constraint(op.f("ck_devices_inbox_state"), "devices")
    op.drop_column("devices", "apart")
    op.drop_column("devices", "inbox_state")
