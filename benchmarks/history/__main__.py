"""`python -m benchmarks.history`: a month of 1,000 monitors, one of their charts from roll-ups and from the rows.

21.6 million rows, every measure set, one each two minutes, made by the server; the roll-ups are summed by the
product's own store. Then for one monitor after another, as the API asks (the reader and its JSON, without HTTP):

    raw     30 days in 720 points, from the rows
    month   30 days in 720 points, from what the product chooses
    day     the last 24 hours as stored (720 rows)
    day_chart  the last 24 hours as a chart in 720 points, which is drawn from rows
    year    365 days in 720 points, of which 335 have no rows any more

Minimum, maximum and mean of `month` must be those of `raw`. The last line is JSON.

The server is a PostgreSQL of our own, or the one that LANARIUM_TEST_SERVER names (scripts/with-timescale.sh).
"""

import argparse
import asyncio
import json
import math
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.bus import EventBus
from backend.domain.clock import utc_now
from backend.domain.metrics.history import MetricHistory, Span
from backend.domain.metrics.points import points
from backend.domain.metrics.reading import Subject
from backend.domain.metrics.resolution import FIVE_MINUTES, Part, floored, plan
from backend.domain.metrics.rollup import GRACE
from backend.domain.unit_of_work import UnitOfWork
from backend.infra import plugins
from backend.infra.collector_catalogue import InstalledCollectors
from backend.infra.db.partitions import RAW, ROLL_UPS, Partitions
from backend.infra.db.rollup_store import SqlRollupStore
from backend.infra.db.tables.metrics import MEASURES
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory
from benchmarks.stand import fresh_database, server
from tests.infra.metrics.monitors import add_monitors

DAYS, INTERVAL_S, POINTS, LOOKED_AT = 30, 120, 720, 15
NAMES = ("cpu_percent",)
TRIES = {"raw": 3, "month": 15, "day": 15, "day_chart": 15, "year": 15}
MONTH, DAY, YEAR = timedelta(days=DAYS), timedelta(days=1), timedelta(days=365)
_VALUES = {
    "latency_ms": "5 + random() * 20",
    "cpu_percent": "random() * 100",
    "memory_total": "17179869184",
    "disk_total": "549755813888",
    "net_capacity_ps": "125000000",
    "process_count": "(100 + random() * 300)::integer",
}
ROWS = f"""
INSERT INTO metrics (monitor_id, timestamp, up, {", ".join(MEASURES)})
SELECT id, at + id * interval '1 millisecond', true,
    {", ".join(_VALUES.get(name, "(random() * 16000000000)::bigint") for name in MEASURES)}
FROM generate_series(CAST(:start AS timestamptz), CAST(:until AS timestamptz) - interval '1 second',
    make_interval(secs => {INTERVAL_S})) AS at, monitors
"""


