"""The NMSlite document's user journey (its section 4) and its deletion rules (section 12), word by word.

The real program with its loops; a simulated Windows at loopback stands where the scan found one.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from backend.bootstrap import Lanarium, Stand, build
from backend.domain.discovery.coordinator import Limits
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.recorder import RecorderLimits
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    PortReport,
    RunnerEvent,
)
from backend.domain.monitoring.collector import Credential
from backend.domain.monitoring.windows import WindowsFacts
from backend.infra.clients.winrm.recognise import WinrmRecogniser
from simulators.windows.server import WindowsHost
from tests import people
from tests.api.discovery.conftest import FakeScanner, allow_lab
from tests.egress import Loopback
from tests.people import PASSWORD, Person
from tests.windows import DOMAIN, USER, windows
from tests.windows import PASSWORD as WINDOWS_PASSWORD

Client = httpx2.AsyncClient
API = "/api/v1"
HOST = "10.77.0.5"


class AtLoopback:
    """The real recogniser, asking the simulated host in the place of the one that the scan found."""

    def __init__(self, host: WindowsHost) -> None:
        self._real = WinrmRecogniser((1, host.port, 1))

    async def recognise(
        self, address: str, credential: Credential | None, *, timeout_s: float, name: str | None = None
    ) -> WindowsFacts | None:
        if address != HOST:
            return None
        facts = await self._real.recognise("127.0.0.1", credential, timeout_s=timeout_s)
        return replace(facts, address=address) if facts else None


async def five_hosts(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    """Five hosts answer, one of which has WS-Management."""
    for last in range(1, 6):
        ports = (PortReport("tcp", 5985, "open", "syn-ack"),) if last == 5 else ()
        yield HostFinished(HostReport(f"10.77.0.{last}", "up", ports=ports))
    yield ChunkFinished(ChunkOutcome("done", "success"))


@pytest.fixture
async def host() -> AsyncIterator[WindowsHost]:
    async with windows() as found:
        yield found


@pytest.fixture
async def program(database_url: str, tmp_path: Path, host: WindowsHost) -> AsyncIterator[Lanarium]:
    """The whole program and all of its loops."""
    scanner = FakeScanner(script=five_hosts)
    recorder = RecorderLimits(tick_s=0.01, retry_s=0.05)
    stand = Stand(
        scanner,
        scanner,
        scanner,
        Limits(retry_s=0.05, stop_patience_s=1.0, recorder=recorder),
        egress=Loopback(),
        recogniser=AtLoopback(host),
    )
    built = build(people.settings(database_url, tmp_path, poll_tick_s=0.2), stand=stand)
    await built.runtime.start()
    await allow_lab(built)
    yield built
    await built.stop()


async def expect(answer: Awaitable[httpx2.Response], status: int) -> Any:
    got = await answer
    assert got.status_code == status, got.text
    return got.json() if got.content else None


async def refused(answer: Awaitable[httpx2.Response], status: int, detail: str) -> Any:
    got = await answer
    assert (got.status_code, got.json()["detail"]) == (status, detail)
    return got.json()


async def eventually(what: Callable[[], Awaitable[Any]], seconds: float = 20) -> Any:
    async with asyncio.timeout(seconds):
        while not (found := await what()):  # noqa: ASYNC110 - the condition is in the database
            await asyncio.sleep(0.05)
    return found


async def make_login(client: Client, host: WindowsHost, name: str = "WindowsAdmin") -> int:
    body = {"name": name, "type": "winrm", "username": USER, "domain": DOMAIN, "port": host.port}
    made = await expect(
        client.post(f"{API}/credential-profiles", json={**body, "password": WINDOWS_PASSWORD}), 201
    )
    assert "password" not in made
    return int(made["id"])


async def make_profile(client: Client, login: int) -> int:
    body = {"name": "Office", "credential_profile_id": login, "subnet": "10.77.0.0/29"}
    made = await expect(client.post(f"{API}/discovery-profiles", json=body), 201)
    assert (made["name"], made["credential_profile_id"]) == ("Office", login)
    return int(made["id"])


async def windows_plugin(client: Client) -> int:
    async def there() -> list[int]:
        items = (await client.get(f"{API}/plugins")).json()["items"]
        return [item["id"] for item in items if item["type"] == "windows"]

    return int((await eventually(there))[0])


async def make_monitor(client: Client, host: WindowsHost) -> dict[str, int]:
    """Everything up to a monitor; answers the ids."""
    login = await make_login(client, host)
    profile = await make_profile(client, login)
    found = await expect(client.post(f"{API}/discovery-profiles/{profile}/run"), 200)
    device = next(item["id"] for item in found["devices"] if item["ip"] == HOST)
    shared = {"config": {"timeout_s": 5.0}, "name": "Servers", "type": "windows"}
    plugin = int((await expect(client.post(f"{API}/plugins", json=shared), 201))["id"])
    body = {"device_id": device, "credential_profile_id": login, "plugin_id": plugin, "interval": 1}
    monitor = int((await expect(client.post(f"{API}/monitors", json=body), 201))["id"])
    return {"login": login, "profile": profile, "device": device, "plugin": plugin, "monitor": monitor}


async def test_the_user_journey(client: Client, admin: Person, host: WindowsHost) -> None:
    """Section 4, its seven steps."""
    # 1: POST /auth/login -> {token}
    body = {"username": admin.user.username, "password": PASSWORD}
    token = (await expect(client.post(f"{API}/auth/login", json=body), 200))["token"]
    client.headers["Authorization"] = f"Bearer {token}"
    # 2: POST /credential-profiles -> {id, name}
    login = await make_login(client, host)
    # 3: POST /discovery-profiles -> {id, name, credential_profile_id}
    profile = await make_profile(client, login)
    # 4: POST /discovery-profiles/1/run -> {found: 5, devices: [...]}
    found = await expect(client.post(f"{API}/discovery-profiles/{profile}/run"), 200)
    assert (found["found"], len(found["devices"]), found["windows"]) == (5, 5, 1)
    server = next(item for item in found["devices"] if item["windows"])
    assert (server["ip"], server["name"], server["discovery_id"]) == (HOST, "win-sim01", profile)
    assert server["os"] == "Microsoft Windows Server 2022 Standard"
    # 5: POST /monitors {device_id, credential_profile_id, plugin_id, interval} -> {id, enabled: true}
    plugin = await windows_plugin(client)
    wanted = {"device_id": server["id"], "credential_profile_id": login, "plugin_id": plugin, "interval": 1}
    made = await expect(client.post(f"{API}/monitors", json=wanted), 201)
    assert made["enabled"] is True

    # 6: polled by itself
    async def polled() -> Any:
        found = (await client.get(f"{API}/monitors/{made['id']}")).json()
        return found if found["last_polled"] else None

    monitor = await eventually(polled)
    assert (monitor["state"], monitor["last_error"]) == ("up", None)

    # 7: GET /monitors/1/metrics -> {cpu, memory, disk, network}
    async def measured() -> Any:
        latest = (await client.get(f"{API}/monitors/{made['id']}/metrics")).json()
        return latest if latest.get("net_sent_ps") is not None else None

    latest = await eventually(measured)
    assert latest["monitor_id"] == made["id"]
    for name in ("cpu_percent", "memory_total", "memory_used", "disk_total", "disk_used", "process_count"):
        assert latest[name] is not None, name


async def test_provisioning_names_what_is_not_there(as_admin: Client, host: WindowsHost) -> None:
    """Section 7: 404 for device, credential profile and plugin, in that order."""
    ids = await make_monitor(as_admin, host)
    body = {"device_id": 4711, "credential_profile_id": 4711, "plugin_id": 4711}
    await refused(as_admin.post(f"{API}/monitors", json=body), 404, "Device not found")
    body["device_id"] = ids["device"]
    await refused(as_admin.post(f"{API}/monitors", json=body), 404, "Credential Profile not found")
    body["credential_profile_id"] = ids["login"]
    await refused(as_admin.post(f"{API}/monitors", json=body), 404, "Plugin not found")


async def test_a_credential_profile_stays_while_monitors_use_it(as_admin: Client, host: WindowsHost) -> None:
    ids = await make_monitor(as_admin, host)
    await expect(as_admin.delete(f"{API}/discovery-profiles/{ids['profile']}"), 204)
    second = {"device_id": ids["device"], "credential_profile_id": ids["login"], "plugin_id": ids["plugin"]}
    await expect(as_admin.post(f"{API}/monitors", json=second), 201)
    path = f"{API}/credential-profiles/{ids['login']}"
    await refused(as_admin.delete(path), 400, "Credential Profile in use by 2 monitor(s)")


async def test_a_credential_profile_stays_while_a_discovery_profile_uses_it(
    as_admin: Client, host: WindowsHost
) -> None:
    ids = await make_monitor(as_admin, host)
    await expect(as_admin.delete(f"{API}/monitors/{ids['monitor']}"), 204)
    path = f"{API}/credential-profiles/{ids['login']}"
    await refused(as_admin.delete(path), 400, "Credential Profile in use by 1 discovery profile(s)")
    await expect(as_admin.delete(f"{API}/discovery-profiles/{ids['profile']}"), 204)
    await expect(as_admin.delete(path), 204)


async def test_a_credential_profile_names_every_kind_that_uses_it(as_admin: Client, host: WindowsHost) -> None:
    ids = await make_monitor(as_admin, host)
    told = "Credential Profile in use by 1 monitor(s) and 1 discovery profile(s)"
    answer = await refused(as_admin.delete(f"{API}/credential-profiles/{ids['login']}"), 400, told)
    assert [(e["field"], e["params"]["count"]) for e in answer["errors"]] == [
        ("monitor", 1),
        ("discovery_profile", 1),
    ]


async def test_a_device_stays_while_a_monitor_watches_it(as_admin: Client, host: WindowsHost) -> None:
    ids = await make_monitor(as_admin, host)
    await refused(as_admin.delete(f"{API}/devices/{ids['device']}"), 400, "Device in use by 1 monitor(s)")
    await expect(as_admin.delete(f"{API}/monitors/{ids['monitor']}"), 204)
    await expect(as_admin.delete(f"{API}/devices/{ids['device']}"), 204)


async def test_a_plugin_stays_while_a_monitor_uses_it(as_admin: Client, host: WindowsHost) -> None:
    ids = await make_monitor(as_admin, host)
    await refused(as_admin.delete(f"{API}/plugins/{ids['plugin']}"), 400, "Plugin in use by 1 monitor(s)")
    await expect(as_admin.delete(f"{API}/monitors/{ids['monitor']}"), 204)
    await expect(as_admin.delete(f"{API}/plugins/{ids['plugin']}"), 204)


async def test_a_monitor_goes_with_all_that_it_measured(as_admin: Client, host: WindowsHost) -> None:
    ids = await make_monitor(as_admin, host)
    path = f"{API}/monitors/{ids['monitor']}"

    async def measured() -> Any:
        return (await as_admin.get(path)).json()["last_polled"]

    await eventually(measured)
    await expect(as_admin.delete(path), 204)
    assert (await as_admin.get(f"{path}/metrics")).status_code == 404


async def test_devices_remain_when_their_discovery_profile_goes(as_admin: Client, host: WindowsHost) -> None:
    ids = await make_monitor(as_admin, host)
    await expect(as_admin.delete(f"{API}/discovery-profiles/{ids['profile']}"), 204)
    assert (await expect(as_admin.get(f"{API}/devices"), 200))["total"] == 5
    assert (await as_admin.get(f"{API}/monitors/{ids['monitor']}")).status_code == 200


async def test_a_login_is_tried_and_what_was_refused_is_said(as_admin: Client, host: WindowsHost) -> None:
    login = await make_login(as_admin, host)
    path = f"{API}/credential-profiles/{login}/test"
    good = await expect(as_admin.post(path, json={"address": HOST}), 200)
    assert (good["ok"], good["code"], good["collector"]) == (True, "login_accepted", "windows")
    assert good["phases"]
    body = {"name": "WindowsAdmin", "type": "winrm", "username": USER, "domain": DOMAIN, "port": host.port}
    await expect(as_admin.put(path.removesuffix("/test"), json={**body, "password": "not-the-word"}), 200)
    bad = await expect(as_admin.post(path, json={"address": HOST}), 200)
    assert (bad["ok"], bad["phase"]) == (False, "login")
    assert "not-the-word" not in str(bad)
    assert bad["text"]
    nobody = await expect(as_admin.post(path, json={"address": HOST, "port": 1}), 200)
    assert (nobody["ok"], nobody["phase"]) == (False, "connect")
    wrong = await as_admin.post(path, json={"address": HOST, "collector": "ssh"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "credential_type_unused")
    answers = [(await as_admin.post(path, json={"address": HOST, "port": 1})).status_code for _ in range(5)]
    assert 429 in answers
    events = (await as_admin.get(f"{API}/audit-events?action=test")).json()["items"]
    assert events[-1]["detail"]["address"] == HOST
