"""Projects, scans, their chunks, the lines that they said, and the files that they left."""

import sqlalchemy as sa

from backend.infra.db.tables.base import (
    INET,
    METADATA,
    created_at,
    document,
    flag,
    identifier,
    moment,
    one_of,
    reference,
    site,
    text,
    uid,
    whole,
)

SCAN_STATUSES = (
    "queued",
    "running",
    "pausing",
    "paused",
    "stopping",
    "completed",
    "partial",
    "stopped",
    "failed",
    "interrupted",
)
CHUNK_STATUSES = ("queued", "running", "done", "partial", "failed", "stopped", "parked")

projects = sa.Table(
    "projects",
    METADATA,
    identifier(),
    uid(),
    site(),
    text("name"),
    text("description", default=""),
    created_at(),
    sa.Index("uq_projects_site_id_name", "site_id", sa.text("lower(name)"), unique=True),
)

scans = sa.Table(
    "scans",
    METADATA,
    identifier(),
    uid(),
    site(),
    reference("project_id", "projects.id"),
    text("name", default=""),
    text("status", default="queued"),
    text("profile"),
    document("options"),
    # As the person wrote them, and as the ranges that they came to.
    document("targets", default="[]"),
    document("exclusions", default="[]"),
    document("ranges", default="[]"),
    document("names", default="{}"),
    whole("address_count"),
    whole("chunk_size"),
    whole("concurrency"),
    whole("host_timeout_s"),
    whole("chunk_timeout_s"),
    document("capabilities"),
    whole("hosts_up", default=0),
    whole("hosts_done", default=0),
    whole("ports_open", default=0),
    sa.Column("last_seq", sa.BigInteger, nullable=False, server_default="0"),
    document("message", default="null"),
    # Who has to let a paused scan go on: a person, or the end of a blackout window.
    text("paused_by", nullable=True),
    # Started by an admin within a blackout window, which therefore leaves it alone.
    flag("forced"),
    reference("schedule_id", "scan_schedules.id", nullable=True, on_delete="SET NULL"),
    reference("requested_by", "users.id", nullable=True, on_delete="SET NULL"),
    created_at(),
    moment("started_at", nullable=True),
    moment("finished_at", nullable=True),
    one_of("status", *SCAN_STATUSES),
    sa.Index("ix_scans_status", "status"),
    sa.Index("ix_scans_created_at", "created_at"),
)

scan_chunks = sa.Table(
    "scan_chunks",
    METADATA,
    identifier(),
    uid(),
    reference("scan_id", "scans.id", on_delete="CASCADE"),
    whole("number"),
    document("targets", default="[]"),
    whole("target_count"),
    text("status", default="queued"),
    # The chunk of which this one is a piece, by number.
    whole("parent", nullable=True),
    whole("attempts", default=0),
    # How many attempts ended badly through the chunk's own doing.
    whole("failures", default=0),
    # A bit for every address, in the order of `targets`: set once nothing more is asked of it.
    sa.Column("finished", sa.LargeBinary, nullable=False, server_default=sa.text("''::bytea")),
    whole("hosts_up", default=0),
    whole("hosts_done", default=0),
    whole("ports_open", default=0),
    document("message", default="null"),
    moment("started_at", nullable=True),
    moment("finished_at", nullable=True),
    one_of("status", *CHUNK_STATUSES),
    sa.UniqueConstraint("scan_id", "number"),
)

scan_lines = sa.Table(
    "scan_lines",
    METADATA,
    sa.Column("scan_id", sa.ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True),
    whole("chunk"),
    text("kind", default="out"),
    text("text"),
    moment("at"),
    one_of("kind", "out", "err", "note"),
)

artifacts = sa.Table(
    "artifacts",
    METADATA,
    identifier(),
    uid(),
    reference("scan_id", "scans.id", on_delete="CASCADE"),
    reference("chunk_id", "scan_chunks.id", on_delete="CASCADE"),
    text("kind"),
    # Relative to the scans folder of the data folder.
    text("path"),
    sa.Column("size", sa.BigInteger, nullable=False, server_default="0"),
    flag("complete"),
    created_at(),
    one_of("kind", "xml", "nmap", "gnmap"),
    sa.UniqueConstraint("chunk_id", "path"),
)

difficult_targets = sa.Table(
    "difficult_targets",
    METADATA,
    identifier(),
    reference("scan_id", "scans.id", on_delete="CASCADE", index=False),
    sa.Column("address", INET, nullable=False),
    text("code"),
    document("params"),
    text("text"),
    whole("chunk"),
    moment("seen_at"),
    text("state", default="parked"),
    one_of("state", "parked", "retried", "released"),
    sa.UniqueConstraint("scan_id", "address"),
)

scan_schedules = sa.Table(
    "scan_schedules",
    METADATA,
    identifier(),
    uid(),
    site(),
    reference("project_id", "projects.id", on_delete="CASCADE"),
    text("name"),
    document("targets", default="[]"),
    document("exclusions", default="[]"),
    text("profile"),
    document("options", default="null"),
    text("cron"),
    text("timezone"),
    flag("enabled", default=True),
    moment("next_run_at", nullable=True),
    moment("last_run_at", nullable=True),
    # No reference: a schedule remembers its last scan for longer than that scan may live.
    sa.Column("last_scan_id", sa.BigInteger, nullable=True),
    document("last_skipped", default="null"),
    reference("created_by", "users.id", nullable=True, on_delete="SET NULL"),
    created_at(),
    sa.Index("uq_scan_schedules_site_id_name", "site_id", sa.text("lower(name)"), unique=True),
    sa.Index("ix_scan_schedules_next_run_at", "next_run_at", postgresql_where=sa.text("enabled")),
)

blackout_windows = sa.Table(
    "blackout_windows",
    METADATA,
    identifier(),
    uid(),
    site(),
    text("name"),
    text("cron"),
    whole("duration_min"),
    text("timezone"),
    # None: every network of the site.
    document("networks", default="[]"),
    flag("enabled", default=True),
    created_at(),
    sa.CheckConstraint("duration_min BETWEEN 1 AND 10080", name="duration_min"),
    sa.Index("uq_blackout_windows_site_id_name", "site_id", sa.text("lower(name)"), unique=True),
)
