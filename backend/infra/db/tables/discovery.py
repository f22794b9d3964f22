"""Projects, scans, their chunks, the lines that they said, and the files that they left."""

import sqlalchemy as sa

from backend.infra.db.tables.base import (
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

SCAN_STATUSES = ("queued", "running", "stopping", "completed", "partial", "stopped", "failed", "interrupted")
CHUNK_STATUSES = ("queued", "running", "done", "partial", "failed", "stopped")

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
    whole("attempts", default=0),
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
    sa.UniqueConstraint("chunk_id", "kind"),
)
