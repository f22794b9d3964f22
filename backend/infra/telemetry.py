"""Numbers for Prometheus. Counters listen on the bus; gauges are read when somebody asks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

import sqlalchemy as sa
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.bus import EventBus
from backend.domain.discovery.events import ChunkChanged, HostStored, LinesWritten, ScanFinished, ScanQueued
from backend.domain.discovery.scan import ScanStatus
from backend.domain.errors import Unavailable
from backend.domain.health import LoopReport, PollingReport
from backend.infra.db.tables.discovery import scans
from backend.infra.db.unit_of_work import connected
from backend.infra.web.ws_hub import WebSocketHub

_POLL_COUNTS = {
    "polls": "Polls that began",
    "polls_late": "Polls that began later than a hundredth of their interval",
    "polls_skipped": "Turns left out because the poll before still ran",
    "polls_missed": "Turns left out because nobody could poll",
    "polls_answered": "Polls that brought a reading",
    "polls_failed": "Polls that failed",
    "polls_rechecked": "Failures of which a second method was asked",
    "metric_rows": "Rows of measures stored",
    "metric_samples": "Labelled values stored",
    "results_discarded": "Results of monitors that were gone",
    "results_refused": "Results that the database would not take",
    "results_lost": "Results for which the file had no room",
}
_FIELDS = {
    "polls_late": "late",
    "polls_skipped": "skipped",
    "polls_missed": "missed",
    "polls_answered": "answered",
    "polls_failed": "failed",
    "polls_rechecked": "rechecked",
    "metric_rows": "rows",
    "metric_samples": "samples",
    "results_discarded": "discarded",
    "results_refused": "refused",
    "results_lost": "lost",
}
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
ENDED = frozenset({"done", "partial", "failed", "stopped"})


class RunningScan(Protocol):
    """What is counted of a scan that runs."""

    @property
    def running(self) -> int:
        """Chunks that run now, and so nmap processes."""
        ...

    @property
    def waiting(self) -> int:
        """Results that wait to be stored."""
        ...


@dataclass(frozen=True, slots=True)
class Watched:
    """Where the gauges are read."""

    engine: AsyncEngine
    hub: WebSocketHub
    running: Callable[[], tuple[RunningScan, ...]]
    loops: Callable[[], Mapping[str, LoopReport]]
    polling: Callable[[], PollingReport] | None = None


class Telemetry:
    """Implements the domain's Metrics; each has a registry of its own, so that tests do not share counts."""

    def __init__(self, bus: EventBus, watched: Watched, version: str) -> None:
        self._watched = watched
        self._registry = registry = CollectorRegistry()
        self._requests = Histogram(
            "lanarium_http_request_seconds",
            "Answered requests by the template of their route",
            ("method", "route", "status"),
            buckets=SECONDS,
            registry=registry,
        )
        self._started = Counter("lanarium_scans_queued", "Scans started or resumed", registry=registry)
        self._finished = Counter("lanarium_scans_finished", "Scans ended", ("status",), registry=registry)
        self._chunks = Counter("lanarium_chunks_finished", "Chunks ended", ("status",), registry=registry)
        self._hosts = Counter("lanarium_hosts_stored", "Finished hosts stored", ("state",), registry=registry)
        self._ports = Counter("lanarium_open_ports_stored", "Open ports in finished hosts", registry=registry)
        self._lines = Counter("lanarium_scan_lines", "Log lines of scans", registry=registry)
        self._scans = Gauge("lanarium_scans", "Scans by status", ("status",), registry=registry)
        self._up = Gauge("lanarium_storage_up", "Whether the database answers", registry=registry)
        Gauge("lanarium_info", "The version", ("version",), registry=registry).labels(version).set(1)
        registry.register(_Gauges(watched))
        self._listen(bus)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        self._requests.labels(method, route, str(int(status))).observe(seconds)

    async def text(self) -> bytes:
        """Everything in Prometheus' text format; without the database, everything else."""
        try:
            async with connected(self._watched.engine) as connection:
                rows = await connection.execute(
                    sa.select(scans.c.status, sa.func.count()).group_by(scans.c.status)
                )
                counts = {row.status: row[1] for row in rows}
        except (SQLAlchemyError, OSError, Unavailable):
            self._up.set(0)
        else:
            self._up.set(1)
            for status in ScanStatus:
                self._scans.labels(status.value).set(counts.get(status.value, 0))
        return generate_latest(self._registry)

    def _listen(self, bus: EventBus) -> None:
        bus.subscribe(ScanQueued, lambda _: self._started.inc())
        bus.subscribe(ScanFinished, lambda event: self._finished.labels(event.scan.status.value).inc())
        bus.subscribe(LinesWritten, lambda event: self._lines.inc(len(event.lines)))
        bus.subscribe(ChunkChanged, self._chunk)
        bus.subscribe(HostStored, self._host)

    def _chunk(self, event: ChunkChanged) -> None:
        if event.chunk.status.value in ENDED:
            self._chunks.labels(event.chunk.status.value).inc()

    def _host(self, event: HostStored) -> None:
        self._hosts.labels(event.report.state).inc()
        self._ports.inc(sum(port.state == "open" for port in event.report.ports))


