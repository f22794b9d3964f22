"""Sampling over the API: what it costs, what it asks, what it comes to."""

import tracemalloc
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from backend.domain.discovery.addresses import AddressSet
from tests.api.discovery.conftest import FakeScanner, until

Client = httpx2.AsyncClient
BIG = "10.64.0.0/13"  # 2,048 networks of /24


@pytest.fixture(autouse=True)
async def big_network(program: Lanarium) -> None:
    """A big network that may be scanned."""
    async with program.engine.begin() as connection:
        await connection.execute(
            sa.text(
                "INSERT INTO networks (site_id, cidr, name, scan_allowed)"
                " SELECT id, '10.64.0.0/13', 'Big', true FROM sites WHERE is_default"
            )
        )


async def start(client: Client, **body: object) -> dict[str, Any]:
    answer = await client.post("/api/v1/scans/start", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


async def ended(client: Client, scan_id: int) -> dict[str, Any]:
    scan: dict[str, Any] = {}

    async def over() -> bool:
        scan.update((await client.get(f"/api/v1/scans/{scan_id}")).json())
        return bool(scan["finished_at"])

    await until(over)
    return scan


async def test_a_sample_says_what_it_costs_before_it_starts(as_operator: Client) -> None:
    body = {"targets": BIG, "exclusions": "10.65.0.0/16", "profile": "sample"}
    meaning = (await as_operator.post("/api/v1/targets/expand", json=body)).json()
    assert meaning["sampled_networks"] == 2_048 - 256
    assert meaning["address_count"] == 4 * meaning["sampled_networks"]
    assert meaning["address_count"] <= meaning["packets_estimated"] < 4 * meaning["address_count"]
    assert meaning["seconds_estimated"] < 60
    assert len(meaning["ranges"]) == 2


async def test_a_sample_asks_a_few_of_each_24_and_tells_which_are_in_use(
    as_operator: Client, scanner: FakeScanner
) -> None:
    scan = await start(as_operator, targets="10.64.0.0/18", exclusions="10.64.9.0/24", profile="sample")
    scan = await ended(as_operator, scan["id"])
    assert scan["status"] == "completed", scan["message"]
    assert scan["address_count"] == scan["hosts_up"] == 63 * 4
    asked = AddressSet.parse(text for job in scanner.jobs for text in job.targets)
    assert asked.count == 63 * 4
    assert not asked - AddressSet.parse(["10.64.0.0/18"])
    assert not asked & AddressSet.parse(["10.64.9.0/24"])
    found = (await as_operator.get(f"/api/v1/scans/{scan['id']}/sample?limit=10")).json()
    assert (found["networks"], found["total"], found["asked"], found["answered"]) == (63, 63, 252, 252)
    assert found["items"][0] == {"network": "10.64.0.0/24", "asked": 4, "answered": 4}
    assert found["next"]
    chunk = (await as_operator.get(f"/api/v1/scans/{scan['id']}/chunks")).json()["items"][0]
    assert chunk["target_count"] == 252


async def test_coverage_tells_of_a_sample_beside_what_was_asked(as_operator: Client) -> None:
    scan = await start(as_operator, targets="10.64.0.0/20", profile="sample")
    await ended(as_operator, scan["id"])
    network = (await as_operator.get("/api/v1/coverage")).json()["items"][0]
    assert network["asked_ever"] == 0
    sampled = network["sampled"]
    assert (sampled["scan_id"], sampled["networks"], sampled["in_use"]) == (scan["id"], 16, 16)


async def test_a_normal_scan_of_a_slash_8_is_refused_with_the_count_and_no_memory(as_operator: Client) -> None:
    tracemalloc.start()
    try:
        for path in ("targets/expand", "scans/start"):
            answer = await as_operator.post(f"/api/v1/{path}", json={"targets": "10.0.0.0/8"})
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["params"] == {"count": 16_777_216, "limit": 65_536}
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        ("10.0.0.0/8, 172.16.0.0/12", "sample_too_large"),
        ("10.0.0.0/8", "scope_not_allowed"),
        ("127.0.0.0/8", "scope_loopback"),
        ("8.0.0.0/8", "scope_not_allowed"),
        ("host.example", "sample_needs_networks"),
    ],
)
async def test_a_sample_keeps_to_what_may_be_scanned(as_operator: Client, targets: str, code: str) -> None:
    answer = await as_operator.post("/api/v1/scans/start", json={"targets": targets, "profile": "sample"})
    assert answer.status_code == 422
    assert code in {error["code"] for error in answer.json()["errors"]}


@pytest.mark.usefixtures("lab_network")
async def test_other_scans_have_no_sample(as_operator: Client) -> None:
    scan = await start(as_operator, targets="10.77.0.0/30", profile="sweep")
    assert (await as_operator.get(f"/api/v1/scans/{scan['id']}/sample")).status_code == 404
