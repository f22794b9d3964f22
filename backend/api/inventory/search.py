"""Tags, and the search behind the command palette."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from backend.api.deps import Read
from backend.api.errors import responses
from backend.api.fields import Search
from backend.api.inventory.answers import json_listing
from backend.api.inventory.filters import QUERY_HELP
from backend.api.inventory.schemas import SearchHit, Tag
from backend.api.paging import Listing, Paging
from backend.api.policy import Viewer
from backend.domain.inventory.reading import JsonPage
from backend.domain.page import PageRequest

router = APIRouter(tags=["inventory"])


@router.get("/tags", response_model=Listing[Tag], responses=responses(401))
async def tags(actor: Viewer, work: Read, paging: Paging) -> Response:
    """Tags by name, with how often each is used where the caller may look."""
    return json_listing(await work.inventory.tags(actor.site_ids, paging), paging)


@router.get("/search", response_model=Listing[SearchHit], responses=responses(401, 422))
async def search(
    actor: Viewer,
    work: Read,
    q: Annotated[Search, Query(description=QUERY_HELP)] = "",
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> Response:
    """Whatever bears the words, devices first; nothing for an empty query."""
    found = await work.inventory.search(actor.site_ids, q, limit) if q else JsonPage("[]", 0, 0)
    return json_listing(JsonPage(found.items, found.count, found.count), PageRequest(limit=limit))