class _Gauges(Collector):
    """What is true at the moment of asking."""

    def __init__(self, watched: Watched) -> None:
        self._watched = watched

    def collect(self) -> Iterator[Metric]:
        """Read everything."""
        running = self._watched.running()
        yield _gauge("lanarium_scans_running", "Scans at work", len(running))
        yield _gauge("lanarium_nmap_running", "nmap processes at work", sum(scan.running for scan in running))
        yield _gauge("lanarium_results_waiting", "Results not stored yet", sum(scan.waiting for scan in running))
        yield from self._live()
        yield from self._pool()
        yield from self._polling()
        loops = GaugeMetricFamily("lanarium_loop_running", "Whether a loop runs", labels=["loop"])
        restarts = GaugeMetricFamily("lanarium_loop_restarts", "How often a loop was restarted", labels=["loop"])
        for name, loop in self._watched.loops().items():
            loops.add_metric([name], float(loop.running))
            restarts.add_metric([name], loop.restarts)
        yield loops
        yield restarts

    def _live(self) -> Iterator[Metric]:
        hub = self._watched.hub.statistics()
        yield _gauge("lanarium_ws_clients", "WebSocket clients that listen", hub.clients)
        yield _gauge("lanarium_ws_queue_deepest", "Frames that wait for the slowest client", hub.deepest)
        yield _gauge("lanarium_ws_frames_queued", "Frames queued for clients since the start", hub.sent)
        yield _gauge("lanarium_ws_frames_dropped", "Frames dropped for slow clients since the start", hub.dropped)

    def _polling(self) -> Iterator[Metric]:
        if self._watched.polling is None:
            return
        found = self._watched.polling()
        yield _gauge("lanarium_monitors_watched", "Monitors that have their turns", found.monitors)
        yield _gauge("lanarium_polls_running", "Polls that run or wait for a place", found.polling)
        yield _gauge("lanarium_poll_late_p99_seconds", "How late 99% of polls begin at most", found.late_p99_s)
        away = found.storage_away_since is not None
        yield _gauge("lanarium_storage_away", "Whether results go to a file", float(away))
        yield _gauge("lanarium_results_unstored", "Results of polls that are not stored yet", found.waiting)
        yield _gauge("lanarium_results_spooled", "Results that wait in the file", found.spooled)
        for name, text in _POLL_COUNTS.items():
            value = float(getattr(found, _FIELDS.get(name, name)))
            yield CounterMetricFamily(f"lanarium_{name}", text, value=value)

    def _pool(self) -> Iterator[Metric]:
        pool = self._watched.engine.pool
        if isinstance(pool, sa.pool.QueuePool):
            yield _gauge("lanarium_db_pool_size", "Connections that the pool keeps", pool.size())
            yield _gauge("lanarium_db_pool_in_use", "Connections in use", pool.checkedout())


def _gauge(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=float(value))
