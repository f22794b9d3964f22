"""What a sample of big networks came to."""

import dataclasses

from fastapi import APIRouter
from pydantic import BaseModel

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.paging import Paging, cursor_of
from backend.api.policy import Viewer
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.sampling import SAMPLE, block_count, in_use
from backend.domain.errors import NotFound
from backend.domain.page import Page

router = APIRouter(tags=["discovery"])


class InUseOut(BaseModel):
    """A /24 in which somebody answered, with how many of its addresses the sample asked."""

    network: str
    asked: int
    answered: int


class SampleOut(BaseModel):
    """A page of the /24s in use, and the whole in numbers; `networks` are all /24s that were to be sampled."""

    items: list[InUseOut]
    total: int
    next: str | None
    networks: int
    asked: int
    answered: int


@router.get("/scans/{scan_id}/sample", responses=responses(401, 404))
async def scan_sample(actor: Viewer, work: Work, services: Services, scan_id: Id, paging: Paging) -> SampleOut:
    """Which /24s of a sample are in use, by address. There is none for a scan of another profile."""
    scan = await services.discovery.scans.visible(work, actor, scan_id)
    if scan.profile != SAMPLE:
        raise NotFound.of("sample", scan_id)
    reach = AddressSet.parse(scan.ranges)
    found = await work.discovery.answered(scan_id, paging)
    items = in_use(reach, scan.uid, found.page)
    page = Page.of(items, found.networks, paging)
    return SampleOut(
        items=[InUseOut(**dataclasses.asdict(item)) for item in items],
        total=found.networks,
        next=cursor_of(page.next_offset),
        networks=block_count(reach),
        asked=scan.address_count,
        answered=found.addresses,
    )
