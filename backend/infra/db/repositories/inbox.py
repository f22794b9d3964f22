"""What people decided of finds, in PostgreSQL."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.inbox import Action, Filed, InboxState, Json, NewAction
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.page import Page, PageRequest
from backend.infra.db.tables.inventory import (
    addresses,
    device_overrides,
    device_tags,
    devices,
    inbox_actions,
    observations,
)

_FILED = ("id", "uid", "site_id", "name", "inbox_state", "last_seen")
# A person's part of the row; the rest follows from what was said.
_PUT_BACK = ("notes", "version", "inbox_state", "apart", "manual")
_DEVICE_NAMES = [c.name for c in devices.columns if c.name != "created_at"]


class SqlInbox:
    """The inbox on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def filed(self, ids: Collection[int]) -> list[Filed]:
        """These devices."""
        query = sa.select(*(devices.c[name] for name in _FILED)).where(devices.c.id == _any(ids))
        return [_filed(row) for row in await self._connection.execute(query)]

    async def file(self, states: Mapping[int, str]) -> None:
        """Put devices into these states."""
        by_state: dict[str, list[int]] = {}
        for device_id, state in states.items():
            by_state.setdefault(str(state), []).append(device_id)
        for state, ids in by_state.items():
            change = devices.update().where(devices.c.id == _any(ids)).values(inbox_state=state)
            await self._connection.execute(change)

    async def remember(self, action: NewAction) -> Action:
        """Keep an action."""
        values = {name: getattr(action, name) for name in NewAction.__slots__}
        listed = {name: list(values[name]) for name in ("site_ids", "device_ids")}
        new = inbox_actions.insert().values(values | listed).returning(inbox_actions)
        return _action((await self._connection.execute(new)).one())

    async def action(self, action_id: int) -> Action | None:
        """One action, held until the transaction ends."""
        query = sa.select(inbox_actions).where(inbox_actions.c.id == action_id).with_for_update()
        row = (await self._connection.execute(query)).one_or_none()
        return _action(row) if row else None

    async def mark_undone(self, action_id: int, by: str, at: datetime) -> None:
        """The action is undone."""
        done = inbox_actions.update().where(inbox_actions.c.id == action_id)
        await self._connection.execute(done.values(undone_at=at, undone_by=by))

    async def actions(self, scope: SiteScope, request: PageRequest) -> Page[Action]:
        """Actions, newest first; those that touched another site too are hidden."""
        inside = sa.cast(list(scope or ()), ARRAY(sa.BigInteger))
        where = [inbox_actions.c.site_ids.contained_by(inside)] if scope else []
        counted = sa.select(sa.func.count()).select_from(inbox_actions).where(*where)
        total = int(await self._connection.scalar(counted) or 0)
        query = sa.select(inbox_actions).where(*where).order_by(inbox_actions.c.id.desc())
        found = await self._connection.execute(query.limit(request.limit).offset(request.offset))
        return Page.of([_action(row) for row in found], total, request)

    async def belongings(self, ids: Collection[int]) -> list[Json]:
        """Device rows as JSON, with pins and tags."""
        pins, tags = _json_of(device_overrides), _json_of(device_tags)
        query = sa.select(sa.func.to_jsonb(devices.table_valued()), pins, tags).where(devices.c.id == _any(ids))
        rows = await self._connection.execute(query)
        return [{"row": row[0], "pins": row[1], "tags": row[2]} for row in rows]

    async def restore(self, belongings: Sequence[Json]) -> None:
        """Put device rows, pins and tags back."""
        names = ", ".join(_DEVICE_NAMES)
        values = ", ".join(f"r.{name}" for name in _DEVICE_NAMES)
        back = ", ".join(f"{name} = excluded.{name}" for name in _PUT_BACK)
        await self._run(
            f"INSERT INTO devices ({names}) SELECT {values} "  # noqa: S608 - names of columns
            "FROM jsonb_populate_recordset(null::devices, :rows) AS r "
            f"ON CONFLICT (id) DO UPDATE SET {back}",
            [item["row"] for item in belongings],
        )
        ids = [item["row"]["id"] for item in belongings]
        for table, name in ((device_overrides, "pins"), (device_tags, "tags")):
            await self._connection.execute(table.delete().where(table.c.device_id == _any(ids)))
            columns = ", ".join(c.name for c in table.columns)
            await self._run(
                f"INSERT INTO {table.name} ({columns}) SELECT {columns} "  # noqa: S608 - names of columns
                f"FROM jsonb_populate_recordset(null::{table.name}, :rows) ON CONFLICT DO NOTHING",
                [entry for item in belongings for entry in item[name]],
            )

    async def bindings(self, device_ids: Collection[int]) -> dict[int, list[Json]]:
        """Which observations each device has, and what each is bound to."""
        query = sa.select(observations.c.device_id, observations.c.id, observations.c.bound)
        query = query.where(observations.c.device_id == _any(device_ids)).order_by(observations.c.id)
        found: dict[int, list[Json]] = {i: [] for i in device_ids}
        for row in await self._connection.execute(query):
            found[row.device_id].append({"id": row.id, "bound": str(row.bound) if row.bound else None})
        return found

    async def bind(self, observation_ids: Collection[int], device_id: int, uid: uuid.UUID) -> None:
        """These observations are about this device."""
        change = observations.update().where(observations.c.id == _any(observation_ids))
        await self._connection.execute(change.values(device_id=device_id, bound=uid))

    async def rebind(self, device_id: int, bindings: Sequence[Json]) -> int:
        """The observations are the device's again, bound as they were."""
        done = await self._connection.execute(
            sa.text(
                "UPDATE observations SET device_id = :device_id, bound = r.bound "
                "FROM jsonb_to_recordset(:rows) AS r(id bigint, bound uuid) WHERE observations.id = r.id"
            ).bindparams(sa.bindparam("rows", type_=JSONB)),
            {"device_id": device_id, "rows": list(bindings)},
        )
        return done.rowcount

    async def still_bound(self, bindings: Sequence[Json], device_id: int) -> int:
        """How many of the observations are the device's now."""
        mine = (observations.c.id == _any([b["id"] for b in bindings]), observations.c.device_id == device_id)
        query = sa.select(sa.func.count()).select_from(observations).where(*mine)
        return int(await self._connection.scalar(query) or 0)

    async def add_device(self, template: int) -> Filed:
        """A device of its own, at the site of another one."""
        names = ("site_id", "name", "folded_at", "folded_uid", "first_seen", "last_seen", "inbox_state")
        like = sa.select(*(devices.c[name] for name in names)).where(devices.c.id == template)
        new = devices.insert().from_select(names, like).returning(*(devices.c[name] for name in _FILED))
        return _filed((await self._connection.execute(new)).one())

    async def set_apart(self, one: int, other: int) -> None:
        """From now on no evidence makes these two one device."""
        twin = devices.alias()
        for mine, theirs in ((one, other), (other, one)):
            uid = sa.select(twin.c.uid).where(twin.c.id == theirs).scalar_subquery()
            change = devices.update().where(devices.c.id == mine)
            await self._connection.execute(change.values(apart=sa.func.array_append(devices.c.apart, uid)))

    async def addresses(self, device_id: int, address_ids: Collection[int]) -> list[tuple[str, str]]:
        """Kind and value of these addresses of the device."""
        query = sa.select(addresses.c.kind, addresses.c.value)
        mine = query.where(addresses.c.device_id == device_id, addresses.c.id == _any(address_ids))
        return [(row.kind, row.value) for row in await self._connection.execute(mine)]

    async def said_at(self, device_id: int, places: Collection[str], macs: Collection[str]) -> list[int]:
        """The device's observations at one of these addresses or with one of these MACs."""
        at = sa.or_(
            sa.func.host(observations.c.address) == sa.any_(sa.cast(list(places), ARRAY(sa.Text))),
            sa.cast(observations.c.mac, sa.Text) == sa.any_(sa.cast(list(macs), ARRAY(sa.Text))),
        )
        query = sa.select(observations.c.id).where(observations.c.device_id == device_id, at)
        return list(await self._connection.scalars(query))

    async def _run(self, statement: str, items: list[Json]) -> None:
        if items:
            listed = sa.bindparam("rows", type_=sa.Text)
            text = sa.text(statement.replace(":rows", "CAST(:rows AS jsonb)")).bindparams(listed)
            await self._connection.execute(text, {"rows": orjson.dumps(items).decode()})


def _any(ids: Collection[int]) -> sa.ColumnElement[Any]:
    return sa.any_(sa.cast(list(ids), ARRAY(sa.BigInteger)))


def _json_of(table: sa.Table) -> sa.ColumnElement[Any]:
    mine = sa.select(sa.func.coalesce(sa.func.jsonb_agg(sa.func.to_jsonb(table.table_valued())), sa.text("'[]'")))
    return mine.where(table.c.device_id == devices.c.id).correlate(devices).scalar_subquery()


def _filed(row: sa.Row[Any]) -> Filed:
    return Filed(row.id, row.uid, row.site_id, row.name, InboxState(row.inbox_state), row.last_seen)


def _action(row: sa.Row[Any]) -> Action:
    values = {name: getattr(row, name) for name in Action.__slots__}
    return Action(**values | {"site_ids": tuple(row.site_ids), "device_ids": tuple(row.device_ids)})
