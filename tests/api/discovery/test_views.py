"""A scan as a map, and beside an earlier one."""

import asyncio
from collections.abc import AsyncGenerator

import httpx2
import pytest

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    OsGuess,
    PortReport,
    RunnerEvent,
)
from tests.api.discovery.conftest import FakeScanner, Script, until

pytestmark = pytest.mark.usefixtures("lab_network")
Client = httpx2.AsyncClient


def sees(**hosts: HostReport) -> Script:
    async def script(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        for address in map(str, AddressSet.parse(job.targets)):
            yield HostFinished(hosts.get("h" + address.rpartition(".")[2], HostReport(address, "down")))
        yield ChunkFinished(ChunkOutcome("done", "success"))

    return script


def up(last: int, *ports: int, **more: object) -> HostReport:
    doors = tuple(PortReport("tcp", port, "open", service=f"s{port}") for port in ports)
    return HostReport(f"10.77.0.{last}", "up", ports=doors, **more)  # type: ignore[arg-type]


async def _scan(client: Client, **body: object) -> int:
    started = (await client.post("/api/v1/scans/start", json={"targets": "10.77.0.0/28", **body})).json()

    async def over() -> bool:
        return bool((await client.get(f"/api/v1/scans/{started['id']}")).json()["finished_at"])

    await until(over)
    return int(started["id"])


async def test_cells_count_what_was_asked_and_what_answered(as_operator: Client, scanner: FakeScanner) -> None:
    scanner.script = sees(h1=up(1, 22, 80), h2=up(2), h9=up(9, 443))
    scan = await _scan(as_operator, targets="10.77.0.0/28 10.77.1.8-10.77.1.9", chunk_size=4)
    cells = (await as_operator.get(f"/api/v1/scans/{scan}/heatmap?cells=5")).json()["cells"]
    told = [(c["first"], c["last"], c["addresses"], c["asked"], c["up"], c["ports"]) for c in cells]
    assert told == [
        ("10.77.0.0", "10.77.0.3", 4, 4, 2, 2),
        ("10.77.0.4", "10.77.0.7", 4, 4, 0, 0),
        ("10.77.0.8", "10.77.0.11", 4, 4, 1, 1),
        ("10.77.0.12", "10.77.0.15", 4, 4, 0, 0),
        ("10.77.1.8", "10.77.1.9", 2, 2, 0, 0),
    ]
    assert {c["status"] for c in cells} == {"done"}
    assert len((await as_operator.get(f"/api/v1/scans/{scan}/heatmap")).json()["cells"]) == 18
    assert (await as_operator.get(f"/api/v1/scans/{scan}/heatmap?cells=0")).status_code == 422


async def test_comparison_names_every_difference_once(as_operator: Client, scanner: FakeScanner) -> None:
    linux = OsGuess("Linux 5", 100)
    scanner.script = sees(h1=up(1, 22, 80, os=linux, hostnames=("old",)), h2=up(2, 22), h3=up(3, 22))
    first = await _scan(as_operator)
    alone = (await as_operator.get(f"/api/v1/scans/{first}/compare")).json()
    assert (alone["compared_with"], alone["items"]) == (None, [])
    changed = up(1, 22, 443, os=OsGuess("Linux 6", 100), hostnames=("new",))
    changed = HostReport(
        changed.address, "up", ports=(PortReport("tcp", 22, "open", service="telnet"), *changed.ports[1:]),
        os=changed.os, hostnames=changed.hostnames,
    )  # fmt: skip
    scanner.script = sees(h1=changed, h2=up(2, 22), h4=up(4, 22))
    second = await _scan(as_operator)
    found = (await as_operator.get(f"/api/v1/scans/{second}/compare")).json()
    assert (found["compared_with"], found["addresses_compared"], found["ports_compared"]) == (first, 16, True)
    told = {(i["kind"], i["address"].rpartition(".")[2], i["port"], i["old"], i["new"]) for i in found["items"]}
    assert told == {
        ("os_changed", "1", None, "Linux 5", "Linux 6"),
        ("name_changed", "1", None, "old", "new"),
        ("service_changed", "1", "22/tcp", "s22", "telnet"),
        ("port_closed", "1", "80/tcp", "s80", None),
        ("port_opened", "1", "443/tcp", None, "s443"),
        ("host_gone", "3", None, None, None),
        ("host_new", "4", None, None, None),
    }
    assert found["total"] == 7
    assert set(found["totals"].values()) == {1}
    page = (await as_operator.get(f"/api/v1/scans/{second}/compare?with={first}&limit=3")).json()
    assert (len(page["items"]), page["total"]) == (3, 7)
    rest = (await as_operator.get(f"/api/v1/scans/{second}/compare?limit=500&cursor={page['next']}")).json()
    assert page["items"] + rest["items"] == found["items"]
    other_ports = await _scan(as_operator, profile="full")
    found = (await as_operator.get(f"/api/v1/scans/{other_ports}/compare?with={second}")).json()
    assert found["ports_compared"] is False
    assert found["total"] == 0


async def test_only_what_both_asked_is_compared(as_operator: Client, scanner: FakeScanner) -> None:
    scanner.script = sees(h1=up(1, 22), h9=up(9, 22))
    await _scan(as_operator)
    scanner.script = sees()
    half = await _scan(as_operator, targets="10.77.0.0/29")
    found = (await as_operator.get(f"/api/v1/scans/{half}/compare")).json()
    assert [(i["kind"], i["address"]) for i in found["items"]] == [("host_gone", "10.77.0.1")]
    for wrong, status in (("999", 404), ("x", 422), ("9" * 19, 404)):
        assert (await as_operator.get(f"/api/v1/scans/{half}/compare?with={wrong}")).status_code == status
