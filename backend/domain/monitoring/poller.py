"""The pool that polls: takes jobs, measures, judges, has failures confirmed, and hands results to the writer.

    PollJobs (100) ──► a task each ──► [device] [failing] [collector] ──► measure ──► recheck ──► judge
                                                                                 bus, at once ◄┴► MetricResults

A hung target holds one place until its deadline and nothing else: those that failed last time share a part of the
places, so that however many hang, the others keep theirs.
"""

import asyncio
import logging
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from math import isfinite

from backend.domain.clock import Clock, utc_now
from backend.domain.inventory.text import one_line
from backend.domain.monitoring.board import Board
from backend.domain.monitoring.catalogue import WIDE
from backend.domain.monitoring.collector import CheckFailed, Phase, Reading, Sample
from backend.domain.monitoring.entry import Entry, Number
from backend.domain.monitoring.events import MonitorResult
from backend.domain.monitoring.jobs import Failure, PollJob, Watched
from backend.domain.monitoring.limits import KeyedLimit
from backend.domain.monitoring.measuring import Measured, Measurer
from backend.domain.monitoring.recheck import USUAL_PORTS, Rechecks
from backend.domain.monitoring.scheduler import PollScheduler
from backend.domain.monitoring.states import is_ours

log = logging.getLogger(__name__)
_BIGGEST = 2**63 - 1
_DOUBLES = frozenset({"latency_ms", "cpu_percent"})
MAX_SAMPLES = 2_000


@dataclass(frozen=True, slots=True)
class PoolLimits:
    """How many polls at a time: in all, at one device, of one collector (that blocks), of those that failed."""

    polls: int = 1_000
    device: int = 4
    collector: int = 800
    blocking: int = 32
    failing: int = 500
    # Polls that wait for one of these places; the queue in front of them waits when there are more.
    tasks: int = 20_000


@dataclass(slots=True)
class PoolCounts:
    """What polls came to since the start."""

    answered: int = 0
    failed: int = 0
    rechecked: int = 0


