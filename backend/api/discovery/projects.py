"""Projects."""

from fastapi import APIRouter, status

from backend.api.deps import Services, Work
from backend.api.discovery.schemas import ProjectIn, ProjectOut, ProjectPatch, ScanOut
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Operator, Viewer
from backend.domain.discovery.projects import NewProject, ProjectChange
from backend.domain.discovery.storage import ScanFilter

router = APIRouter(tags=["discovery"])


@router.get("/projects", responses=responses(401))
async def projects(actor: Viewer, work: Work, paging: Paging) -> Listing[ProjectOut]:
    """Projects; sort by name or created_at."""
    page = await work.discovery.projects(actor.site_ids, paging)
    return listing(page, [ProjectOut.of(item) for item in page.items])


@router.post("/projects", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_project(actor: Operator, work: Work, services: Services, body: ProjectIn) -> ProjectOut:
    """Start a project; without a site it is of the default one."""
    new = NewProject(body.name, body.description, body.site_id)
    return ProjectOut.of(await services.discovery.projects.create(work, actor, new))


@router.get("/projects/{project_id}", responses=responses(401, 404))
async def project(actor: Viewer, work: Work, services: Services, project_id: Id) -> ProjectOut:
    """One project."""
    return ProjectOut.of(await services.discovery.projects.visible(work, actor, project_id))


@router.patch("/projects/{project_id}", responses=responses(401, 403, 404, 409))
async def change_project(
    actor: Operator, work: Work, services: Services, project_id: Id, body: ProjectPatch
) -> ProjectOut:
    """Rename or describe a project."""
    change = ProjectChange(body.name, body.description)
    return ProjectOut.of(await services.discovery.projects.change(work, actor, project_id, change))


@router.delete(
    "/projects/{project_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=responses(400, 401, 403, 404),
)
async def delete_project(actor: Operator, work: Work, services: Services, project_id: Id) -> None:
    """Forget a project that has no scans."""
    await services.discovery.projects.delete(work, actor, project_id)


@router.get("/projects/{project_id}/scans", responses=responses(401, 404))
async def project_scans(
    actor: Viewer, work: Work, services: Services, project_id: Id, paging: Paging
) -> Listing[ScanOut]:
    """The scans of a project, newest first."""
    await services.discovery.projects.visible(work, actor, project_id)
    page = await work.discovery.scans(actor.site_ids, ScanFilter(project_id=project_id), paging)
    progress = services.discovery.coordinator.progress
    return listing(page, [ScanOut.of(scan, progress(scan.id)) for scan in page.items])
