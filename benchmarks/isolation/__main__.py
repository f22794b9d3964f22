"""`make bench-isolation`: everything goes wrong at once, and nobody else notices (R5 of the threat model).

A stalled WebSocket, a scan of 10,000 lines a second, 300 targets that never end their answer, a hundred names of a
dead name server, all for half a minute; beside them 700 monitors that work, one client that keeps up, and
somebody who asks /health. The last line of output is one JSON object.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from backend.infra.db.engine import create_engine
from benchmarks import stand
from benchmarks.http_client import Connection, call, request
from benchmarks.isolation.targets import address
from benchmarks.live.listeners import Listener, connect

GOOD, HUNG, NAMED = 700, 300, 100
ADDRESSES = 250
INTERVAL_S = 10
SECONDS = 30.0
SETTLE_S = 6.0
PAUSE_S = 0.02


@dataclass
class Product:
    """The product's API as this benchmark uses it."""

    socket: Path
    token: str = ""

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call on a connection of its own."""
        connection = await Connection.open(self.socket)
        try:
            return await call(connection, method, path, self.token or None, body)
        finally:
            connection.close()

    async def log_in(self) -> None:
        """As admin."""
        login = {"username": "admin", "password": stand.PASSWORD}
        self.token = (await self.call("POST", "/api/v1/auth/login", login))["token"]

    async def listener(self, scan_id: int) -> Listener:
        """A client of one scan's lines."""
        ticket = (await self.call("POST", "/api/v1/auth/ws-ticket"))["ticket"]
        return await connect(
            self.socket, f"/ws/scans/{scan_id}", json.dumps({"type": "auth", "ticket": ticket}).encode()
        )


async def watch(product: Product, url: str, ports: list[int]) -> None:
    """Monitors of all three kinds, in the database at once; the scheduler finds them at its tick."""
    plugins = []
    for name, port in (("good", ports[0]), ("hung", ports[1])):
        config = {"scheme": "http", "port": port}
        made = await product.call("POST", "/api/v1/plugins", {"name": name, "type": "http", "config": config})
        plugins.append(made["id"])
    rows = [(plugins[0], address(n % ADDRESSES + 1)) for n in range(GOOD)]
    rows += [(plugins[1], address(n % ADDRESSES + 1)) for n in range(HUNG)]
    rows += [(plugins[0], f"host{n}.dead.test") for n in range(NAMED)]
    engine = create_engine(url)
    async with engine.begin() as connection:
        made = await connection.scalars(
            sa.text(
                "INSERT INTO monitors (site_id, address, plugin_id, polling_interval)"
                " SELECT (SELECT min(id) FROM sites), a, p, :every"
                " FROM unnest(CAST(:p AS bigint[]), CAST(:a AS text[])) AS given(p, a) RETURNING id"
            ),
            {"p": [plugin for plugin, _ in rows], "a": [where for _, where in rows], "every": INTERVAL_S},
        )
        states = sa.text("INSERT INTO monitor_states (monitor_id) SELECT unnest(CAST(:ids AS bigint[]))")
        await connection.execute(states, {"ids": list(made)})
    await engine.dispose()


async def health(socket: Path, seconds: float) -> list[float]:
    """How long each answer took, in milliseconds; waiting for a turn counts."""
    connection, took = await Connection.open(socket), []
    until = time.monotonic() + seconds
    while (began := time.monotonic()) < until:
        status, _ = await connection.send(request("GET", "/health"))
        assert status == 200
        took.append((time.monotonic() - began) * 1000)
        await asyncio.sleep(PAUSE_S)
    connection.close()
    return sorted(took)


async def good_on_time(url: str, seconds: float) -> float:
    """The polls of the monitors that work, as a share of those that were due."""
    engine = create_engine(url)
    async with engine.connect() as connection:
        rows = await connection.scalar(
            sa.text(
                "SELECT count(*) FROM metrics JOIN monitors ON monitors.id = monitor_id"
                " JOIN plugins ON plugins.id = plugin_id WHERE plugins.name = 'good' AND up"
                " AND timestamp > now() - make_interval(secs => :back) AND timestamp <= now() - interval '2 s'"
            ),
            {"back": seconds + 2},
        )
    await engine.dispose()
    return min(1.0, (rows or 0) / (GOOD * seconds / INTERVAL_S))


async def measured(product: Product, url: str, ports: list[int]) -> dict[str, float]:
    """Let it all go wrong, and look."""
    await product.log_in()
    await watch(product, url, ports)
    network = {"cidr": "10.79.0.0/24", "name": "bench", "scan_allowed": True}
    await product.call("POST", "/api/v1/networks", network)
    await asyncio.sleep(INTERVAL_S + SETTLE_S)  # a tick to be found, and their first turn
    before = (await product.call("GET", "/api/v1/status"))["polling"]
    scan = await product.call("POST", "/api/v1/scans/start", {"targets": "10.79.0.0/30", "profile": "quick"})
    stalled, healthy = await product.listener(scan["id"]), await product.listener(scan["id"])
    stalled.stall()
    took = await health(product.socket, SECONDS)
    on_time = await good_on_time(url, 20)
    after = (await product.call("GET", "/api/v1/status"))["polling"]
    polls = after["polls"] - before["polls"]
    return {
        "health_p50_ms": round(took[len(took) // 2], 1),
        "health_p99_ms": round(took[int(len(took) * 0.99)], 1),
        "health_max_ms": round(took[-1], 1),
        "lines_per_s": round(healthy.heard.lines / SECONDS),
        "healthy_gaps": healthy.heard.gaps,
        "polls": polls,
        "polls_begun_on_time": round(1 - (after["late"] - before["late"]) / max(polls, 1), 4),
        "good_polls_share": round(on_time, 4),
        "skipped": after["skipped"] - before["skipped"],
        "missed": after["missed"] - before["missed"],
    }


def main() -> None:
    """Start everything, look, and print."""
    with ExitStack() as stack:
        url = stack.enter_context(stand.database())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        told, socket = folder / "ports", folder / "app.sock"
        env = {**stand.environment(url, folder / "data"), "PYTHONPATH": str(stand.ROOT)}
        targets = [sys.executable, "-m", "benchmarks.isolation.targets", str(told), str(ADDRESSES)]
        stack.enter_context(stand.running(targets, dict(os.environ), told, folder / "targets.log"))
        program = [sys.executable, "-m", "benchmarks.isolation.program", str(socket)]
        stack.enter_context(stand.running(program, env, socket, folder / "program.log"))
        time.sleep(0.5)
        product = Product(socket)
        print(json.dumps(asyncio.run(measured(product, url, json.loads(told.read_text())))))


if __name__ == "__main__":
    main()
