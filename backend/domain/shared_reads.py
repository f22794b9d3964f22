"""Questions that many people ask at the same time, answered once."""

from collections.abc import Awaitable, Callable, Hashable
from typing import Protocol, TypeVar

T = TypeVar("T")


class SharedReads(Protocol):
    """Asks the database, unless it was asked the same just now and nothing was written since."""

    async def read(self, question: Hashable, query: Callable[[], Awaitable[T]]) -> T:
        """The answer of the query, which writes nothing and depends on nothing that is not in the question."""
        ...
