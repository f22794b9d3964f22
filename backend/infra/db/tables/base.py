"""What every table shares: the metadata, the naming of constraints, and the columns that repeat."""

import uuid
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import CIDR, INET, JSONB, MACADDR, UUID

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Column = sa.Column[Any]

__all__ = ["CIDR", "INET", "JSONB", "MACADDR", "METADATA"]


def identifier() -> Column:
    """The integer that the API calls `id`."""
    return sa.Column("id", sa.BigInteger, sa.Identity(always=False), primary_key=True)


def uid() -> Column:
    """The name under which files, Git paths and other systems know the row; it never changes."""
    return sa.Column(
        "uid",
        UUID(as_uuid=True),
        nullable=False,
        unique=True,
        default=uuid.uuid4,
        server_default=sa.text("gen_random_uuid()"),
    )


def moment(name: str, *, nullable: bool = False, default_now: bool = False) -> Column:
    """A point in time: always with zone."""
    default = sa.func.now() if default_now else None
    return sa.Column(name, sa.TIMESTAMP(timezone=True), nullable=nullable, server_default=default)


def created_at() -> Column:
    """When the row was written."""
    return moment("created_at", default_now=True)


def text(name: str, *, nullable: bool = False, default: str | None = None) -> Column:
    """A text of any length; lengths are the API's business, where a person can be told."""
    return sa.Column(name, sa.Text, nullable=nullable, server_default=default)


def flag(name: str, *, default: bool = False) -> Column:
    """A yes or no."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.true() if default else sa.false())


def whole(name: str, *, nullable: bool = False, default: int | None = None) -> Column:
    """A whole number."""
    return sa.Column(name, sa.Integer, nullable=nullable, server_default=None if default is None else str(default))


def reference(
    name: str, target: str, *, nullable: bool = False, on_delete: str = "RESTRICT", index: bool = True
) -> Column:
    """A foreign key; unless said otherwise the row that it points to cannot go."""
    return sa.Column(
        name, sa.BigInteger, sa.ForeignKey(target, ondelete=on_delete), nullable=nullable, index=index
    )


def site() -> Column:
    """The place that the row belongs to: never unknown."""
    return reference("site_id", "sites.id")


def document(name: str, *, default: str = "{}") -> Column:
    """A JSON value whose shape the domain owns."""
    return sa.Column(name, JSONB, nullable=False, server_default=sa.text(f"'{default}'::jsonb"))


def one_of(column: str, *values: str) -> sa.CheckConstraint:
    """A column that holds one of a few words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)
