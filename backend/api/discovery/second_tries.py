"""Second tries: chunks again or in pieces, difficult targets again."""

from typing import Annotated

from fastapi import APIRouter, Path

from backend.api.deps import Services, Work
from backend.api.discovery.schemas import ChunkOut, DifficultTargetOut
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.paging import Listing, Paging, listing
from backend.api.policy import Operator, Viewer
from backend.domain.errors import NotFound
from backend.domain.unit_of_work import UnitOfWork

router = APIRouter(tags=["discovery"])
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.post("/scans/{scan_id}/chunks/{number}/retry", responses=responses(401, 403, 404, 409))
async def retry_chunk(actor: Operator, work: Work, services: Services, scan_id: Id, number: Number) -> ChunkOut:
    """Run one chunk of a scan that is at rest again: what it is missing, or all of it where it was done."""
    await services.discovery.second_tries.retry_chunk(work, actor, scan_id, number)
    return await _chunk(work, scan_id, number)


@router.post("/scans/{scan_id}/chunks/{number}/split", responses=responses(401, 403, 404, 409))
async def split_chunk(actor: Operator, work: Work, services: Services, scan_id: Id, number: Number) -> ChunkOut:
    """Hand what a chunk is missing to pieces of at most half its size, and run those; answers the chunk."""
    await services.discovery.second_tries.split_chunk(work, actor, scan_id, number)
    return await _chunk(work, scan_id, number)


@router.get("/scans/{scan_id}/difficult-targets", responses=responses(401, 404))
async def difficult_targets(
    actor: Viewer, work: Work, services: Services, scan_id: Id, paging: Paging
) -> Listing[DifficultTargetOut]:
    """The addresses that were put aside, by address: each with a code, a sentence and its chunk."""
    await services.discovery.scans.visible(work, actor, scan_id)
    page = await work.discovery.difficult_targets(scan_id, paging)
    return listing(page, [DifficultTargetOut.of(target) for target in page.items])


@router.post("/scans/{scan_id}/difficult-targets/{target_id}/retry", responses=responses(401, 403, 404, 409))
async def retry_target(
    actor: Operator, work: Work, services: Services, scan_id: Id, target_id: Id
) -> DifficultTargetOut:
    """Ask an address that was put aside again, in a chunk of its own."""
    return DifficultTargetOut.of(
        await services.discovery.second_tries.retry_target(work, actor, scan_id, target_id)
    )


async def _chunk(work: UnitOfWork, scan_id: int, number: int) -> ChunkOut:
    chunks = await work.scans.chunks(scan_id)
    chunk = next((chunk for chunk in chunks if chunk.number == number), None)
    if chunk is None:
        raise NotFound.of("chunk", number)
    return ChunkOut.of(chunk, await work.discovery.artifacts(scan_id))
