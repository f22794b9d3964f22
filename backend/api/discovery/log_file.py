"""The whole log of a scan as one text file."""

from collections.abc import AsyncIterator

from fastapi import APIRouter
from starlette.responses import StreamingResponse

from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id, iso
from backend.api.policy import Viewer
from backend.api.services import Services as ServiceSet

router = APIRouter(tags=["discovery"])
BATCH = 5_000


@router.get(
    "/scans/{scan_id}/log.txt",
    response_class=StreamingResponse,
    responses={**responses(401, 404), 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def scan_log(actor: Viewer, work: Work, services: Services, scan_id: Id) -> StreamingResponse:
    """Every line with its time and chunk, to save and never to show: it holds what strangers' devices said."""
    await services.discovery.scans.visible(work, actor, scan_id)
    headers = {
        "Content-Disposition": f'attachment; filename="scan-{scan_id}.log"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return StreamingResponse(_lines(services, scan_id), headers=headers, media_type="text/plain; charset=utf-8")


async def _lines(services: ServiceSet, scan_id: int) -> AsyncIterator[str]:
    """In batches, each in a transaction of its own: a slow reader holds none open."""
    after = 0
    while True:
        async with services.transactions() as work:
            lines = await work.discovery.scan_lines(scan_id, after, BATCH)
        yield "".join(f"{iso(line.at)} {line.chunk:>5} {line.text}\n" for line in lines)
        if len(lines) < BATCH:
            return
        after = lines[-1].seq
