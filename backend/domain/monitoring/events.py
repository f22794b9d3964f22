"""What monitoring tells the rest of the program."""

from dataclasses import dataclass
from datetime import datetime

from backend.domain.monitoring.entry import Entry


@dataclass(frozen=True, slots=True)
class MonitorResult:
    """A poll is over; `provisional` until it is stored."""

    entry: Entry
    provisional: bool = True


@dataclass(frozen=True, slots=True)
class MonitorTurned:
    """A state turned, and that is stored."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class StorageAway:
    """Results go to a file since then; None when the database took all of them."""

    since: datetime | None
    waiting: int
    lost: int
