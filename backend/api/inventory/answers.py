"""Answers whose JSON PostgreSQL has built already."""

from starlette.responses import Response

from backend.api.paging import cursor_of
from backend.domain.inventory.reading import JsonPage
from backend.domain.page import PageRequest

NO_STORE = {"Cache-Control": "no-store"}


def json_text(body: str) -> Response:
    """An answer from JSON text."""
    return Response(body, media_type="application/json", headers=NO_STORE)


def json_listing(page: JsonPage, request: PageRequest) -> Response:
    """One page of a list, in the shape of `Listing`."""
    end = request.offset + page.count
    cursor = cursor_of(end) if page.count and end < page.total else None
    following = f'"{cursor}"' if cursor else "null"
    return json_text(f'{{"items":{page.items},"total":{page.total},"next":{following}}}')
