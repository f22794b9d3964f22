"""Polling: room in the pages of what every poll updates, so that an update stays in its page and touches no index."""

from alembic import op

revision = "0009"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("monitors", "monitor_states")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05)")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} RESET (fillfactor, autovacuum_vacuum_scale_factor)")
