"""Monitoring: credentials, discovery profiles, plugins, monitors, their states, and what they measured."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from alembic import op

revision = "0007"
down_revision = "0003"
branch_labels = None
depends_on = None

CHUNK = "INTERVAL '7 days'"


def upgrade() -> None:
    _create_state()
    _create_measured()


def _create_measured() -> None:
    """The two big tables: hypertables where TimescaleDB is installed, else partitioned by range."""
    question = "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'timescaledb')"
    timescale = bool(op.get_bind().scalar(sa.text(question)))
    partitioned = {} if timescale else {"postgresql_partition_by": "RANGE (timestamp)"}
    op.create_table(
        "metrics",
        sa.Column("monitor_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("timestamp", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("up", sa.Boolean(), nullable=False),
        sa.Column("latency_ms", sa.Double(), nullable=True),
        sa.Column("cpu_percent", sa.Double(), nullable=True),
        sa.Column("memory_total", sa.BigInteger(), nullable=True),
        sa.Column("memory_used", sa.BigInteger(), nullable=True),
        sa.Column("disk_total", sa.BigInteger(), nullable=True),
        sa.Column("disk_used", sa.BigInteger(), nullable=True),
        sa.Column("net_sent_ps", sa.BigInteger(), nullable=True),
        sa.Column("net_recv_ps", sa.BigInteger(), nullable=True),
        sa.Column("net_capacity_ps", sa.BigInteger(), nullable=True),
        sa.Column("process_count", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("monitor_id", "timestamp", name=op.f("pk_metrics")),
        **partitioned,
    )
    op.create_table(
        "samples",
        sa.Column("series_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("timestamp", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("series_id", "timestamp", name=op.f("pk_samples")),
        **partitioned,
    )
    if timescale:
        for table in ("metrics", "samples"):
            op.execute(
                f"SELECT create_hypertable('{table}', 'timestamp', chunk_time_interval => {CHUNK},"
                " create_default_indexes => false)"
            )


def _create_state() -> None:
    op.create_table(
        "plugins",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "config",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("built_in", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plugins")),
        sa.UniqueConstraint("uid", name=op.f("uq_plugins_uid")),
    )
    op.create_index("uq_plugins_name", "plugins", [sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "credential_profiles",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("username", sa.Text(), server_default="", nullable=False),
        sa.Column("domain", sa.Text(), server_default="", nullable=False),
        sa.Column("port", sa.Integer(), nullable=True),
        sa.Column("use_ssl", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "config",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("encrypted_pass", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("secrets_set", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "type IN ('winrm', 'ssh', 'snmp_v2c', 'snmp_v3', 'http_basic', 'http_bearer', 'proxmox')",
            name=op.f("ck_credential_profiles_type"),
        ),
        sa.CheckConstraint("port BETWEEN 1 AND 65535", name=op.f("ck_credential_profiles_port")),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_credential_profiles_site_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential_profiles")),
        sa.UniqueConstraint("uid", name=op.f("uq_credential_profiles_uid")),
    )
    op.create_index(op.f("ix_credential_profiles_site_id"), "credential_profiles", ["site_id"], unique=False)
    op.create_index(
        "uq_credential_profiles_name", "credential_profiles", [sa.literal_column("lower(name)")], unique=True
    )
    op.create_table(
        "monitors",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("device_id", sa.BigInteger(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("credential_profile_id", sa.BigInteger(), nullable=True),
        sa.Column("plugin_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "config",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("polling_interval", sa.Integer(), server_default="60", nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("last_polled", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_attempted", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("last_error_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("updated_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("device_id IS NOT NULL OR address IS NOT NULL", name=op.f("ck_monitors_target")),
        sa.CheckConstraint("polling_interval BETWEEN 1 AND 86400", name=op.f("ck_monitors_polling_interval")),
        sa.ForeignKeyConstraint(
            ["credential_profile_id"],
            ["credential_profiles.id"],
            name=op.f("fk_monitors_credential_profile_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["devices.id"], name=op.f("fk_monitors_device_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["plugin_id"], ["plugins.id"], name=op.f("fk_monitors_plugin_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_monitors_site_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_monitors")),
        sa.UniqueConstraint("uid", name=op.f("uq_monitors_uid")),
    )
    op.create_index(op.f("ix_monitors_credential_profile_id"), "monitors", ["credential_profile_id"], unique=False)
    op.create_index(op.f("ix_monitors_device_id"), "monitors", ["device_id"], unique=False)
    op.create_index(op.f("ix_monitors_plugin_id"), "monitors", ["plugin_id"], unique=False)
    op.create_index(op.f("ix_monitors_site_id"), "monitors", ["site_id"], unique=False)
    op.create_index("ix_monitors_updated_at", "monitors", ["updated_at"], unique=False)
    op.create_table(
        "check_failures",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("monitor_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column(
            "params",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "phases",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "recheck",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'null'::jsonb"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["monitor_id"], ["monitors.id"], name=op.f("fk_check_failures_monitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_failures")),
        sa.UniqueConstraint("monitor_id", "at", name=op.f("uq_check_failures_monitor_id_at")),
    )
    op.create_table(
        "discovery_profiles",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("uid", sa.UUID(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("site_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("credential_profile_id", sa.BigInteger(), nullable=False),
        sa.Column("subnet", sa.Text(), nullable=False),
        sa.Column("port_scan", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("cron", sa.Text(), server_default="", nullable=False),
        sa.Column("timezone", sa.Text(), server_default="UTC", nullable=False),
        sa.Column("enabled", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column(
            "auto_provision",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("last_run_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("last_scan_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["credential_profile_id"],
            ["credential_profiles.id"],
            name=op.f("fk_discovery_profiles_credential_profile_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["last_scan_id"], ["scans.id"], name=op.f("fk_discovery_profiles_last_scan_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_discovery_profiles_site_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discovery_profiles")),
        sa.UniqueConstraint("uid", name=op.f("uq_discovery_profiles_uid")),
    )
    op.create_index(
        op.f("ix_discovery_profiles_credential_profile_id"),
        "discovery_profiles",
        ["credential_profile_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_discovery_profiles_last_scan_id"), "discovery_profiles", ["last_scan_id"], unique=False
    )
    op.create_index(op.f("ix_discovery_profiles_site_id"), "discovery_profiles", ["site_id"], unique=False)
    op.create_index(
        "uq_discovery_profiles_site_id_name",
        "discovery_profiles",
        ["site_id", sa.literal_column("lower(name)")],
        unique=True,
    )
    op.create_table(
        "monitor_states",
        sa.Column("monitor_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("since", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("checked_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("latency_ms", sa.Double(), nullable=True),
        sa.Column(
            "reason",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'null'::jsonb"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'up', 'down', 'paused', 'unknown')", name=op.f("ck_monitor_states_state")
        ),
        sa.ForeignKeyConstraint(
            ["monitor_id"], ["monitors.id"], name=op.f("fk_monitor_states_monitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("monitor_id", name=op.f("pk_monitor_states")),
    )
    op.create_table(
        "monitor_tags",
        sa.Column("monitor_id", sa.BigInteger(), nullable=False),
        sa.Column("tag_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["monitor_id"], ["monitors.id"], name=op.f("fk_monitor_tags_monitor_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_monitor_tags_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("monitor_id", "tag_id", name=op.f("pk_monitor_tags")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("monitor_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "labels",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'::jsonb"),
            nullable=False,
        ),
        sa.Column("first_seen", sa.TIMESTAMP(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["monitor_id"], ["monitors.id"], name=op.f("fk_series_monitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("monitor_id", "name", "labels", name=op.f("uq_series_monitor_id_name_labels")),
    )
    op.create_table(
        "state_intervals",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("monitor_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.TIMESTAMP(timezone=True), nullable=False),
        sa.Column("ended_at", sa.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "reason",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'null'::jsonb"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'up', 'down', 'paused', 'unknown')", name=op.f("ck_state_intervals_state")
        ),
        sa.ForeignKeyConstraint(
            ["monitor_id"], ["monitors.id"], name=op.f("fk_state_intervals_monitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_state_intervals")),
        sa.UniqueConstraint("monitor_id", "started_at", name=op.f("uq_state_intervals_monitor_id_started_at")),
    )


def downgrade() -> None:
    op.drop_table("state_intervals")
    op.drop_table("series")
    op.drop_table("monitor_tags")
    op.drop_table("monitor_states")
    op.drop_index("uq_discovery_profiles_site_id_name", table_name="discovery_profiles")
    op.drop_index(op.f("ix_discovery_profiles_site_id"), table_name="discovery_profiles")
    op.drop_index(op.f("ix_discovery_profiles_last_scan_id"), table_name="discovery_profiles")
    op.drop_index(op.f("ix_discovery_profiles_credential_profile_id"), table_name="discovery_profiles")
    op.drop_table("discovery_profiles")
    op.drop_table("check_failures")
    op.drop_index("ix_monitors_updated_at", table_name="monitors")
    op.drop_index(op.f("ix_monitors_site_id"), table_name="monitors")
    op.drop_index(op.f("ix_monitors_plugin_id"), table_name="monitors")
    op.drop_index(op.f("ix_monitors_device_id"), table_name="monitors")
    op.drop_index(op.f("ix_monitors_credential_profile_id"), table_name="monitors")
    op.drop_table("monitors")
    op.drop_index("uq_credential_profiles_name", table_name="credential_profiles")
    op.drop_index(op.f("ix_credential_profiles_site_id"), table_name="credential_profiles")
    op.drop_table("credential_profiles")
    op.drop_table("samples")
    op.drop_index("uq_plugins_name", table_name="plugins")
    op.drop_table("plugins")
    op.drop_table("metrics")
