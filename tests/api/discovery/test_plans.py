"""Schedules and blackout windows over the API, with a clock of the test's own."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta

import httpx2
import pytest

from backend.bootstrap import Lanarium
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import ChunkFinished, ChunkOutcome, HostFinished, HostReport, RunnerEvent
from backend.domain.discovery.scheduler import Scheduler
from tests.api.discovery.conftest import FakeScanner, finds_everyone, other_site, until

pytestmark = pytest.mark.usefixtures("lab_network")
Client = httpx2.AsyncClient
SCHEDULE = {"name": "Nightly", "targets": "10.77.0.0/30", "profile": "quick", "cron": "30 2 * * *"}


async def _schedule(client: Client, **changes: object) -> dict:  # type: ignore[type-arg]
    answer = await client.post("/api/v1/scan-schedules", json={**SCHEDULE, **changes})
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


def _loop(program: Lanarium, now: datetime) -> Scheduler:
    """The loop of schedules, at a moment."""
    discovery = program.services.discovery
    return Scheduler(
        program.services.transactions, discovery.schedules, discovery.scans, program.bus, clock=lambda: now
    )


async def _get(client: Client, path: str) -> dict:  # type: ignore[type-arg]
    return (await client.get(f"/api/v1{path}")).json()  # type: ignore[no-any-return]


async def test_a_schedule_runs_when_it_is_due_and_only_once(as_operator: Client, program: Lanarium) -> None:
    made = await _schedule(as_operator, timezone="Europe/Helsinki")
    due = datetime.fromisoformat(made["next_run_at"])
    assert due.astimezone(UTC).minute == 30
    await _loop(program, due - timedelta(seconds=1)).look()
    assert (await _get(as_operator, "/scans"))["total"] == 0
    for _ in range(3):
        await _loop(program, due + timedelta(seconds=5)).look()
    scans = await _get(as_operator, "/scans")
    assert scans["total"] == 1
    assert (scans["items"][0]["name"], scans["items"][0]["schedule_id"]) == ("Nightly", made["id"])
    after = await _get(as_operator, f"/scan-schedules/{made['id']}")
    assert (after["last_scan_id"], after["last_skipped"]) == (scans["items"][0]["id"], None)
    assert datetime.fromisoformat(after["next_run_at"]) > due


async def test_a_sample_runs_by_the_clock_as_any_scan(as_operator: Client, program: Lanarium) -> None:
    made = await _schedule(as_operator, profile="sample", targets="10.77.0.0/24")
    started = await as_operator.post(f"/api/v1/scan-schedules/{made['id']}/run")
    assert started.status_code == 201, started.text
    assert (started.json()["profile"], started.json()["address_count"]) == ("sample", 4)
    refused = await as_operator.post(
        "/api/v1/scan-schedules", json={**SCHEDULE, "name": "B", "profile": "nothing"}
    )
    assert refused.status_code == 422


async def test_a_missed_run_is_not_made_up_but_said(as_operator: Client, program: Lanarium) -> None:
    made = await _schedule(as_operator)
    due = datetime.fromisoformat(made["next_run_at"])
    await _loop(program, due + timedelta(hours=30)).look()
    after = await _get(as_operator, f"/scan-schedules/{made['id']}")
    assert (await _get(as_operator, "/scans"))["total"] == 0
    assert (after["last_skipped"]["code"], after["last_skipped"]["at"]) == ("missed", made["next_run_at"])
    assert datetime.fromisoformat(after["next_run_at"]) == due + timedelta(days=2)


async def test_a_run_that_meets_its_predecessor_is_left_out_and_said(
    as_operator: Client, program: Lanarium, scanner: FakeScanner
) -> None:
    async def for_ever(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        await stop.wait()
        yield ChunkFinished(ChunkOutcome("stopped", "stopped"))

    scanner.script = for_ever
    made = await _schedule(as_operator)
    path = f"/scan-schedules/{made['id']}"
    first = (await as_operator.post(f"/api/v1{path}/run")).json()
    assert (await as_operator.post(f"/api/v1{path}/run")).json()["code"] == "schedule_overlap"
    loop = _loop(program, datetime.fromisoformat(made["next_run_at"]))

    async def said() -> bool:
        # The refusal above may still hold its lock on the row for a moment; the loop passes by what is locked.
        await loop.look()
        return (await _get(as_operator, path))["last_skipped"] is not None

    await until(said)
    after = await _get(as_operator, path)
    assert (after["last_skipped"]["code"], after["last_scan_id"]) == ("overlap", first["id"])
    assert (await _get(as_operator, "/scans"))["total"] == 1


async def test_what_may_no_longer_be_scanned_is_said(as_operator: Client, program: Lanarium) -> None:
    made = await _schedule(as_operator)
    async with program.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE networks SET scan_allowed = false")
    await _loop(program, datetime.fromisoformat(made["next_run_at"])).look()
    after = await _get(as_operator, f"/scan-schedules/{made['id']}")
    assert after["last_skipped"]["code"] == "scope_refused"
    assert "10.77.0.0" in after["last_skipped"]["text"]


async def test_change_switch_off_and_delete(as_operator: Client, as_viewer: Client) -> None:
    made = await _schedule(as_operator)
    path = f"/api/v1/scan-schedules/{made['id']}"
    changed = (await as_operator.patch(path, json={"cron": "0 5 * * mon", "enabled": False})).json()
    assert (changed["cron"], changed["next_run_at"], changed["name"]) == ("0 5 * * mon", None, "Nightly")
    for wrong in ({"cron": "nonsense"}, {"timezone": "Nowhere"}, {"targets": "8.8.8.8"}, {"name": None}):
        assert (await as_operator.patch(path, json=wrong)).status_code == 422
    twin = await as_operator.post("/api/v1/scan-schedules", json={**SCHEDULE, "name": "nightly"})
    assert (twin.status_code, twin.json()["code"]) == (409, "name_taken")
    assert (await as_viewer.delete(path)).status_code == 403
    assert (await as_operator.delete(path)).status_code == 204
    assert (await as_operator.get(path)).status_code == 404


async def _window(client: Client, begins: datetime, **changes: object) -> dict:  # type: ignore[type-arg]
    body = {"name": "Hours", "cron": f"{begins.minute} {begins.hour} * * *", "duration_min": 60}
    answer = await client.post("/api/v1/blackout-windows", json={**body, **changes})
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def test_a_start_within_a_window_is_refused_unless_an_admin_forces_it(
    as_operator: Client, as_admin: Client, program: Lanarium
) -> None:
    now = datetime.now(UTC)
    window = await _window(as_operator, now - timedelta(minutes=5), networks=["10.77.0.0/16"])
    assert (window["active_now"], window["networks"]) == (True, ["10.77.0.0/16"])
    body = {"targets": "10.77.0.0/30"}
    refused = await as_operator.post("/api/v1/scans/start", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "blackout")
    ends = datetime.fromisoformat(refused.json()["params"]["until"])
    assert ends == datetime.fromisoformat(window["active_until"])
    assert timedelta(minutes=50) < ends - now < timedelta(minutes=60)
    forced = {**body, "force": True}
    assert (await as_operator.post("/api/v1/scans/start", json=forced)).json()["code"] == "force_needs_admin"
    scan = (await as_admin.post("/api/v1/scans/start", json=forced)).json()
    await _loop(program, now).look()
    assert (await _get(as_admin, f"/scans/{scan['id']}"))["paused_by"] is None
    await as_operator.patch(f"/api/v1/blackout-windows/{window['id']}", json={"networks": ["10.78.0.0/16"]})
    assert (await as_operator.post("/api/v1/scans/start", json=body)).status_code == 201


async def test_a_window_pauses_what_runs_and_lets_it_go_on_after(
    as_operator: Client, program: Lanarium, scanner: FakeScanner
) -> None:
    async def first_then_wait(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        yield HostFinished(HostReport("10.77.0.0", "up"))
        await stop.wait()
        yield ChunkFinished(ChunkOutcome("stopped", "stopped"))

    scanner.script = first_then_wait
    scan = (await as_operator.post("/api/v1/scans/start", json={"targets": "10.77.0.0/30"})).json()
    path = f"/scans/{scan['id']}"

    async def in_state(**wanted: object) -> None:
        async def so() -> bool:
            found = await _get(as_operator, path)
            return all(found[name] == value for name, value in wanted.items())

        await until(so)

    await in_state(hosts_done=1)
    begins = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=2)
    await _window(as_operator, begins)
    await _loop(program, begins - timedelta(seconds=1)).look()
    await in_state(status="running")
    await _loop(program, begins + timedelta(seconds=1)).look()
    await in_state(status="paused", paused_by="blackout")
    assert (await _get(as_operator, path))["message"]["code"] == "paused_by_blackout"
    await _loop(program, begins + timedelta(minutes=59)).look()
    await in_state(status="paused")
    scanner.script = finds_everyone
    await _loop(program, begins + timedelta(minutes=60)).look()
    await in_state(status="completed", hosts_up=4)
    assert scanner.jobs[-1].targets == ("10.77.0.1-10.77.0.3",)


async def test_windows_and_schedules_of_other_sites_are_not_there(as_operator: Client, program: Lanarium) -> None:
    elsewhere = await other_site(program)
    await _window(as_operator, datetime.now(UTC), site_id=elsewhere)
    assert (await as_operator.post("/api/v1/scans/start", json={"targets": "10.77.0.0/30"})).status_code == 201
    missing = await as_operator.post(
        "/api/v1/blackout-windows",
        json={"name": "x", "cron": "@daily", "duration_min": 5, "site_id": 999},
    )
    assert missing.status_code == 404
    for wrong in ({"duration_min": 0}, {"networks": ["nonsense"]}, {"cron": "* * * * * *"}):
        body = {"name": "y", "cron": "@daily", "duration_min": 5, **wrong}
        assert (await as_operator.post("/api/v1/blackout-windows", json=body)).status_code == 422
