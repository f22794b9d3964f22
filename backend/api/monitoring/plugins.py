"""Plugins: named configurations of collectors."""

from fastapi import APIRouter, status

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.monitoring.schemas import Plugin, PluginBody
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Admin, Viewer

router = APIRouter(prefix="/plugins", tags=["monitoring"])


@router.get("", responses=responses(401, 422))
async def plugins(_: Viewer, work: Work, paging: Paging) -> Listing[Plugin]:
    """Plugins; sort by name, type or created_at. The collectors that they configure are in /extensions."""
    page = await work.plugins.page(paging)
    return listing(page, [Plugin.of(item) for item in page.items])


@router.post("", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 409))
async def create_plugin(actor: Admin, work: Work, services: Services, body: PluginBody) -> Plugin:
    """Configure a collector under a name."""
    return Plugin.of(await services.monitoring.plugins.create(work, actor, body.to_domain()))


@router.get("/{plugin_id}", responses=responses(401, 404))
async def plugin(_: Viewer, work: Work, services: Services, plugin_id: Id) -> Plugin:
    """One plugin."""
    return Plugin.of(await services.monitoring.plugins.known(work, plugin_id))


@router.put("/{plugin_id}", responses=responses(401, 403, 404, 409))
async def replace_plugin(actor: Admin, work: Work, services: Services, plugin_id: Id, body: PluginBody) -> Plugin:
    """Configure it otherwise; every monitor that uses it follows."""
    return Plugin.of(await services.monitoring.plugins.change(work, actor, plugin_id, body.to_domain()))


@router.delete(
    "/{plugin_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(400, 401, 403, 404, 409)
)
async def delete_plugin(actor: Admin, work: Work, services: Services, plugin_id: Id) -> None:
    """Forget a plugin; 400 while a monitor uses it, 409 for a built-in one."""
    await services.monitoring.plugins.delete(work, actor, plugin_id)
