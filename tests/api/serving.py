"""The application behind a real server on a Unix socket, and WebSocket clients that call it."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, unix_connect

from backend.infra.web.ws_protocol import SharedFrames

Frame = dict[str, Any]


@asynccontextmanager
async def serving(app: FastAPI, socket: Path) -> AsyncIterator[Path]:
    """The application on a socket, as `lanarium serve` runs it."""
    config = uvicorn.Config(
        app,
        uds=str(socket),
        lifespan="off",
        log_config=None,
        ws=SharedFrames,
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())
    async with asyncio.timeout(10):
        while not server.started:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)
    yield socket
    server.should_exit = True
    await task


class Listening:
    """One WebSocket client."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self._unpacked: deque[Frame] = deque()

    async def say(self, **message: object) -> None:
        await self.connection.send(json.dumps(message))

    async def next(self, seconds: float = 10) -> Frame:
        """The next frame, whether it came alone or in a batch."""
        if not self._unpacked:
            async with asyncio.timeout(seconds):
                text = await self.connection.recv(decode=False)
            assert len(text) <= 64 * 1024
            frame: Frame = json.loads(text)
            self._unpacked.extend(frame["frames"] if frame["type"] == "batch" else [frame])
        return self._unpacked.popleft()

    async def until(self, kind: str, seconds: float = 10) -> list[Frame]:
        """Frames up to the first of that kind, which is the last."""
        frames: list[Frame] = []
        async with asyncio.timeout(seconds):
            while not frames or frames[-1]["type"] != kind:
                frames.append(await self.next())
        return frames


@asynccontextmanager
async def listening(socket: Path, path: str, origin: str | None = None) -> AsyncIterator[Listening]:
    """A client that has connected and not yet said who it is."""
    headers = {"Origin": origin} if origin else {}
    async with unix_connect(
        str(socket), f"ws://lanarium.test{path}", additional_headers=headers, max_size=2**20
    ) as connection:
        yield Listening(connection)


@asynccontextmanager
async def following(
    socket: Path, path: str, caller: httpx2.AsyncClient, after: int | None = None
) -> AsyncIterator[Listening]:
    """A client that has logged in with a ticket of the caller."""
    ticket = (await caller.post("/api/v1/auth/ws-ticket")).json()["ticket"]
    async with listening(socket, path) as client:
        more = {} if after is None else {"after": after}
        await client.say(type="auth", ticket=ticket, **more)
        yield client


def seqs(frames: list[Frame]) -> list[int]:
    """The numbers of all lines in the frames."""
    return [line["seq"] for frame in frames if frame["type"] == "lines" for line in frame["lines"]]
