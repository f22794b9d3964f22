"""`python -m benchmarks.polling.ours KIND URL HELPER`: the whole pipeline at work on more than it can do.

Scheduler, pool, collector, states, writer, rows, as the program wires them. Each line on stdin is answered by
one of JSON: what was answered and stored so far. `engine SECONDS` runs the collector alone.
"""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Any

import uvloop

from backend.domain.monitoring.collector import Target, Trace
from backend.infra import plugins
from backend.infra.clients.echo.client import HelperEchoes
from backend.infra.collector_catalogue import InstalledCollectors
from benchmarks.polling.pipeline import Line, pipeline, rows_in

# Monitors, each once a second: more than one core can do.
OFFERED = {"http": 3_000, "tcp": 4_000, "ping": 6_000}
CONFIG: dict[str, dict[str, Any]] = {
    "http": {"scheme": "http", "port": 80},
    "tcp": {"port": 80},
    "ping": {"count": 1, "wait_ms": 1000},
}
# As many at a time as the peers are asked; for pings what goes into a frame.
AT_A_TIME = {"http": 32, "tcp": 32, "ping": 512}


async def engine_alone(kind: str, collectors: InstalledCollectors, echoes: HelperEchoes, seconds: float) -> int:
    """Checks in that time, one after another in each of some places, of which nothing is kept."""
    ready = collectors.ready(kind, CONFIG[kind])
    assert ready is not None
    targets = [Target(f"10.80.{n >> 8}.{n & 255}", echoes=echoes) for n in range(1, 4096)]
    until, done = time.monotonic() + seconds, 0

    async def keep_asking(place: int) -> None:
        nonlocal done
        while time.monotonic() < until:
            place = (place + AT_A_TIME[kind]) % len(targets)
            async with asyncio.timeout(10):
                await ready.function(targets[place], ready.options, None, Trace())
            done += 1

    await asyncio.gather(*(keep_asking(place) for place in range(AT_A_TIME[kind])))
    return done


async def answer(line: Line, kind: str, collectors: InstalledCollectors, echoes: HelperEchoes) -> None:
    """Say how it stands, whenever somebody asks."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while asked := (await reader.readline()).decode().split():
        told: dict[str, Any] = {}
        match asked:
            case ["engine", seconds]:
                told = {"checks": await engine_alone(kind, collectors, echoes, float(seconds))}
            case ["end"]:
                _stand_still(line)
                while line.pool.polling or line.writer.waiting or line.scheduler.jobs.qsize():
                    _stand_still(line)  # somebody may have been read at this very moment
                    await asyncio.sleep(0.05)
                while line.writer.counts.rows < line.pool.counts.answered + line.pool.counts.failed:  # noqa: ASYNC110 - nobody tells
                    await asyncio.sleep(0.05)
                told = {"stored": await rows_in(line.engine)}
            case ["idle"]:
                _stand_still(line)
        counts = line.pool.counts
        said = {"answered": counts.answered, "failed": counts.failed, "rows": line.writer.counts.rows, **told}
        print(json.dumps({**said, "at": time.monotonic(), "cpu": time.process_time()}), flush=True)


def _stand_still(line: Line) -> None:
    """Nobody's turn comes any more, and nobody is read again."""

    async def nothing() -> None:
        pass

    line.scheduler.read = nothing  # type: ignore[method-assign]
    line.scheduler._wheel.keep_only(())


async def main(kind: str, url: str, helper: str) -> None:
    """Run until stdin ends."""
    collectors, echoes = InstalledCollectors(plugins.discover()), HelperEchoes(Path(helper))
    async with pipeline(url, collectors, OFFERED[kind], 1, kind, config=CONFIG[kind], echoes=echoes) as line:
        await answer(line, kind, collectors, echoes)
    await echoes.close()


if __name__ == "__main__":
    uvloop.run(main(*sys.argv[1:]))
