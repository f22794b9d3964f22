"""Host keys in PostgreSQL."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.monitoring.collector import ServerKey
from backend.domain.monitoring.host_keys_ports import HostKey
from backend.domain.page import Page, PageRequest
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.tables.monitoring import host_keys as table

_SORTS = {
    "address": table.c.address,
    "pinned_at": table.c.pinned_at,
    "offered_at": table.c.offered_at,
    "id": table.c.id,
}


class SqlHostKeys:
    """Host keys on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, site_ids: frozenset[int], request: PageRequest, *, changed: bool | None) -> Page[HostKey]:
        """Keys by address unless the request sorts otherwise."""
        query = sa.select(table)
        if site_ids:
            query = query.where(table.c.site_id.in_(site_ids))
        if changed is not None:
            query = query.where(table.c.offered_key.is_not(None) if changed else table.c.offered_key.is_(None))
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(query.subquery()))
        order = ordering(request.sort or "address", _SORTS, table.c.id)
        rows = await self._connection.execute(query.order_by(*order).limit(request.limit).offset(request.offset))
        return Page.of([_host_key(row) for row in rows], total or 0, request)

    async def get(self, key_id: int, *, lock: bool = False) -> HostKey | None:
        """One key."""
        return await self._one(table.c.id == key_id, lock=lock)

    async def find(self, site_id: int, address: str, port: int, *, lock: bool = False) -> HostKey | None:
        """The key of a server."""
        place = (table.c.site_id == site_id, table.c.address == address, table.c.port == port)
        return await self._one(*place, lock=lock)

    async def pin(self, site_id: int, address: str, port: int, key: ServerKey) -> bool:
        """Keep a key where there is none yet."""
        place = {"site_id": site_id, "address": address, "port": port}
        made = insert(table).values(**place, algorithm=key.algorithm, key=key.blob).on_conflict_do_nothing()
        return await self._connection.scalar(made.returning(table.c.id)) is not None

    async def offer(self, key_id: int, key: ServerKey) -> None:
        """Another key that the server shows."""
        values = {"offered_algorithm": key.algorithm, "offered_key": key.blob, "offered_at": sa.func.now()}
        await self._change(key_id, values)

    async def accept(self, key_id: int, by: str) -> None:
        """What is offered becomes the pinned one."""
        values = {
            "algorithm": table.c.offered_algorithm,
            "key": table.c.offered_key,
            "pinned_at": sa.func.now(),
            "pinned_by": by,
            "offered_algorithm": None,
            "offered_key": None,
            "offered_at": None,
        }
        await self._change(key_id, values)

    async def remove(self, key_id: int) -> None:
        """Forget it."""
        await self._connection.execute(table.delete().where(table.c.id == key_id))

    async def _change(self, key_id: int, values: dict[str, Any]) -> None:
        await self._connection.execute(table.update().where(table.c.id == key_id).values(**values))

    async def _one(self, *which: sa.ColumnElement[bool], lock: bool) -> HostKey | None:
        query = sa.select(table).where(*which)
        row = (await self._connection.execute(query.with_for_update() if lock else query)).one_or_none()
        return _host_key(row) if row else None


def _host_key(row: sa.Row[Any]) -> HostKey:
    return HostKey(
        id=row.id,
        site_id=row.site_id,
        address=row.address,
        port=row.port,
        key=ServerKey(row.algorithm, row.key),
        pinned_at=row.pinned_at,
        pinned_by=row.pinned_by,
        offered=ServerKey(row.offered_algorithm, row.offered_key) if row.offered_key else None,
        offered_at=row.offered_at,
    )
