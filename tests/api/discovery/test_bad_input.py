"""What people may type by mistake or malice: each a 4xx that says which field and why, and nothing starts."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from tests.api.discovery.conftest import FakeScanner

Client = httpx2.AsyncClient
Body = dict[str, Any]

BAD_TARGETS = {
    "-oN /etc/x": "target_looks_like_an_option",
    "--script=http-title": "target_looks_like_an_option",
    "10.0.0.0/0": "too_many_addresses",
    "10.77.0.0/8": "too_many_addresses",
    "300.1.1.1": "target_bad_octet",
    "127.1": "target_short_form",
    "0x7f.1": "target_short_form",
    "2130706433": "target_short_form",
    "10.77.*.1": "target_wildcard",
    "10.77.0.1;id": "target_not_an_address",
    "$(id)": "target_not_an_address",
    "10.77.0.1\u0000": "target_control_character",
    "127.0.0.1": "scope_refused",
    "169.254.169.254": "scope_refused",
    "192.0.2.0/24": "scope_refused",
    "8.8.8.8": "scope_refused",
    "::ffff:127.0.0.1": "scope_refused",
    "nowhere.test": "name_does_not_resolve",
    "inside.test": "scope_refused",
    "": "no_targets",
}


@pytest.fixture(autouse=True)
async def nothing_started(program: Lanarium, scanner: FakeScanner, lab_network: str) -> AsyncIterator[None]:
    """After every test here: no scan, no chunk, no job."""
    scanner.names = {"inside.test": ("10.77.0.9", "192.0.2.9"), "fine.test": ("10.77.0.9",)}
    yield
    async with program.engine.connect() as connection:
        assert await connection.scalar(sa.text("SELECT count(*) FROM scans")) == 0
        assert await connection.scalar(sa.text("SELECT count(*) FROM scan_chunks")) == 0
    assert scanner.jobs == []


async def _refused(client: Client, body: object, status: int = 422) -> Body:
    answer = await client.post("/api/v1/scans/start", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: Body = answer.json()
    assert problem["detail"]
    return problem


async def test_a_bad_target_names_the_field_and_the_reason(as_operator: Client) -> None:
    for target, code in BAD_TARGETS.items():
        for body in ({"targets": target}, {"targets": [target]}):
            problem = await _refused(as_operator, body)
            assert problem["code"] == code, target
            assert {error["field"] for error in problem["errors"]} == {"targets"}
            assert all(error["detail"] for error in problem["errors"])


async def test_a_network_that_nobody_allowed_says_how_to_allow_it(as_operator: Client) -> None:
    problem = await _refused(as_operator, {"targets": "192.168.50.0/24"})
    assert problem["params"] == {"range": "192.168.50.0/24", "host": "", "considered": "10.77.0.0/16"}
    assert "192.168.50.0/24 is in no network that may be scanned (10.77.0.0/16)" in problem["detail"]


async def test_five_thousand_lines_are_too_many(as_operator: Client) -> None:
    lines = [f"10.77.{n // 250}.{n % 250}" for n in range(5000)]
    for targets in (lines, "\n".join(lines)):
        problem = await _refused(as_operator, {"targets": targets})
        assert problem["code"] == "too_many_target_lines"
        assert problem["params"]["count"] == 5000


async def test_bad_exclusions_are_named_as_such(as_operator: Client) -> None:
    problem = await _refused(as_operator, {"targets": "10.77.0.1", "exclusions": "-iR 5"})
    assert problem["errors"][0]["field"] == "exclusions"
    problem = await _refused(as_operator, {"targets": "10.77.0.1", "exclusions": "10.77.0.0/24"})
    assert problem["errors"][0]["code"] == "scope_excluded"


BAD_OPTIONS: list[tuple[Body, str]] = [
    ({"profile": "aggressive"}, "profile"),
    ({"profile": "custom", "options": {"nmap_flags": "-A"}}, "options.nmap_flags"),
    ({"profile": "custom", "options": {"scripts": ["http-shellshock"]}}, "options.scripts"),
    ({"profile": "custom", "options": {"scripts": ["../../evil.nse"]}}, "options.scripts"),
    ({"profile": "custom", "options": {"tcp_ports": "22 -oN x"}}, "options.tcp_ports"),
    ({"profile": "custom", "options": {"timing": "-T5"}}, "options.timing"),
    ({"profile": "quick", "options": {}}, "options"),
    ({"nmap_flags": "-A"}, "nmap_flags"),
    ({"chunk_size": 0}, "chunk_size"),
    ({"concurrency": 1000}, "concurrency"),
    ({"concurrency": "2"}, "concurrency"),
    ({"concurrency": True}, "concurrency"),
    ({"host_timeout_s": -1}, "host_timeout_s"),
    ({"name": "a\nb"}, "name"),
    ({"project_id": "1"}, "project_id"),
]
WRONG_TYPES: list[object] = [[], "10.77.0.1", 7, None, {}, {"targets": 7}, {"targets": [7]}, {"targets": None}]


async def test_an_option_that_is_not_on_the_list(as_operator: Client) -> None:
    for more, field in BAD_OPTIONS:
        problem = await _refused(as_operator, {"targets": "10.77.0.1", **more})
        assert any(error["field"].startswith(field) for error in problem["errors"]), problem


async def test_json_of_the_wrong_type(as_operator: Client) -> None:
    for body in WRONG_TYPES:
        await _refused(as_operator, body)


async def test_what_is_not_json_or_too_large(as_operator: Client) -> None:
    path = "/api/v1/scans/start"
    broken = await as_operator.post(path, content=b"{", headers={"Content-Type": "application/json"})
    assert broken.status_code == 422
    form = await as_operator.post(path, data={"targets": "10.77.0.1"})
    assert form.status_code == 415
    claimed = {"Content-Type": "application/json", "Content-Length": str(100 * 1024 * 1024)}
    assert (await as_operator.post(path, content=b"{}", headers=claimed)).status_code == 413

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(100):
            yield b'"' + b"x" * 1024 * 1024

    streamed = await as_operator.post(path, content=endless(), headers={"Content-Type": "application/json"})
    assert streamed.status_code == 413


async def test_a_project_that_is_not_there(as_operator: Client) -> None:
    problem = await _refused(as_operator, {"targets": "10.77.0.1", "project_id": 4711}, 404)
    assert problem["code"] == "project_not_found"


async def test_nobody_and_viewers_start_nothing(client: Client, as_viewer: Client) -> None:
    body = {"targets": "10.77.0.1"}
    assert (await client.post("/api/v1/scans/start", json=body)).status_code == 401
    assert (await as_viewer.post("/api/v1/scans/start", json=body)).status_code == 403
    assert (await as_viewer.post("/api/v1/targets/expand", json=body)).status_code == 403


async def test_expanding_shows_what_a_scan_would_be(as_operator: Client) -> None:
    body = {"targets": ["10.77.1.0/24", "fine.test"], "exclusions": "10.77.1.128/25", "chunk_size": 64}
    shown = (await as_operator.post("/api/v1/targets/expand", json=body)).json()
    assert shown["address_count"] == 129
    assert shown["ranges"] == ["10.77.0.9", "10.77.1.0/25"]
    assert shown["names"] == [{"name": "fine.test", "addresses": ["10.77.0.9"]}]
    assert shown["networks"] == [{"cidr": "10.77.0.0/16", "name": "Lab"}]
    assert shown["chunks_estimated"] == 3
    assert shown["seconds_estimated"] > 0
