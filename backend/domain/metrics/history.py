"""History as people ask for it: the newest values, rows, charts, labelled series, lines for lists."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from time import monotonic
from typing import TYPE_CHECKING, Any

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock, utc_now
from backend.domain.errors import Invalid, NotFound
from backend.domain.metrics.points import (
    AT,
    FIRST,
    KEY,
    NAMES,
    UP,
    WIDTH,
    Bucket,
    Shown,
    columns_of,
    mean,
    merged,
    row,
)
from backend.domain.metrics.points import points as points_of
from backend.domain.metrics.points import rows as rows_of
from backend.domain.metrics.reading import Series, Subject
from backend.domain.metrics.resolution import Filled, Plan, plan
from backend.domain.monitoring.catalogue import CPU, LATENCY, PERCENTAGES, WIDE, Metric
from backend.domain.monitoring.plugins import Collectors
from backend.domain.page import PageRequest

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

OLDEST, NEWEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
USUAL = timedelta(hours=24)
PERCENT = tuple(Metric(name, "percent", f"{used} of {total}") for name, (used, total) in PERCENTAGES.items())
UPTIME = Metric(UP, "bool", "Whether it answered")
AT_A_TIME = 5_000
KNOWN_S = 5.0
VALUE = ("value",)
_TELLING = (CPU.name, LATENCY.name)


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when."""

    start: datetime
    end: datetime


