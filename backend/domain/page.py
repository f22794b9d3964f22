"""Lists come in pages."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

DEFAULT_LIMIT = 50
MAX_LIMIT = 500


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which page of a list is wanted: at most `limit` items after `offset`, in the order `sort` names.

    The cursor that a client sees is opaque; what is behind it is an offset, because every list here is
    sorted by columns that people choose and stays small enough for PostgreSQL to skip quickly.
    """

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    sort: str | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and how many items the whole has."""

    items: tuple[T, ...]
    total: int
    next_offset: int | None

    @classmethod
    def of(cls, items: list[T], total: int, request: PageRequest) -> "Page[T]":
        """A page whose next one begins where this one ends."""
        end = request.offset + len(items)
        return cls(tuple(items), total, end if items and end < total else None)
