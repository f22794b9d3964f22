"""The peer: the same lines sent as Starlette's users send them. One queue and one task a client, one frame a line.

It does less than the product: no login, no scan, no storage, no log to go on from. The next line is made when
every queue has room for it, so it is measured at the most that it can do and drops nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

QUEUE = 100
CLIENTS: set[asyncio.Queue[str]] = set()
STARTS_WITH = 500


async def publish() -> None:
    """A line to every queue, and the next when each has taken it."""
    number = 0
    while True:
        if len(CLIENTS) < STARTS_WITH:
            await asyncio.sleep(0.01)
            continue
        number += 1
        text = f"{number:07d} Discovered open port 443/tcp on 10.79.0.{number % 250} after a while of looking"
        line = json.dumps({"type": "line", "seq": number, "chunk": 1, "text": text, "kind": "out"})
        for queue in tuple(CLIENTS):
            await queue.put(line)


async def listen(socket: WebSocket) -> None:
    """One client."""
    await socket.accept()
    queue: asyncio.Queue[str] = asyncio.Queue(QUEUE)
    CLIENTS.add(queue)
    try:
        while True:
            await socket.send_text(await queue.get())
    except (WebSocketDisconnect, RuntimeError):
        pass
    finally:
        CLIENTS.discard(queue)
        while not queue.empty():
            queue.get_nowait()


@asynccontextmanager
async def lifespan(_: Starlette) -> AsyncIterator[None]:
    """The publisher runs as long as the application."""
    publisher = asyncio.create_task(publish())
    yield
    publisher.cancel()


app = Starlette(routes=[WebSocketRoute("/ws", listen)], lifespan=lifespan)
