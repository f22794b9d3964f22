"""Devices: find them, look at one, fix what is said of it."""

from fastapi import APIRouter, status
from starlette.responses import Response

from backend.api.deps import Read, Services, Work
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.inventory.answers import json_listing, json_text
from backend.api.inventory.filters import Wanted
from backend.api.inventory.one import one_device, require_device
from backend.api.inventory.schemas import Device, DeviceCreate, DeviceFacets, DevicePatch, Observation, Port
from backend.api.paging import Listing, Paging
from backend.api.policy import Operator, Viewer
from backend.api.read_route import ReadRoute
from backend.domain.inventory.service import DeviceChange, NewDevice

# What is asked most often of all, in a router of its own that is tried first.
lists = APIRouter(tags=["inventory"], route_class=ReadRoute)
router = APIRouter(tags=["inventory"])
PINNED_FIELDS = ("name", "type", "hostname", "vendor", "os")


@lists.get("/devices", response_model=Listing[Device], responses=responses(401, 422))
async def devices(actor: Viewer, services: Services, wanted: Wanted, paging: Paging) -> Response:
    """Devices that fit; sort by name, address, last_seen, first_seen, ports, vendor or type."""
    question = ("devices", actor.site_ids, wanted, paging)
    read = services.inventory.lists
    found = await services.shared.read(question, lambda: read.devices(actor.site_ids, wanted, paging))
    return json_listing(found, paging)


@lists.get("/devices/facets", response_model=DeviceFacets, responses=responses(401, 422))
async def facets(actor: Viewer, services: Services, wanted: Wanted) -> Response:
    """The most frequent values of the devices that fit, with counts."""
    question = ("facets", actor.site_ids, wanted)
    read = services.inventory.lists
    return json_text(await services.shared.read(question, lambda: read.facets(actor.site_ids, wanted)))


@router.post("/devices", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_device(actor: Operator, work: Work, services: Services, body: DeviceCreate) -> Device:
    """Write down a device by hand; 409 names the device that holds one of the addresses already."""
    fixed = {name: value for name in PINNED_FIELDS if (value := getattr(body, name))}
    listed = ([body.address] if body.address else []) + body.addresses
    new = NewDevice(
        name=body.name,
        site_id=body.site_id,
        addresses=tuple(dict.fromkeys(listed)),
        mac=body.mac or None,
        pins=fixed,
        notes=body.notes,
        tags=tuple(body.tags),
    )
    return await one_device(work, actor, await services.inventory.devices.add(work, actor, new))


@router.get("/devices/{device_id}", responses=responses(401, 404))
async def device(actor: Viewer, work: Read, device_id: Id) -> Device:
    """One device with its addresses, and where each fact comes from."""
    return await one_device(work, actor, device_id)


@router.patch("/devices/{device_id}", responses=responses(401, 403, 404, 409))
async def change_device(
    actor: Operator, work: Work, services: Services, device_id: Id, body: DevicePatch
) -> Device:
    """Fix fields against what machines say; null lets one go again."""
    given = body.model_fields_set
    change = DeviceChange(
        pins={name: getattr(body, name) or None for name in PINNED_FIELDS if name in given},
        notes=(body.notes or "") if "notes" in given else None,
        tags=tuple(body.tags or ()) if "tags" in given else None,
        version=body.version,
    )
    await services.inventory.devices.change(work, actor, device_id, change)
    return await one_device(work, actor, device_id)


@router.delete(
    "/devices/{device_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(400, 401, 403, 404)
)
async def delete_device(actor: Operator, work: Work, services: Services, device_id: Id) -> None:
    """Forget a device; what was said of it stays. If it is seen again it comes back as a new one."""
    await services.inventory.devices.remove(work, actor, device_id)


@router.get("/devices/{device_id}/ports", response_model=Listing[Port], responses=responses(401, 404, 422))
async def device_ports(actor: Viewer, work: Read, device_id: Id, paging: Paging) -> Response:
    """Open ports; sort by port, service or last_seen."""
    await require_device(work, actor, device_id)
    return json_listing(await work.inventory.ports(device_id, paging), paging)


@router.get(
    "/devices/{device_id}/observations", response_model=Listing[Observation], responses=responses(401, 404)
)
async def device_observations(actor: Viewer, work: Read, device_id: Id, paging: Paging) -> Response:
    """The evidence: everything that was said of the device, newest first."""
    await require_device(work, actor, device_id)
    return json_listing(await work.inventory.observations(device_id, paging), paging)
