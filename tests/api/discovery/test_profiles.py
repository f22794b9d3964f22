"""Discovery profiles over the API: kept, run, and what became of the run."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.profile_runs import Hands, ProfileRuns
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    PortReport,
    RunnerEvent,
)
from backend.domain.monitoring.collector import CheckFailed
from backend.domain.monitoring.windows import WindowsFacts
from tests.api.discovery.conftest import FakeRecogniser, FakeScanner, allow_lab, other_site, until

Client = httpx2.AsyncClient
URL = "/api/v1/discovery-profiles"
ASYNC = {"Prefer": "respond-async"}


async def login_of(client: Client, **more: Any) -> int:
    body = {"name": "WindowsAdmin", "type": "winrm", "username": "CORP\\svc", "password": "s3cret-word", **more}
    made = await client.post("/api/v1/credential-profiles", json=body)
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


async def create(client: Client, login: int, **more: Any) -> dict[str, Any]:
    body = {"name": "Office", "credential_profile_id": login, "subnet": "10.77.0.0/30", **more}
    made = await client.post(URL, json=body)
    assert made.status_code == 201, made.text
    answer: dict[str, Any] = made.json()
    return answer


@pytest.fixture
async def login(as_admin: Client, lab_network: str) -> int:
    return await login_of(as_admin)


async def with_web(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    """One address answers, with a web server and WS-Management."""
    ports = (PortReport("tcp", 5985, "open", "syn-ack"), PortReport("tcp", 443, "open", "syn-ack"))
    yield HostFinished(HostReport("10.77.0.1", "up", ports=ports))
    yield HostFinished(HostReport("10.77.0.2", "down"))
    yield ChunkFinished(ChunkOutcome("done", "success"))


async def test_a_profile_has_the_fields_of_the_document(as_operator: Client, login: int) -> None:
    made = await create(as_operator, login)
    assert {k: made[k] for k in ("name", "credential_profile_id", "subnet", "port_scan", "enabled")} == {
        "name": "Office",
        "credential_profile_id": login,
        "subnet": "10.77.0.0/30",
        "port_scan": True,
        "enabled": True,
    }
    assert (made["cron"], made["next_run_at"], made["last_result"], made["last_error"]) == (None, None, None, None)
    assert (await as_operator.get(f"{URL}/{made['id']}")).json() == made
    listed = (await as_operator.get(URL)).json()
    assert (listed["total"], listed["items"]) == (1, [made])
    body = {"name": "Lab", "credential_profile_id": login, "subnet": "10.77.1.5", "port_scan": False}
    changed = await as_operator.put(
        f"{URL}/{made['id']}", json={**body, "cron": "@daily", "auto_provision": {"collectors": ["http"]}}
    )
    assert changed.status_code == 200, changed.text
    assert changed.json()["auto_provision"] == {"collectors": ["http"], "interval": None}
    assert changed.json()["next_run_at"].endswith("T00:00:00Z")
    assert (await as_operator.delete(f"{URL}/{made['id']}")).status_code == 204
    gone = await as_operator.get(f"{URL}/{made['id']}")
    assert (gone.status_code, gone.json()["detail"]) == (404, "Discovery Profile not found")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"credential_profile_id": 4711}, 404, "credential_profile_not_found"),
        ({"subnet": "10.77.0.0/30 10.77.1.0/30"}, 422, "not_a_subnet"),
        ({"subnet": "host.example"}, 422, "not_a_subnet"),
        ({"subnet": "nonsense/"}, 422, None),
        ({"subnet": "10.78.0.0/24"}, 422, None),
        ({"subnet": "127.0.0.1"}, 422, None),
        ({"subnet": "10.0.0.0/8"}, 422, None),
        ({"cron": "61 * * * *"}, 422, None),
        ({"timezone": "Mars/Base"}, 422, None),
        ({"auto_provision": {"collectors": ["telepathy"]}}, 422, "not_a_choice"),
    ],
)
async def test_what_could_never_run_is_refused(
    as_operator: Client, login: int, change: dict[str, Any], status: int, code: str | None
) -> None:
    body = {"name": "Office", "credential_profile_id": login, "subnet": "10.77.0.0/30"}
    refused = await as_operator.post(URL, json={**body, **change})
    assert refused.status_code == status, refused.text
    if code:
        assert refused.json()["code"] == code
    if "subnet" in change:
        assert refused.json()["errors"][0]["field"] == "subnet"


async def test_names_are_taken_once_and_other_sites_are_not_seen(
    as_operator: Client, as_admin: Client, login: int, program: Lanarium
) -> None:
    await create(as_operator, login)
    body = {"name": "oFFICE", "credential_profile_id": login, "subnet": "10.77.0.0/30"}
    again = await as_operator.post(URL, json=body)
    assert (again.status_code, again.json()["code"]) == (409, "discovery_profile_name_taken")
    elsewhere = await other_site(program)
    foreign = await login_of(as_admin, name="Foreign", site_id=elsewhere)
    refused = await as_operator.post(URL, json={**body, "name": "x", "credential_profile_id": foreign})
    assert refused.status_code == 404


async def test_run_waits_and_answers_who_was_found(as_operator: Client, login: int, scanner: FakeScanner) -> None:
    made = await create(as_operator, login)
    ran = await as_operator.post(f"{URL}/{made['id']}/run")
    assert ran.status_code == 200, ran.text
    answer = ran.json()
    assert answer["found"] == 4
    assert [device["ip"] for device in answer["devices"]] == ["10.77.0.0", "10.77.0.1", "10.77.0.2", "10.77.0.3"]
    assert {device["discovery_id"] for device in answer["devices"]} == {made["id"]}
    options = scanner.jobs[0].options
    assert options.tcp_ports == "135,5985,5986"
    after = (await as_operator.get(f"{URL}/{made['id']}")).json()
    assert after["last_result"] == {"found": 4, "windows": 0, "provisioned": 0}
    assert (after["last_scan_id"], after["running_scan_id"]) == (answer["scan_id"], None)
    assert (await as_operator.get(f"{URL}/{made['id']}/found")).json() == answer
    assert (await as_operator.delete(f"{URL}/{made['id']}")).status_code == 204
    assert (await as_operator.get("/api/v1/devices")).json()["total"] == 4


async def test_without_a_port_scan_only_who_is_there_is_asked(
    as_operator: Client, login: int, scanner: FakeScanner
) -> None:
    made = await create(as_operator, login, port_scan=False)
    assert (await as_operator.post(f"{URL}/{made['id']}/run")).json()["found"] == 4
    assert (scanner.jobs[0].options.tcp_ports, scanner.jobs[0].options.udp_ports) == (None, None)


async def test_respond_async_answers_at_once_with_the_scan(
    as_operator: Client, login: int, scanner: FakeScanner
) -> None:
    go = asyncio.Event()

    async def slowly(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        await go.wait()
        async for event in with_web(job, stop):
            yield event

    scanner.script = slowly
    made = await create(as_operator, login)
    path = f"{URL}/{made['id']}"
    begun = await as_operator.post(f"{path}/run", headers={"Prefer": "wait=10, Respond-Async"})
    assert begun.status_code == 202
    scan_id = begun.json()["scan_id"]
    assert begun.headers["Location"] == f"/api/v1/scans/{scan_id}"
    assert begun.headers["Preference-Applied"] == "respond-async"
    again = await as_operator.post(f"{path}/run", headers=ASYNC)
    assert (again.status_code, again.json()["code"]) == (409, "discovery_profile_running")
    assert (await as_operator.get(f"{path}/found")).status_code == 409
    go.set()

    async def over() -> bool:
        return (await as_operator.get(path)).json()["running_scan_id"] is None

    await until(over)
    found = (await as_operator.get(f"{path}/found")).json()
    assert (found["found"], found["scan_id"]) == (1, scan_id)


async def test_an_impatient_wait_ends_in_202(
    as_operator: Client, login: int, scanner: FakeScanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.api.discovery.profiles.PATIENCE_S", 0.05)

    async def for_ever(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        await stop.wait()
        yield ChunkFinished(ChunkOutcome("stopped", "stopped"))

    scanner.script = for_ever
    made = await create(as_operator, login)
    begun = await as_operator.post(f"{URL}/{made['id']}/run")
    assert begun.status_code == 202
    stopped = await as_operator.post(f"/api/v1/scans/{begun.json()['scan_id']}/stop")
    assert stopped.status_code == 200

    async def said() -> bool:
        error = (await as_operator.get(f"{URL}/{made['id']}")).json()["last_error"]
        return bool(error) and error["code"] == "scan_not_completed"

    await until(said)


async def test_what_was_found_is_watched_by_itself(
    as_operator: Client, login: int, scanner: FakeScanner, program: Lanarium
) -> None:
    async with program.services.transactions() as work:
        await program.services.monitoring.plugins.ensure_built_in(work)
        await work.commit()
    scanner.script = with_web
    provision = {"collectors": ["http", "tls"], "interval": 30}
    made = await create(as_operator, login, auto_provision=provision)
    ran = (await as_operator.post(f"{URL}/{made['id']}/run")).json()
    assert (ran["found"], ran["provisioned"]) == (1, 2)
    monitors = (await as_operator.get("/api/v1/monitors?sort=type")).json()["items"]
    assert [(item["type"], item["polling_interval"]) for item in monitors] == [("http", 30), ("tls", 30)]
    assert {item["device_id"] for item in monitors} == {ran["devices"][0]["id"]}
    again = (await as_operator.post(f"{URL}/{made['id']}/run")).json()
    assert again["provisioned"] == 0
    assert "443" in (scanner.jobs[0].options.tcp_ports or "").split(",")


def runs_at(program: Lanarium, now: datetime) -> ProfileRuns:
    services, hands = program.services, program.services.monitoring.profile_runs._hands
    assert isinstance(hands, Hands)
    return ProfileRuns(services.transactions, services.monitoring.profiles, hands, program.bus, clock=lambda: now)


async def test_the_clock_starts_it_once_and_what_was_missed_is_said(
    as_operator: Client, login: int, program: Lanarium
) -> None:
    made = await create(as_operator, login, cron="30 2 * * *", timezone="Europe/Helsinki")
    due = datetime.fromisoformat(made["next_run_at"])
    await runs_at(program, due - timedelta(seconds=1)).look()
    assert (await as_operator.get("/api/v1/scans")).json()["total"] == 0
    for _ in range(2):
        await runs_at(program, due + timedelta(seconds=5)).look()
    assert (await as_operator.get("/api/v1/scans")).json()["total"] == 1
    after = (await as_operator.get(f"{URL}/{made['id']}")).json()
    following = datetime.fromisoformat(after["next_run_at"])
    assert following > due
    await runs_at(program, following + timedelta(hours=3)).look()
    after = (await as_operator.get(f"{URL}/{made['id']}")).json()
    assert after["last_error"]["code"] == "missed"


async def test_a_blackout_window_keeps_it_from_running(as_operator: Client, login: int, program: Lanarium) -> None:
    made = await create(as_operator, login, cron="* * * * *")
    window = {"name": "Quiet", "cron": "* * * * *", "duration_min": 60, "networks": ["10.77.0.0/16"]}
    assert (await as_operator.post("/api/v1/blackout-windows", json=window)).status_code == 201
    refused = await as_operator.post(f"{URL}/{made['id']}/run")
    assert (refused.status_code, refused.json()["code"]) == (409, "blackout")
    due = datetime.fromisoformat((await as_operator.get(f"{URL}/{made['id']}")).json()["next_run_at"])
    await runs_at(program, due + timedelta(seconds=1)).look()
    after = (await as_operator.get(f"{URL}/{made['id']}")).json()
    assert after["last_error"]["code"] == "blackout"
    assert (await as_operator.get("/api/v1/scans")).json()["total"] == 0


async def test_a_network_that_was_withdrawn_is_not_scanned(
    as_operator: Client, login: int, program: Lanarium
) -> None:
    made = await create(as_operator, login)
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE networks SET scan_allowed = false"))
    refused = await as_operator.post(f"{URL}/{made['id']}/run")
    assert refused.status_code == 422
    assert (await as_operator.get("/api/v1/scans")).json()["total"] == 0


async def test_only_operators_write_and_every_deed_is_in_the_audit(
    as_viewer: Client, as_operator: Client, as_admin: Client, program: Lanarium
) -> None:
    await allow_lab(program)
    login = await login_of(as_admin)
    body = {"name": "Office", "credential_profile_id": login, "subnet": "10.77.0.0/30"}
    assert (await as_viewer.post(URL, json=body)).status_code == 403
    made = await create(as_operator, login)
    assert (await as_viewer.post(f"{URL}/{made['id']}/run")).status_code == 403
    assert (await as_operator.post(f"{URL}/{made['id']}/run")).status_code == 200
    await as_operator.delete(f"{URL}/{made['id']}")
    events = (await as_admin.get("/api/v1/audit-events?entity=discovery_profile")).json()["items"]
    assert {event["action"] for event in events} == {"create", "run", "finish", "delete"}
    assert "s3cret-word" not in str(events)


async def four_windows(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    """Every address has WS-Management."""
    for address in AddressSet.parse(job.targets):
        ports = (PortReport("tcp", 5985, "open", "syn-ack"),)
        yield HostFinished(HostReport(str(address), "up", ports=ports))
    yield ChunkFinished(ChunkOutcome("done", "success"))


def facts_of(address: str, **more: Any) -> WindowsFacts:
    return WindowsFacts(address, (5985,), **more)


async def test_windows_hosts_are_recognised_and_say_their_name(
    as_operator: Client, login: int, scanner: FakeScanner, recogniser: FakeRecogniser
) -> None:
    scanner.script = four_windows
    recogniser.hosts = {
        "10.77.0.1": facts_of(
            "10.77.0.1", name="FILE01", domain="corp.example", os="Windows Server 2022", logged_in=True
        ),
        "10.77.0.2": facts_of("10.77.0.2"),
    }
    made = await create(as_operator, login)
    ran = (await as_operator.post(f"{URL}/{made['id']}/run")).json()
    assert (ran["found"], ran["windows"]) == (4, 2)
    known = {device["ip"]: device for device in ran["devices"]}
    assert [known[f"10.77.0.{n}"]["windows"] for n in range(4)] == [False, True, True, False]
    assert (known["10.77.0.1"]["name"], known["10.77.0.1"]["os"]) == ("FILE01", "Windows Server 2022")
    assert (await as_operator.get(f"{URL}/{made['id']}")).json()["last_error"] is None


async def test_a_refused_login_is_shown_to_two_hosts_and_never_there_again(
    as_operator: Client, as_admin: Client, login: int, scanner: FakeScanner, recogniser: FakeRecogniser
) -> None:
    scanner.script = four_windows
    refused = CheckFailed("login_refused", "10.77.0.1 refused the login", phase="login", final=True)
    recogniser.hosts = {f"10.77.0.{n}": facts_of(f"10.77.0.{n}", refused=refused) for n in range(4)}
    made = await create(as_operator, login)
    for _ in range(3):
        ran = await as_operator.post(f"{URL}/{made['id']}/run")
        assert ran.json()["windows"] == 4
    shown = [address for address, with_login in recogniser.asked if with_login]
    assert len(shown) == len(set(shown)) == 4
    recogniser.asked.clear()
    body = {"name": "WindowsAdmin", "type": "winrm", "username": "CORP\\svc", "password": "better-word"}
    changed = await as_admin.put(f"/api/v1/credential-profiles/{login}", json=body)
    assert changed.status_code == 200, changed.text
    await as_operator.post(f"{URL}/{made['id']}/run")
    assert sum(with_login for _, with_login in recogniser.asked) == 2
    after = (await as_operator.get(f"{URL}/{made['id']}")).json()
    assert after["last_error"]["code"] == "login_refused"