class PollerPool:
    """Runs beside the scheduler."""

    name = "poller_pool"

    def __init__(
        self,
        scheduler: PollScheduler,
        measurer: Measurer,
        board: Board,
        rechecks: Rechecks,
        results: "asyncio.Queue[Entry]",
        *,
        attempted: Callable[[int, datetime], None],
        publish: Callable[[object], None],
        limits: PoolLimits = PoolLimits(),
        clock: Clock = utc_now,
    ) -> None:
        self._scheduler, self._measurer, self._board = scheduler, measurer, board
        self._rechecks, self._results = rechecks, results
        self._attempted, self._publish, self._clock, self._limits = attempted, publish, clock, limits
        self._places = KeyedLimit(limits.polls)
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._failing: set[int] = set()
        self.counts = PoolCounts()

    @property
    def polling(self) -> int:
        """How many polls run or wait for a place."""
        return len(self._tasks)

    async def run(self) -> None:
        """Poll until cancelled; what runs then is given up."""
        jobs = self._scheduler.jobs
        try:
            while True:
                self._start(await jobs.get())
                while len(self._tasks) >= self._limits.tasks:
                    self._room.clear()
                    await self._room.wait()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, job: PollJob) -> None:
        task = asyncio.create_task(self._poll(job))
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._room.set()
        if not task.cancelled() and (error := task.exception()):
            log.error("a poll ended with an error", exc_info=error)

    async def _poll(self, job: PollJob) -> None:
        monitor = job.monitor
        taken: list[Hashable] = []
        try:
            for key, most in self._keys(monitor):
                if not self._places.take_now(key, most):
                    await self._places.take(key, most)
                taken.append(key)
            await self._poll_now(job)
        finally:
            for key in taken:
                self._places.give(key)
            self._scheduler.done(monitor.id)

    def _keys(self, monitor: Watched) -> list[tuple[Hashable, int]]:
        """The places that a poll takes, always in this order, so that nobody waits for each other."""
        limits, traits = self._limits, self._measurer.traits(monitor)
        most = limits.blocking if traits and traits.blocking else limits.collector
        keys: list[tuple[Hashable, int]] = [
            (("device", monitor.address), limits.device),
            (("collector", monitor.collector), most),
        ]
        if monitor.id in self._failing:
            keys.insert(1, ("failing", limits.failing))
        keys.append(("all", limits.polls))
        return keys

    async def _poll_now(self, job: PollJob) -> None:
        monitor = job.monitor
        at = self._clock()
        late = asyncio.get_running_loop().time() - job.due
        self._scheduler.timeliness.began(monitor.id, max(late, 0.0), monitor.interval_s)
        self._attempted(monitor.id, at)
        measured = await self._measurer.measure(monitor)
        if measured.reading:
            entry = self._answered(monitor, at, measured.reading)
        else:
            entry = await self._failed(monitor, at, measured)
        self._publish(MonitorResult(entry))
        await self._results.put(entry)

    def _answered(self, monitor: Watched, at: datetime, reading: Reading) -> Entry:
        self.counts.answered += 1
        self._failing.discard(monitor.id)
        values = clean_values(reading)
        latency = values.get("latency_ms")
        condition, transition = self._board.answered(monitor, at, latency)
        samples = clean_samples(reading.samples)
        return Entry(
            monitor.id, monitor.site_id, at, True, condition, values, samples=samples, transition=transition
        )

    async def _failed(self, monitor: Watched, at: datetime, measured: Measured) -> Entry:
        assert measured.failed is not None
        self.counts.failed += 1
        self._failing.add(monitor.id)
        failure = failure_of(measured.failed, measured.phases)
        if not is_ours(failure) and self._board.of(monitor.id, at).state != "down":
            failure = await self._confirmed(monitor, measured, failure)
        condition, transition = self._board.failed(monitor, at, failure)
        return Entry(monitor.id, monitor.site_id, at, False, condition, failure=failure, transition=transition)

    async def _confirmed(self, monitor: Watched, measured: Measured, failure: Failure) -> Failure:
        """The failure with what a second method says."""
        if measured.address is None:
            return failure
        self.counts.rechecked += 1
        ports = monitor.known_ports or USUAL_PORTS
        asked = await self._rechecks.ask(measured.address, ports, pings=monitor.collector == "ping")
        return replace(failure, recheck=asked)


def failure_of(failed: CheckFailed, phases: tuple[Phase, ...]) -> Failure:
    """A failure as it is kept: text from a target is hostile."""
    told = tuple(Phase(phase.name[:32], phase.ms, one_line(phase.detail, 200)) for phase in phases)
    params = {
        name: one_line(value, 200) if isinstance(value, str) else value for name, value in failed.params.items()
    }
    return Failure(failed.code, one_line(failed.text, 500), params, failed.phase, told)


def clean_values(reading: Reading) -> dict[str, Number]:
    """Columns of the wide row, as their types can hold them; what cannot be is left out."""
    found: dict[str, Number] = {}
    for name, value in reading.values.items():
        if value is None or name not in WIDE or not isfinite(value):
            continue
        if name in _DOUBLES:
            found[name] = float(value)
        elif abs(value) <= (2**31 - 1 if name == "process_count" else _BIGGEST):
            found[name] = round(value)
    return found


@lru_cache(maxsize=65_536)
def _word(text: str, limit: int = 100) -> str:
    """Names and labels are the same at every poll, so they are looked at once."""
    return one_line(text, limit)


def _clean_labels(labels: Mapping[str, str]) -> Mapping[str, str]:
    return {_word(key, 60): _word(value, 200) for key, value in labels.items()} if labels else {}


def clean_samples(samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    """Labelled values with names and labels that can be shown, as many as are bearable."""
    return tuple(
        Sample(_word(sample.name), float(sample.value), _clean_labels(sample.labels))
        for sample in samples[:MAX_SAMPLES]
        if isfinite(sample.value)
    )
