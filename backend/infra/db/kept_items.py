"""Items of lists as JSON text, kept by the name of the row's version: what is kept is never out of date.

PostgreSQL gives each version of a row the number of the transaction that wrote it (`xmin`). A page is asked for as
names, `id.xmin` and the same of whatever else the item shows; only items whose names were never seen are built and
fetched. Who changed a row, this program or another, changed its name. A database that was lost may be another one
when it comes back (a standby that had not everything counts on from an earlier number), so then all is forgotten.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import orjson

from backend.infra.db.reads import Reads, Statement

IDS = "ids"
MOST_CHARACTERS = 24 * 1024 * 1024


class _Row(Protocol):
    """Names and items, each an array or nothing."""

    def __getitem__(self, index: int) -> list[str] | None: ...


class KeptItems:
    """The items of one list. The statement takes `ids`, and answers one row: names, and items as text."""

    def __init__(self, reads: Reads, statement: Statement, most_characters: int = MOST_CHARACTERS) -> None:
        self._reads = reads
        self._statement = statement
        self._most = most_characters
        self._kept: dict[str, str] = {}
        self._characters = 0
        self._cuts = reads.cuts

    async def array(self, names: Sequence[str]) -> str:
        """A JSON array of the items: one that was deleted meanwhile is left out, one that changed is as it is."""
        if self._cuts != self._reads.cuts:
            self._forget()
        items = [self._kept.get(name) for name in names]
        if None in items:
            missing = [_id_of(name) for name, item in zip(names, items, strict=True) if item is None]
            found = await self._fetch(missing)
            items = [
                found.get(_id_of(name)) if item is None else item for name, item in zip(names, items, strict=True)
            ]
        return f"[{','.join(filter(None, items))}]"

    async def _fetch(self, ids: list[int]) -> Mapping[int, str]:
        cuts = self._reads.cuts
        row: _Row = await self._reads.row(self._statement, {IDS: ids})
        # What the database writes has spaces in it, which would be sent each time.
        items = [orjson.dumps(orjson.loads(item)).decode() for item in row[1] or ()]
        found = dict(zip(row[0] or (), items, strict=True))
        if cuts == self._reads.cuts:
            self._keep(found)
        return {_id_of(name): item for name, item in found.items()}

    def _keep(self, found: Mapping[str, str]) -> None:
        for name, item in found.items():
            self._characters += len(item) - len(self._kept.get(name, ""))
            self._kept[name] = item
        while self._characters > self._most:
            self._characters -= len(self._kept.pop(next(iter(self._kept))))

    def _forget(self) -> None:
        self._kept.clear()
        self._characters = 0
        self._cuts = self._reads.cuts


def _id_of(name: str) -> int:
    return int(name.partition(".")[0])
