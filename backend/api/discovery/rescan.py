"""One device asked again."""

from typing import Annotated

from fastapi import APIRouter, Body, status
from pydantic import Field

from backend.api.deps import Services, Work
from backend.api.discovery.schemas import ScanOut
from backend.api.errors import responses
from backend.api.fields import Id, Input
from backend.api.policy import Operator
from backend.domain.discovery import options as domain_options
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.service import StartScan
from backend.domain.errors import Conflict, NotFound
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(tags=["discovery"])
MAX_ADDRESSES = 64


class RescanIn(Input):
    """How to ask the device again."""

    profile: domain_options.Profile = Field(default="standard", description="Any but `custom`")


@router.post(
    "/devices/{device_id}/rescan",
    status_code=status.HTTP_201_CREATED,
    responses=responses(401, 403, 404, 409),
)
async def rescan_device(
    actor: Operator,
    work: Work,
    services: Services,
    device_id: Id,
    body: Annotated[RescanIn | None, Body()] = None,
) -> ScanOut:
    """Scan a device again, at all of its addresses that may be scanned."""
    device = await work.inventory.device(actor.site_ids, device_id)
    if device is None:
        raise NotFound.of("device", device_id)
    site_id = int(device["site_id"])
    project = await work.projects.default(frozenset({site_id}))
    if project is None:
        raise Conflict("The device's site has no project for its scans", code="site_has_no_project")
    wanted = StartScan(
        targets=await _targets(work, site_id, device),
        project_id=project.id,
        name=str(device["name"])[:255],
        profile=body.profile if body else "standard",
    )
    return ScanOut.of(await services.discovery.scans.start(work, actor, wanted))


async def _targets(work: UnitOfWork, site_id: int, device: dict[str, object]) -> tuple[str, ...]:
    """The device's addresses that may be scanned; where none may be, all, for the refusal to name one."""
    listed = device.get("addresses")
    items = listed if isinstance(listed, list) else []
    known = [item["address"] for item in items if item["kind"] in {"ipv4", "ipv6"}]
    first = device.get("primary_address")
    addresses = list(dict.fromkeys([*([str(first)] if first else []), *known]))
    if not addresses:
        raise Conflict("The device has no address to scan", code="device_has_no_address")
    allowed = AddressSet.parse(network.cidr for network in await work.scans.allowed_networks(site_id))
    permitted = [text for text in addresses if AddressSet.parse([text]) & allowed]
    return tuple((permitted or addresses)[:MAX_ADDRESSES])
