"""The inbox of new finds, merging and splitting, and why a device is one."""

from typing import Any

import orjson
from fastapi import APIRouter, status

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id, IdQuery
from backend.api.inventory.inbox_schemas import (
    Because,
    Identity,
    IdentityReason,
    InboxAction,
    InboxActionIn,
    InboxItem,
    MergeSuggestion,
    SplitIn,
    SplitOut,
)
from backend.api.inventory.one import one_device, require_device
from backend.api.inventory.schemas import Device
from backend.api.paging import Listing, Paging, cursor_of, listing
from backend.api.policy import Operator, Viewer
from backend.domain.inventory.filters import DeviceFilter
from backend.domain.inventory.inbox_service import Wish
from backend.domain.inventory.neighbourhood import find
from backend.domain.inventory.state import DeviceState
from backend.domain.inventory.suggestions import suggest, suggested_values
from backend.domain.inventory.why import reasons
from backend.domain.page import PageRequest
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(tags=["inventory"])
MOST = 100


@router.get("/inbox", responses=responses(401, 422))
async def inbox(
    actor: Viewer, work: Work, services: Services, paging: Paging, site_id: IdQuery | None = None
) -> Listing[InboxItem]:
    """New finds, newest first, at most 100 a page, each with the devices that it may really be."""
    wanted = DeviceFilter(site_id=site_id, inbox=("new",))
    request = PageRequest(min(paging.limit, MOST), paging.offset, paging.sort or "-first_seen")
    page = await services.inventory.lists.devices(actor.site_ids, wanted, request)
    rows: list[dict[str, Any]] = orjson.loads(page.items)
    states = {d.id: d for d in await work.devices.load([row["id"] for row in rows])}
    alike = await _alike(work, list(states.values()))
    items = [_item(row, states[row["id"]], alike.get(row["site_id"], [])) for row in rows]
    end = request.offset + page.count
    following = cursor_of(end) if page.count and end < page.total else None
    return Listing[InboxItem](items=items, total=page.total, next=following)


@router.post("/inbox/actions", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409))
async def act(actor: Operator, work: Work, services: Services, body: InboxActionIn) -> InboxAction:
    """Approve, hide, ignore or merge devices, all of them or none; `undo_until` says how long it can be undone."""
    wish = Wish(body.action, tuple(dict.fromkeys(body.device_ids)), body.into_id, body.reason)
    return InboxAction.of(await services.inventory.inbox.act(work, actor, wish))


@router.get("/inbox/actions", responses=responses(401, 422))
async def actions(actor: Viewer, work: Work, paging: Paging) -> Listing[InboxAction]:
    """What was done in the inbox and by merging and splitting, newest first."""
    page = await work.inbox.actions(actor.site_ids, paging)
    return listing(page, [InboxAction.of(item) for item in page.items])


@router.post("/inbox/actions/{action_id}/undo", responses=responses(401, 403, 404, 409))
async def undo(actor: Operator, work: Work, services: Services, action_id: Id) -> InboxAction:
    """Put back exactly what an action changed; 409 says why that is not possible any more."""
    return InboxAction.of(await services.inventory.inbox.undo(work, actor, action_id))


@router.post(
    "/devices/{device_id}/split", status_code=status.HTTP_201_CREATED, responses=responses(401, 403, 404, 409)
)
async def split(actor: Operator, work: Work, services: Services, device_id: Id, body: SplitIn) -> SplitOut:
    """Make a device of its own of some addresses; no evidence joins the two again."""
    done, new_id = await services.inventory.inbox.split(work, actor, device_id, body.address_ids, body.reason)
    return SplitOut(device=await one_device(work, actor, new_id), action=InboxAction.of(done))


@router.get("/devices/{device_id}/identity", responses=responses(401, 404))
async def identity(actor: Viewer, work: Work, device_id: Id) -> Identity:
    """Why this is one device: every decision with its evidence, and who else was considered."""
    site_id = await require_device(work, actor, device_id)
    found = await reasons(work.devices, site_id, device_id)
    shown = [IdentityReason.of(reason) for reason in found]
    return Identity(confidence=min((r.confidence for r in shown), default=100), reasons=shown)


async def _alike(work: UnitOfWork, states: list[DeviceState]) -> dict[int, list[DeviceState]]:
    """By site, the devices that share something with one of these."""
    found: dict[int, list[DeviceState]] = {}
    for site_id in {d.site_id for d in states}:
        values = suggested_values(d for d in states if d.site_id == site_id)
        found[site_id] = await find(work.devices, site_id, values)
    return found


def _item(row: dict[str, Any], state: DeviceState, others: list[DeviceState]) -> InboxItem:
    source = row["sources"][0] if row["sources"] else None
    why = Because(code="found", params={"source": source, "address": row["primary_address"] or row["mac"]})
    found = [MergeSuggestion.of(s) for s in suggest(state, others)]
    return InboxItem(device=Device(**row), first_seen=row["first_seen"], why=why, suggestions=found)
