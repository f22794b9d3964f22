"""Sites."""

from fastapi import APIRouter, status

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.inventory.place_schemas import Site, SiteCreate, SitePatch
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Admin, Viewer
from backend.domain.inventory.places import visible_site

router = APIRouter(tags=["inventory"])


@router.get("/sites", responses=responses(401, 422))
async def sites(actor: Viewer, work: Work, paging: Paging) -> Listing[Site]:
    """Sites that the caller may see; sort by name or created_at."""
    page = await work.places.sites(actor.site_ids, paging)
    return listing(page, [Site.of(item) for item in page.items])


@router.post("/sites", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 409))
async def create_site(actor: Admin, work: Work, services: Services, body: SiteCreate) -> Site:
    """A new site."""
    return Site.of(await services.inventory.sites.add(work, actor, body.name, body.description))


@router.get("/sites/{site_id}", responses=responses(401, 404))
async def site(actor: Viewer, work: Work, site_id: Id) -> Site:
    """One site."""
    return Site.of(await visible_site(work, actor, site_id))


@router.patch("/sites/{site_id}", responses=responses(401, 403, 404, 409))
async def change_site(actor: Admin, work: Work, services: Services, site_id: Id, body: SitePatch) -> Site:
    """Rename or describe a site."""
    values = {name: getattr(body, name) for name in sorted(body.model_fields_set)}
    return Site.of(await services.inventory.sites.change(work, actor, site_id, values))


@router.delete(
    "/sites/{site_id}",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=responses(400, 401, 403, 404, 409),
)
async def delete_site(actor: Admin, work: Work, services: Services, site_id: Id) -> None:
    """Delete a site in which nothing is left; the default one stays."""
    await services.inventory.sites.remove(work, actor, site_id)
