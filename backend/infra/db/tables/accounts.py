"""People and what they did: users, sessions, tokens, tickets, throttles, audit."""

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
    text,
    whole,
)

ROLES = ("admin", "operator", "viewer")

users = sa.Table(
    "users",
    METADATA,
    identifier(),
    text("username"),
    text("email", nullable=True),
    text("full_name", default=""),
    text("password_hash"),
    text("role"),
    text("language", default="en"),
    text("theme", default="system"),
    flag("disabled"),
    # Raised by logout everywhere, disabling, a new role or password: older access tokens stop working.
    whole("epoch", default=1),
    created_at(),
    moment("last_login_at", nullable=True),
    one_of("role", *ROLES),
    one_of("theme", "system", "dark", "light"),
    sa.Index("uq_users_username", sa.text("lower(username)"), unique=True),
    sa.Index("uq_users_email", sa.text("lower(email)"), unique=True),
)

# Not CASCADE for the site: whoever loses their last limit would see every site.
user_sites = sa.Table(
    "user_sites",
    METADATA,
    sa.Column("user_id", sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("site_id", sa.ForeignKey("sites.id", ondelete="RESTRICT"), primary_key=True),
)

# One login is one session: a family of refresh tokens of which only the newest counts.
sessions = sa.Table(
    "sessions",
    METADATA,
    identifier(),
    reference("user_id", "users.id", on_delete="CASCADE"),
    sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("previous_hash", sa.LargeBinary, nullable=True, index=True),
    moment("rotated_at", default_now=True),
    created_at(),
    moment("last_used_at", default_now=True),
    moment("expires_at"),
    moment("revoked_at", nullable=True),
    text("revoked_reason", nullable=True),
    sa.Column("address", INET, nullable=True),
    text("user_agent", default=""),
)

# Refresh tokens that were rotated away: whoever shows one again has stolen it, or was stolen from.
spent_refresh_tokens = sa.Table(
    "spent_refresh_tokens",
    METADATA,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    reference("session_id", "sessions.id", on_delete="CASCADE"),
    moment("spent_at", default_now=True),
)

api_tokens = sa.Table(
    "api_tokens",
    METADATA,
    identifier(),
    reference("user_id", "users.id", on_delete="CASCADE"),
    text("name"),
    text("prefix"),
    sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
    text("role"),
    moment("expires_at", nullable=True),
    moment("last_used_at", nullable=True),
    moment("revoked_at", nullable=True),
    created_at(),
    one_of("role", *ROLES),
)

api_token_sites = sa.Table(
    "api_token_sites",
    METADATA,
    sa.Column("api_token_id", sa.ForeignKey("api_tokens.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("site_id", sa.ForeignKey("sites.id", ondelete="RESTRICT"), primary_key=True),
)

# Single use, half a minute: they open a WebSocket without a token in its address.
ws_tickets = sa.Table(
    "ws_tickets",
    METADATA,
    sa.Column("ticket_hash", sa.LargeBinary, primary_key=True),
    reference("user_id", "users.id", on_delete="CASCADE"),
    reference("session_id", "sessions.id", nullable=True, on_delete="CASCADE"),
    reference("api_token_id", "api_tokens.id", nullable=True, on_delete="CASCADE"),
    moment("expires_at"),
)

login_throttles = sa.Table(
    "login_throttles",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    whole("failures", default=0),
    moment("blocked_until", nullable=True),
    moment("updated_at", default_now=True),
)

audit_events = sa.Table(
    "audit_events",
    METADATA,
    identifier(),
    moment("at", default_now=True),
    text("actor"),
    text("actor_kind"),
    # No foreign key: what somebody did stays as it was written when the person is deleted.
    sa.Column("user_id", sa.BigInteger, nullable=True),
    text("action"),
    text("entity"),
    text("entity_id", nullable=True),
    sa.Column("address", INET, nullable=True),
    document("detail"),
    one_of("actor_kind", "user", "token", "system", "cli", "anonymous"),
    sa.Index("ix_audit_events_at_id", "at", "id"),
    sa.Index("ix_audit_events_entity_entity_id", "entity", "entity_id"),
)

app_settings = sa.Table(
    "app_settings",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    document("value", default="null"),
    moment("updated_at", default_now=True),
)
