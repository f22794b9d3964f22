"""A44: bodies, ranges and frames that cost the server more than the sender (CVE-2025-62727 and others).

Cost is counted, not timed: how much of a hostile body is ever read, and how much is answered to a hostile range.
"""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import httpx2
import pytest
import uvicorn
from fastapi import FastAPI

from backend import cli
from backend.bootstrap import Lanarium
from backend.infra.db.engine import create_engine
from tests.attacks.test_a45_artifact_paths import CHUNK, SCAN, artifact_row
from tests.attacks.twins.greedy import greedy_app, range_by_range

PIECE = b"x" * 65_536
PIECES = 400
LIMIT = 1024 * 1024
Message = MutableMapping[str, Any]

HOSTILE_TYPES = (
    "multipart/form-data; boundary=b",
    "multipart/form-data; boundary=" + "b" * 5_000,
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; " + "a=" * 2_000,
    "text/plain",
    "application/jsonp",
    "",
)


async def bytes_read(
    app: Callable[..., Awaitable[None]], content_type: str, length: str | None
) -> tuple[int, int]:
    """Send 25 MiB to the login; answers how many bytes were taken and the status."""
    taken = status = 0
    headers = [(b"host", b"lanarium.test"), (b"content-type", content_type.encode())]
    headers.append((b"content-length", length.encode()) if length else (b"transfer-encoding", b"chunked"))

    async def receive() -> Message:
        nonlocal taken
        taken += len(PIECE)
        return {"type": "http.request", "body": PIECE, "more_body": taken < PIECES * len(PIECE)}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)

    path = "/api/v1/auth/login"
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "https",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 4), "server": ("lanarium.test", 443), "state": {},
    }  # fmt: skip
    await app(scope, receive, send)
    return taken, status


@pytest.mark.parametrize("content_type", HOSTILE_TYPES)
async def test_other_types_are_refused_unread(app: FastAPI, content_type: str) -> None:
    assert await bytes_read(app, content_type, None) == (0, 415)


@pytest.mark.parametrize("length", ["26214400", "9" * 400, "-1", "1e3"])
async def test_a_large_body_is_refused_unread(app: FastAPI, length: str) -> None:
    assert await bytes_read(app, "application/json", length) == (0, 413)


async def test_a_body_of_unknown_length_is_read_to_the_limit_only(app: FastAPI) -> None:
    taken, status = await bytes_read(app, "application/json", None)
    assert status == 413
    assert taken <= LIMIT + len(PIECE)


async def test_the_check_finds_an_application_that_reads_everything() -> None:
    taken, _ = await bytes_read(greedy_app(), "application/json", None)
    assert taken == PIECES * len(PIECE)


def many_ranges() -> str:
    return "bytes=" + ",".join(f"0-{end}" for end in range(2_000))


async def answered(client: httpx2.AsyncClient, url: str) -> int:
    return len((await client.get(url, headers={"Range": many_ranges()})).content)


async def test_ranges_never_multiply_a_file(program: Lanarium, as_viewer: httpx2.AsyncClient) -> None:
    content = b"<nmaprun>" + b" " * 4_000 + b"</nmaprun>"
    folder = program.settings.scans_dir / SCAN
    folder.mkdir(parents=True)
    (folder / f"{CHUNK}.xml").write_bytes(content)
    uid = await artifact_row(program, f"{SCAN}/{CHUNK}.xml")
    assert await answered(as_viewer, f"/api/v1/artifacts/{uid}") <= len(content)


async def test_the_check_finds_a_server_that_answers_range_by_range() -> None:
    transport = httpx2.ASGITransport(app=range_by_range(b" " * 4_000))
    async with httpx2.AsyncClient(transport=transport, base_url="https://lanarium.test") as client:
        assert await answered(client, "/file") > 4_000


def test_frames_are_small_and_silence_ends(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    given: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda _, **options: given.update(options))
    monkeypatch.setattr("backend.main.create_app", lambda: create_engine(database_url))
    cli.serve()
    assert given["ws_max_size"] <= 64 * 1024
    assert given["ws_ping_interval"]
    assert given["ws_ping_timeout"]
