"""`make bench-api`: the list of devices against a plain FastAPI + ORM twin, and a thousand devices with facets.

The last line of output is one JSON object; how it is measured is in benchmarks/README.md.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from backend.api.paging import cursor_of
from benchmarks import stand
from benchmarks.api.data import TWIN_TOKEN, fill
from benchmarks.http_client import Connection, call, load, request

ROUNDS = 3
SECONDS = 3.0
CONNECTIONS = 16
LIST = "/api/v1/devices?limit=100"
TWIN_LIST = "/devices?limit=100"


@dataclass(frozen=True, slots=True)
class Server:
    """One of the two, and what to ask it."""

    name: str
    pid: int
    socket: Path
    wanted: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """What one round came to."""

    per_cpu_s: float
    per_s: float
    p99_ms: float


def main() -> None:
    """Run it all."""
    with tempfile.TemporaryDirectory(prefix="lanarium-bench-api-") as name, stand.database() as url:
        folder = Path(name)
        folder.chmod(0o755)
        asyncio.run(fill(url))
        env = stand.environment(url, folder)
        prepare = "import asyncio; from benchmarks.api import twin; asyncio.run(twin.prepare())"
        subprocess.run([sys.executable, "-c", prepare], env=env, cwd=stand.ROOT, check=True)
        ours, twin = folder / "run" / "app.sock", folder / "run" / "twin.sock"
        with (
            stand.running(stand.application(ours), env, ours, folder / "app.log") as app_pid,
            stand.running(_twin(twin), env, twin, folder / "twin.log") as twin_pid,
        ):
            print(json.dumps(asyncio.run(_measure(ours, app_pid, twin, twin_pid))))


def _twin(socket: Path) -> list[str]:
    return [sys.executable, "-m", "uvicorn", "benchmarks.api.twin:app", "--uds", str(socket), "--no-access-log"]


async def _measure(ours: Path, app_pid: int, twin: Path, twin_pid: int) -> dict[str, float]:
    connection = await Connection.open(ours)
    login = {"username": "admin", "password": stand.PASSWORD}
    token = (await call(connection, "POST", "/api/v1/auth/login", body=login))["token"]
    # No two the same, so that each is asked of the database: another page, by another moment.
    anew = tuple(
        request("GET", f"{LIST}&cursor={cursor_of(n % 4900)}&seen_since=2020-01-01T00:00:00.{n:06d}Z", token)
        for n in range(20_000)
    )
    servers = (
        Server("lanarium", app_pid, ours, (request("GET", LIST, token),)),
        Server("anew", app_pid, ours, anew),
        Server("twin", twin_pid, twin, (request("GET", TWIN_LIST, TWIN_TOKEN),)),
    )
    await _check_same(servers)
    facets = await _facets(connection, token)
    rounds: dict[str, list[Round]] = {server.name: [] for server in servers}
    for number in range(ROUNDS):
        for server in servers if number % 2 == 0 else servers[::-1]:
            rounds[server.name].append(await _round(server))
    product, asked_anew, peer = (_median(rounds[server.name]) for server in servers)
    print(f"load average {os.getloadavg()[0]:.1f}")
    return {
        "list_per_cpu_vs_orm": round(product.per_cpu_s / peer.per_cpu_s, 2),
        "p99_vs_orm": round(product.p99_ms / peer.p99_ms, 3),
        "list_anew_per_cpu_vs_orm": round(asked_anew.per_cpu_s / peer.per_cpu_s, 2),
        "p99_anew_vs_orm": round(asked_anew.p99_ms / peer.p99_ms, 3),
        "list_1000_facets_ms": round(facets, 1),
    }


async def _check_same(servers: tuple[Server, ...]) -> None:
    """Both answer the same hundred devices of the same five thousand, or there is nothing to compare."""
    names = []
    for server in servers:
        status, body = await (await Connection.open(server.socket)).send(server.wanted[0])
        answer = json.loads(body)
        print(f"{server.name}: {status}, {len(body)} bytes")
        names.append(([item["name"] for item in answer["items"]], answer["total"]))
    if any(name != names[0] for name in names) or len(names[0][0]) != 100:
        raise RuntimeError("the two do not answer the same list")


async def _round(server: Server) -> Round:
    await load(server.socket, server.wanted, CONNECTIONS, 0.5)
    before = stand.cpu_s(server.pid)
    found = await load(server.socket, server.wanted, CONNECTIONS, SECONDS)
    cpu = stand.cpu_s(server.pid) - before
    result = Round(len(found.took) / cpu, len(found.took) / found.seconds, found.p99_ms)
    print(f"{server.name}: {result.per_cpu_s:.0f}/cpu-s {result.per_s:.0f}/s p99 {result.p99_ms:.1f} ms")
    return result


def _median(rounds: list[Round]) -> Round:
    return Round(*(statistics.median(getattr(r, name) for r in rounds) for name in Round.__slots__))


async def _facets(connection: Connection, token: str) -> float:
    """The thousand devices of one vendor, in two pages of 500 (the most a page has), with their facets.

    One after another; each is asked of the database anew, because no two of these questions are the same.
    """
    times: list[list[float]] = [[], [], []]
    for number in range(15):
        since = f"vendor=Cisco&seen_since=2020-01-01T00:00:00.{number:06d}Z"
        paths = (f"?limit=500&{since}", f"?limit=500&cursor={cursor_of(500)}&{since}", f"/facets?{since}")
        for took, path in zip(times, paths, strict=True):
            started = time.perf_counter()
            status, body = await connection.send(request("GET", f"/api/v1/devices{path}", token))
            took.append((time.perf_counter() - started) * 1000)
            answer = json.loads(body)
            if status != 200 or len(answer.get("items", range(500))) != 500:
                raise RuntimeError(f"{path}: {status} {body[:200]!r}")
    parts = [statistics.median(took) for took in times]
    print(f"500 devices {parts[0]:.1f} ms, the next 500 {parts[1]:.1f} ms, their facets {parts[2]:.1f} ms")
    return float(statistics.median(sum(several) for several in zip(*times, strict=True)))


if __name__ == "__main__":
    main()