class MetricHistory:
    """Reads what was measured; without a range, the last 24 hours."""

    def __init__(self, collectors: Collectors, clock: Clock = utc_now) -> None:
        self._collectors, self._clock = collectors, clock
        self._known: tuple[float, Filled] | None = None

    def span(self, start: datetime | None, end: datetime | None) -> Span:
        """The range asked for; raises Invalid."""
        last = end or (start + USUAL if start and start > self._clock() else self._clock())
        first = start or last - USUAL
        for name, moment in (("from", first), ("to", last)):
            if not OLDEST <= moment <= NEWEST:
                raise Invalid.for_field(name, "moment_out_of_range", f"{name} must be between 2000 and 2200")
        if first >= last:
            raise Invalid.for_field("from", "range_empty", "The range must begin before it ends")
        return Span(first.astimezone(UTC), last.astimezone(UTC))

    async def subject(self, work: "UnitOfWork", actor: Actor, monitor_id: int) -> Subject:
        """One monitor; raises NotFound where there is none for this person."""
        found = await work.history.subjects(actor.site_ids, (monitor_id,))
        if not found:
            raise NotFound.of("monitor", monitor_id)
        return found[0]

    def names(self, subject: Subject, asked: Sequence[str] = ()) -> tuple[str, ...]:
        """The metrics asked for, by default those that its collector measures; raises Invalid."""
        unknown = [name for name in asked if name not in NAMES]
        if unknown:
            text = f"There is no metric named {unknown[0]}"
            raise Invalid.for_field("metrics", "metric_unknown", text, metric=unknown[0])
        if asked:
            return tuple(dict.fromkeys(asked))
        traits = self._collectors.traits(subject.collector)
        measured = {metric.name for metric in traits.metrics} if traits else set(WIDE)
        return tuple(
            name
            for name in NAMES
            if name in {UP, LATENCY.name} or all(column in measured for column in PERCENTAGES.get(name, (name,)))
        )

    async def latest(self, work: "UnitOfWork", subject: Subject) -> Shown:
        """The newest row, with percentages, as the document names them and as they are stored."""
        values = await work.history.latest(subject.monitor_id)
        if values is None:
            return {"monitor_id": subject.monitor_id, "timestamp": None, **_grouped({}), "samples": []}
        shown = row(values, NAMES)
        found = await work.history.samples_at(subject.monitor_id, values["timestamp"])
        samples = [
            {"name": it.name, "labels": dict(it.labels), "value": it.value, "unit": self.unit(subject, it.name)}
            for it in found
        ]
        return {"monitor_id": subject.monitor_id, **shown, **_grouped(shown), "samples": samples}

    async def rows(
        self, work: "UnitOfWork", subject: Subject, span: Span, names: Sequence[str], limit: int
    ) -> tuple[list[Shown], datetime | None]:
        """Stored rows, the oldest first, and where to go on."""
        found = await work.history.rows(subject.monitor_id, columns_of(names), span.start, span.end, limit + 1)
        following = found[limit]["timestamp"] if len(found) > limit else None
        return rows_of(found[:limit], names), following

    async def chart(
        self, work: "UnitOfWork", subject: Subject, span: Span, names: Sequence[str], points: int
    ) -> tuple[Plan, list[Shown]]:
        """At most about that many points, each mean, minimum and maximum of what was measured in it."""
        drawn = plan(span.start, span.end, points, await self._filled(work))
        found = await work.history.buckets((subject.monitor_id,), columns_of(names), drawn)
        return drawn, points_of(found, names)

    async def sparklines(
        self, work: "UnitOfWork", actor: Actor, monitor_ids: Sequence[int], points: int, hours: int
    ) -> list[Shown]:
        """A line for each of these monitors that this person may see: its most telling metric."""
        subjects = await work.history.subjects(actor.site_ids, monitor_ids)
        end = self._clock()
        drawn = plan(end - timedelta(hours=hours), end, points, await self._filled(work))
        found = await work.history.buckets([each.monitor_id for each in subjects], _TELLING, drawn)
        lines = {key: list(line) for key, line in groupby(merged(found), key=itemgetter(KEY))}
        return [self._line(each, lines.get(each.monitor_id, [])) for each in subjects]

    async def series(
        self, work: "UnitOfWork", subject: Subject, request: PageRequest
    ) -> tuple[list[tuple[Series, str]], int]:
        """Labelled series with their units."""
        found, total = await work.history.series(subject.monitor_id, request)
        return [(each, self.unit(subject, each.name)) for each in found], total

    async def series_id(self, work: "UnitOfWork", subject: Subject, name: str, labels: Mapping[str, str]) -> int:
        """One series; raises NotFound."""
        found = await work.history.series_id(subject.monitor_id, name, dict(labels))
        if found is None:
            raise NotFound.of("series", name)
        return found

    async def sample_rows(
        self, work: "UnitOfWork", series_id: int, span: Span, limit: int
    ) -> tuple[list[Shown], datetime | None]:
        """Stored values of one series, the oldest first, and where to go on."""
        found = await work.history.sample_rows(series_id, span.start, span.end, limit + 1)
        following = found[limit]["timestamp"] if len(found) > limit else None
        return rows_of(found[:limit], VALUE), following

    async def sample_chart(
        self, work: "UnitOfWork", series_id: int, span: Span, points: int
    ) -> tuple[Plan, list[Shown]]:
        """A chart of one series."""
        drawn = plan(span.start, span.end, points, await self._filled(work))
        found = await work.history.sample_buckets(series_id, drawn)
        return drawn, points_of(found, VALUE)

    async def every_row(
        self, work: "UnitOfWork", subject: Subject, span: Span, names: Sequence[str]
    ) -> AsyncIterator[Shown]:
        """All rows of a range, some at a time."""
        start: datetime | None = span.start
        while start is not None:
            found, start = await self.rows(work, subject, Span(start, span.end), names, AT_A_TIME)
            for each in found:
                yield each

    def unit(self, subject: Subject, name: str) -> str:
        """The unit of a labelled series, as its collector declares it."""
        traits = self._collectors.traits(subject.collector)
        return next((each.unit for each in traits.metrics if each.name == name), "none") if traits else "none"

    def catalogue(self) -> list[tuple[Metric, str, tuple[str, ...]]]:
        """Every metric, how it is kept, and the collectors that measure it."""
        made: dict[tuple[str, str], tuple[Metric, str, list[str]]] = {
            (each.name, "column"): (each, "column", []) for each in (UPTIME, *WIDE.values())
        }
        made |= {(each.name, "derived"): (each, "derived", []) for each in PERCENT}
        for collector in self._collectors.names():
            traits = self._collectors.traits(collector)
            for metric in traits.metrics if traits else ():
                kind = "column" if metric.column else "sample"
                made.setdefault((metric.name, kind), (metric, kind, []))[2].append(collector)
        return [(metric, kind, tuple(collectors)) for metric, kind, collectors in made.values()]

    async def _filled(self, work: "UnitOfWork") -> Filled:
        """How far roll-ups are filled, as of a few seconds ago at most: what they hold they keep holding."""
        if self._known is None or monotonic() - self._known[0] > KNOWN_S:
            self._known = (monotonic(), await work.history.filled())
        return self._known[1]

    def _line(self, subject: Subject, buckets: Sequence[Bucket]) -> Shown:
        metric = CPU if CPU.name in self.names(subject) else LATENCY
        place = FIRST + WIDTH * _TELLING.index(metric.name)
        return {
            "monitor_id": subject.monitor_id,
            "metric": metric.name,
            "unit": metric.unit,
            "points": [(bucket[AT], mean(bucket, place)) for bucket in buckets],
        }


def _grouped(shown: Mapping[str, Any]) -> Shown:
    """The four groups of the first document."""
    return {
        "cpu": shown.get("cpu_percent"),
        "memory": {short: shown.get(f"memory_{short}") for short in ("total", "used", "percent")},
        "disk": {short: shown.get(f"disk_{short}") for short in ("total", "used", "percent")},
        "network": {
            short: shown.get(f"net_{short}")
            for short in ("sent_ps", "recv_ps", "capacity_ps", "sent_percent", "recv_percent")
        },
    }
