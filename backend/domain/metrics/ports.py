"""Where results go: the store, and the file in which they wait while the store is away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.domain.monitoring.entry import Entry


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction kept: rows, and how many results belonged to monitors that are gone."""

    rows: int = 0
    samples: int = 0
    discarded: int = 0


class MetricStore(Protocol):
    """Keeps results for good."""

    async def write(
        self, batch: Sequence[Entry], attempted: Mapping[int, datetime], *, again: bool = False
    ) -> Written:
        """Keep a batch in one transaction, with the moments of last attempts.

        With `again`, results that are kept already stay as they are. Raises Unavailable where the database is
        away or the outcome is not known.
        """
        ...

    async def close(self) -> None:
        """Let go of what is held."""
        ...


class Spool(Protocol):
    """A file of batches in the order of their coming. What `append` answered for survives a crash."""

    @property
    def waiting(self) -> int:
        """How many results are in it."""
        ...

    async def append(self, batch: Sequence[Entry]) -> int:
        """Keep a batch; answers how many results did not fit. Raises OSError where nothing can be written."""
        ...

    async def oldest(self, most: int) -> list[Entry]:
        """The oldest batches, about as many results as that; they stay until `forget`."""
        ...

    async def forget(self) -> None:
        """What `oldest` answered is stored elsewhere now."""
        ...
