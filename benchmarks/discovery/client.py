"""Our side, inside the scanner's namespace: `python -m benchmarks.discovery.client SOCKET`.

Reads sweeps as JSON lines, gives each to the real scan helper through its socket, and answers a JSON line with
what was found. The time runs from connecting to the last event: judging the job, starting the engine's process
and reading its news are inside.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.discovery.sweep import SweepEnded, SweepJob, Swept
from backend.infra.clients.scan_helper import ScanHelperProcesses


async def main() -> None:
    """Until standard input ends."""
    helper = ScanHelperProcesses(Path(sys.argv[1]))
    print("ready", flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(await _sweep(helper, json.loads(line))), flush=True)


async def _sweep(helper: ScanHelperProcesses, wanted: dict[str, Any]) -> dict[str, Any]:
    target = wanted.pop("target")
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in wanted.items()
    }
    job = SweepJob("bench", (target,), Scope((AllowedNetwork(target, "bench"),)), **values)
    alive: list[str] = []
    ports: list[tuple[str, int]] = []
    code = "refused"
    began = time.perf_counter()
    first = ended = None
    async with helper.sweep(job) as run:
        async for event in run.events():
            if isinstance(event, Swept):
                alive += [item.address for item in event.alive]
                ports += [(item.address, item.port) for item in event.ports]
                first = first or time.perf_counter() - began
            elif isinstance(event, SweepEnded):
                ended, code = event, event.code
    seconds = time.perf_counter() - began
    figures = {"passes": ended.passes, "loss": ended.loss, "sent": ended.sent} if ended else {}
    return {"seconds": seconds, "first": first, "code": code, "alive": alive, "ports": ports, **figures}


if __name__ == "__main__":
    asyncio.run(main())
