"""What is watched, how, with which credentials, and how it is doing."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

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

CREDENTIAL_TYPES = ("winrm", "ssh", "snmp_v2c", "snmp_v3", "http_basic", "http_bearer", "proxmox")
MONITOR_STATES = ("pending", "up", "down", "paused", "unknown")

credential_profiles = sa.Table(
    "credential_profiles",
    METADATA,
    identifier(),
    uid(),
    # Without a site it serves all of them.
    reference("site_id", "sites.id", nullable=True),
    text("name"),
    text("type"),
    text("username", default=""),
    text("domain", default=""),
    whole("port", nullable=True),
    flag("use_ssl"),
    # What is no secret: the SNMP security level, a pinned host key, whether a certificate is checked.
    document("config"),
    # All secrets of the profile as one sealed box, bound to this row; never given out.
    sa.Column("encrypted_pass", sa.LargeBinary, nullable=False),
    text("key_id"),
    # The names of the secrets that are in the box.
    sa.Column("secrets_set", ARRAY(sa.Text), nullable=False, server_default="{}"),
    whole("version", default=1),
    created_at(),
    moment("updated_at", default_now=True),
    one_of("type", *CREDENTIAL_TYPES),
    sa.CheckConstraint("port BETWEEN 1 AND 65535", name="port"),
    sa.Index("uq_credential_profiles_name", sa.text("lower(name)"), unique=True),
)

discovery_profiles = sa.Table(
    "discovery_profiles",
    METADATA,
    identifier(),
    uid(),
    site(),
    text("name"),
    reference("credential_profile_id", "credential_profiles.id"),
    # A network, a range or an address, as the person wrote it.
    text("subnet"),
    flag("port_scan", default=True),
    # Empty: only when somebody asks.
    text("cron", default=""),
    text("timezone", default="UTC"),
    flag("enabled", default=True),
    # Empty: nobody is watched by itself. Else the collectors and the interval for what was found.
    document("auto_provision"),
    moment("next_run_at", nullable=True),
    moment("last_run_at", nullable=True),
    reference("last_scan_id", "scans.id", nullable=True, on_delete="SET NULL"),
    # The scan of a run whose result nobody took yet. No reference: a scan that is gone is a result, too.
    sa.Column("pending_scan_id", sa.BigInteger, nullable=True),
    # How many were found, how many of them Windows, how many monitors were made.
    document("last_result", default="null"),
    # Why the last run came to nothing: when, code, params and text.
    document("last_error", default="null"),
    created_at(),
    sa.Index("uq_discovery_profiles_site_id_name", "site_id", sa.text("lower(name)"), unique=True),
    sa.Index("ix_discovery_profiles_next_run_at", "next_run_at", postgresql_where=sa.text("enabled")),
)

# Where a login was refused: discovery does not try that version of it there again.
credential_refusals = sa.Table(
    "credential_refusals",
    METADATA,
    sa.Column(
        "credential_profile_id", sa.ForeignKey("credential_profiles.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("address", INET, primary_key=True),
    whole("version"),
    moment("refused_at", default_now=True),
)

# What a person does not want to be asked about again.
dismissed_suggestions = sa.Table(
    "dismissed_suggestions",
    METADATA,
    sa.Column("device_id", sa.ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("collector", sa.Text, primary_key=True),
    sa.Column("port", sa.Integer, primary_key=True, autoincrement=False),
    moment("dismissed_at", default_now=True),
)

# Networks in which suggestions accept themselves.
provisioning_rules = sa.Table(
    "provisioning_rules",
    METADATA,
    identifier(),
    uid(),
    site(),
    text("name"),
    reference("network_id", "networks.id", on_delete="CASCADE"),
    # None: every collector.
    sa.Column("collectors", ARRAY(sa.Text), nullable=False, server_default="{}"),
    sa.Column("credential_profile_ids", ARRAY(sa.BigInteger), nullable=False, server_default="{}"),
    # Without one, the collector's usual interval.
    whole("interval_s", nullable=True),
    flag("enabled", default=True),
    created_at(),
    sa.Index("uq_provisioning_rules_site_id_name", "site_id", sa.text("lower(name)"), unique=True),
)

# By what servers prove who they are. The key is pinned at the first contact; another one waits for a person.
host_keys = sa.Table(
    "host_keys",
    METADATA,
    identifier(),
    reference("site_id", "sites.id", on_delete="CASCADE", index=False),
    text("address"),
    whole("port"),
    text("algorithm"),
    sa.Column("key", sa.LargeBinary, nullable=False),
    moment("pinned_at", default_now=True),
    text("pinned_by", default=""),
    text("offered_algorithm", nullable=True),
    sa.Column("offered_key", sa.LargeBinary, nullable=True),
    moment("offered_at", nullable=True),
    sa.UniqueConstraint("site_id", "address", "port"),
)

plugins = sa.Table(
    "plugins",
    METADATA,
    identifier(),
    uid(),
    text("name"),
    # The collector that it configures.
    text("type"),
    text("description", default=""),
    document("config"),
    # Made by us, one for each collector; it can be changed, not deleted.
    flag("built_in"),
    created_at(),
    sa.Index("uq_plugins_name", sa.text("lower(name)"), unique=True),
)

monitors = sa.Table(
    "monitors",
    METADATA,
    identifier(),
    uid(),
    site(),
    text("name", default=""),
    reference("device_id", "devices.id", nullable=True),
    # Where to ask; without one, the device's present primary address.
    text("address", nullable=True),
    reference("credential_profile_id", "credential_profiles.id", nullable=True),
    reference("plugin_id", "plugins.id"),
    # Over the plugin's own configuration, for this monitor alone.
    document("config"),
    whole("polling_interval", default=60),
    flag("enabled", default=True),
    text("last_error", nullable=True),
    moment("last_error_at", nullable=True),
    whole("version", default=1),
    created_at(),
    moment("updated_at", default_now=True),
    sa.CheckConstraint("polling_interval BETWEEN 1 AND 86400", name="polling_interval"),
    sa.CheckConstraint("device_id IS NOT NULL OR address IS NOT NULL", name="target"),
    sa.Index("ix_monitors_updated_at", "updated_at"),
)

monitor_tags = sa.Table(
    "monitor_tags",
    METADATA,
    sa.Column("monitor_id", sa.ForeignKey("monitors.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("tag_id", sa.ForeignKey("tags.id", ondelete="CASCADE"), primary_key=True),
)

monitor_states = sa.Table(
    "monitor_states",
    METADATA,
    sa.Column("monitor_id", sa.ForeignKey("monitors.id", ondelete="CASCADE"), primary_key=True),
    text("state", default="pending"),
    moment("since", default_now=True),
    moment("checked_at", nullable=True),
    whole("failures", default=0),
    sa.Column("latency_ms", sa.Double, nullable=True),
    # Why it is down: code, params and text.
    document("reason", default="null"),
    # The last poll that was answered, and the last one; here, because every poll changes this row anyway.
    moment("last_polled", nullable=True),
    moment("last_attempted", nullable=True),
    one_of("state", *MONITOR_STATES),
)

state_intervals = sa.Table(
    "state_intervals",
    METADATA,
    identifier(),
    reference("monitor_id", "monitors.id", on_delete="CASCADE", index=False),
    text("state"),
    moment("started_at"),
    moment("ended_at", nullable=True),
    document("reason", default="null"),
    one_of("state", *MONITOR_STATES),
    # The moment is the name of a transition: a spool that is drained twice writes it once.
    sa.UniqueConstraint("monitor_id", "started_at"),
)

check_failures = sa.Table(
    "check_failures",
    METADATA,
    identifier(),
    reference("monitor_id", "monitors.id", on_delete="CASCADE", index=False),
    moment("at"),
    text("code"),
    document("params"),
    text("text"),
    text("phase", default=""),
    # How long each phase took until it failed.
    document("phases", default="[]"),
    # What the second method said: {"method", "answered", "detail"}.
    document("recheck", default="null"),
    sa.UniqueConstraint("monitor_id", "at"),
)
