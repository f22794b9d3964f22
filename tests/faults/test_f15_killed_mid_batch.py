"""F15: kill -9 in the middle of batches: no row twice, nothing acknowledged lost."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.infra.db.engine import create_engine
from tests.faults.polling_program import MONITORS
from tests.infra.metrics.monitors import add_monitors

ROOT = Path(__file__).resolve().parents[2]
KILLS, STEP = 4, 100_000


def start(url: str, folder: Path, first: int, count: int, tricks: str) -> subprocess.Popen[bytes]:
    words = [url, folder / "spool", folder / "ledger", first, count, tricks]
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.polling_program", *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def kill_in_the_middle(program: subprocess.Popen[bytes], ledger: Path, rng: random.Random) -> None:
    """As soon as something new was acknowledged, and a moment more."""
    before = ledger.stat().st_size if ledger.exists() else 0
    until = time.monotonic() + 60
    while not (ledger.exists() and ledger.stat().st_size > before):
        assert program.poll() is None, "it ended by itself"
        assert time.monotonic() < until
        time.sleep(0.01)
    time.sleep(rng.uniform(0, 0.3))
    program.send_signal(signal.SIGKILL)
    program.wait()


@pytest.mark.timeout(240)
async def test_f15_kill_minus_nine_in_mid_batch(database_url: str, tmp_path: Path) -> None:
    engine = create_engine(database_url, pool_size=2)
    assert await add_monitors(engine, MONITORS) == list(range(1, MONITORS + 1))
    ledger, rng = tmp_path / "ledger", random.Random(15)
    for turn in range(KILLS):
        program = start(database_url, tmp_path, turn * STEP, STEP, str(turn % 2))
        await asyncio.to_thread(kill_in_the_middle, program, ledger, rng)
    # Once more, without load: what waits in the file is drained.
    last = start(database_url, tmp_path, KILLS * STEP, 10, "0")
    assert await asyncio.to_thread(last.wait, 60) == 0
    acknowledged = {int(line) for line in ledger.read_text().split("\n")[:-1] if line}
    async with engine.connect() as connection:
        query = sa.text(
            "SELECT round(extract(epoch FROM timestamp - '2026-11-21 06:00:00+00') * 1000)::bigint FROM metrics"
        )
        rows = list(await connection.scalars(query))
    await engine.dispose()
    assert len(rows) == len(set(rows))
    assert acknowledged - set(rows) == set()
    assert len(acknowledged) > 500
