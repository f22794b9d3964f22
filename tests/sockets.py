"""A WebSocket client in process: speaks ASGI with the application, without a port."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI

from tests.people import BASE_URL

HOST = BASE_URL.removeprefix("https://")
LONGEST_WAIT_S = 20.0


@dataclass(slots=True)
class Socket:
    """One connection; `close_code` is set once the application ended it (1006: before it was accepted)."""

    accepted: bool = False
    close_code: int | None = None
    _to_app: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)
    _from_app: asyncio.Queue[dict[str, Any]] = field(default_factory=asyncio.Queue)

    async def send(self, message: object) -> None:
        """Send a JSON message."""
        await self._to_app.put({"type": "websocket.receive", "text": json.dumps(message)})

    async def receive(self) -> dict[str, Any] | None:
        """The next frame; None once the connection is over."""
        async with asyncio.timeout(LONGEST_WAIT_S):
            event = await self._from_app.get()
        match event["type"]:
            case "websocket.accept":
                self.accepted = True
                return await self.receive()
            case "websocket.send":
                frame: dict[str, Any] = json.loads(event.get("text") or event["bytes"])
                return frame
            case _:
                self.close_code = event.get("code", 1000) if self.accepted else 1006
                return None

    async def until_closed(self) -> int:
        """Read on until the connection is over; answers the close code."""
        while await self.receive() is not None:
            pass
        assert self.close_code is not None
        return self.close_code


@asynccontextmanager
async def open_socket(app: FastAPI, path: str, origin: str | None = BASE_URL) -> AsyncIterator[Socket]:
    """Connect as a browser page of that origin, or with None as a program."""
    headers = [(b"host", HOST.encode())]
    if origin is not None:
        headers.append((b"origin", origin.encode()))
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "wss",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 40000),
        "server": (HOST, 443),
        "subprotocols": [],
        "state": {},
        "extensions": {},
    }
    socket = Socket()
    await socket._to_app.put({"type": "websocket.connect"})
    talking = asyncio.create_task(app(scope, socket._to_app.get, socket._from_app.put))  # type: ignore[arg-type]
    try:
        yield socket
    finally:
        await socket._to_app.put({"type": "websocket.disconnect", "code": 1001})
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT_S):
                await talking
