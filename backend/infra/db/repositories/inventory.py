"""Devices in PostgreSQL: read whole, written in a handful of statements however many there are.

Rows travel to the server as one JSON value and are unpacked there, so a chunk of hosts with thousands of
ports takes as many round trips as a single host.
"""

import uuid
from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.facts_json import facts_to_json
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.state import AddressKey, AddressState, DeviceState, PortState
from backend.infra.db.repositories import inventory_rows as rows
from backend.infra.db.repositories import inventory_sql as sql
from backend.infra.db.tables.inventory import addresses, device_overrides, devices, observations, ports

SITE_LOCK = 0x1A6A_0002
RowKey = tuple[Any, ...]
Look = tuple[Any, ...]
Part = tuple[DeviceState, AddressState | PortState]
_ADDRESS_LOOK = attrgetter("last_seen", "first_seen", "source", "current", "silent")
_PORT_LOOK = attrgetter(
    "last_seen",
    "first_seen",
    "closed_at",
    "source",
    "state",
    "confidence",
    "service",
    "product",
    "version",
    "extra",
    "tunnel",
    "scripts",
)
_KEYS = {
    "address": ("device_id", "kind", "value"),
    "port": ("device_id", "address", "protocol", "port"),
}


class SqlDeviceStore:
    """Devices on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        # What rows looked like when they were read: of those that look the same only the times are written.
        self._read: dict[RowKey, Look] = {}

    async def lock(self, site_id: int) -> None:
        """Wait until nobody else writes devices of the site; holds until the transaction ends."""
        await self._connection.execute(
            sa.select(sa.func.pg_advisory_xact_lock(sa.cast(SITE_LOCK, sa.Integer), sa.cast(site_id, sa.Integer)))
        )

    async def having(
        self, site_id: int, wanted: Collection[AddressKey], keys: Collection[str]
    ) -> list[DeviceState]:
        """Every device of the site that has, or once had, one of these."""
        ids: set[int] = set()
        if wanted:
            kinds, values = [str(kind) for kind, _ in wanted], [value for _, value in wanted]
            given = {"site_id": site_id, "kinds": kinds, "values": values}
            ids.update(await self._connection.scalars(sql.HOLDERS, given))
        if keys:
            overlap = devices.c.identity_keys.overlap(sa.cast(list(keys), ARRAY(sa.Text)))
            ids.update(
                await self._connection.scalars(
                    sa.select(devices.c.id).where(devices.c.site_id == site_id, overlap)
                )
            )
        return await self.load(ids)

    async def load(self, ids: Collection[int]) -> list[DeviceState]:
        """These devices, whole."""
        if not ids:
            return []
        found = await self._connection.execute(_of(devices, devices.c.id, ids).order_by(devices.c.id))
        states = {row.id: rows.device_state(row) for row in found}
        for row in await self._connection.execute(_of(addresses, addresses.c.device_id, ids)):
            states[row.device_id].addresses[row.kind, row.value] = rows.address_state(row)
        for row in await self._connection.execute(_of(ports, ports.c.device_id, ids)):
            states[row.device_id].ports[str(row.address), row.protocol, row.port] = rows.port_state(row)
        self._remember(states.values(), _parts_of(states.values()))
        return list(states.values())

    async def ids_of_site(self, site_id: int) -> list[int]:
        """Every device of a site."""
        found = await self._connection.scalars(
            sa.select(devices.c.id).where(devices.c.site_id == site_id).order_by(devices.c.id)
        )
        return list(found)

    async def pins(self, ids: Collection[int]) -> dict[int, dict[str, str]]:
        """What people fixed."""
        found: dict[int, dict[str, str]] = {}
        if ids:
            for row in await self._connection.execute(_of(device_overrides, device_overrides.c.device_id, ids)):
                found.setdefault(row.device_id, {})[row.field] = row.value
        return found

    async def said_before(self, said: Sequence[Observation]) -> list[Observation]:
        """Those stored under the same uid, or with the same chunk and address."""
        found = list(await self._connection.execute(sql.SAME_UID, {"uids": [o.uid for o in said]}))
        placed = [o for o in said if o.chunk_id and o.address]
        if placed:
            places = list(dict.fromkeys((o.chunk_id, o.address) for o in placed))
            given = {"chunks": [chunk for chunk, _ in places], "addresses": [address for _, address in places]}
            found += await self._connection.execute(sql.SAME_PLACE, given)
        return [rows.observation(row) for row in {row.id: row for row in found}.values()]

    async def observations_of(self, ids: Collection[int]) -> list[Observation]:
        """Everything that was ever said of these devices."""
        if not ids:
            return []
        found = await self._connection.execute(_of(observations, observations.c.device_id, ids))
        return [rows.observation(row) for row in found]

    async def save(self, states: Sequence[DeviceState], replaced: Sequence[DeviceState] = ()) -> None:
        """Write devices; addresses change hands in an order that never gives one to two at once."""
        known = [d for d in states if d.id is not None]
        await self._insert_devices([d for d in states if d.id is None])
        now = _parts_of(states)
        gone = _parts_of(replaced).keys() - now.keys()
        seen, changed = self._sorted_out(now)
        changed_addresses = _rows(changed, "address")
        await self._delete([k for k in gone if k[0] == "address"], sql.DELETE_ADDRESSES, "address")
        await self._delete([k for k in gone if k[0] == "port"], sql.DELETE_PORTS, "port")
        await self._send(sql.RELEASE_ADDRESSES, [row for row in changed_addresses if not row["current"]])
        await self._send(sql.UPSERT_ADDRESSES, changed_addresses)
        await self._send(sql.UPSERT_PORTS, _rows(changed, "port"))
        await self._send(sql.TOUCH_ADDRESSES, _seen_rows(seen, "address"))
        await self._send(sql.TOUCH_PORTS, _seen_rows(seen, "port"))
        await self._update_devices(known)
        self._remember(states, now)

    async def keep(self, said: Iterable[Observation]) -> None:
        """Store observations."""
        await self._send(sql.UPSERT_OBSERVATIONS, [_observation_row(o) for o in said])

    async def merge(self, device_id: int, into: int | None) -> None:
        """Remove a device; pins, tags and notes go to the other one where it has none of its own."""
        if into is not None:
            for statement in sql.INHERIT:
                await self._connection.execute(statement, {"old": device_id, "heir": into})
        await self._connection.execute(devices.delete().where(devices.c.id == device_id))

    async def _update_devices(self, known: list[DeviceState]) -> None:
        again = [d for d in known if self._read.get(("device", d.id)) == rows.device_look(d)]
        ids = {device.id for device in again}
        other = [device for device in known if device.id not in ids]
        await self._send(sql.TOUCH_DEVICES, [rows.seen_device_row(device) for device in again])
        await self._send(sql.UPDATE_DEVICES, [rows.device_row(device) for device in other])

    def _remember(self, states: Iterable[DeviceState], parts: dict[RowKey, Part]) -> None:
        self._read.update({("device", device.id): rows.device_look(device) for device in states})
        self._read.update({key: _look(part) for key, (_, part) in parts.items()})

    def _sorted_out(self, now: dict[RowKey, Part]) -> tuple[dict[RowKey, Part], dict[RowKey, Part]]:
        """Those parts that were only seen again, and those that are new or different."""
        seen: dict[RowKey, Part] = {}
        changed: dict[RowKey, Part] = {}
        for key, part in now.items():
            old, new = self._read.get(key), _look(part[1])
            if old is None or old[1:] != new[1:]:
                changed[key] = part
            elif old != new:
                seen[key] = part
        return seen, changed

    async def _insert_devices(self, new: list[DeviceState]) -> None:
        if not new:
            return
        listed = _json([rows.device_row(device) for device in new])
        made = await self._connection.execute(sql.INSERT_DEVICES, {"rows": listed})
        ids: dict[uuid.UUID, int] = {row.uid: row.id for row in made}
        for device in new:
            device.id = ids[device.uid]

    async def _delete(self, keys: list[RowKey], statement: sa.TextClause, kind: str) -> None:
        for key in keys:
            self._read.pop(key, None)
        await self._send(statement, [dict(zip(_KEYS[kind], key[1:], strict=True)) for key in keys])

    async def _send(self, statement: sa.TextClause, items: list[rows.Json]) -> None:
        if items:
            await self._connection.execute(statement, {"rows": _json(items)})


def _of(table: sa.Table, column: sa.Column[int], ids: Collection[int]) -> sa.Select[Any]:
    return sa.select(table).where(column == sa.any_(sa.cast(list(ids), ARRAY(sa.BigInteger))))


def _json(items: list[rows.Json]) -> str:
    return orjson.dumps(items, default=str).decode()


def _parts_of(states: Iterable[DeviceState]) -> dict[RowKey, Part]:
    """The addresses and ports of devices, by the key of their rows."""
    found: dict[RowKey, Part] = {}
    for device in states:
        for address in device.addresses.values():
            found["address", device.id, str(address.kind), address.value] = (device, address)
        for port in device.ports.values():
            found["port", device.id, port.address, port.protocol, port.port] = (device, port)
    return found


def _look(part: AddressState | PortState) -> Look:
    """What the row of an address or a port holds besides its key; the time when it was last seen comes first."""
    return _ADDRESS_LOOK(part) if isinstance(part, AddressState) else _PORT_LOOK(part)


def _rows(parts: dict[RowKey, Part], kind: str) -> list[rows.Json]:
    return [
        rows.address_row(device, part) if isinstance(part, AddressState) else rows.port_row(device, part)
        for key, (device, part) in parts.items()
        if key[0] == kind
    ]


def _seen_rows(parts: dict[RowKey, Part], kind: str) -> list[rows.Json]:
    return [
        dict(zip(_KEYS[kind], key[1:], strict=True)) | {"last_seen": part.last_seen}
        for key, (_, part) in parts.items()
        if key[0] == kind
    ]


def _observation_row(said: Observation) -> rows.Json:
    return {
        "uid": said.uid,
        "site_id": said.site_id,
        "device_id": said.device_id,
        "source": said.source,
        "scan_id": said.scan_id,
        "chunk_id": said.chunk_id,
        "address": said.address,
        "mac": said.mac,
        "observed_at": said.observed_at,
        "first_observed_at": said.first_at,
        "facts": facts_to_json(said.facts),
        "bound": said.bound,
    }
