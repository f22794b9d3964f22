"""Scans in and out as files."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request, status
from starlette.responses import StreamingResponse

from backend.api.deps import Services, Work
from backend.api.discovery.schemas import ScanOut
from backend.api.errors import responses
from backend.api.fields import Id, IdQuery, Line
from backend.api.policy import Operator, Viewer
from backend.api.services import Services as ServiceSet
from backend.domain.discovery import export as files
from backend.domain.discovery.export import MEDIA_TYPES, Format
from backend.domain.discovery.scan import Scan
from backend.domain.page import PageRequest

router = APIRouter(tags=["discovery"])
AT_ONCE = 500
_TEXT = {"schema": {"type": "string"}}


@router.get(
    "/scans/{scan_id}/export",
    response_class=StreamingResponse,
    responses={
        **responses(401, 404),
        200: {
            "content": {kind.partition(";")[0]: {"schema": {"type": "string"}} for kind in MEDIA_TYPES.values()}
        },
    },
)
async def export_scan(
    actor: Viewer,
    work: Work,
    services: Services,
    scan_id: Id,
    form: Annotated[Format, Query(alias="format")] = "xml",
) -> StreamingResponse:
    """The hosts of a scan: XML as nmap writes it, JSON, or CSV in which no cell can become a formula."""
    scan = await services.discovery.scans.visible(work, actor, scan_id)
    headers = {
        "Content-Disposition": f'attachment; filename="scan-{scan.id}.{form}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_lines(services, scan, form), media_type=MEDIA_TYPES[form], headers=headers)


async def _lines(services: ServiceSet, scan: Scan, form: Format) -> AsyncIterator[str]:
    """The file, page by page, in a transaction of its own: the request's is over before the answer leaves."""
    yield files.head(scan, form)
    offset = up = 0
    async with services.transactions() as work:
        while True:
            page = await work.discovery.hosts(scan.id, PageRequest(AT_ONCE, offset))
            for number, row in enumerate(page.items, start=offset):
                up += files.is_up(row)
                yield files.host(row, form, first=number == 0)
            offset += len(page.items)
            if page.next_offset is None:
                break
    yield files.foot(scan, form, up=up, total=offset)


@router.post(
    "/scans/import",
    status_code=status.HTTP_201_CREATED,
    responses=responses(401, 403, 404, 413, 415),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/xml": {"schema": {"type": "string", "description": "nmap's XML"}}},
        }
    },
)
async def import_scan(
    *,
    actor: Operator,
    work: Work,
    services: Services,
    request: Request,
    project_id: IdQuery | None = None,
    name: Annotated[Line, Query()] = "",
) -> ScanOut:
    """Take in a report of nmap's from elsewhere, up to 64 MB: each host is evidence with the source import."""
    scan = await services.discovery.imports.take(work, actor, request.stream(), project_id, name)
    return ScanOut.of(scan)
