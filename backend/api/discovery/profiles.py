"""Discovery profiles: what the NMSlite document calls so, and their runs."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, status
from starlette.responses import Response

from backend.api.deps import Services, Work
from backend.api.discovery.profile_schemas import (
    DiscoveryProfileIn,
    DiscoveryProfileOut,
    Found,
    FoundDeviceOut,
    RunGoesOn,
)
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.json import JsonResponse
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Operator, Viewer
from backend.api.services import Services as ServiceSet
from backend.domain.discovery.profiles import DiscoveryProfile
from backend.domain.discovery.scan import Scan
from backend.domain.errors import Conflict

router = APIRouter(prefix="/discovery-profiles", tags=["discovery"])
PATIENCE_S = 50.0  # below what proxies wait for an answer
MAX_DEVICES = 1_000
GOES_ON: dict[int | str, dict[str, Any]] = {
    status.HTTP_202_ACCEPTED: {"model": RunGoesOn, "description": "The run goes on: a scan to watch"}
}


@router.get("", responses=responses(401, 422))
async def discovery_profiles(actor: Viewer, work: Work, paging: Paging) -> Listing[DiscoveryProfileOut]:
    """Discovery profiles; sort by name, next_run_at, last_run_at or created_at."""
    page = await work.discovery_profiles.page(actor.site_ids, paging)
    return listing(page, [DiscoveryProfileOut.of(item) for item in page.items])


@router.post("", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_discovery_profile(
    actor: Operator, work: Work, services: Services, body: DiscoveryProfileIn
) -> DiscoveryProfileOut:
    """A new profile; 404 where its credential profile is not there, 422 for a subnet that may not be scanned."""
    made = await services.monitoring.profiles.create(work, actor, body.to_domain(), body.site_id)
    return DiscoveryProfileOut.of(made)


@router.get("/{discovery_profile_id}", responses=responses(401, 404))
async def discovery_profile(
    actor: Viewer, work: Work, services: Services, discovery_profile_id: Id
) -> DiscoveryProfileOut:
    """One profile."""
    return DiscoveryProfileOut.of(await services.monitoring.profiles.visible(work, actor, discovery_profile_id))


@router.put("/{discovery_profile_id}", responses=responses(401, 403, 404, 409))
async def replace_discovery_profile(
    actor: Operator, work: Work, services: Services, discovery_profile_id: Id, body: DiscoveryProfileIn
) -> DiscoveryProfileOut:
    """Another version of a profile; it stays in its site."""
    changed = await services.monitoring.profiles.change(work, actor, discovery_profile_id, body.to_domain())
    return DiscoveryProfileOut.of(changed)


@router.delete(
    "/{discovery_profile_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403, 404)
)
async def delete_discovery_profile(
    actor: Operator, work: Work, services: Services, discovery_profile_id: Id
) -> None:
    """Forget a profile: nothing stands in the way, and the devices that it found remain."""
    await services.monitoring.profiles.delete(work, actor, discovery_profile_id)


@router.post(
    "/{discovery_profile_id}/run", response_model=Found, responses={**GOES_ON, **responses(401, 403, 404, 409)}
)
async def run_discovery_profile(
    actor: Operator,
    services: Services,
    discovery_profile_id: Id,
    prefer: Annotated[str | None, Header(max_length=200, description="respond-async: do not wait")] = None,
) -> Response:
    """Look who is there. Waits for the answer up to 50 seconds, then says which scan to watch."""
    async with services.transactions() as work:
        profile = await services.monitoring.profiles.visible(work, actor, discovery_profile_id, lock=True)
        scan = await services.monitoring.profiles.start(work, actor, profile)
        await work.commit()
    waits = not _asks_for_async(prefer)
    if waits and await services.monitoring.profile_runs.ended(profile.id, scan.id, PATIENCE_S):
        return JsonResponse((await _result(services, profile, scan)).model_dump(mode="json"))
    body = RunGoesOn(
        scan_id=scan.id,
        discovery_profile_id=profile.id,
        status=scan.status.value,
        link=f"/api/v1/scans/{scan.id}",
    )
    headers = {"Location": body.link}
    headers |= {} if waits else {"Preference-Applied": "respond-async"}
    return JsonResponse(body.model_dump(), status.HTTP_202_ACCEPTED, headers=headers)


@router.get("/{discovery_profile_id}/found", responses=responses(401, 404, 409))
async def last_found(actor: Viewer, services: Services, discovery_profile_id: Id) -> Found:
    """What the last run found, as `run` answers it; 409 while there is none."""
    async with services.transactions() as work:
        profile = await services.monitoring.profiles.visible(work, actor, discovery_profile_id)
        scan = await work.scans.get(profile.last_scan_id) if profile.last_scan_id else None
    if scan is None or profile.pending_scan_id is not None:
        raise Conflict(
            "There is no result of a run",
            code="discovery_profile_without_result",
            params={"scan": profile.pending_scan_id},
        )
    return await _result(services, profile, scan)


async def _result(services: ServiceSet, profile: DiscoveryProfile, scan: Scan) -> Found:
    async with services.transactions() as work:
        current = await work.discovery_profiles.get(profile.id) or profile
        devices, total = await work.discovery_profiles.found(scan.id, MAX_DEVICES, ())
    result = current.last_result
    windows = set(result.windows_ids) if result else set()
    return Found(
        found=total,
        devices=[FoundDeviceOut.of(item, profile.id, windows=item.id in windows) for item in devices],
        windows=result.windows if result else 0,
        provisioned=result.provisioned if result else 0,
        scan_id=scan.id,
    )


def _asks_for_async(prefer: str | None) -> bool:
    """RFC 7240: preferences are a list, names are compared without case."""
    return any(part.strip().lower() == "respond-async" for part in (prefer or "").split(","))
