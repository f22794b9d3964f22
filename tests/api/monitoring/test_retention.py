"""How long measures are kept, and the newest ones for Prometheus, over the API."""

from datetime import UTC, datetime

import httpx2
import pytest
from fastapi import FastAPI

from backend.bootstrap import Lanarium
from backend.domain.monitoring.collector import Sample
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.states import Condition, Transition
from backend.infra.db.metric_store import SqlMetricStore
from tests.infra.metrics.monitors import add_monitors
from tests.people import Person

URL = "/api/v1/settings/retention"
FOR_EVER = {"raw_days": None, "rollup_5m_days": None, "rollup_1h_days": None, "rollup_1d_days": None}


async def test_everything_is_kept_for_ever_until_an_admin_says_otherwise(
    as_admin: httpx2.AsyncClient, as_operator: httpx2.AsyncClient
) -> None:
    found = (await as_admin.get(URL)).json()
    assert found == {**FOR_EVER, "kept_since": {"raw": None, "5m": None, "1h": None, "1d": None}}
    wanted = {**FOR_EVER, "raw_days": 30, "rollup_5m_days": 365}
    assert (await as_operator.put(URL, json=wanted)).status_code == 403
    assert (await as_admin.put(URL, json=wanted)).status_code == 200
    changed = (await as_admin.get(URL)).json()
    assert (changed["raw_days"], changed["rollup_5m_days"], changed["rollup_1h_days"]) == (30, 365, None)
    told = (await as_admin.get("/api/v1/audit-events", params={"entity": "retention"})).json()["items"]
    assert told[0]["detail"]["to"]["raw_days"] == 30


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"raw_days": 30, "rollup_5m_days": 7}, "rollup_5m_days"),
        ({"raw_days": None, "rollup_5m_days": 7}, "rollup_5m_days"),
        ({"raw_days": 1, "rollup_5m_days": 7, "rollup_1h_days": 6}, "rollup_1h_days"),
    ],
)
async def test_a_roll_up_stays_as_long_as_what_is_finer(
    as_admin: httpx2.AsyncClient, wanted: dict[str, int | None], field: str
) -> None:
    refused = await as_admin.put(URL, json=wanted)
    assert (refused.status_code, refused.json()["code"]) == (422, "retention_order")
    assert refused.json()["errors"][0]["field"] == field


async def test_a_retention_that_is_no_number_of_days_is_refused(as_admin: httpx2.AsyncClient) -> None:
    for wrong in (0, -1, "7", 40_000):
        assert (await as_admin.put(URL, json={"raw_days": wrong})).status_code == 422


async def test_prometheus_gets_the_newest_values(
    program: Lanarium, app: FastAPI, client: httpx2.AsyncClient, admin: Person, viewer: Person
) -> None:
    one, _ = await add_monitors(program.engine, 2, collector="http")
    store, now = SqlMetricStore(program.engine), datetime.now(UTC)
    sample = Sample("http_phase_ms", 3.0, {"phase": "dns"})
    turned = Transition("up", "pending", now)
    known = Condition("up", now, now, latency_ms=4.5)
    await store.write([Entry(one, 1, now, True, known, {"latency_ms": 4.5}, (sample,), transition=turned)], {})
    await store.close()
    through_proxy = {"X-Forwarded-For": "192.0.2.7"}
    assert (await client.get("/metrics/monitors", headers=through_proxy)).status_code == 401
    headers = {**through_proxy, **viewer.headers}
    assert (await client.get("/metrics/monitors", headers=headers)).status_code == 403
    answer = await client.get("/metrics/monitors", headers={**through_proxy, **admin.headers})
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert f'lanarium_monitor_latency_ms{{monitor="{one}",' in answer.text
    assert 'phase="dns"} 3.0' in answer.text
    # A monitor without a first answer is neither up nor down.
    assert answer.text.count("lanarium_monitor_up{") == 1
