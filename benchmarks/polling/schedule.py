"""Punctuality: 10,000 monitors at 10 s, a check that costs nothing, on one core, every result a row."""

import asyncio
from typing import Any

from backend.domain.monitoring.catalogue import LATENCY
from backend.domain.monitoring.collector import Credential, Reading, Target, Trace, Traits
from backend.domain.monitoring.measuring import Ready
from benchmarks.polling.pipeline import Cpu, Line, pipeline, rows_in

MONITORS, INTERVAL_S = 10_000, 10
WARM_S = 5.0


class Costless:
    """A check that answers at its next turn of the loop."""

    def ready(self, name: str, config: Any) -> Ready | None:
        """The same for all."""

        async def answer(target: Target, options: Any, credential: Credential | None, trace: Trace) -> Reading:
            await asyncio.sleep(0)
            return Reading(values={"latency_ms": 1.0})

        return Ready(answer, None, Traits(metrics=(LATENCY,)))


async def measure(url: str, seconds: float) -> dict[str, float]:
    """Run that long after the first moments, in which everyone is read and the tables are cold."""
    async with pipeline(url, Costless(), MONITORS, INTERVAL_S, "tcp") as line:
        await asyncio.sleep(WARM_S)
        times, before = line.scheduler.timeliness, line.scheduler.timeliness.polls
        late_before, cpu = times.late, Cpu()
        await asyncio.sleep(seconds)
        polls, share = times.polls - before, cpu.share
        late, p99 = times.late - late_before, times.percentile()
        expected = seconds * MONITORS / INTERVAL_S
        await _all_stored(line)
        rows = await rows_in(line.engine)
        lost = line.pool.counts.answered - rows
        left_out = line.scheduler.skipped + line.scheduler.missed
    print(
        f"schedule: {polls:,} polls of {expected:,.0f} expected in {seconds:.0f} s, {lost} results lost,"
        f" {left_out} turns left out, p99 late by {p99 * 1000:.1f} ms, {share:.0%} of a core"
    )
    return {
        "late_p99_share": round(p99 / INTERVAL_S, 5),
        "on_time_share": round(1 - late / max(polls, 1), 5),
        "results_lost": lost,
        "turns_left_out": left_out,
        "polls_of_expected": round(polls / expected, 4),
        "core_share": round(share, 3),
    }


async def _all_stored(line: Line) -> None:
    """Stop asking, and wait until everything that was answered is stored."""
    line.scheduler._wheel.keep_only(())
    async with asyncio.timeout(30):
        while line.pool.polling or line.writer.waiting or line.scheduler.jobs.qsize():  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        while line.writer.counts.rows < line.pool.counts.answered:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)
