"""Where things are: sites, their networks, and the tags that people hang on them."""

import sqlalchemy as sa

from backend.infra.db.tables.base import (
    CIDR,
    METADATA,
    created_at,
    flag,
    identifier,
    moment,
    reference,
    site,
    text,
    uid,
    whole,
)

sites = sa.Table(
    "sites",
    METADATA,
    identifier(),
    uid(),
    text("name"),
    text("description", default=""),
    flag("is_default"),
    created_at(),
    sa.Index("uq_sites_name", sa.text("lower(name)"), unique=True),
    sa.Index("uq_sites_is_default", "is_default", unique=True, postgresql_where=sa.text("is_default")),
)

# The allow-list: only addresses in a row with `scan_allowed` are ever probed.
networks = sa.Table(
    "networks",
    METADATA,
    identifier(),
    uid(),
    site(),
    sa.Column("cidr", CIDR, nullable=False),
    text("name", default=""),
    text("description", default=""),
    whole("vlan", nullable=True),
    flag("scan_allowed"),
    flag("allow_public"),
    reference("confirmed_by", "users.id", nullable=True, on_delete="SET NULL"),
    moment("confirmed_at", nullable=True),
    created_at(),
    sa.UniqueConstraint("site_id", "cidr"),
    sa.Index("ix_networks_cidr", "cidr", postgresql_using="gist", postgresql_ops={"cidr": "inet_ops"}),
)

tags = sa.Table(
    "tags",
    METADATA,
    identifier(),
    text("name"),
    text("color", nullable=True),
    created_at(),
    sa.Index("uq_tags_name", sa.text("lower(name)"), unique=True),
)

network_tags = sa.Table(
    "network_tags",
    METADATA,
    sa.Column("network_id", sa.ForeignKey("networks.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tag_id", sa.ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
)
