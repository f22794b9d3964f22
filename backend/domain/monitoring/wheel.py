"""When is whom to be polled: a timing wheel with a fixed phase for each monitor.

A monitor's phase comes from its uid, so ten thousand monitors spread over their interval by themselves, and each
keeps its place across restarts. The next time is always the last due time plus the interval, on a clock that never
jumps; times that passed while nobody could poll are counted and not made up.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from backend.domain.monitoring.jobs import PollJob, Watched

_SPREAD = 1 << 32


@dataclass(slots=True)
class _Entry:
    monitor: Watched
    due: float
    # On its own phase: the next turn is an interval away, without looking for it.
    in_phase: bool = True


class Wheel:
    """Holds monitors and tells whose turn it is. Times are seconds on the caller's steady clock."""

    def __init__(self) -> None:
        self._entries: dict[int, _Entry] = {}
        self._heap: list[tuple[float, int]] = []
        self._busy: set[int] = set()
        self.missed = 0  # turns that passed while nobody could poll
        self.skipped = 0  # turns that came while the poll before was still running
        self._missed_of: Counter[int] = Counter()
        self._skipped_of: Counter[int] = Counter()

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, monitor_id: int) -> bool:
        return monitor_id in self._entries

    def put(self, monitor: Watched, now: float, *, at_once: bool = False) -> None:
        """Add a monitor, or replace it: its turn moves only with its interval, or where it is to come at once."""
        known = self._entries.get(monitor.id)
        if not monitor.enabled:
            self.drop(monitor.id)
            return
        if known and known.monitor.interval_s == monitor.interval_s and not at_once:
            known.monitor = monitor
            return
        due = now if at_once else first_turn(monitor, now)
        self._entries[monitor.id] = _Entry(monitor, due, not at_once)
        heapq.heappush(self._heap, (due, monitor.id))

    def drop(self, monitor_id: int) -> None:
        """Forget a monitor; a poll of it that runs may end, and until then no other begins."""
        self._entries.pop(monitor_id, None)
        del self._missed_of[monitor_id], self._skipped_of[monitor_id]

    def keep_only(self, monitor_ids: Iterable[int]) -> None:
        """Forget every monitor but these."""
        for gone in self._entries.keys() - set(monitor_ids):
            self.drop(gone)

    def ids(self) -> set[int]:
        """Everyone who has turns."""
        return set(self._entries)

    def get(self, monitor_id: int) -> Watched | None:
        """One of them."""
        entry = self._entries.get(monitor_id)
        return entry.monitor if entry else None

    def busy(self, monitor_id: int) -> bool:
        """Whether its poll runs, or is about to."""
        return monitor_id in self._busy

    def due(self, monitor_id: int) -> float | None:
        """When its next turn is."""
        entry = self._entries.get(monitor_id)
        return entry.due if entry else None

    def left_out(self, monitor_id: int) -> tuple[int, int]:
        """How many of its turns were skipped, and how many missed."""
        return self._skipped_of[monitor_id], self._missed_of[monitor_id]

    def next_due(self) -> float:
        """When the next turn is; infinity where there is none."""
        self._clear_stale()
        return self._heap[0][0] if self._heap else math.inf

    def take(self, now: float) -> list[PollJob]:
        """Everyone whose turn has come, each marked busy until `done`."""
        jobs = []
        while self.next_due() <= now:
            due, monitor_id = heapq.heappop(self._heap)
            entry = self._entries[monitor_id]
            self._next_turn(entry, now)
            if monitor_id in self._busy:
                self.skipped += 1
                self._skipped_of[monitor_id] += 1
                continue
            self._busy.add(monitor_id)
            jobs.append(PollJob(entry.monitor, due))
        return jobs

    def done(self, monitor_id: int) -> None:
        """The poll of a monitor is over."""
        self._busy.discard(monitor_id)

    def _next_turn(self, entry: _Entry, now: float) -> None:
        interval = entry.monitor.interval_s
        following = entry.due + interval
        if not entry.in_phase:
            phase = first_turn(entry.monitor, entry.due)
            following = phase if phase > entry.due else following
            entry.in_phase = True
        if following <= now:
            passed = math.floor((now - following) / interval) + 1
            self.missed += passed
            self._missed_of[entry.monitor.id] += passed
            following += passed * interval
        entry.due = following
        heapq.heappush(self._heap, (following, entry.monitor.id))

    def _clear_stale(self) -> None:
        """Let go of turns whose monitor is gone or comes at another time."""
        while self._heap:
            due, monitor_id = self._heap[0]
            entry = self._entries.get(monitor_id)
            if entry and entry.due == due:
                return
            heapq.heappop(self._heap)


def first_turn(monitor: Watched, now: float) -> float:
    """The first moment from now on that is the monitor's own within its interval."""
    phase = monitor.uid.int % _SPREAD / _SPREAD * monitor.interval_s
    turns = math.ceil((now - phase) / monitor.interval_s)
    return phase + turns * monitor.interval_s
