"""Live: backlog, then live, without a hole and without a line twice; who may listen; who is too slow."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from backend.api import stream
from backend.bootstrap import Lanarium
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    Progress,
    RunnerEvent,
)
from backend.infra.web.ws_hub import WebSocketHub
from tests.api.discovery.conftest import FakeScanner, other_site, until
from tests.api.serving import Listening, following, listening, seqs, serving
from tests.people import add_person, client_of

pytestmark = pytest.mark.usefixtures("lab_network")
Client = httpx2.AsyncClient


@pytest.fixture
async def socket(app: FastAPI, tmp_path: Path) -> AsyncIterator[Path]:
    async with serving(app, tmp_path / "app.sock") as path:
        yield path


async def _start(client: Client, targets: str = "10.77.0.0/30", **body: object) -> int:
    answer = await client.post("/api/v1/scans", json={"targets": targets, **body})
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


async def _close_code(client: Listening) -> int | None:
    async with asyncio.timeout(10):
        await client.connection.wait_closed()
    return client.connection.close_code


class Talker:
    """A scanner that says as much as it is told to, when it is told to."""

    def __init__(self, lines: int, pause_every: int = 0) -> None:
        self.lines = lines
        self.half = lines // 2
        self.go_on = asyncio.Event()

    async def __call__(self, job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        for number in range(self.lines):
            if number == self.half:
                await self.go_on.wait()
            yield Line(f"line {number} of {job.targets[0]}")
            if number % 100 == 0:
                await asyncio.sleep(0)
        yield HostFinished(HostReport(job.targets[0].partition("/")[0], "up"))
        yield Progress(50.0, 3, "SYN Stealth Scan")
        yield ChunkFinished(ChunkOutcome("done", "success"))


async def test_backlog_then_live_without_hole_or_double(
    as_operator: Client, scanner: FakeScanner, socket: Path
) -> None:
    scanner.script = talker = Talker(3000)
    scan_id = await _start(as_operator, chunk_size=2, concurrency=2)

    async def half() -> bool:
        total = (await as_operator.get(f"/api/v1/scans/{scan_id}/lines")).json()["total"]
        return bool(total >= 3000)

    await until(half)
    async with (
        following(socket, f"/ws/scans/{scan_id}", as_operator) as early,
        following(socket, f"/ws/scans/{scan_id}", as_operator, after=1500) as resumed,
    ):
        hello = await early.next()
        assert (hello["type"], hello["after"], hello["scan"]["status"]) == ("hello", 0, "running")
        talker.go_on.set()
        async with following(socket, f"/ws/scans/{scan_id}", as_operator) as late:
            heard = [await client.until("finished") for client in (early, resumed, late)]
    total = (await as_operator.get(f"/api/v1/scans/{scan_id}/lines")).json()["total"]
    assert seqs(heard[0]) == list(range(1, total + 1))
    assert seqs(heard[1]) == list(range(1501, total + 1))
    assert seqs(heard[2]) == list(range(1, total + 1))
    kinds = {frame["type"] for frame in heard[0]}
    assert {"lines", "chunk", "progress", "device", "finished"} <= kinds
    assert not any(frame["type"] == "gap" for frames in heard for frame in frames)
    assert heard[0][-1]["scan"]["status"] == "completed"


async def test_rest_pages_the_lines_that_the_socket_sent(
    as_operator: Client, scanner: FakeScanner, socket: Path
) -> None:
    scanner.script = talker = Talker(1200)
    talker.go_on.set()
    scan_id = await _start(as_operator)
    async with following(socket, f"/ws/scans/{scan_id}", as_operator) as client:
        frames = await client.until("finished")
    live = [
        (line["seq"], frame["chunk"], line["text"], line["kind"])
        for frame in frames
        if frame["type"] == "lines"
        for line in frame["lines"]
    ]
    paged: list[tuple[int, int, str, str]] = []
    after: str | None = "0"
    while after is not None:
        page = (await as_operator.get(f"/api/v1/scans/{scan_id}/lines?after={after}&limit=100")).json()
        paged += [(line["seq"], line["chunk"], line["text"], line["kind"]) for line in page["items"]]
        after = page["next"]
    assert paged == live


async def test_a_stalled_client_slows_nobody_and_is_cut_off(
    as_operator: Client, scanner: FakeScanner, socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SEND_WAIT_S", 0.5)

    async def flood(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        for number in range(40_000):
            yield Line(f"{number:06d} " + "x" * 200)
            if number % 500 == 0:
                await asyncio.sleep(0.02)
        yield ChunkFinished(ChunkOutcome("done", "success"))

    scanner.script = flood
    scan_id = await _start(as_operator)
    ticket = (await as_operator.post("/api/v1/auth/ws-ticket")).json()["ticket"]
    reader, writer = await asyncio.open_unix_connection(str(socket), limit=1024)
    writer.write(
        f"GET /ws/scans/{scan_id} HTTP/1.1\r\nHost: lanarium.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    body = f'{{"type":"auth","ticket":"{ticket}"}}'.encode()
    writer.write(bytes([0x81, 0x80 | len(body), 0, 0, 0, 0]) + body)  # and from here on it reads nothing
    async with following(socket, f"/ws/scans/{scan_id}", as_operator) as healthy:
        frames = await healthy.until("finished", 60)
    total = (await as_operator.get(f"/api/v1/scans/{scan_id}/lines?limit=1")).json()["total"]
    assert seqs(frames) == list(range(1, total + 1))
    assert total >= 40_000

    async def evicted() -> bool:
        text = (await as_operator.get("/metrics")).text
        return "lanarium_ws_clients 0.0" in text

    await until(evicted, 20)
    writer.close()


async def test_only_people_with_a_ticket_may_listen(as_operator: Client, socket: Path) -> None:
    scan_id = await _start(as_operator)
    ticket = (await as_operator.post("/api/v1/auth/ws-ticket")).json()["ticket"]
    for message in (
        {"type": "auth", "ticket": "nonsense"},
        {"type": "auth"},
        {"type": "subscribe", "topics": ["scans"]},
    ):
        async with listening(socket, f"/ws/scans/{scan_id}") as client:
            await client.say(**message)
            assert await _close_code(client) == 4401
    async with listening(socket, "/ws") as client:
        await client.say(type="auth", ticket=ticket)
        assert (await client.next())["type"] == "hello"
    async with listening(socket, "/ws") as client:
        await client.say(type="auth", ticket=ticket)
        assert await _close_code(client) == 4401, "a ticket is good once"


async def test_silence_instead_of_a_ticket_ends_it(socket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "AUTH_WAIT_S", 0.2)
    async with listening(socket, "/ws") as client:
        assert await _close_code(client) == 4401


async def test_logging_out_ends_the_conversation(
    as_operator: Client, socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "CHECK_EVERY_S", 0.1)
    async with following(socket, "/ws", as_operator) as client:
        assert (await client.next())["type"] == "hello"
        assert (await as_operator.post("/api/v1/auth/logout")).status_code == 204
        assert await _close_code(client) == 4401


async def test_a_scan_of_another_site_does_not_exist(
    program: Lanarium, app: FastAPI, as_operator: Client, socket: Path
) -> None:
    scan_id = await _start(as_operator)
    site = await other_site(program)
    stranger = await add_person(program, "sven", "viewer", site_ids=frozenset({site}))
    async with client_of(app, stranger) as calling:
        assert (await calling.get(f"/api/v1/scans/{scan_id}")).status_code == 404
        for path in (f"/ws/scans/{scan_id}", "/ws/scans/4711", "/ws/scans/x", "/ws/scans/-1"):
            async with following(socket, path, calling) as client:
                assert await _close_code(client) == 4404


async def test_topics_bring_updates_of_what_a_person_may_see(
    program: Lanarium, app: FastAPI, as_operator: Client, socket: Path
) -> None:
    site = await other_site(program)
    stranger = await add_person(program, "sven", "viewer", site_ids=frozenset({site}))
    async with (
        client_of(app, stranger) as calling,
        following(socket, "/ws", as_operator) as mine,
        following(socket, "/ws", calling) as theirs,
    ):
        for client in (mine, theirs):
            assert (await client.next())["type"] == "hello"
            await client.say(type="subscribe", topics=["scans", "devices", "nonsense"])
        await _listeners(program, "topic:devices", 2)
        scan_id = await _start(as_operator)
        seen: set[tuple[str, str]] = set()
        async with asyncio.timeout(10):
            while not {("scans", "completed"), ("devices", "")} <= seen:
                frame = await mine.next()
                assert frame["type"] == "update"
                if frame["topic"] == "scans":
                    assert (frame["entity"], frame["id"], frame["provisional"]) == ("scan", scan_id, False)
                seen.add((frame["topic"], frame["fields"].get("status", "")))
        with pytest.raises(TimeoutError):
            await theirs.next(0.3)


async def _listeners(program: Lanarium, room: str, count: int) -> None:
    hub = program.services.discovery.hub
    assert isinstance(hub, WebSocketHub)
    async with asyncio.timeout(10):
        while hub.listeners(room) < count:  # noqa: ASYNC110 - the hub tells nobody who joins
            await asyncio.sleep(0.005)
