"""Provisioning rules in PostgreSQL."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.places_ports import SiteScope
from backend.domain.monitoring.rules import NewRule, Rule
from backend.domain.page import Page, PageRequest
from backend.infra.db.conflicts import taken
from backend.infra.db.queries.sorting import ordering
from backend.infra.db.repositories.projects import in_sites
from backend.infra.db.tables.monitoring import provisioning_rules as table

_SORTS = {"name": sa.func.lower(table.c.name), "created_at": table.c.created_at, "id": table.c.id}
_SAME = ("name", "network_id", "interval_s", "enabled")

_NAME = "uq_provisioning_rules_site_id_name"


class SqlProvisioningRules:
    """On one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def page(self, sites: SiteScope, request: PageRequest) -> Page[Rule]:
        """Rules by name unless the request sorts otherwise."""
        query = sa.select(table).where(*in_sites(table.c.site_id, sites))
        total = await self._connection.scalar(sa.select(sa.func.count()).select_from(query.subquery()))
        order = ordering(request.sort or "name", _SORTS, table.c.id)
        rows = await self._connection.execute(query.order_by(*order).limit(request.limit).offset(request.offset))
        return Page.of([_rule(row) for row in rows], total or 0, request)

    async def get(self, rule_id: int, *, lock: bool = False) -> Rule | None:
        """One rule."""
        query = sa.select(table).where(table.c.id == rule_id)
        row = (await self._connection.execute(query.with_for_update() if lock else query)).one_or_none()
        return _rule(row) if row else None

    async def add(self, site_id: int, wanted: NewRule) -> int:
        """A new rule."""
        insert = table.insert().values(site_id=site_id, **_values(wanted)).returning(table.c.id)
        with _name_taken(wanted.name):
            made = await self._connection.scalar(insert)
        assert made is not None
        return int(made)

    async def change(self, rule_id: int, wanted: NewRule) -> None:
        """Another version of a rule."""
        with _name_taken(wanted.name):
            await self._connection.execute(table.update().where(table.c.id == rule_id).values(_values(wanted)))

    async def remove(self, rule_id: int) -> None:
        """Forget it."""
        await self._connection.execute(table.delete().where(table.c.id == rule_id))

    async def enabled(self) -> Sequence[Rule]:
        """Those that are switched on, the oldest first."""
        rows = await self._connection.execute(sa.select(table).where(table.c.enabled).order_by(table.c.id))
        return [_rule(row) for row in rows]


def _values(wanted: NewRule) -> dict[str, Any]:
    lists = {
        "collectors": list(wanted.collectors),
        "credential_profile_ids": list(wanted.credential_profile_ids),
    }
    return {**{name: getattr(wanted, name) for name in _SAME}, **lists}


def _rule(row: sa.Row[Any]) -> Rule:
    wanted = NewRule(
        **{name: row._mapping[name] for name in _SAME},
        collectors=tuple(row.collectors),
        credential_profile_ids=tuple(row.credential_profile_ids),
    )
    return Rule(row.id, row.uid, row.site_id, wanted, row.created_at)


def _name_taken(name: str) -> AbstractContextManager[None]:
    detail = f"There is a provisioning rule named {name} already"
    return taken(
        "provisioning_rule_name_taken", detail, constraint="uq_provisioning_rules_site_id_name", name=name
    )
