"""Scans over the API, with a scanner that does what the test says."""

import asyncio
from collections.abc import AsyncGenerator

import httpx2
import pytest

from backend.bootstrap import Lanarium
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    PortReport,
    RunnerEvent,
)
from tests.api.discovery.conftest import FakeScanner, Script, finds_everyone, until

pytestmark = pytest.mark.usefixtures("lab_network")
Client = httpx2.AsyncClient


async def _start(client: Client, **body: object) -> dict:  # type: ignore[type-arg]
    answer = await client.post("/api/v1/scans/start", json={"targets": "10.77.0.0/28", **body})
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def _ended(client: Client, scan_id: int) -> dict:  # type: ignore[type-arg]
    scan: dict = {}  # type: ignore[type-arg]

    async def over() -> bool:
        scan.update((await client.get(f"/api/v1/scans/{scan_id}")).json())
        return bool(scan["finished_at"])

    await until(over)
    return scan


async def test_scan_is_written_down_at_once_and_runs_to_its_end(as_operator: Client) -> None:
    scan = await _start(as_operator, chunk_size=4, concurrency=3)
    assert scan["status"] == "queued"
    assert scan["chunks"] == {
        "total": 4,
        "queued": 4,
        "running": 0,
        "done": 0,
        "partial": 0,
        "failed": 0,
        "stopped": 0,
        "parked": 0,
    }
    assert scan["can"] == {"stop": True, "pause": True, "resume": False, "retry_chunks": False, "delete": False}
    assert scan["requested_by"] == "otto"
    scan = await _ended(as_operator, scan["id"])
    assert (scan["status"], scan["hosts_up"], scan["hosts_done"], scan["progress"]) == ("completed", 16, 16, 1.0)
    assert scan["can"] == {"stop": False, "pause": False, "resume": False, "retry_chunks": True, "delete": True}
    hosts = (await as_operator.get(f"/api/v1/scans/{scan['id']}/hosts")).json()
    assert hosts["total"] == 16
    assert hosts["items"][0]["address"] == "10.77.0.0"
    assert hosts["items"][0]["device_id"]
    lines = (await as_operator.get(f"/api/v1/scans/{scan['id']}/lines")).json()
    assert [line["seq"] for line in lines["items"]] == list(range(1, lines["total"] + 1))
    assert sum(line["text"].startswith("Nmap scan report") for line in lines["items"]) == 16
    found = (await as_operator.get(f"/api/v1/scans/{scan['id']}/lines?q=nmap SCAN report&limit=3")).json()
    assert (found["total"], len(found["items"])) == (16, 3)
    more = (await as_operator.get(f"/api/v1/scans/{scan['id']}/lines?q=nmap scan&after={found['next']}")).json()
    assert len(more["items"]) == 13
    assert (await as_operator.get(f"/api/v1/scans/{scan['id']}/lines?q=100%_")).json()["total"] == 0
    one = (await as_operator.get(f"/api/v1/scans/{scan['id']}/lines?chunk=2")).json()
    assert one["total"] == len(one["items"]) > 0
    assert {line["chunk"] for line in one["items"]} == {2}
    log = await as_operator.get(f"/api/v1/scans/{scan['id']}/log.txt")
    assert log.headers["content-disposition"] == f'attachment; filename="scan-{scan["id"]}.log"'
    assert log.text.count("\n") == lines["total"]
    chunks = (await as_operator.get(f"/api/v1/scans/{scan['id']}/batches")).json()
    assert [chunk["status"] for chunk in chunks["items"]] == ["done"] * 4
    project = (await as_operator.get("/api/v1/projects")).json()["items"][0]
    assert (project["name"], project["scan_count"]) == ("General", 1)


