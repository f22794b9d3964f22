"""Changes, snapshots, comparisons, and since when things are as they are."""

from collections import Counter
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from backend.api.deps import Read
from backend.api.errors import responses
from backend.api.fields import MAX_ID, Id, IdQuery, Moment, Search, Word
from backend.api.history.schemas import Change, Comparison, DifferenceOut, Since, Snapshot
from backend.api.inventory.one import require_device
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Viewer
from backend.domain.accounts.actor import Actor
from backend.domain.clock import utc_now
from backend.domain.errors import NotFound
from backend.domain.history.change import ChangeFilter
from backend.domain.history.differences import ChangeKind
from backend.domain.history.reading import SnapshotRow, blamed, compare
from backend.domain.inventory.places import visible_site
from backend.domain.page import Page
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(tags=["history"])


class ChangesWanted(BaseModel):
    """Which changes to list."""

    site_id: int | None = Field(None, ge=1, le=MAX_ID)
    scan_id: int | None = Field(None, ge=1, le=MAX_ID)
    snapshot_id: int | None = Field(None, ge=1, le=MAX_ID)
    kind: list[ChangeKind] = Field(default_factory=list, max_length=20)
    source: list[Word] = Field(default_factory=list, max_length=20)
    since: Moment | None = None
    until: Moment | None = Field(None, description="Not included")
    q: Search = Field("", description="In names, keys, old and new values")
    noise: bool = Field(False, description="With what flaps")

    def filter(self, actor: Actor, device_id: int | None = None) -> ChangeFilter:
        """The same for the domain; raises NotFound for a site that is not the caller's."""
        if self.site_id is not None and not actor.may_see_site(self.site_id):
            raise NotFound.of("site", self.site_id)
        return ChangeFilter(
            sites=frozenset((self.site_id,)) if self.site_id else frozenset(actor.site_ids),
            device_id=device_id,
            scan_id=self.scan_id,
            snapshot_id=self.snapshot_id,
            kinds=tuple(self.kind),
            sources=tuple(self.source),
            since=self.since,
            until=self.until,
            q=self.q,
            noise=self.noise,
        )


Wanted = Annotated[ChangesWanted, Query()]


class Points(BaseModel):
    """Two points in time: a snapshot, or a moment."""

    site_id: int | None = Field(None, ge=1, le=MAX_ID, description="Unset: the default site")
    from_snapshot: int | None = Field(None, ge=1, le=MAX_ID)
    from_time: Moment | None = Field(None, description="Unset, and no snapshot: before history began")
    to_snapshot: int | None = Field(None, ge=1, le=MAX_ID)
    to_time: Moment | None = Field(None, description="Unset, and no snapshot: now")


@router.get("/changes", responses=responses(401, 404, 422))
async def list_changes(actor: Viewer, work: Read, wanted: Wanted, paging: Paging) -> Listing[Change]:
    """What changed, newest first."""
    page = await work.change_feed.page(wanted.filter(actor), paging)
    return listing(page, [Change.of(row) for row in page.items])


@router.get("/devices/{device_id}/changes", responses=responses(401, 404, 422))
async def device_changes(
    actor: Viewer, work: Read, device_id: Id, wanted: Wanted, paging: Paging
) -> Listing[Change]:
    """What changed of one device, newest first."""
    await require_device(work, actor, device_id)
    page = await work.change_feed.page(wanted.filter(actor, device_id), paging)
    return listing(page, [Change.of(row) for row in page.items])


@router.get("/devices/{device_id}/since", responses=responses(401, 404))
async def since_when(actor: Viewer, work: Read, device_id: Id) -> Listing[Since]:
    """Since when each thing of a device is as it is, and what saw it first."""
    await require_device(work, actor, device_id)
    device = (await work.devices.load([device_id]))[0]
    now = (await work.changes.portraits([device.uid])).get(device.uid) or {}
    found = blamed(await work.change_feed.first_version(device.uid), await work.change_feed.blame(device.uid))
    items = [Since.of(item, now) for item in found if item.key in now]
    return Listing[Since](items=items, total=len(items), next=None)


@router.get("/snapshots", responses=responses(401, 404))
async def list_snapshots(
    actor: Viewer, work: Read, paging: Paging, site_id: IdQuery | None = None
) -> Listing[Snapshot]:
    """Every state that has a name, newest first."""
    one = None if site_id is None else await visible_site(work, actor, site_id)
    page = await work.change_feed.snapshots(frozenset((one.id,)) if one else frozenset(actor.site_ids), paging)
    return listing(page, [Snapshot.of(row) for row in page.items])


@router.get("/snapshots/{snapshot_id}", responses=responses(401, 404))
async def one_snapshot(actor: Viewer, work: Read, snapshot_id: Id) -> Snapshot:
    """One of them."""
    return Snapshot.of(await _snapshot(work, actor, snapshot_id))


@router.get("/changes/compare", responses=responses(401, 404, 422))
async def compare_points(
    actor: Viewer, work: Read, points: Annotated[Points, Query()], paging: Paging
) -> Comparison:
    """What is different between two points in time of a site."""
    site_id = (await visible_site(work, actor, points.site_id)).id
    first = await _point(work, actor, site_id, points.from_snapshot, points.from_time)
    last = await _point(work, actor, site_id, points.to_snapshot, points.to_time or utc_now())
    first_id, last_id = (point.id if point else 0 for point in (first, last))
    found = await compare(work.change_feed, site_id, first_id, last_id)
    some = found[paging.offset : paging.offset + paging.limit]
    page = listing(Page.of(some, len(found), paging), [DifferenceOut.of(item) for item in some])
    return Comparison(
        site_id=site_id,
        from_snapshot=Snapshot.of(first) if first else None,
        to_snapshot=Snapshot.of(last) if last else None,
        counts=dict(Counter(item.difference.kind for item in found)),
        items=page.items,
        total=page.total,
        next=page.next,
    )


async def _point(
    work: UnitOfWork, actor: Actor, site_id: int, snapshot_id: int | None, at: datetime | None
) -> SnapshotRow | None:
    if snapshot_id is None:
        snapshot_id = await work.change_feed.snapshot_at(site_id, at) if at else None
        return await work.change_feed.snapshot(snapshot_id) if snapshot_id else None
    found = await _snapshot(work, actor, snapshot_id)
    if found.site_id != site_id:
        raise NotFound.of("snapshot", snapshot_id)
    return found


async def _snapshot(work: UnitOfWork, actor: Actor, snapshot_id: int) -> SnapshotRow:
    found = await work.change_feed.snapshot(snapshot_id)
    if found is None or not actor.may_see_site(found.site_id):
        raise NotFound.of("snapshot", snapshot_id)
    return found
