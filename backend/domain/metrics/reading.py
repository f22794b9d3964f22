"""What is read of what was measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from backend.domain.inventory.places_ports import SiteScope
from backend.domain.metrics.exposition import Exposed
from backend.domain.metrics.points import Bucket
from backend.domain.metrics.resolution import Filled, Plan
from backend.domain.monitoring.collector import Sample
from backend.domain.page import PageRequest


@dataclass(frozen=True, slots=True)
class Subject:
    """A monitor as its history needs it."""

    monitor_id: int
    collector: str
    interval_s: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """One labelled series and its newest value."""

    id: int
    name: str
    labels: dict[str, str]
    latest: float | None
    timestamp: datetime | None


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest row of a monitor, with the labelled values of the same poll."""

    subject: Subject
    values: dict[str, Any] | None
    samples: tuple[Sample, ...]


class HistoryReader(Protocol):
    """Reads rows, roll-ups and series; whether somebody may see the monitor was asked before."""

    async def subjects(self, scope: SiteScope, monitor_ids: Sequence[int]) -> list[Subject]:
        """Those of these monitors that there are within these sites."""
        ...

    async def filled(self) -> Filled:
        """How far roll-ups are filled, and what was dropped."""
        ...

    async def latest(self, monitor_id: int) -> dict[str, Any] | None:
        """The newest row: `timestamp`, `up` and every column."""
        ...

    async def rows(
        self, monitor_id: int, columns: Sequence[str], start: datetime, end: datetime, most: int
    ) -> list[Mapping[str, Any]]:
        """Rows from `start` until before `end`, the oldest first."""
        ...

    async def buckets(self, monitor_ids: Sequence[int], columns: Sequence[str], plan: Plan) -> list[Bucket]:
        """Parts of buckets, in the order of monitor and time."""
        ...

    async def series(self, monitor_id: int, request: PageRequest) -> tuple[list[Series], int]:
        """A page of the labelled series of a monitor, and how many there are."""
        ...

    async def series_id(self, monitor_id: int, name: str, labels: dict[str, str]) -> int | None:
        """One series of a monitor."""
        ...

    async def samples_at(self, monitor_id: int, at: datetime) -> list[Sample]:
        """The labelled values of one poll."""
        ...

    async def sample_rows(
        self, series_id: int, start: datetime, end: datetime, most: int
    ) -> list[Mapping[str, Any]]:
        """Values from `start` until before `end`, the oldest first."""
        ...

    async def newest(self, scope: SiteScope, monitors: int, samples: int) -> tuple[list[Exposed], bool]:
        """Values of at most so many monitors that are not too old; and whether there are more."""
        ...

    async def sample_buckets(self, series_id: int, plan: Plan) -> list[Bucket]:
        """Parts of buckets, in the order of time."""
        ...
