"""Difficult targets, and what is stored of the addresses of a chunk, in PostgreSQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import INET, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.discovery.difficult import DifficultTarget, TargetState
from backend.domain.discovery.ledger import SeenHost
from backend.domain.discovery.report import TargetDifficult
from backend.infra.db.repositories.scan_rows import target_of
from backend.infra.db.tables.discovery import difficult_targets
from backend.infra.db.tables.inventory import observations

# The device that the scan saw at that address, if it saw one.
_DEVICE = (
    sa.select(sa.func.max(observations.c.device_id))
    .where(
        observations.c.scan_id == difficult_targets.c.scan_id,
        observations.c.address == difficult_targets.c.address,
    )
    .scalar_subquery()
)
SELECT_TARGET = sa.select(difficult_targets, _DEVICE.label("device_id"))
_SEEN = sa.text(
    "SELECT host(address) AS address, source, facts->>'state' = 'up' AS up,"
    " ARRAY(SELECT (p->>'protocol') || ' ' || (p->>'port')"
    "       FROM jsonb_array_elements(CASE WHEN jsonb_typeof(facts->'ports') = 'array' THEN facts->'ports'"
    "                                 ELSE '[]' END) p WHERE coalesce(p->>'state', 'open') = 'open') AS doors"
    " FROM observations WHERE chunk_id = :chunk_id AND address IS NOT NULL"
)


class SqlDifficultTargets:
    """Difficult targets on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def seen(self, chunk_id: int) -> tuple[SeenHost, ...]:
        """What is stored of the addresses of a chunk."""
        rows = await self._connection.execute(_SEEN, {"chunk_id": chunk_id})
        return tuple(SeenHost(row.address, row.source, bool(row.up), _doors(row.doors)) for row in rows)

    async def park(self, scan_id: int, chunk: int, target: TargetDifficult, at: datetime) -> None:
        """Write a difficult target down, in place of what was known of it before."""
        values: dict[str, Any] = {
            "code": target.code,
            "params": dict(target.params),
            "text": target.text,
            "chunk": chunk,
            "seen_at": at,
            "state": TargetState.PARKED.value,
        }
        new = insert(difficult_targets).values(scan_id=scan_id, address=target.address, **values)
        same = [difficult_targets.c.scan_id, difficult_targets.c.address]
        await self._connection.execute(new.on_conflict_do_update(index_elements=same, set_=values))

    async def release(self, scan_id: int, address: str) -> None:
        """A difficult target turned out to be none."""
        await self._connection.execute(
            difficult_targets.update()
            .where(_at(scan_id, address))
            .values(state=TargetState.RELEASED.value, seen_at=sa.func.now())
        )

    async def difficult(self, scan_id: int) -> Mapping[str, TargetState]:
        """The difficult targets of a scan by address."""
        select = sa.select(difficult_targets.c.address, difficult_targets.c.state).where(
            difficult_targets.c.scan_id == scan_id
        )
        rows = await self._connection.execute(select)
        return {str(row.address).partition("/")[0]: TargetState(row.state) for row in rows}

    async def difficult_target(self, scan_id: int, target_id: int) -> DifficultTarget | None:
        """One of them."""
        mine = SELECT_TARGET.where(difficult_targets.c.scan_id == scan_id, difficult_targets.c.id == target_id)
        row = (await self._connection.execute(mine)).one_or_none()
        return target_of(row) if row else None

    async def target_at(self, scan_id: int, address: str) -> int | None:
        """The difficult target of a scan at an address."""
        found = await self._connection.scalar(sa.select(difficult_targets.c.id).where(_at(scan_id, address)))
        return int(found) if found is not None else None

    async def set_target_state(self, target_id: int, state: TargetState) -> None:
        """Write its state."""
        await self._connection.execute(
            difficult_targets.update().where(difficult_targets.c.id == target_id).values(state=state.value)
        )


def _at(scan_id: int, address: str) -> sa.ColumnElement[bool]:
    return sa.and_(difficult_targets.c.scan_id == scan_id, difficult_targets.c.address == sa.cast(address, INET))


def _doors(texts: list[str]) -> frozenset[tuple[str, int]]:
    pairs = (text.split(" ") for text in texts)
    return frozenset((protocol, int(port)) for protocol, port in pairs)
