"""F08: a stalled WebSocket costs nobody but itself: it is told why, and goes on from where it was."""

import asyncio
import struct
import time
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import orjson
import pytest
from fastapi import FastAPI

from backend.api import stream
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import ChunkFinished, ChunkOutcome, Line, RunnerEvent
from tests.api.conftest import app, as_operator, operator
from tests.api.discovery.conftest import FakeScanner, lab_network, program, recogniser, scanner
from tests.api.serving import following, seqs, serving

__all__ = ["app", "as_operator", "lab_network", "operator", "program", "recogniser", "scanner"]
pytestmark = pytest.mark.usefixtures("lab_network")
LINES_PER_S = 10_000
SECONDS = 5
TOO_SLOW = 4408


@pytest.fixture
async def socket(app: FastAPI, tmp_path: Path) -> AsyncIterator[Path]:
    async with serving(app, tmp_path / "app.sock") as path:
        yield path


async def flood(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    """10,000 lines a second by the clock, or as many as are taken."""
    started = time.monotonic()
    for number in range(LINES_PER_S * SECONDS):
        yield Line(f"{number:06d} " + "x" * 180)
        ahead = number / LINES_PER_S - (time.monotonic() - started)
        if ahead > 0.01:
            await asyncio.sleep(ahead)
    yield ChunkFinished(ChunkOutcome("done", "success"))


class Stalled:
    """A client that says who it is, and then reads nothing until it is asked to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def connect(cls, socket: Path, path: str, ticket: str) -> "Stalled":
        reader, writer = await asyncio.open_unix_connection(str(socket), limit=1024)
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: lanarium.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: MTIzNDU2Nzg5MDEyMzQ1Ng==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        await reader.readuntil(b"\r\n\r\n")
        body = orjson.dumps({"type": "auth", "ticket": ticket})
        writer.write(bytes([0x81, 0x80 | len(body), 0, 0, 0, 0]) + body)
        return cls(reader, writer)

    async def rest(self) -> tuple[list[dict[str, Any]], int | None]:
        """Everything that was sent to it, and the code with which it was closed."""
        frames: list[dict[str, Any]] = []
        while True:
            opcode, body = await self._frame()
            if opcode == 8:
                return frames, int.from_bytes(body[:2], "big")
            if opcode == 1:
                frame = orjson.loads(body)
                frames += frame["frames"] if frame["type"] == "batch" else [frame]

    async def _frame(self) -> tuple[int, bytes]:
        head, length = await self.reader.readexactly(2)
        if length == 126:
            (length,) = struct.unpack("!H", await self.reader.readexactly(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
        return head & 15, await self.reader.readexactly(length)


async def test_a_stalled_socket_at_ten_thousand_lines_a_second(
    as_operator: httpx2.AsyncClient, scanner: FakeScanner, socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "SEND_WAIT_S", 0.5)
    scanner.script = flood
    answer = await as_operator.post("/api/v1/scans", json={"targets": "10.77.0.0/30"})
    scan_id = answer.json()["id"]
    path = f"/ws/scans/{scan_id}"
    ticket = (await as_operator.post("/api/v1/auth/ws-ticket")).json()["ticket"]
    stalled = await Stalled.connect(socket, path, ticket)
    async with following(socket, path, as_operator) as healthy:
        frames = await healthy.until("finished", 60)
    total = (await as_operator.get(f"/api/v1/scans/{scan_id}/lines?limit=1")).json()["total"]
    assert total >= LINES_PER_S * SECONDS
    assert not [frame for frame in frames if frame["type"] == "gap"]
    assert seqs(frames) == list(range(1, total + 1)), "nothing is missing for who keeps up"

    async with asyncio.timeout(20):
        had, code = await stalled.rest()
    stalled.writer.close()
    assert code == TOO_SLOW, "it is told why"
    got = seqs(had)
    assert got == list(range(1, len(got) + 1))
    assert len(got) < total

    async with following(socket, path, as_operator, after=len(got)) as again:
        rest = seqs(await again.until("finished", 30))
    assert got + rest == list(range(1, total + 1)), "it goes on from where it was"
