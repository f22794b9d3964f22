"""Devices as a projection of observations plus what people fixed."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, UUID

from backend.infra.db.tables.base import (
    INET,
    MACADDR,
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

devices = sa.Table(
    "devices",
    METADATA,
    identifier(),
    uid(),
    site(),
    text("name"),
    text("hostname", nullable=True),
    text("type", default="unknown"),
    text("vendor", nullable=True),
    text("os", nullable=True),
    whole("os_accuracy", nullable=True),
    sa.Column("primary_address", INET, nullable=True, index=True),
    sa.Column("mac", MACADDR, nullable=True, index=True),
    text("status", default="unknown"),
    text("notes", default=""),
    flag("manual"),
    whole("ports_open", default=0),
    # Every field with what each source says of it: field -> "source|address" -> claim.
    document("facts"),
    sa.Column("sources", ARRAY(sa.Text), nullable=False, server_default="{}"),
    # Fingerprints of SSH host keys and self-signed certificates.
    sa.Column("identity_keys", ARRAY(sa.Text), nullable=False, server_default="{}"),
    # The newest observation that the device took part in: time, then uid.
    moment("folded_at"),
    text("folded_uid"),
    # Everything that a search looks at, in lower case, a line each.
    text("search_text", default=""),
    # What is open, once each however many addresses have it: lists and facets look here, not at each port.
    sa.Column("port_numbers", ARRAY(sa.Integer), nullable=False, server_default="{}"),
    sa.Column("services", ARRAY(sa.Text), nullable=False, server_default="{}"),
    # The lowest of them as lists show them. JSON as it is written: lists copy it, nobody looks into it.
    sa.Column("first_ports", sa.JSON, nullable=False, server_default="[]"),
    # Counts what people change, for those who edit at the same time.
    whole("version", default=1),
    # What a person decided of a find; `new` until somebody did.
    text("inbox_state", default="new"),
    # Devices from which a person set this one apart, by their uid.
    sa.Column("apart", ARRAY(UUID(as_uuid=True)), nullable=False, server_default="{}"),
    moment("first_seen"),
    moment("last_seen"),
    created_at(),
    # A deleted device's observations stay; what was seen later makes a new device.
    one_of("status", "up", "unknown"),
    one_of("inbox_state", "new", "approved", "hidden", "ignored"),
    sa.Index("ix_devices_inbox", "site_id", "first_seen", postgresql_where=sa.text("inbox_state = 'new'")),
    sa.Index("ix_devices_site_id_last_seen", "site_id", "last_seen"),
    # The order of the list, with what most lists look at: they are counted and skipped through without the rows.
    # No name has more than 253 characters, so each fits into a page of the index.
    sa.Index(
        "ix_devices_lower_name",
        sa.text("lower(name)"),
        "id",
        postgresql_include=["name", "site_id", "inbox_state", "last_seen"],
    ),
    sa.Index("ix_devices_identity_keys", "identity_keys", postgresql_using="gin"),
)

addresses = sa.Table(
    "addresses",
    METADATA,
    identifier(),
    site(),
    reference("device_id", "devices.id", on_delete="CASCADE"),
    text("kind"),
    # In its one canonical spelling, so that it can be unique: 10.0.0.1, fe80::1, aa:bb:cc:dd:ee:ff, host.example
    text("value"),
    text("source"),
    moment("first_seen"),
    moment("last_seen"),
    # The value as PostgreSQL understands it, to be compared with networks.
    sa.Column(
        "ip",
        INET,
        sa.Computed("CASE WHEN kind IN ('ipv4', 'ipv6') THEN value::inet END", persisted=True),
        nullable=True,
    ),
    # False once another device of the site was seen with it.
    flag("current", default=True),
    # It was asked since it was last seen, and nobody answered.
    flag("silent"),
    one_of("kind", "ipv4", "ipv6", "mac", "name"),
    sa.UniqueConstraint("device_id", "kind", "value"),
    sa.Index(
        "uq_addresses_owner",
        "site_id",
        "kind",
        "value",
        unique=True,
        postgresql_where=sa.text("current AND kind IN ('ipv4', 'ipv6', 'mac')"),
    ),
    sa.Index("ix_addresses_value", "value"),
    sa.Index("ix_addresses_ip", "ip", postgresql_using="gist", postgresql_ops={"ip": "inet_ops"}),
)

ports = sa.Table(
    "ports",
    METADATA,
    identifier(),
    reference("device_id", "devices.id", on_delete="CASCADE"),
    sa.Column("address", INET, nullable=False),
    text("protocol"),
    whole("port"),
    text("state"),
    text("service", nullable=True),
    text("product", nullable=True),
    text("version", nullable=True),
    text("extra", nullable=True),
    text("tunnel", nullable=True),
    # As nmap has it: 3 is a guess by number, 10 an answer that was understood.
    whole("confidence", default=0),
    document("scripts", default="[]"),
    text("source"),
    moment("first_seen"),
    moment("last_seen"),
    moment("closed_at", nullable=True),
    one_of("protocol", "tcp", "udp", "sctp"),
    sa.CheckConstraint("port BETWEEN 0 AND 65535", name="port"),
    sa.UniqueConstraint("device_id", "address", "protocol", "port"),
    sa.Index("ix_ports_port", "port", postgresql_where=sa.text("closed_at IS NULL")),
)

observations = sa.Table(
    "observations",
    METADATA,
    identifier(),
    uid(),
    site(),
    reference("device_id", "devices.id", nullable=True, on_delete="SET NULL"),
    text("source"),
    reference("scan_id", "scans.id", nullable=True, on_delete="SET NULL"),
    reference("chunk_id", "scan_chunks.id", nullable=True, on_delete="SET NULL"),
    sa.Column("address", INET, nullable=True),
    sa.Column("mac", MACADDR, nullable=True),
    moment("observed_at"),
    # Earlier than observed_at where a chunk was done again.
    moment("first_observed_at"),
    document("facts"),
    # The device that a person said this is about, by its uid; evidence decides where nobody did.
    sa.Column("bound", UUID(as_uuid=True), nullable=True),
    created_at(),
    # Doing a chunk again replaces what it said of an address instead of saying it twice.
    sa.UniqueConstraint("chunk_id", "source", "address"),
    sa.Index("ix_observations_site_id_address", "site_id", "address", "observed_at"),
    sa.Index("ix_observations_device_id_observed_at", "device_id", "observed_at"),
)

device_overrides = sa.Table(
    "device_overrides",
    METADATA,
    sa.Column("device_id", sa.ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("field", sa.Text, primary_key=True),
    document("value", default="null"),
    reference("set_by", "users.id", nullable=True, on_delete="SET NULL"),
    moment("set_at", default_now=True),
)

device_tags = sa.Table(
    "device_tags",
    METADATA,
    sa.Column("device_id", sa.ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tag_id", sa.ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
)

inbox_actions = sa.Table(
    "inbox_actions",
    METADATA,
    identifier(),
    text("action"),
    text("actor"),
    text("reason", default=""),
    sa.Column("site_ids", ARRAY(sa.BigInteger), nullable=False, server_default="{}"),
    sa.Column("device_ids", ARRAY(sa.BigInteger), nullable=False, server_default="{}"),
    reference("into_id", "devices.id", nullable=True, on_delete="SET NULL"),
    whole("affected", default=0),
    # Everything that the action changed, as it was before: what an undo puts back.
    document("changed"),
    created_at(),
    moment("undo_until"),
    moment("undone_at", nullable=True),
    text("undone_by", nullable=True),
    one_of("action", "approve", "hide", "ignore", "merge", "split"),
)
