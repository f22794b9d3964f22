"""How punctual polls are: counted for all, remembered for each."""

from collections import deque
from dataclasses import dataclass

REMEMBERED = 10_000
# On time is within this part of the interval.
TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Turn:
    """How one monitor's turns went."""

    late_s: float | None
    next_in_s: float | None
    skipped: int
    missed: int
    polling: bool


class Timeliness:
    """Fed by the pool whenever a poll begins."""

    def __init__(self) -> None:
        self.polls = 0
        self.late = 0
        self._latest: deque[float] = deque(maxlen=REMEMBERED)
        self._of: dict[int, float] = {}

    def began(self, monitor_id: int, late_s: float, interval_s: float) -> None:
        """A poll began that late."""
        self.polls += 1
        if late_s > interval_s * TOLERANCE:
            self.late += 1
        self._latest.append(late_s)
        self._of[monitor_id] = late_s

    def forget(self, monitor_id: int) -> None:
        """A monitor is gone."""
        self._of.pop(monitor_id, None)

    def of(self, monitor_id: int) -> float | None:
        """How late one monitor's last poll began."""
        return self._of.get(monitor_id)

    def percentile(self, share: float = 0.99) -> float:
        """Within which lateness that share of the latest polls began; 0 before the first."""
        ordered = sorted(self._latest)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0
