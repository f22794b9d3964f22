"""What scans said and found: chunks, hosts, lines, files."""

from ipaddress import ip_address
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Path, Query
from starlette.responses import StreamingResponse

from backend.api.deps import Services, Work
from backend.api.discovery.host_schemas import HostOut
from backend.api.discovery.schemas import ArtifactOut, ChunkOut, LineOut
from backend.api.errors import responses
from backend.api.fields import MAX_ID, Id, Search
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Viewer
from backend.domain.errors import Invalid, NotFound
from backend.domain.page import MAX_LIMIT, Page

T = TypeVar("T")
router = APIRouter(tags=["discovery"])
MEDIA_TYPES = {"xml": "application/xml", "nmap": "text/plain", "gnmap": "text/plain"}


@router.get("/scans/{scan_id}/chunks", responses=responses(401, 404))
@router.get("/scans/{scan_id}/batches", include_in_schema=False)
async def scan_chunks(
    actor: Viewer, work: Work, services: Services, scan_id: Id, paging: Paging
) -> Listing[ChunkOut]:
    """The chunks of a scan with their files, in order."""
    await services.discovery.scans.visible(work, actor, scan_id)
    chunks = await work.scans.chunks(scan_id)
    files = await work.discovery.artifacts(scan_id)
    items = [ChunkOut.of(chunk, files) for chunk in chunks]
    return _slice(items, paging)


@router.get("/scans/{scan_id}/hosts", responses=responses(401, 404))
async def scan_hosts(
    actor: Viewer, work: Work, services: Services, scan_id: Id, paging: Paging
) -> Listing[HostOut]:
    """The hosts that a scan saw, by address."""
    await services.discovery.scans.visible(work, actor, scan_id)
    page = await work.discovery.hosts(scan_id, paging)
    return listing(page, [HostOut.of(row) for row in page.items])


@router.get("/hosts/{host_id}", responses=responses(401, 404))
async def host(actor: Viewer, work: Work, host_id: Id) -> HostOut:
    """One host as one scan saw it."""
    row = await work.discovery.host(host_id)
    if row is None or not actor.may_see_site(row.site_id):
        raise NotFound.of("host", host_id)
    return HostOut.of(row)


@router.get("/targets/{address}/history", responses=responses(401))
async def target_history(
    actor: Viewer, work: Work, address: Annotated[str, Path(max_length=64)], paging: Paging
) -> Listing[HostOut]:
    """Everything that was ever observed at an address, newest first."""
    page = await work.discovery.history(_address(address), actor.site_ids, paging)
    return listing(page, [HostOut.of(row) for row in page.items])


@router.get("/scans/{scan_id}/lines", responses=responses(401, 404))
async def scan_lines(
    *,
    actor: Viewer,
    work: Work,
    services: Services,
    scan_id: Id,
    after: Annotated[int, Query(ge=0, le=MAX_ID, description="The number of the last line that you have")] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = MAX_LIMIT,
    q: Annotated[Search | None, Query(description="Only lines with this text, in whatever case")] = None,
    chunk: Annotated[int | None, Query(ge=0, le=MAX_ID, description="Only lines of this chunk")] = None,
) -> Listing[LineOut]:
    """The log as the WebSocket sent it; `next` is the `after` of the page that follows, `total` all that fit."""
    found = await services.discovery.scans.visible(work, actor, scan_id)
    if q or chunk is not None:
        some, total = await work.discovery.find_lines(scan_id, after, limit, q or "", chunk)
        last = str(some[-1].seq) if len(some) == limit else None
        return Listing[LineOut](items=[LineOut.of(line) for line in some], total=total, next=last)
    lines = await work.discovery.scan_lines(scan_id, after, limit)
    more = len(lines) == limit and lines[-1].seq < found.last_seq
    following = str(lines[-1].seq) if more else None
    return Listing[LineOut](items=[LineOut.of(line) for line in lines], total=found.last_seq, next=following)


@router.get("/scans/{scan_id}/artifacts", responses=responses(401, 404))
async def scan_artifacts(
    actor: Viewer, work: Work, services: Services, scan_id: Id, paging: Paging
) -> Listing[ArtifactOut]:
    """The files of a scan."""
    await services.discovery.scans.visible(work, actor, scan_id)
    return _slice([ArtifactOut.of(item) for item in await work.discovery.artifacts(scan_id)], paging)


@router.get("/artifacts/{uid}", responses=responses(401, 404), response_class=StreamingResponse)
async def artifact(actor: Viewer, work: Work, services: Services, uid: UUID) -> StreamingResponse:
    """One file, to save and never to show: it holds what strangers' devices said."""
    found = await work.discovery.artifact(uid)
    if found is None or not actor.may_see_site(found[1]):
        raise NotFound.of("artifact", str(uid))
    file = found[0]
    size, content = await services.discovery.files.open(file.path)
    headers = {
        "Content-Disposition": f'attachment; filename="scan-{file.scan_id}-{file.uid}.{file.kind}"',
        "Content-Length": str(size),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return StreamingResponse(content, headers=headers, media_type=MEDIA_TYPES[file.kind])


def _address(text: str) -> str:
    try:
        return str(ip_address(text.partition("%")[0]))
    except ValueError:
        raise Invalid.for_field("address", "not_an_address", "This is not an IP address") from None


def _slice(items: list[T], paging: Paging) -> Listing[T]:
    part = items[paging.offset : paging.offset + paging.limit]
    return listing(Page.of(list[object](part), len(items), paging), part)
