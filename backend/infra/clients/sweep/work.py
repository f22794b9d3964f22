"""What every part of a sweep shares: the job, the pace, the news, the time that is left, the sums."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

from backend.infra.clients.sweep.news import News
from backend.infra.clients.sweep.passes import Pace, Passes, Stopped

TYPE_CHECKING = False  # as typing has it, which takes longer to import than a sweep to start
if TYPE_CHECKING:
    from typing import Any

    from backend.infra.clients.sweep.prober import ClosingProber


class Work:
    """One sweep's common things."""

    def __init__(self, job: dict[str, Any], news: News) -> None:
        self.job, self.news = job, news
        self.pace = Pace(job["rate"])
        self.span = (0.0, 1.0)
        self.sent = self.received = self.passes = self.unsendable = 0
        self._ends_at = time.monotonic() + float(job["deadline_s"])
        self._stopped = False
        self._lost = self._tried = 0

    def stop(self, *_: object) -> None:
        """End soon, and say what was found."""
        self._stopped = True

    @property
    def loss(self) -> float:
        """The share of questions to those that are there that got no answer."""
        return round(self._lost / self._tried, 5) if self._tried else 0.0

    def ask(self, prober: ClosingProber, least_passes: int = 1) -> None:
        """Put a prober's questions in passes, and add up what it came to. Raises Stopped."""
        passes = Passes(prober, self.pace, self.job["max_passes"], self.turn_over, least_passes)
        with closing(prober):
            try:
                passes.run(range(prober.count))
            finally:
                self.add(passes.tally.sent, passes.tally.received, prober.unsendable)
                self.passes = max(self.passes, passes.tally.passes)
                self._lost += passes.tally.lost
                self._tried += passes.tally.tried

    def add(self, sent: int, received: int, unsendable: int) -> None:
        """Count packets."""
        self.sent += sent
        self.received += received
        self.unsendable += unsendable

    def turn_over(self, fraction: float) -> None:
        """Tell the news if it is time; raises Stopped when it is over."""
        low, high = self.span
        self.news.tell(low + (high - low) * min(fraction, 0.99) if fraction >= 0 else None)
        if self._stopped:
            raise Stopped("stopped")
        if time.monotonic() > self._ends_at:
            raise Stopped("deadline")

    def part(self, low: float, high: float) -> Callable[[float, float], None]:
        """The progress from here on lies between these; answers how to say which part of that comes next."""

        def within(start: float, end: float) -> None:
            self.span = (low + (high - low) * start, low + (high - low) * end)

        within(0.0, 1.0)
        return within
