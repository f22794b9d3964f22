"""How every monitor is doing, held in memory: judged there, so that judging goes on while storage is away."""

from collections.abc import Mapping
from datetime import datetime

from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.jobs import Failure, Watched
from backend.domain.monitoring.states import (
    Condition,
    Verdict,
    after_answer,
    after_failure,
    after_gap,
    switched,
)


class Board:
    """Conditions by monitor."""

    def __init__(self) -> None:
        self._known: dict[int, Condition] = {}

    def load(self, conditions: Mapping[int, Condition]) -> None:
        """Take what is stored, for monitors of which nothing is known yet."""
        self._known = {**conditions, **self._known}

    def of(self, monitor_id: int, at: datetime) -> Condition:
        """How one is doing."""
        return self._known.get(monitor_id) or Condition("pending", at)

    def forget(self, monitor_id: int) -> None:
        """A monitor is gone."""
        self._known.pop(monitor_id, None)

    def answered(self, monitor: Watched, at: datetime, latency_ms: float | None) -> Verdict:
        """It answered. What was paused meanwhile stays paused."""
        known = self.of(monitor.id, at)
        if known.state == "paused":
            return known, None
        return self._keep(monitor.id, after_answer(known, at, latency_ms))

    def failed(self, monitor: Watched, at: datetime, failure: Failure) -> Verdict:
        """It did not."""
        known = self.of(monitor.id, at)
        if known.state == "paused":
            return known, None
        pings = monitor.collector == "ping"
        return self._keep(monitor.id, after_failure(known, at, failure, pings=pings))

    def switched(self, monitor: Watched, at: datetime) -> Entry | None:
        """What is to be written where a monitor was paused, or let go on; None where nothing turned."""
        return self._turned(monitor, at, switched(self.of(monitor.id, at), at, on=monitor.enabled))

    def unwatched(self, monitor: Watched, at: datetime) -> Entry | None:
        """What is to be written where nobody looked for a while; None where somebody did."""
        return self._turned(monitor, at, after_gap(self.of(monitor.id, at), at, monitor.interval_s))

    def _turned(self, monitor: Watched, at: datetime, verdict: Verdict) -> Entry | None:
        condition, transition = self._keep(monitor.id, verdict)
        if transition is None:
            return None
        return Entry(monitor.id, monitor.site_id, at, None, condition, transition=transition)

    def _keep(self, monitor_id: int, verdict: Verdict) -> Verdict:
        self._known[monitor_id] = verdict[0]
        return verdict
