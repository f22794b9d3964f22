"""Statements that write many rows at once: `:rows` is a JSON array, unpacked by the columns' own types."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, INET
from sqlalchemy.dialects.postgresql.base import PGDialect

from backend.infra.db.tables.inventory import addresses, devices, observations, ports

_KEEP_ON_UPDATE = frozenset({"id", "uid", "site_id", "notes", "version", "created_at"})


def _columns(table: sa.Table, *left_out: str) -> list[str]:
    return [column.name for column in table.columns if column.name not in left_out]


def _unpacked(table: sa.Table, names: list[str]) -> str:
    """The rows as a relation with the table's column types."""
    types = ", ".join(f"{name} {_type(table, name)}" for name in names)
    return f"jsonb_to_recordset(CAST(:rows AS jsonb)) AS r({types})"


def _type(table: sa.Table, name: str) -> str:
    return str(table.columns[name].type.compile(dialect=_DIALECT))


def _insert(table: sa.Table, names: list[str]) -> str:
    values = ", ".join(f"r.{name}" for name in names)
    return f"INSERT INTO {table.name} ({', '.join(names)}) SELECT {values} FROM {_unpacked(table, names)}"  # noqa: S608


def _upsert(table: sa.Table, names: list[str], key: tuple[str, ...], fixed: tuple[str, ...] = ()) -> sa.TextClause:
    updates = ", ".join(f"{n} = excluded.{n}" for n in names if n not in {*key, *fixed})
    return sa.text(f"{_insert(table, names)} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {updates}")


def _update(table: sa.Table, names: list[str]) -> sa.TextClause:
    updates = ", ".join(f"{n} = r.{n}" for n in names if n not in _KEEP_ON_UPDATE)
    source = _unpacked(table, names)
    return sa.text(f"UPDATE {table.name} SET {updates} FROM {source} WHERE {table.name}.id = r.id")  # noqa: S608


def _touch(table: sa.Table, key: tuple[str, ...]) -> sa.TextClause:
    same = " AND ".join(f"{table.name}.{name} = r.{name}" for name in key)
    source = _unpacked(table, [*key, "last_seen"])
    return sa.text(f"UPDATE {table.name} SET last_seen = r.last_seen FROM {source} WHERE {same}")  # noqa: S608


def _delete(table: sa.Table, key: tuple[str, ...]) -> sa.TextClause:
    same = " AND ".join(f"{table.name}.{name} = r.{name}" for name in key)
    return sa.text(f"DELETE FROM {table.name} USING {_unpacked(table, list(key))} WHERE {same}")  # noqa: S608


def _arrays(statement: str, **types: sa.types.TypeEngine[Any]) -> sa.TextClause:
    """A statement whose parameters are one array a column: its text is the same however many there are."""
    return sa.text(statement).bindparams(*(sa.bindparam(n, type_=ARRAY(of)) for n, of in types.items()))


_DIALECT: sa.Dialect = PGDialect()  # type: ignore[no-untyped-call]
_ADDRESS_KEY = ("device_id", "kind", "value")
_PORT_KEY = ("device_id", "address", "protocol", "port")
_DEVICE_COLUMNS = _columns(devices, "notes", "version", "created_at", "inbox_state", "apart")
# Nothing but the time: no index has it, so no index is written.
TOUCH_ADDRESSES = _touch(addresses, _ADDRESS_KEY)
TOUCH_PORTS = _touch(ports, _PORT_KEY)
_RELEASED = _unpacked(addresses, list(_ADDRESS_KEY))

INSERT_DEVICES = sa.text(
    f"{_insert(devices, [n for n in _DEVICE_COLUMNS if n != 'id'])} RETURNING id, uid"
).columns(devices.c.id, devices.c.uid)
UPDATE_DEVICES = _update(devices, _DEVICE_COLUMNS)
TOUCH_DEVICES = _update(devices, ["id", "facts", "folded_at", "folded_uid", "last_seen"])
DELETE_ADDRESSES = _delete(addresses, _ADDRESS_KEY)
DELETE_PORTS = _delete(ports, _PORT_KEY)
# Before anybody else may hold them: an address has one current holder in a site.
RELEASE_ADDRESSES = sa.text(
    f"UPDATE addresses SET current = false FROM {_RELEASED} "  # noqa: S608
    "WHERE addresses.device_id = r.device_id AND addresses.kind = r.kind AND addresses.value = r.value"
)
UPSERT_ADDRESSES = _upsert(addresses, _columns(addresses, "id", "ip"), _ADDRESS_KEY, ("site_id",))
UPSERT_PORTS = _upsert(ports, _columns(ports, "id"), _PORT_KEY)
UPSERT_OBSERVATIONS = _upsert(observations, _columns(observations, "id", "created_at"), ("uid",), ("site_id",))
# The join by arrays keeps one plan for one address and for thousands: an index look-up each.
HOLDERS = _arrays(
    "SELECT DISTINCT addresses.device_id FROM unnest(:kinds, :values) AS given (kind, value) "
    "JOIN addresses ON addresses.value = given.value AND addresses.kind = given.kind "
    "WHERE addresses.site_id = :site_id",
    kinds=sa.Text(),
    values=sa.Text(),
)
SAME_UID = sa.select(observations).where(
    observations.c.uid == sa.any_(sa.bindparam("uids", type_=ARRAY(observations.c.uid.type)))
)
_PLACES = sa.select(
    sa.func.unnest(sa.bindparam("chunks", type_=ARRAY(sa.BigInteger))).label("chunk_id"),
    sa.func.unnest(sa.bindparam("addresses", type_=ARRAY(INET))).label("address"),
).subquery()
SAME_PLACE = sa.select(observations).join(
    _PLACES,
    sa.and_(
        observations.c.chunk_id == _PLACES.c.chunk_id,
        observations.c.address == _PLACES.c.address,
    ),
)
INHERIT = (
    sa.text(
        "INSERT INTO device_overrides (device_id, field, value, set_by, set_at) "
        "SELECT :heir, field, value, set_by, set_at FROM device_overrides WHERE device_id = :old "
        "ON CONFLICT DO NOTHING"
    ),
    sa.text(
        "INSERT INTO device_tags (device_id, tag_id) SELECT :heir, tag_id FROM device_tags "
        "WHERE device_id = :old ON CONFLICT DO NOTHING"
    ),
    sa.text(
        "UPDATE devices SET notes = concat_ws(E'\\n', nullif(devices.notes, ''), nullif(old.notes, '')), "
        "inbox_state = CASE devices.inbox_state WHEN 'new' THEN old.inbox_state ELSE devices.inbox_state END "
        "FROM devices AS old WHERE devices.id = :heir AND old.id = :old"
    ),
)
