"""Projects group scans; a scan that names none belongs to the default one."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from backend.domain.accounts.actor import Actor
from backend.domain.errors import Blocked, NotFound

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it is known."""

    id: int
    uid: UUID
    site_id: int
    name: str
    description: str
    created_at: datetime
    scan_count: int = 0
    last_scan_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NewProject:
    """A project that is about to be written down; without a site it is of the default one."""

    name: str
    description: str = ""
    site_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """What should be different; None leaves a field alone."""

    name: str | None = None
    description: str | None = None


class ProjectService:
    """What may be done with projects."""

    async def visible(self, work: "UnitOfWork", actor: Actor, project_id: int) -> Project:
        """One project; raises NotFound where there is none for this person."""
        project = await work.projects.get(project_id, actor.site_ids)
        if project is None:
            raise NotFound.of("project", project_id)
        return project

    async def named_or_default(self, work: "UnitOfWork", actor: Actor, project_id: int | None) -> Project:
        """The project that a scan belongs to; raises NotFound."""
        if project_id is not None:
            return await self.visible(work, actor, project_id)
        project = await work.projects.default(actor.site_ids)
        if project is None:
            raise NotFound("There is no project to put this scan in", code="project_not_found")
        return project

    async def create(self, work: "UnitOfWork", actor: Actor, new: NewProject) -> Project:
        """Start a project; raises Conflict for a name that the site has, NotFound for a site that is not there."""
        site_id = await self._site(work, actor, new.site_id)
        project = await work.projects.add(NewProject(new.name, new.description, site_id))
        await work.audit.record(actor, "create", "project", project.id, {"name": project.name})
        return project

    async def change(self, work: "UnitOfWork", actor: Actor, project_id: int, change: ProjectChange) -> Project:
        """Rename or describe a project; raises NotFound or Conflict."""
        await self.visible(work, actor, project_id)
        await work.projects.change(project_id, change)
        changed = await self.visible(work, actor, project_id)
        await work.audit.record(actor, "update", "project", project_id, {"name": changed.name})
        return changed

    async def delete(self, work: "UnitOfWork", actor: Actor, project_id: int) -> None:
        """Forget a project; raises Blocked while it has scans."""
        project = await self.visible(work, actor, project_id)
        if project.scan_count:
            raise Blocked.by("project", {"scan": project.scan_count})
        await work.projects.delete(project_id)
        await work.audit.record(actor, "delete", "project", project_id, {"name": project.name})

    async def _site(self, work: "UnitOfWork", actor: Actor, wanted: int | None) -> int:
        site_id = wanted if wanted is not None else min(actor.site_ids, default=None)
        if site_id is None:
            return await work.projects.default_site()
        if not actor.may_see_site(site_id) or not await work.projects.site_exists(site_id):
            raise NotFound.of("site", site_id)
        return site_id
