"""How polling is doing, for status and Prometheus; and what every part forgets when a monitor is deleted."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from backend.domain.bus import EventBus
from backend.domain.health import PollingReport
from backend.domain.monitoring.monitors import MonitorChanged
from backend.domain.monitoring.poller import PollerPool
from backend.domain.monitoring.scheduler import PollScheduler


class WriterCounts(Protocol):
    """What became of the results."""

    rows: int
    samples: int
    discarded: int
    refused: int
    lost: int


class ResultWriter(Protocol):
    """What is asked of the writer."""

    @property
    def counts(self) -> WriterCounts:
        """Since the start."""
        ...

    @property
    def away_since(self) -> datetime | None:
        """Since when results go to a file."""
        ...

    @property
    def waiting(self) -> int:
        """How many are not stored yet."""
        ...

    @property
    def spooled(self) -> int:
        """How many wait in the file."""
        ...


def polling_report(scheduler: PollScheduler, pool: PollerPool, writer: ResultWriter) -> PollingReport:
    """Everything that is counted, now."""
    times, polls, kept = scheduler.timeliness, pool.counts, writer.counts
    return PollingReport(
        monitors=len(scheduler),
        polling=pool.polling,
        polls=times.polls,
        late=times.late,
        late_p99_s=times.percentile(),
        skipped=scheduler.skipped,
        missed=scheduler.missed,
        answered=polls.answered,
        failed=polls.failed,
        rechecked=polls.rechecked,
        rows=kept.rows,
        samples=kept.samples,
        discarded=kept.discarded,
        refused=kept.refused,
        storage_away_since=writer.away_since,
        waiting=writer.waiting,
        spooled=writer.spooled,
        lost=kept.lost,
    )


def forget_monitors(bus: EventBus, *forget: Callable[[int], None]) -> None:
    """Have a deleted monitor forgotten everywhere."""

    def gone(event: MonitorChanged) -> None:
        if event.gone:
            for each in forget:
                each(event.monitor_id)

    bus.subscribe(MonitorChanged, gone)
