"""Lists in pages: the parameters that ask for one, and the shape that answers."""

import base64
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel

from backend.domain.errors import Invalid
from backend.domain.page import DEFAULT_LIMIT, MAX_LIMIT, Page, PageRequest

T = TypeVar("T")
MAX_OFFSET = 10_000_000


class Listing(BaseModel, Generic[T]):
    """One page of a list; `next` is the cursor of the page after it, or null on the last one."""

    items: list[T]
    total: int
    next: str | None


async def page_request(
    limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = DEFAULT_LIMIT,
    cursor: Annotated[str | None, Query(max_length=64, description="`next` of the page before")] = None,
    sort: Annotated[str | None, Query(max_length=64, description="A field; `-field` for descending")] = None,
) -> PageRequest:
    """The page that the query asks for."""
    return PageRequest(limit=limit, offset=_offset(cursor), sort=sort)


Paging = Annotated[PageRequest, Depends(page_request)]


def cursor_of(offset: int | None) -> str | None:
    """The opaque name of a place in a list."""
    return None if offset is None else base64.urlsafe_b64encode(f"o{offset}".encode()).decode().rstrip("=")


def listing(page: Page[Any], items: list[T]) -> Listing[T]:
    """The answer for a page whose items were turned into API models."""
    return Listing[T](items=items, total=page.total, next=cursor_of(page.next_offset))


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)).decode("ascii")
        offset = int(text.removeprefix("o")) if text.startswith("o") else -1
    except ValueError:
        offset = -1
    if not 0 <= offset <= MAX_OFFSET:
        raise Invalid.for_field("cursor", "cursor_unknown", "This cursor is not one that Lanarium gave out")
    return offset
