"""`make bench-live`: 500 WebSocket clients on one scan of 2,000 lines a second, against a Starlette twin.

The last line of output is one JSON object; how it is measured is in benchmarks/README.md.
"""

import asyncio
import json
import os
import resource
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks import stand
from benchmarks.http_client import Connection, call
from benchmarks.live.listeners import Heard, Listener, connect

ROUNDS = 3
CLIENTS = 500
FEW_CLIENTS = 50
LINES_PER_S = 2_000
SECONDS = 5
TWIN_SECONDS = 3.0
TOO_SLOW = 4408
SCAN = {
    "targets": "10.79.0.0/28",
    "profile": "custom",
    # nothing is sent in this benchmark: the program in nmap's place only talks
    "options": {"tcp_ports": "443", "host_discovery": "all_up", "sweep": False, "etiquette": False},
    "chunk_size": 256,
    "concurrency": 1,
}


@dataclass(frozen=True, slots=True)
class Stalled:
    """What became of the client that stopped reading."""

    evicted: bool
    resumed: bool


class Product:
    """The product's API as this benchmark uses it."""

    def __init__(self, socket: Path, token: str) -> None:
        self.socket, self._token = socket, token
        self.gate = socket.with_name("go")

    @classmethod
    async def open(cls, socket: Path) -> "Product":
        """Log in, and allow the network that nobody is in."""
        connection = await Connection.open(socket)
        login = {"username": "admin", "password": stand.PASSWORD}
        token = (await call(connection, "POST", "/api/v1/auth/login", body=login))["token"]
        made = cls(socket, token)
        await made.call("POST", "/networks", {"cidr": "10.79.0.0/24", "name": "bench", "scan_allowed": True})
        return made

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call."""
        connection = await Connection.open(self.socket)  # a new one: an idle one is closed after five seconds
        try:
            return await call(connection, method, f"/api/v1{path}", self._token, body)
        finally:
            connection.close()

    async def start(self) -> int:
        """A scan that says nothing before `go`."""
        self.gate.unlink(missing_ok=True)
        return int((await self.call("POST", "/scans/start", SCAN))["id"])

    def go(self) -> float:
        """Let it speak; answers when."""
        self.gate.touch()
        return time.time()

    async def listen(self, scan_id: int, count: int, after: int = 0) -> list[Listener]:
        """Clients on a scan, each with a ticket of its own, a few at a time."""
        few = asyncio.Semaphore(16)

        async def one() -> Listener:
            async with few:
                ticket = (await self.call("POST", "/auth/ws-ticket", {}))["ticket"]
                said = json.dumps({"type": "auth", "ticket": ticket, "after": after}).encode()
                return await connect(self.socket, f"/ws/scans/{scan_id}", said, after)

        return list(await asyncio.gather(*(one() for _ in range(count))))

    async def ended(self, scan_id: int) -> dict[str, Any]:
        """The scan once it is over."""
        found: dict[str, Any] = {"finished_at": None}
        while not found["finished_at"]:
            await asyncio.sleep(0.2)
            found = await self.call("GET", f"/scans/{scan_id}")
        if found["status"] != "completed":
            raise RuntimeError(f"the scan ended as {found['status']}: {found['message']}")
        return found

    async def total(self, scan_id: int) -> int:
        """How many lines its log has."""
        return int((await self.call("GET", f"/scans/{scan_id}/lines?limit=1"))["total"])


def main() -> None:
    """Run it all."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192) if hard > 0 else 8192, hard))
    with tempfile.TemporaryDirectory(prefix="lanarium-bench-live-") as name, stand.database() as url:
        folder = Path(name)
        env = stand.environment(url, folder)
        ours, twin = folder / "run" / "app.sock", folder / "run" / "twin.sock"
        with ExitStack() as programs:
            helper = folder / "run" / "scan.sock"
            programs.enter_context(stand.running(_helper(helper), env, helper, folder / "helper.log"))
            app_pid = programs.enter_context(stand.running(stand.application(ours), env, ours, folder / "app.log"))
            twin_pid = programs.enter_context(stand.running(_twin(twin), env, twin, folder / "twin.log"))
            print(json.dumps(asyncio.run(_measure(ours, app_pid, twin, twin_pid))))


def _helper(socket: Path) -> list[str]:
    """The helper in a network namespace of its own, where there is nothing, so that nothing can leave."""
    alone = ["unshare", "--net"] if os.geteuid() == 0 else ["unshare", "--user", "--map-current-user", "--net"]
    talker = [str(socket), str(LINES_PER_S * SECONDS), str(LINES_PER_S)]
    return [*alone, "--", sys.executable, "-m", "benchmarks.live.helper", *talker]


