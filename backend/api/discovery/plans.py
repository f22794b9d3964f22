"""Schedules and blackout windows."""

from typing import Any

from fastapi import APIRouter, status

from backend.api.deps import Services, Work
from backend.api.discovery.plan_schemas import (
    BlackoutIn,
    BlackoutOut,
    BlackoutPatch,
    ScheduleIn,
    ScheduleOut,
    SchedulePatch,
)
from backend.api.discovery.schemas import ScanOut, options_of
from backend.api.errors import responses
from backend.api.fields import Id, Input
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Operator, Viewer
from backend.domain.clock import utc_now
from backend.domain.discovery.blackouts import NewBlackout
from backend.domain.discovery.planning import entries
from backend.domain.discovery.schedules import NewSchedule
from backend.domain.errors import NotFound
from backend.domain.page import Page

router = APIRouter(tags=["discovery"])


@router.get("/scan-schedules", responses=responses(401))
async def schedules(actor: Viewer, work: Work, paging: Paging) -> Listing[ScheduleOut]:
    """Schedules; sort by name, next_run_at or last_run_at."""
    page = await work.plans.schedules(actor.site_ids, paging)
    return listing(page, [ScheduleOut.of(item) for item in page.items])


@router.post("/scan-schedules", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_schedule(actor: Operator, work: Work, services: Services, body: ScheduleIn) -> ScheduleOut:
    """Have a scan run by the clock; targets and options are judged now, and again at each run."""
    wanted = NewSchedule(
        name=body.name,
        targets=entries(body.targets),
        exclusions=entries(body.exclusions),
        profile=body.profile,
        options=options_of(body.options),
        cron=body.cron,
        timezone=body.timezone,
        enabled=body.enabled,
    )
    return ScheduleOut.of(await services.discovery.schedules.create(work, actor, body.project_id, wanted))


@router.get("/scan-schedules/{schedule_id}", responses=responses(401, 404))
async def schedule(actor: Viewer, work: Work, services: Services, schedule_id: Id) -> ScheduleOut:
    """One schedule."""
    return ScheduleOut.of(await services.discovery.schedules.visible(work, actor, schedule_id))


@router.patch("/scan-schedules/{schedule_id}", responses=responses(401, 403, 404, 409))
async def change_schedule(
    actor: Operator, work: Work, services: Services, schedule_id: Id, body: SchedulePatch
) -> ScheduleOut:
    """Change what is given; the next run is worked out anew."""
    changes = _given(body)
    for name in ("targets", "exclusions"):
        if name in changes:
            changes[name] = entries(changes[name])
    if "options" in changes:
        changes["options"] = options_of(body.options)
    return ScheduleOut.of(await services.discovery.schedules.change(work, actor, schedule_id, changes))


@router.delete(
    "/scan-schedules/{schedule_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403, 404)
)
async def delete_schedule(actor: Operator, work: Work, services: Services, schedule_id: Id) -> None:
    """Forget a schedule; its scans stay."""
    await services.discovery.schedules.delete(work, actor, schedule_id)


@router.post(
    "/scan-schedules/{schedule_id}/run",
    status_code=status.HTTP_201_CREATED,
    responses=responses(401, 403, 404, 409),
)
async def run_schedule(actor: Operator, work: Work, services: Services, schedule_id: Id) -> ScanOut:
    """Run it now, out of turn."""
    return ScanOut.of(await services.discovery.schedules.run_now(work, actor, schedule_id))


@router.get("/blackout-windows", responses=responses(401))
async def blackouts(actor: Viewer, work: Work, paging: Paging) -> Listing[BlackoutOut]:
    """Blackout windows by name."""
    found = await work.plans.blackouts(actor.site_ids)
    part = list(found[paging.offset : paging.offset + paging.limit])
    now = utc_now()
    return listing(Page.of(part, len(found), paging), [BlackoutOut.of(item, now) for item in part])


@router.post("/blackout-windows", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_blackout(actor: Operator, work: Work, services: Services, body: BlackoutIn) -> BlackoutOut:
    """Leave networks alone at these times: what runs there is paused, and goes on after."""
    site_id = body.site_id
    if site_id is None:
        site_id = (await services.discovery.projects.named_or_default(work, actor, None)).site_id
    elif not actor.may_see_site(site_id) or not await work.projects.site_exists(site_id):
        raise NotFound.of("site", site_id)
    wanted = NewBlackout(
        body.name, body.cron, body.duration_min, body.timezone, tuple(body.networks), body.enabled
    )
    made = await services.discovery.blackouts.create(work, actor, site_id, wanted)
    return BlackoutOut.of(made, utc_now())


@router.get("/blackout-windows/{blackout_id}", responses=responses(401, 404))
async def blackout(actor: Viewer, work: Work, services: Services, blackout_id: Id) -> BlackoutOut:
    """One blackout window."""
    return BlackoutOut.of(await services.discovery.blackouts.visible(work, actor, blackout_id), utc_now())


@router.patch("/blackout-windows/{blackout_id}", responses=responses(401, 403, 404, 409))
async def change_blackout(
    actor: Operator, work: Work, services: Services, blackout_id: Id, body: BlackoutPatch
) -> BlackoutOut:
    """Change what is given."""
    changes = _given(body)
    if "networks" in changes:
        changes["networks"] = tuple(changes["networks"])
    changed = await services.discovery.blackouts.change(work, actor, blackout_id, changes)
    return BlackoutOut.of(changed, utc_now())


@router.delete(
    "/blackout-windows/{blackout_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403, 404)
)
async def delete_blackout(actor: Operator, work: Work, services: Services, blackout_id: Id) -> None:
    """Forget a window; what it paused goes on."""
    await services.discovery.blackouts.delete(work, actor, blackout_id)


def _given(body: Input) -> dict[str, Any]:
    return {name: getattr(body, name) for name in body.model_fields_set}
