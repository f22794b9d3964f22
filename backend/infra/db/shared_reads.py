"""Answers that several people ask for at once are asked of the database once, and kept while nothing was written.

There is one application on a database, so every write that people or scans make passes here: the answer to a
question stays the same until a transaction that wrote something that lists show is committed. Whoever asks after
that commit gets what it wrote. What another program writes (`lanarium verify --mend`) is seen within KEPT_S.
"""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

T = TypeVar("T")
KEPT_S = 2.0
MOST_KEPT = 64
WROTE = "lanarium_wrote"
_READS = re.compile(r"\s*SELECT\b", re.IGNORECASE)
_WRITES = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)", re.IGNORECASE)
# What no list of the inventory shows; a statement that is not understood counts as one that lists show.
_ELSEWHERE = frozenset(
    {
        "api_tokens",
        "artifacts",
        "audit_events",
        "login_throttles",
        "scan_chunks",
        "scan_lines",
        "scans",
        "sessions",
        "spent_refresh_tokens",
        "ws_tickets",
    }
)


class WriteCount:
    """Counts the commits that may have changed what lists show."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.value = 0
        event.listen(engine.sync_engine, "before_cursor_execute", _note)

    def committed(self, connection: AsyncConnection) -> None:
        """A transaction of this connection is committed."""
        if connection.info.pop(WROTE, False):
            self.value += 1


def _note(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
    if not _READS.match(statement) and is_shown(statement):
        connection.info[WROTE] = True


def is_shown(statement: str) -> bool:
    """Whether a statement that writes may change what lists show."""
    written = _WRITES.match(statement)
    return written is None or written[1].lower() not in _ELSEWHERE


@dataclass(frozen=True, slots=True)
class _Kept:
    writes: int
    until: float
    answer: "asyncio.Task[Any]"


class SharedReads:
    """Asks the database, unless it was asked the same just now and nothing was written since."""

    def __init__(self, writes: WriteCount) -> None:
        self._writes = writes
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()

    async def read(self, question: Hashable, query: Callable[[], Awaitable[T]]) -> T:
        """The answer; the query writes nothing, and depends on nothing that is not in the question.

        A query that fails is not kept; whoever waited for it gets its error.
        """
        kept = self._kept.get(question)
        if kept is None or kept.writes != self._writes.value or kept.until < time.monotonic():
            kept = self._ask(question, query)
        # Shielded: whoever asked first may go away, those who wait with it have not.
        return cast("T", await asyncio.shield(kept.answer))

    def _ask(self, question: Hashable, query: Callable[[], Awaitable[T]]) -> _Kept:
        task = asyncio.ensure_future(query())
        kept = _Kept(self._writes.value, time.monotonic() + KEPT_S, task)
        self._kept[question] = kept
        self._kept.move_to_end(question)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        task.add_done_callback(lambda done: self._forget_failed(question, done))
        return kept

    def _forget_failed(self, question: Hashable, done: "asyncio.Task[Any]") -> None:
        failed = done.cancelled() or done.exception() is not None
        if failed and (kept := self._kept.get(question)) and kept.answer is done:
            del self._kept[question]
