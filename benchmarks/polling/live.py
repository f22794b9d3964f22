"""How long after a target's reply somebody who watches sees the value, through the whole program."""

import asyncio
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import stand
from benchmarks.isolation.__main__ import Product
from benchmarks.live.listeners import TEXT, Listener

MONITORS = 25
PATIENCE_S = 20.0


class Watcher(Listener):
    """Notes when the first value of each monitor came."""

    def __init__(self, path: str, said: bytes | None) -> None:
        super().__init__(path, said)
        self.first: dict[int, float] = {}
        self.came = asyncio.Event()

    def _part(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "update" and frame["topic"] == "monitors" and frame["fields"].get("values"):
            self.first.setdefault(frame["id"], time.monotonic())
            self.came.set()


class Target:
    """A web server that notes when it answered last."""

    def __init__(self) -> None:
        self.answered = 0.0

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        await reader.readuntil(b"\r\n\r\n")
        self.answered = time.monotonic()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        await writer.drain()
        writer.close()


async def measured(product: Product) -> list[float]:
    """Milliseconds, one monitor after another."""
    target, took = Target(), []
    server = await asyncio.start_server(target, "127.0.0.1", 0)
    config = {"scheme": "http", "port": server.sockets[0].getsockname()[1]}
    await product.log_in()
    plugin = await product.call("POST", "/api/v1/plugins", {"name": "Web", "type": "http", "config": config})
    watcher = await _watch(product)
    for _ in range(MONITORS):
        asked = {"plugin_id": plugin["id"], "address": "127.0.0.1", "polling_interval": 3600}
        monitor = await product.call("POST", "/api/v1/monitors", asked)
        async with asyncio.timeout(PATIENCE_S):
            while monitor["id"] not in watcher.first:
                watcher.came.clear()
                await watcher.came.wait()
        took.append((watcher.first[monitor["id"]] - target.answered) * 1000)
    server.close()
    return took


async def _watch(product: Product) -> Watcher:
    ticket = (await product.call("POST", "/api/v1/auth/ws-ticket"))["ticket"]
    said = json.dumps({"type": "auth", "ticket": ticket}).encode()
    loop = asyncio.get_running_loop()
    _, watcher = await loop.create_unix_connection(lambda: Watcher("/ws", said), str(product.socket))
    await watcher.open.wait()
    watcher.send(TEXT, json.dumps({"type": "subscribe", "topics": ["monitors"]}).encode())
    await asyncio.sleep(0.5)
    return watcher


def measure() -> dict[str, float]:
    """Start the program, look, end it."""
    with ExitStack() as stack:
        url = stack.enter_context(stand.database())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        socket = folder / "app.sock"
        env = {**stand.environment(url, folder / "data"), "PYTHONPATH": str(stand.ROOT)}
        program = [sys.executable, "-m", "benchmarks.isolation.program", str(socket)]
        stack.enter_context(stand.running(program, env, socket, folder / "program.log"))
        took = asyncio.run(measured(Product(socket)))
    print(
        f"live: the first value {median(took):.1f} ms after the reply, at most {max(took):.1f} ms, of {len(took)}"
    )
    return {"live_ms": round(median(took), 1), "live_max_ms": round(max(took), 1)}


if __name__ == "__main__":
    print(json.dumps(measure()), os.getloadavg())
