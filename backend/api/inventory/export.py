"""Devices as a table for spreadsheets."""

from collections.abc import AsyncIterator

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from backend.api.deps import Services
from backend.api.errors import responses
from backend.api.inventory.filters import Wanted
from backend.api.policy import Viewer
from backend.api.services import Services as ServiceSet
from backend.domain.inventory.filters import DeviceFilter
from backend.domain.inventory.places_ports import SiteScope
from backend.domain.inventory.table import BOM, COLUMNS, csv_line, device_cells

router = APIRouter(tags=["inventory"])
HEADERS = {
    "Content-Disposition": 'attachment; filename="devices.csv"',
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


@router.get(
    "/devices/export.csv",
    response_class=StreamingResponse,
    responses={**responses(401, 422), 200: {"content": {"text/csv": {"schema": {"type": "string"}}}}},
)
async def export(actor: Viewer, services: Services, wanted: Wanted) -> StreamingResponse:
    """Every device that fits, as CSV in UTF-8; no cell can become a formula."""
    body = _lines(services, actor.site_ids, wanted)
    return StreamingResponse(body, media_type="text/csv; charset=utf-8; header=present", headers=HEADERS)


async def _lines(services: ServiceSet, scope: SiteScope, wanted: DeviceFilter) -> AsyncIterator[str]:
    """The table, a line at a time, in a transaction of its own: the request's is over before the answer leaves."""
    yield BOM + csv_line(COLUMNS)
    async with services.transactions() as work:
        async for device in work.inventory.export(scope, wanted):
            yield csv_line(device_cells(device))
