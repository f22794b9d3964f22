"""SNMP through the whole pipeline, results stored, beside pysnmp asking the same and storing nothing.

The unit is CPU-seconds of the asking process for one reading of one agent, so that the agent's own slowness and
who else runs on the machine weigh little. Ours is everything from the due time to the row; three rounds, medians.
"""

import asyncio
import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from backend.domain.monitoring.collector import Credential, Reading, Target, Trace
from backend.domain.monitoring.measuring import Ready
from backend.infra import plugins
from backend.infra.collector_catalogue import InstalledCollectors
from backend.infra.collectors import snmp
from benchmarks.polling.pipeline import Cpu, Line, pipeline, rows_in
from benchmarks.polling.schedule import _all_stored
from benchmarks.polling.snmp_peers import COMMUNITY
from tests import agents

MONITORS, INTERVAL_S, ROUNDS, WARM_S = 150, 1, 3, 3.0
CREDENTIAL = Credential(1, "snmp_v2c", secrets={"community": COMMUNITY})


class OneAgent:
    """The collector snmp, all of whose targets are one agent on loopback."""

    def __init__(self, port: int) -> None:
        self._installed, self._port = InstalledCollectors(plugins.discover()), port

    def ready(self, name: str, config: Any) -> Ready | None:
        """The collector, aimed."""
        found = self._installed.ready(name, {"port": self._port})
        assert found is not None

        async def ask(target: Target, options: Any, credential: Credential | None, trace: Trace) -> Reading:
            del credential
            return await snmp.ask(replace(target, address="127.0.0.1"), options, CREDENTIAL, trace)

        return Ready(ask, found.options, found.traits)


async def measure(url: str, seconds: float) -> dict[str, float]:
    """Ratios of all rounds."""
    span = max(2.0, seconds / 15)
    with tempfile.TemporaryDirectory() as folder, agents.snmpd(Path(folder)) as port:
        rounds = [await _round(url, port, span) for _ in range(ROUNDS)]
    cost = {name: median(each[name] for each in rounds) for name in rounds[0]}
    told = ", ".join(f"{name} {value * 1e6:,.0f}" for name, value in cost.items())
    print(f"snmp: CPU-microseconds a reading: {told}")
    return {
        "snmp_vs_pysnmp": round(cost["pysnmp-poll"] / cost["stored"], 1),
        "snmp_get_vs_pysnmp": round(cost["pysnmp-get"] / cost["ours-get"], 1),
        "snmp_get_of_gufo": round(cost["gufo-get"] / cost["ours-get"], 2),
    }


async def _round(url: str, port: int, span: float) -> dict[str, float]:
    async with pipeline(url, OneAgent(port), MONITORS, INTERVAL_S, "snmp") as line:
        stored = await _stored(line, span)
        async with line.engine.begin() as connection:
            await connection.execute(sa.text("TRUNCATE monitors CASCADE"))
    rows = next(iter(snmp._SIZES.values()))
    found = {"stored": stored}
    for who in ("pysnmp-poll", "pysnmp-get", "gufo-get", "ours-get"):
        found[who] = await _peer(who, port, span, rows)
    return found


async def _stored(line: Line, span: float) -> float:
    """CPU-seconds of one poll of ours, with its row."""
    await asyncio.sleep(WARM_S)
    before, cpu = line.pool.counts.answered, Cpu()
    await asyncio.sleep(span)
    cost = cpu.seconds / max(1, line.pool.counts.answered - before)
    await _all_stored(line)
    assert await rows_in(line.engine) >= line.pool.counts.answered, "every answer is a row"
    return cost


async def _peer(who: str, port: int, span: float, rows: tuple[int, int]) -> float:
    words = [who, str(port), str(span), *(str(each + 1) for each in rows)]
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.polling.snmp_peers", *words, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await child.communicate()
    assert child.returncode == 0, who
    return float(json.loads(said.splitlines()[-1]))
