"""Discovery profiles that run by the clock and remember how that went; suggestions that nobody wants; rules."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NOTHING = sa.text("'null'::jsonb")


def upgrade() -> None:
    _widen_profiles()
    op.create_table(
        "credential_refusals",
        sa.Column("credential_profile_id", sa.BigInteger(), nullable=False),
        sa.Column("address", postgresql.INET(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("refused_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["credential_profile_id"],
            ["credential_profiles.id"],
            name=op.f("fk_credential_refusals_credential_profile_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("credential_profile_id", "address", name=op.f("pk_credential_refusals")),
    )
    op.create_table(
        "dismissed_suggestions",
        sa.Column("device_id", sa.BigInteger(), nullable=False),
        sa.Column("collector", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("dismissed_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_dismissed_suggestions_device_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("device_id", "collector", "port", name=op.f("pk_dismissed_suggestions")),
    )
    _create_rules()


def _widen_profiles() -> None:
    table = "discovery_profiles"
    op.add_column(table, sa.Column("next_run_at", sa.TIMESTAMP(timezone=True), nullable=True))
    op.add_column(table, sa.Column("pending_scan_id", sa.BigInteger(), nullable=True))
    for name in ("last_result", "last_error"):
        document = postgresql.JSONB(astext_type=sa.Text())
        op.add_column(table, sa.Column(name, document, server_default=NOTHING, nullable=False))
    op.create_index(
        "ix_discovery_profiles_next_run_at", table, ["next_run_at"], postgresql_where=sa.text("enabled")
    )


def _create_rules() -> None:
    op.create_table(
        "provisioning_rules",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("network_id", sa.BigInteger(), nullable=False),
        sa.Column("collectors", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column(
            "credential_profile_ids", postgresql.ARRAY(sa.BigInteger()), server_default="{}", nullable=False
        ),
        sa.Column("interval_s", sa.Integer(), nullable=True),
        sa.Column("enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_provisioning_rules_site_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_provisioning_rules_network_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provisioning_rules")),
        sa.UniqueConstraint("uid", name=op.f("uq_provisioning_rules_uid")),
    )
    for column in ("site_id", "network_id"):
        op.create_index(op.f(f"ix_provisioning_rules_{column}"), "provisioning_rules", [column])
    op.create_index(
        "uq_provisioning_rules_site_id_name",
        "provisioning_rules",
        ["site_id", sa.literal_column("lower(name)")],
        unique=True,
    )


def downgrade() -> None:
    op.drop_table("provisioning_rules")
    op.drop_table("dismissed_suggestions")
    op.drop_table("credential_refusals")
    op.drop_index("ix_discovery_profiles_next_run_at", table_name="discovery_profiles")
    for name in ("last_error", "last_result", "pending_scan_id", "next_run_at"):
        op.drop_column("discovery_profiles", name)
