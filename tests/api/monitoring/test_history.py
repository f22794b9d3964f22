"""History over the API, on rows as the writer stores them."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from backend.bootstrap import Lanarium
from backend.domain.monitoring.collector import Sample
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.states import Condition
from backend.infra.db.metric_store import SqlMetricStore
from tests.infra.metrics.monitors import add_monitors
from tests.people import add_person, client_of

API = "/api/v1"
T0 = datetime(2026, 11, 2, 12, tzinfo=UTC)
RANGE = {"from": T0.isoformat(), "to": (T0 + timedelta(hours=1)).isoformat()}
GB = 2**30


def entry(monitor_id: int, minute: int, **values: Any) -> Entry:
    at = T0 + timedelta(minutes=minute)
    samples = (Sample("http_phase_ms", minute / 4, {"phase": "dns"}), Sample("http_status", 200.0))
    known = Condition("up", T0, at, latency_ms=values.get("latency_ms"))
    return Entry(monitor_id, 1, at, True, known, values, samples)


@pytest.fixture
async def monitor(program: Lanarium) -> int:
    """One monitor of http with an hour of rows, one a minute, but for ten minutes in which nobody looked."""
    (made,) = await add_monitors(program.engine, 1, interval_s=60, collector="http")
    store = SqlMetricStore(program.engine)
    batch = [
        entry(made, minute, latency_ms=float(minute), memory_total=4 * GB, memory_used=minute * GB // 60)
        for minute in range(60)
        if not 20 <= minute < 30
    ]
    await store.write(batch, {})
    await store.close()
    return made


async def history(client: httpx2.AsyncClient, monitor_id: int, **query: Any) -> dict[str, Any]:
    answer = await client.get(f"{API}/monitors/{monitor_id}/metrics/history", params={**RANGE, **query})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_the_newest_values_come_with_their_percentages(as_viewer: httpx2.AsyncClient, monitor: int) -> None:
    found = (await as_viewer.get(f"{API}/monitors/{monitor}/metrics")).json()
    assert (found["monitor_id"], found["timestamp"]) == (monitor, "2026-11-02T12:59:00Z")
    assert (found["up"], found["latency_ms"], found["cpu"]) == (True, 59.0, None)
    assert found["memory"]["percent"] == found["memory_percent"] == pytest.approx(59 / 60 / 4 * 100)
    phase = {"name": "http_phase_ms", "labels": {"phase": "dns"}, "value": 14.75, "unit": "milliseconds"}
    assert phase in found["samples"]


async def test_a_monitor_without_rows_has_no_values(as_viewer: httpx2.AsyncClient, program: Lanarium) -> None:
    (made,) = await add_monitors(program.engine, 1)
    found = (await as_viewer.get(f"{API}/monitors/{made}/metrics")).json()
    assert (found["timestamp"], found["samples"], found["memory"]["used"]) == (None, [], None)
    assert (await history(as_viewer, made, points=60))["data"] == []
    assert (await history(as_viewer, made))["data"] == []


async def test_rows_come_in_pages(as_viewer: httpx2.AsyncClient, monitor: int) -> None:
    first = await history(as_viewer, monitor, limit=30)
    assert (first["resolution"], first["step_s"], len(first["data"])) == ("raw", 60, 30)
    second = await history(as_viewer, monitor, limit=30, cursor=first["next"])
    moments = [each["timestamp"] for each in first["data"] + second["data"]]
    assert (second["next"], len(moments), moments) == (None, 50, sorted(set(moments)))
    assert first["data"][3] == {"timestamp": "2026-11-02T12:03:00Z", "up": True, "latency_ms": 3.0}


async def test_a_chart_has_means_and_spreads_and_leaves_gaps(as_viewer: httpx2.AsyncClient, monitor: int) -> None:
    found = await history(as_viewer, monitor, points=12, metrics="latency_ms,memory_percent,up")
    assert found["step_s"] == 300
    points = {each["timestamp"]: each for each in found["data"]}
    assert len(points) == 10
    assert "2026-11-02T12:20:00Z" not in points
    one = points["2026-11-02T12:30:00Z"]
    assert (one["count"], one["up"]) == (5, 1.0)
    assert (one["latency_ms"], one["latency_ms_min"], one["latency_ms_max"]) == (32.0, 30.0, 34.0)
    assert one["memory_percent_max"] == pytest.approx(34 / 60 / 4 * 100, rel=1e-6)


async def test_labelled_series_have_units_and_charts(as_viewer: httpx2.AsyncClient, monitor: int) -> None:
    listed = (await as_viewer.get(f"{API}/monitors/{monitor}/samples")).json()
    assert [(each["name"], each["labels"], each["unit"], each["latest"]) for each in listed["items"]] == [
        ("http_phase_ms", {"phase": "dns"}, "milliseconds", 14.75),
        ("http_status", {}, "none", 200.0),
    ]
    url = f"{API}/monitors/{monitor}/samples/history"
    asked = {**RANGE, "name": "http_phase_ms", "labels": '{"phase": "dns"}'}
    rows = (await as_viewer.get(url, params={**asked, "limit": 2})).json()
    assert rows["data"][1] == {"timestamp": "2026-11-02T12:01:00Z", "value": 0.25}
    chart = (await as_viewer.get(url, params={**asked, "points": 12})).json()
    assert chart["data"][0] == {
        "timestamp": "2026-11-02T12:00:00Z",
        "count": 5,
        "value": 0.5,
        "value_min": 0.0,
        "value_max": 1.0,
    }
    unknown = await as_viewer.get(url, params={**asked, "labels": '{"phase": "tls"}'})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "series_not_found")


async def test_the_table_has_every_row(as_viewer: httpx2.AsyncClient, monitor: int) -> None:
    answer = await as_viewer.get(f"{API}/monitors/{monitor}/metrics/export.csv", params=RANGE)
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert len(rows) == 50
    assert (rows[1]["timestamp"], rows[1]["up"], rows[1]["latency_ms"]) == ("2026-11-02T12:01:00Z", "1", "1.0")


async def test_lists_get_a_line_for_each_monitor_in_sight(
    as_viewer: httpx2.AsyncClient, program: Lanarium, monitor: int
) -> None:
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE metrics SET timestamp = timestamp + (now() - :t)"), {"t": T0})
    answer = await as_viewer.get(f"{API}/monitors/sparklines", params={"ids": f"{monitor},999"})
    (line,) = answer.json()["items"]
    assert (line["monitor_id"], line["metric"], line["unit"]) == (monitor, "latency_ms", "milliseconds")


async def test_history_of_another_site_is_not_there(program: Lanarium, app: FastAPI, monitor: int) -> None:
    async with program.engine.begin() as connection:
        site = await connection.scalar(sa.text("INSERT INTO sites (name) VALUES ('Elsewhere') RETURNING id"))
    elsewhere = await add_person(program, "sid", "viewer", site_ids=frozenset({site}))
    async with client_of(app, elsewhere) as stranger:
        for path in ("metrics", "metrics/history", "samples", "samples/history?name=x", "metrics/export.csv"):
            answer = await stranger.get(f"{API}/monitors/{monitor}/{path}")
            assert answer.status_code == 404, path
        lines = await stranger.get(f"{API}/monitors/sparklines", params={"ids": str(monitor)})
        assert lines.json() == {"items": []}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"metrics": "moonlight"}, "metric_unknown"),
        ({"from": "2026-11-03T00:00:00Z", "to": "2026-11-02T00:00:00Z"}, "range_empty"),
        ({"from": "1801-01-01T00:00:00Z"}, "moment_out_of_range"),
        ({"cursor": "dDIwMjY"}, "cursor_unknown"),
    ],
)
async def test_what_cannot_be_asked_is_refused(
    as_viewer: httpx2.AsyncClient, monitor: int, query: dict[str, str], code: str
) -> None:
    url = f"{API}/monitors/{monitor}/metrics/history"
    answer = await as_viewer.get(url, params={**RANGE, **query})
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_every_metric_has_its_unit(as_viewer: httpx2.AsyncClient) -> None:
    items = (await as_viewer.get(f"{API}/metrics/units")).json()["items"]
    units = {each["name"]: (each["unit"], each["kind"]) for each in items}
    assert units["cpu_percent"] == ("percent", "column")
    assert units["memory_percent"] == ("percent", "derived")
    assert units["certificate_days_left"] == ("days", "sample")