def _twin(socket: Path) -> list[str]:
    how = ["--ws", "websockets-sansio", "--ws-per-message-deflate", "false", "--no-access-log"]
    return [sys.executable, "-m", "uvicorn", "benchmarks.live.twin:app", "--uds", str(socket), *how]


async def _measure(ours: Path, app_pid: int, twin: Path, twin_pid: int) -> dict[str, Any]:
    product = await Product.open(ours)
    mine, theirs, gaps, fates = [], [], [], []
    alone, watched = [], []
    for _ in range(ROUNDS):
        rate, found, fate = await _watch(product, app_pid)
        mine.append(rate)
        gaps.append(found)
        fates.append(fate)
        theirs.append(await _watch_twin(twin, twin_pid))
        alone.append(await _scan_time(product, 0))
        watched.append(await _scan_time(product, FEW_CLIENTS))
    print(f"scan alone {alone} s, watched by {FEW_CLIENTS} {watched} s; load average {os.getloadavg()[0]:.1f}")
    return {
        "lines_per_cpu_vs_starlette": round(statistics.median(mine) / statistics.median(theirs), 1),
        "gap_free": not any(gaps),
        "stalled_evicted": all(fate.evicted for fate in fates),
        "stalled_resumed": all(fate.resumed for fate in fates),
        "scan_slowdown_50_clients": round(statistics.median(watched) / statistics.median(alone), 3),
    }


async def _watch(product: Product, pid: int) -> tuple[float, int, Stalled]:
    """Lines delivered a CPU-second of the application, what was missing, and the fate of one who stalls."""
    scan_id = await product.start()
    *clients, stalled = await product.listen(scan_id, CLIENTS + 1)
    await asyncio.sleep(0.5)
    stalled.stall()
    before, had, started = stand.cpu_s(pid), _lines(clients), time.monotonic()
    product.go()
    await asyncio.wait_for(_all_over(clients), SECONDS * 10)
    cpu, seconds = stand.cpu_s(pid) - before, time.monotonic() - started
    total = await product.total(scan_id)
    missing = sum(client.heard.gaps + (client.heard.lines != total) for client in clients)
    delivered = _lines(clients) - had
    print(f"lanarium: {delivered / cpu:.0f} lines/cpu-s ({delivered / seconds:.0f}/s, {cpu / seconds:.2f} cores)")
    fate = await _fate(product, scan_id, stalled, total)
    _close(clients)
    await product.ended(scan_id)
    return delivered / cpu, missing, fate


async def _fate(product: Product, scan_id: int, stalled: Listener, total: int) -> Stalled:
    """Whether the one who stalled was told so, and got the rest when it came again from where it was."""
    await asyncio.sleep(6)  # the five seconds that a client has, and a little
    stalled.go_on()
    await asyncio.wait_for(stalled.over.wait(), 30)
    first: Heard = stalled.heard
    [again] = await product.listen(scan_id, 1, first.last)
    await asyncio.wait_for(again.over.wait(), 30)
    whole = first.gaps == again.heard.gaps == 0 and first.lines + again.heard.lines == total
    _close([stalled, again])
    return Stalled(first.code == TOO_SLOW, whole)


async def _watch_twin(socket: Path, pid: int) -> float:
    """Lines delivered a CPU-second of the twin."""
    clients = [await connect(socket, "/ws") for _ in range(CLIENTS)]
    await asyncio.sleep(0.5)
    before, had, started = stand.cpu_s(pid), _lines(clients), time.monotonic()
    await asyncio.sleep(TWIN_SECONDS)
    cpu, seconds = stand.cpu_s(pid) - before, time.monotonic() - started
    delivered = _lines(clients) - had
    _close(clients)
    await asyncio.sleep(0.5)
    print(f"twin: {delivered / cpu:.0f} lines/cpu-s ({delivered / seconds:.0f}/s, {cpu / seconds:.2f} cores)")
    return delivered / cpu


async def _scan_time(product: Product, count: int) -> float:
    """How long the scan took from its first line by its own account, watched by so many clients."""
    scan_id = await product.start()
    clients = await product.listen(scan_id, count)
    await asyncio.sleep(0.5)
    started = product.go()
    scan = await product.ended(scan_id)
    _close(clients)
    return round(datetime.fromisoformat(scan["finished_at"]).timestamp() - started, 3)


async def _all_over(clients: list[Listener]) -> None:
    for client in clients:
        await client.over.wait()


def _lines(clients: list[Listener]) -> int:
    return sum(client.heard.lines for client in clients)


def _close(clients: list[Listener]) -> None:
    for client in clients:
        if client.transport:
            client.transport.abort()


if __name__ == "__main__":
    main()
