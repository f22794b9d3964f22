"""Projects in PostgreSQL."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.discovery.projects import NewProject, Project, ProjectChange
from backend.domain.discovery.storage import ANY_SITE, Sites
from backend.infra.db.conflicts import taken
from backend.infra.db.tables.discovery import projects as table
from backend.infra.db.tables.discovery import scans
from backend.infra.db.tables.places import sites as sites_table

_OF_PROJECT = sa.select(sa.func.count(scans.c.id)).where(scans.c.project_id == table.c.id)
SELECT = sa.select(
    table,
    _OF_PROJECT.scalar_subquery().label("scan_count"),
    sa.select(sa.func.max(scans.c.created_at))
    .where(scans.c.project_id == table.c.id)
    .scalar_subquery()
    .label("last_scan_at"),
)


class SqlProjects:
    """Projects on one connection, in its transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, project: NewProject) -> Project:
        """Write one down."""
        values = {"site_id": project.site_id, "name": project.name, "description": project.description}
        project_id = await self._unique(table.insert().values(values).returning(table.c.id), project.name)
        added = await self.get(project_id)
        assert added
        return added

    async def get(self, project_id: int, sites: Sites = ANY_SITE) -> Project | None:
        """One project."""
        return await self._one(SELECT.where(table.c.id == project_id, *in_sites(table.c.site_id, sites)))

    async def default(self, sites: Sites = ANY_SITE) -> Project | None:
        """The oldest project, of the default site first."""
        where = in_sites(table.c.site_id, sites)
        joined = SELECT.join(sites_table, sites_table.c.id == table.c.site_id).where(*where)
        return await self._one(joined.order_by(sites_table.c.is_default.desc(), table.c.id).limit(1))

    async def change(self, project_id: int, change: ProjectChange) -> None:
        """Write what is not None."""
        named = {"name": change.name, "description": change.description}
        values = {key: value for key, value in named.items() if value is not None}
        if values:
            update = table.update().where(table.c.id == project_id).values(values)
            await self._unique(update.returning(table.c.id), change.name or "")

    async def delete(self, project_id: int) -> None:
        """Forget it."""
        await self._connection.execute(table.delete().where(table.c.id == project_id))

    async def site_exists(self, site_id: int) -> bool:
        """Whether there is such a site."""
        return bool(await self._connection.scalar(sa.select(sa.exists().where(sites_table.c.id == site_id))))

    async def default_site(self) -> int:
        """The default site: the first migration makes one."""
        found = await self._connection.scalar(sa.select(sites_table.c.id).where(sites_table.c.is_default))
        assert found is not None
        return int(found)

    async def _one(self, select: sa.Select[Any]) -> Project | None:
        row = (await self._connection.execute(select)).one_or_none()
        return project_of(row) if row else None

    async def _unique(self, statement: Any, name: str) -> int:
        """Write within a savepoint, so that a name that is taken leaves the transaction usable."""
        with taken("project_name_taken", f"There is a project called {name} already", name=name):
            async with self._connection.begin_nested():
                return int((await self._connection.execute(statement)).scalar_one())


def in_sites(column: sa.ColumnElement[Any], sites: Sites) -> list[sa.ColumnElement[bool]]:
    """The condition that limits rows to the sites of a person; empty means every site."""
    return [column.in_(sorted(sites))] if sites else []


def project_of(row: sa.Row[Any]) -> Project:
    """A row of SELECT as a value."""
    return Project(
        id=row.id,
        uid=row.uid,
        site_id=row.site_id,
        name=row.name,
        description=row.description,
        created_at=row.created_at,
        scan_count=row.scan_count,
        last_scan_at=row.last_scan_at,
    )
