"""Snapshots of the inventory, what changed in each, and every device as it was."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, UUID

from backend.infra.db.tables.base import METADATA, identifier, moment, one_of, reference, text, uid, whole

snapshots = sa.Table(
    "snapshots",
    METADATA,
    identifier(),
    uid(),
    reference("site_id", "sites.id", on_delete="CASCADE"),
    moment("at"),
    text("reason"),
    reference("scan_id", "scans.id", nullable=True, on_delete="SET NULL"),
    whole("changes", default=0),
    one_of("reason", "scan", "edit", "baseline"),
    sa.Index("ix_snapshots_at", "at"),
)

changes = sa.Table(
    "changes",
    METADATA,
    identifier(),
    reference("snapshot_id", "snapshots.id", on_delete="CASCADE"),
    reference("site_id", "sites.id", on_delete="CASCADE"),
    moment("at"),
    text("kind"),
    # The row may be gone; its uid and its name then stay.
    reference("device_id", "devices.id", nullable=True, on_delete="SET NULL"),
    sa.Column("device_uid", UUID(as_uuid=True), nullable=False),
    text("device_name", default=""),
    # What of the device, as portraits have it: os, address:ipv4:10.0.0.1, port:tcp:22
    text("key", default=""),
    text("old", nullable=True),
    text("new", nullable=True),
    text("source", nullable=True),
    reference("scan_id", "scans.id", nullable=True, on_delete="SET NULL"),
    # Why it is hidden where nobody asks for it.
    text("noise", nullable=True),
    sa.Index("ix_changes_at", "at", "id"),
    sa.Index("ix_changes_device_uid", "device_uid", "key", "at"),
    sa.Index("ix_changes_kind", "kind", "at"),
)

device_versions = sa.Table(
    "device_versions",
    METADATA,
    reference("snapshot_id", "snapshots.id", on_delete="CASCADE", index=False),
    sa.Column("device_uid", UUID(as_uuid=True), nullable=False),
    reference("site_id", "sites.id", on_delete="CASCADE"),
    # Null: it is gone from then on.
    sa.Column("portrait", JSONB(none_as_null=True), nullable=True),
    sa.PrimaryKeyConstraint("device_uid", "snapshot_id"),
    sa.Index("ix_device_versions_snapshot_id", "snapshot_id"),
)

unsettled_devices = sa.Table(
    "unsettled_devices",
    METADATA,
    reference("site_id", "sites.id", on_delete="CASCADE", index=False),
    # The scan that moved it; 0 for everybody else.
    sa.Column("origin", sa.BigInteger, nullable=False),
    sa.Column("device_uid", UUID(as_uuid=True), nullable=False),
    moment("at", default_now=True),
    sa.PrimaryKeyConstraint("site_id", "origin", "device_uid"),
)
