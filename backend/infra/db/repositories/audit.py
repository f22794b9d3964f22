"""The audit log in PostgreSQL: a trigger refuses to change or delete what is there."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.accounts.actor import Actor
from backend.domain.accounts.audit import AuditEvent, AuditFilter
from backend.domain.page import Page, PageRequest
from backend.infra.db.tables.accounts import audit_events as table


class SqlAuditLog:
    """Audit events on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def record(
        self,
        actor: Actor,
        action: str,
        entity: str,
        entity_id: object = None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        """Write one deed."""
        await self._connection.execute(
            table.insert().values(
                actor=actor.name,
                actor_kind=actor.kind.value,
                user_id=actor.user_id,
                action=action,
                entity=entity,
                entity_id=None if entity_id is None else str(entity_id),
                address=actor.address,
                detail=detail or {},
            )
        )

    async def page(self, wanted: AuditFilter, request: PageRequest) -> Page[AuditEvent]:
        """Deeds, newest first."""
        matching = sa.select(table).where(*_conditions(wanted))
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(matching.subquery()))
        rows = await self._connection.execute(
            matching.order_by(table.c.id.desc()).limit(request.limit).offset(request.offset)
        )
        return Page.of([_event(row) for row in rows], total or 0, request)


def _conditions(wanted: AuditFilter) -> list[sa.ColumnElement[bool]]:
    equal = {table.c.actor: wanted.actor, table.c.action: wanted.action, table.c.entity: wanted.entity}
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.since:
        conditions.append(table.c.at >= wanted.since)
    if wanted.until:
        conditions.append(table.c.at < wanted.until)
    return conditions


def _event(row: sa.Row[Any]) -> AuditEvent:
    return AuditEvent(
        id=row.id,
        at=row.at,
        actor=row.actor,
        actor_kind=row.actor_kind,
        action=row.action,
        entity=row.entity,
        entity_id=row.entity_id,
        address=None if row.address is None else str(row.address),
        detail=row.detail,
    )