class Month:
    """A month of rows, their roll-ups, and days before of which only those are left."""

    def __init__(self, engine: AsyncEngine, monitors: int) -> None:
        self._engine, self._monitors = engine, monitors
        self._end = floored(utc_now(), 60)
        self._history = MetricHistory(InstalledCollectors(plugins.discover()))

    async def make(self) -> tuple[int, float]:
        """Fill the tables; answers how many rows there are, and how many are summed in a second."""
        await add_monitors(self._engine, self._monitors, interval_s=INTERVAL_S)
        start = self._end - MONTH
        await self._partitions(start)
        for number in range(DAYS):
            await self._run(ROWS, start=start + number * DAY, until=start + (number + 1) * DAY)
        store, over = SqlRollupStore(self._engine), floored(self._end - GRACE, FIVE_MINUTES.seconds)
        began, at = time.perf_counter(), floored(start, FIVE_MINUTES.seconds)
        while at < over:
            await store.fill(FIVE_MINUTES, at, min(at + DAY, over))
            at += DAY
        while await store.step(over):
            pass
        seconds = time.perf_counter() - began
        await self._run(_before(start), start=floored(start - YEAR + MONTH, 86_400), until=start - DAY)
        rows = await self._settle()
        return rows, rows / seconds

    async def look(self, monitor_id: int) -> dict[str, float]:
        """Seconds of each question about one monitor: the best of a few, so that its pages are in memory."""
        subject = Subject(monitor_id, "tcp", INTERVAL_S)
        end = self._end
        month, day = Span(end - MONTH, end), Span(end - DAY, end)
        questions: dict[str, Callable[[UnitOfWork], Awaitable[Any]]] = {
            "raw": lambda work: self._from_rows(work, monitor_id, month),
            "month": lambda work: self._history.chart(work, subject, month, NAMES, POINTS),
            "day": lambda work: self._history.rows(work, subject, day, NAMES, 10_000),
            "day_chart": lambda work: self._history.chart(work, subject, day, NAMES, POINTS),
            "year": lambda work: self._history.chart(work, subject, Span(end - YEAR, end), NAMES, POINTS),
        }
        answers, took = {}, {}
        factory = SqlUnitOfWorkFactory(self._engine, EventBus())
        for name, ask in questions.items():
            times = []
            for _ in range(TRIES[name]):
                began = time.perf_counter()
                async with factory.reading() as work:
                    answers[name] = (await ask(work))[1 if name != "day" else 0]
                orjson.dumps(answers[name])
                times.append(time.perf_counter() - began)
            took[name] = min(times)
        _equal(answers["month"], answers["raw"])
        assert len(answers["day"]) == DAY.total_seconds() / INTERVAL_S
        assert len(answers["year"]) > 360
        return took

    async def _from_rows(self, work: UnitOfWork, monitor_id: int, span: Span) -> tuple[str, list[Any]]:
        drawn = plan(span.start, span.end, POINTS)
        rows = replace(drawn, parts=(Part(None, drawn.start, drawn.end),))
        found = await work.history.buckets((monitor_id,), NAMES, rows)
        return "raw", points(found, NAMES)

    async def _partitions(self, start: datetime) -> None:
        async with self._engine.connect() as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            await Partitions(RAW | ROLL_UPS).ensure(raw, start - YEAR, self._end)

    async def _settle(self) -> int:
        async with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            await connection.execute(sa.text("VACUUM ANALYZE"))
            await connection.execute(sa.text("CHECKPOINT"))
            return await connection.scalar(sa.text("SELECT count(*) FROM metrics")) or 0

    async def _run(self, text: str, **given: Any) -> None:
        async with self._engine.begin() as connection:
            await connection.execute(sa.text(text), given)


def _before(start: datetime) -> str:
    """The first whole day of roll-ups again, for every day of the year before."""
    columns = ["rows", "up_sum", *(f"{name}_{part}" for name in MEASURES for part in ("sum", "min", "max"))]
    listed = ", ".join(columns)
    day = floored(start, 86_400) + 2 * DAY
    return f"""
INSERT INTO metrics_1d (monitor_id, bucket, {listed})
SELECT monitor_id, at, {listed} FROM metrics_1d,
    generate_series(CAST(:start AS timestamptz), CAST(:until AS timestamptz), interval '1 day') AS at
WHERE bucket = '{day.isoformat()}'
"""


def _equal(found: list[dict[str, Any]], expected: list[dict[str, Any]]) -> None:
    """Raises where a point is not that of the rows."""
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        for name, value in other.items():
            mine = one[name]
            exact = name.endswith(("_min", "_max")) or not isinstance(value, float)
            assert mine == value if exact else math.isclose(mine, value, rel_tol=1e-12), (name, mine, value)


async def measure(url: str, monitors: int) -> dict[str, float | bool]:
    """Everything, on a database of its own."""
    async with fresh_database(url) as engine:
        month = Month(engine, monitors)
        rows, summed = await month.make()
        print(f"{rows:,} rows; {summed:,.0f} of them summed in a second")
        looked = [await month.look(each) for each in random.Random(5).sample(range(1, monitors + 1), LOOKED_AT)]
    middle = {name: statistics.median(took[name] for took in looked) for name in looked[0]}
    print(", ".join(f"{name} {seconds * 1000:.2f} ms" for name, seconds in middle.items()))
    return {
        "month_vs_raw": round(middle["month"] / middle["raw"], 4),
        "month_vs_day": round(middle["month"] / middle["day"], 3),
        "month_vs_day_chart": round(middle["month"] / middle["day_chart"], 3),
        "year_vs_month": round(middle["year"] / middle["month"], 3),
        "equal_to_raw": True,
        "rows": rows,
    }


def main() -> None:
    """Measure, print, and one line of JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks.history")
    parser.add_argument("--monitors", type=int, default=1_000)
    options = parser.parse_args()
    with server() as url:
        print(json.dumps(asyncio.run(measure(url, options.monitors))))


if __name__ == "__main__":
    main()
