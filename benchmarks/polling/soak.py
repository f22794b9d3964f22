"""`python -m benchmarks.polling.soak [--minutes 10]`: 10,000 monitors at 10 s; does memory stay flat?

Everything but the targets is the product: scheduler, pool, writer, rows. One in a hundred checks fails, so that
failures, rechecks and states are part of it. The last line is JSON.
"""

import argparse
import asyncio
import gc
import json
import os
import random
import time
from pathlib import Path
from typing import Any

import uvloop

from backend.domain.monitoring.catalogue import LATENCY
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Sample, Target, Trace, Traits
from backend.domain.monitoring.measuring import Ready
from benchmarks.polling.pipeline import Cpu, Line, pipeline
from tests import postgres

MONITORS, INTERVAL_S = 10_000, 10
SETTLED_S = 120.0
LOOK_S = 10.0
FAILING = 0.01


class Varied:
    """A check that takes a moment, brings a value and a sample, and fails now and then."""

    def ready(self, name: str, config: Any) -> Ready | None:
        """The same for all."""
        dice = random.Random(5)

        async def answer(target: Target, options: Any, credential: Credential | None, trace: Trace) -> Reading:
            with trace.step("connect"):
                await asyncio.sleep(dice.random() / 50)
                if dice.random() < FAILING:
                    raise CheckFailed("connection_refused", "Nobody listens", phase="connect")
            samples = (Sample("http_status", 200),)
            return Reading({"latency_ms": dice.random() * 10}, samples, tuple(trace.phases))

        return Ready(answer, None, Traits(metrics=(LATENCY,)))


def memory_mb() -> float:
    """What this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


async def measure(url: str, minutes: float) -> dict[str, float]:
    """Run that long and look every ten seconds."""
    async with pipeline(url, Varied(), MONITORS, INTERVAL_S, "tcp") as line:
        cpu, began, looked = Cpu(), time.monotonic(), []
        while time.monotonic() - began < minutes * 60:
            await asyncio.sleep(LOOK_S)
            looked.append((time.monotonic() - began, memory_mb(), len(asyncio.all_tasks()), line.pool.polling))
            if len(looked) % 6 == 0:
                print("{:4.0f} s: {:.1f} MB, {} tasks, {} polls under way".format(*looked[-1]), flush=True)
        left = await _quiet(line)
    settled = next(memory for at, memory, _, _ in looked if at >= min(SETTLED_S, minutes * 30))
    most = max(memory for at, memory, _, _ in looked if at >= min(SETTLED_S, minutes * 30))
    counts = line.pool.counts
    return {
        "minutes": minutes,
        "memory_mb": round(settled, 1),
        "memory_end_of_settled": round(looked[-1][1] / settled, 3),
        "memory_most_of_settled": round(most / settled, 3),
        "tasks_left": left,
        "polls": counts.answered + counts.failed,
        "rows_missing": counts.answered + counts.failed - line.writer.counts.rows,
        "turns_left_out": line.scheduler.skipped + line.scheduler.missed,
        "core_share": round(cpu.share, 3),
    }


async def _quiet(line: Line) -> int:
    """Ask nobody any more; answers how many tasks of polls are left when all should be over."""
    line.scheduler._wheel.keep_only(())
    async with asyncio.timeout(60):
        while line.pool.polling or line.writer.waiting or line.scheduler.jobs.qsize():
            line.scheduler._wheel.keep_only(())
            await asyncio.sleep(0.1)
    await asyncio.sleep(2)  # the last batch
    gc.collect()
    return line.pool.polling


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.polling.soak")
    parser.add_argument("--minutes", type=float, default=10)
    with postgres.cluster() as url:
        print(json.dumps(uvloop.run(measure(url, parser.parse_args().minutes))))


if __name__ == "__main__":
    main()