async def test_finished_hosts_are_stored_while_the_scan_runs(as_operator: Client, scanner: FakeScanner) -> None:
    go_on = asyncio.Event()

    async def slow(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        yield HostFinished(HostReport("10.77.0.1", "up", ports=(PortReport("tcp", 22, "open", service="ssh"),)))
        await go_on.wait()
        yield ChunkFinished(ChunkOutcome("done", "success"))

    scanner.script = slow
    scan = await _start(as_operator)

    async def stored() -> bool:
        return bool((await as_operator.get(f"/api/v1/scans/{scan['id']}/hosts")).json()["total"])

    await until(stored)
    running = (await as_operator.get(f"/api/v1/scans/{scan['id']}")).json()
    assert (running["status"], running["hosts_up"], running["ports_open"]) == ("running", 1, 1)
    history = (await as_operator.get("/api/v1/targets/10.77.0.1/history")).json()
    assert history["items"][0]["ports"][0]["service"] == "ssh"
    host = (await as_operator.get(f"/api/v1/hosts/{history['items'][0]['id']}")).json()
    assert host == history["items"][0]
    go_on.set()
    assert (await _ended(as_operator, scan["id"]))["status"] == "completed"


async def test_stop_keeps_what_is_done_and_resume_runs_the_rest(as_operator: Client, scanner: FakeScanner) -> None:
    async def until_stopped(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        yield HostFinished(HostReport(job.targets[0].partition("/")[0], "up"))
        await stop.wait()
        yield ChunkFinished(ChunkOutcome("stopped", "stopped"))

    scanner.script = until_stopped
    scan = await _start(as_operator, chunk_size=4, concurrency=2)

    async def two_hosts() -> bool:
        return bool((await as_operator.get(f"/api/v1/scans/{scan['id']}")).json()["hosts_done"] == 2)

    await until(two_hosts)
    answer = await as_operator.post(f"/api/v1/scans/{scan['id']}/stop")
    assert answer.json()["status"] == "stopping"
    stopped = await _ended(as_operator, scan["id"])
    assert (stopped["status"], stopped["chunks"]["stopped"], stopped["hosts_up"]) == ("stopped", 4, 2)
    assert stopped["message"]["code"] == "stopped_by_person"
    assert stopped["message"]["params"] == {"name": "otto", "done": 0, "total": 4}
    scanner.script = finds_everyone
    again = (await as_operator.post(f"/api/v1/scans/{scan['id']}/resume")).json()
    assert (again["status"], again["message"], again["finished_at"]) == ("queued", None, None)
    done = await _ended(as_operator, scan["id"])
    assert (done["status"], done["hosts_up"]) == ("completed", 16)
    hosts = (await as_operator.get(f"/api/v1/scans/{scan['id']}/hosts")).json()
    assert hosts["total"] == 16


def killed_by(bad: str) -> Script:
    """One address takes nmap down whenever it is its turn."""

    async def script(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        for address in map(str, AddressSet.parse(job.targets)):
            if address == bad:
                yield ChunkFinished(
                    ChunkOutcome("partial", "nmap_killed", {"signal": 9}, "nmap was killed by signal 9")
                )
                return
            yield HostFinished(HostReport(address, "up"))
        yield ChunkFinished(ChunkOutcome("done", "success"))

    return script


async def test_a_bad_host_is_parked_and_can_be_asked_again(
    as_operator: Client, as_viewer: Client, scanner: FakeScanner
) -> None:
    scanner.script = killed_by("10.77.0.3")
    scan = await _start(as_operator)
    path = f"/api/v1/scans/{scan['id']}"
    scan = await _ended(as_operator, scan["id"])
    assert (scan["status"], scan["message"]["code"], scan["hosts_up"]) == ("completed", "targets_parked", 15)
    assert (scan["hosts_done"], scan["chunks"]["parked"]) == (16, 1)
    targets = (await as_viewer.get(f"{path}/difficult-targets")).json()
    assert targets["total"] == 1
    target = targets["items"][0]
    assert (target["address"], target["code"], target["state"]) == ("10.77.0.3", "scan_fault", "parked")
    assert "10.77.0.3 is put aside as difficult" in target["text"]
    retry = f"{path}/difficult-targets/{target['id']}/retry"
    assert (await as_viewer.post(retry)).status_code == 403
    scanner.script = finds_everyone
    scanner.jobs.clear()
    assert (await as_operator.post(retry)).json()["state"] == "retried"
    scan = await _ended(as_operator, scan["id"])
    assert (scan["status"], scan["message"], scan["hosts_up"]) == ("completed", None, 16)
    assert [job.targets for job in scanner.jobs] == [("10.77.0.3",)]
    assert (await as_viewer.get(f"{path}/difficult-targets")).json()["items"][0]["state"] == "released"
    chunks = (await as_viewer.get(f"{path}/chunks")).json()["items"]
    assert sum(chunk["target_count"] for chunk in chunks) == 16
    assert any(chunk["parent"] for chunk in chunks)


async def test_pause_and_resume_ask_nobody_twice(as_operator: Client, scanner: FakeScanner) -> None:
    async def first_then_wait(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        yield HostFinished(HostReport("10.77.0.0", "up", ports=(PortReport("tcp", 22, "open"),)))
        await stop.wait()
        yield ChunkFinished(ChunkOutcome("stopped", "stopped"))

    scanner.script = first_then_wait
    scan = await _start(as_operator)
    path = f"/api/v1/scans/{scan['id']}"

    async def one_host() -> bool:
        return bool((await as_operator.get(path)).json()["hosts_done"] == 1)

    await until(one_host)
    assert (await as_operator.post(f"{path}/chunks/1/retry")).json()["code"] == "scan_cannot_be_retried"
    assert (await as_operator.post(f"{path}/pause")).json()["status"] == "pausing"

    async def paused() -> bool:
        scan.update((await as_operator.get(path)).json())
        return bool(scan["status"] == "paused")

    await until(paused)
    assert (scan["paused_by"], scan["message"]["code"], scan["finished_at"]) == (
        "person",
        "paused_by_person",
        None,
    )
    assert scan["can"] == {"stop": True, "pause": False, "resume": True, "retry_chunks": False, "delete": True}
    assert (await as_operator.post(f"{path}/pause")).json()["code"] == "scan_cannot_be_paused"
    scanner.script = finds_everyone
    assert (await as_operator.post(f"{path}/resume")).json()["paused_by"] is None
    done = await _ended(as_operator, scan["id"])
    assert (done["status"], done["hosts_up"], done["ports_open"]) == ("completed", 16, 1)
    assert "10.77.0.0" not in {str(a) for a in AddressSet.parse(scanner.jobs[-1].targets)}


async def test_a_chunk_can_be_retried_and_split_by_hand(as_operator: Client, scanner: FakeScanner) -> None:
    async def first_then_wait(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        yield HostFinished(HostReport("10.77.0.0", "up"))
        await stop.wait()
        yield ChunkFinished(ChunkOutcome("stopped", "stopped"))

    scanner.script = first_then_wait
    scan = await _start(as_operator)
    path = f"/api/v1/scans/{scan['id']}"

    async def one_host() -> bool:
        return bool((await as_operator.get(path)).json()["hosts_done"] == 1)

    await until(one_host)
    await as_operator.post(f"{path}/stop")
    await _ended(as_operator, scan["id"])
    scanner.script = finds_everyone
    scanner.jobs.clear()
    chunk = (await as_operator.post(f"{path}/chunks/1/split")).json()
    assert (chunk["status"], chunk["targets"], chunk["target_count"]) == ("done", ["10.77.0.0"], 1)
    assert chunk["message"]["code"] == "chunk_split_by_person"
    done = await _ended(as_operator, scan["id"])
    assert (done["status"], done["hosts_up"]) == ("completed", 16)
    assert sorted(AddressSet.parse(job.targets).count for job in scanner.jobs) == [3, 4, 4, 4]
    assert (await as_operator.post(f"{path}/chunks/1/split")).json()["code"] == "chunk_cannot_be_split"
    assert (await as_operator.post(f"{path}/chunks/99/retry")).status_code == 404
    again = (await as_operator.post(f"{path}/chunks/1/retry")).json()
    assert (again["status"], again["hosts_done"]) == ("queued", 0)
    done = await _ended(as_operator, scan["id"])
    assert (done["status"], done["hosts_up"], done["chunks"]["done"]) == ("completed", 16, 5)


async def test_delete_forgets_scan_and_files_but_no_device(
    as_operator: Client, as_viewer: Client, program: Lanarium
) -> None:
    scan = await _ended(as_operator, (await _start(as_operator))["id"])
    folder = program.settings.scans_dir / scan["uid"]
    folder.mkdir(parents=True)
    (folder / "x.xml").write_text("x")
    assert (await as_viewer.delete(f"/api/v1/scans/{scan['id']}")).status_code == 403
    assert (await as_operator.delete(f"/api/v1/scans/{scan['id']}")).status_code == 204
    assert (await as_operator.get(f"/api/v1/scans/{scan['id']}")).status_code == 404

    async def removed() -> bool:
        return not folder.exists()

    await until(removed)
    assert (await as_operator.get("/api/v1/targets/10.77.0.1/history")).json()["total"] == 1


async def test_a_sweep_at_a_rate_of_its_own(as_operator: Client) -> None:
    scan = await _start(as_operator, profile="sweep", max_rate=5_000)
    assert scan["chunk_size"] == 65_536
    assert scan["options"]["max_rate"] == 5_000
    assert scan["options"]["tcp_ports"] is None
