"""Monitors: what is watched, and how it is doing."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, status
from starlette.requests import Request
from starlette.responses import Response

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id, IdQuery, Search
from backend.api.inventory.answers import json_listing, json_text
from backend.api.inventory.filters import Ids, Words
from backend.api.monitoring.schemas import (
    BulkMonitors,
    Changed,
    CheckTried,
    Failure,
    Monitor,
    MonitorBody,
    MonitorFacets,
    Schedule,
    State,
    StateInterval,
)
from backend.api.monitoring.trace import answer_try
from backend.api.paging import Listing, Paging
from backend.api.policy import Operator, Viewer
from backend.domain.monitoring.reading import MonitorFilter
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(prefix="/monitors", tags=["monitoring"])


def monitor_filter(  # noqa: PLR0917 - as many as the query has
    q: Annotated[
        Search | None, Query(description="In the names of monitor, device and plugin, or the address")
    ] = None,
    site_id: IdQuery | None = None,
    state: Annotated[list[State] | None, Query(max_length=5)] = None,
    type: Words = None,  # noqa: A002 - the API's name
    plugin_id: IdQuery | None = None,
    device_id: IdQuery | None = None,
    credential_profile_id: IdQuery | None = None,
    tag: Words = None,
    network: Ids = None,
    enabled: bool | None = None,
) -> MonitorFilter:
    """Repeat a parameter for several values; different parameters must all fit."""
    return MonitorFilter(
        q=q or None,
        site_id=site_id,
        state=tuple(state or ()),
        type=tuple(type or ()),
        plugin_id=plugin_id,
        device_id=device_id,
        credential_profile_id=credential_profile_id,
        tag=tuple(tag or ()),
        network=tuple(network or ()),
        enabled=enabled,
    )


Wanted = Annotated[MonitorFilter, Depends(monitor_filter)]


@router.get("", response_model=Listing[Monitor], responses=responses(401, 422))
async def monitors(actor: Viewer, work: Work, wanted: Wanted, paging: Paging) -> Response:
    """Monitors, the worst first; sort by name, state, type, interval, last_polled, latency_ms or since."""
    return json_listing(await work.monitoring.monitors(actor.site_ids, wanted, paging), paging)


@router.get("/facets", response_model=MonitorFacets, responses=responses(401, 422))
async def monitor_facets(actor: Viewer, work: Work, wanted: Wanted) -> Response:
    """How many monitors of those that fit have which state, collector, network and tag."""
    return json_text(await work.monitoring.facets(actor.site_ids, wanted))


@router.post("", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def create_monitor(actor: Operator, work: Work, services: Services, body: MonitorBody) -> Monitor:
    """Put a plugin to work; 404 says which of device, credential profile and plugin is not there."""
    made = await services.monitoring.monitors.create(work, actor, body.to_domain())
    return await _shown(work, made)


@router.post("/bulk", responses=responses(401, 403, 404))
async def change_monitors(actor: Operator, work: Work, services: Services, body: BulkMonitors) -> Changed:
    """Pause, resume or set the interval of many: all of them, or none."""
    return Changed(changed=await services.monitoring.monitors.change_many(work, actor, body.to_domain()))


@router.post("/test", response_model=CheckTried, responses=responses(401, 403, 404, 409))
async def test_monitor(
    actor: Operator, services: Services, request: Request, body: MonitorBody
) -> CheckTried | Response:
    """Try a monitor before it is saved: one check, phase by phase; nothing is kept.

    With `Accept: application/x-ndjson` the phases come as lines while it runs, and the outcome as the last one.
    """
    trying = services.monitoring.trying
    async with services.transactions() as work:
        monitor = await trying.planned(work, actor, body.to_domain())
    return await answer_try(request, trying, monitor)


@router.get("/{monitor_id}", responses=responses(401, 404))
async def monitor(actor: Viewer, work: Work, services: Services, monitor_id: Id) -> Monitor:
    """One monitor."""
    await services.monitoring.monitors.visible(work, actor, monitor_id)
    return await _shown(work, monitor_id)


@router.put("/{monitor_id}", responses=responses(401, 403, 404, 409))
async def replace_monitor(
    actor: Operator, work: Work, services: Services, monitor_id: Id, body: MonitorBody
) -> Monitor:
    """Another version of a monitor."""
    await services.monitoring.monitors.change(work, actor, monitor_id, body.to_domain())
    return await _shown(work, monitor_id)


@router.delete("/{monitor_id}", status_code=status.HTTP_204_NO_CONTENT, responses=responses(401, 403, 404))
async def delete_monitor(actor: Operator, work: Work, services: Services, monitor_id: Id) -> None:
    """Forget a monitor and everything that it measured."""
    await services.monitoring.monitors.delete(work, actor, monitor_id)


@router.post("/{monitor_id}/check", response_model=CheckTried, responses=responses(401, 403, 404))
async def check_monitor(
    actor: Operator, services: Services, request: Request, monitor_id: Id
) -> CheckTried | Response:
    """Test now: one check, phase by phase; nothing is kept, and no state turns.

    With `Accept: application/x-ndjson` the phases come as lines while it runs, and the outcome as the last one.
    """
    trying = services.monitoring.trying
    async with services.transactions() as work:
        found = await trying.kept(work, actor, monitor_id)
    return await answer_try(request, trying, found)


@router.get("/{monitor_id}/schedule", responses=responses(401, 404))
async def monitor_schedule(actor: Viewer, work: Work, services: Services, monitor_id: Id) -> Schedule:
    """When its next turn is, and how many turns were left out."""
    await services.monitoring.monitors.visible(work, actor, monitor_id)
    return Schedule.of(services.monitoring.scheduler.turn(monitor_id))


@router.get("/{monitor_id}/failures", response_model=Listing[Failure], responses=responses(401, 404, 422))
async def monitor_failures(
    actor: Viewer, work: Work, services: Services, monitor_id: Id, paging: Paging
) -> Response:
    """Why its last checks failed, newest first; the last 20 are kept."""
    await services.monitoring.monitors.visible(work, actor, monitor_id)
    return json_listing(await work.monitoring.failures(monitor_id, paging), paging)


@router.get("/{monitor_id}/states", response_model=Listing[StateInterval], responses=responses(401, 404, 422))
async def monitor_states(
    actor: Viewer, work: Work, services: Services, monitor_id: Id, paging: Paging
) -> Response:
    """How it was doing, newest first."""
    await services.monitoring.monitors.visible(work, actor, monitor_id)
    return json_listing(await work.monitoring.states(monitor_id, paging), paging)


async def _shown(work: UnitOfWork, monitor_id: int) -> Monitor:
    found: dict[str, Any] | None = await work.monitoring.monitor(monitor_id)
    return Monitor.model_validate(found)
