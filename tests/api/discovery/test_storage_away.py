"""A real PostgreSQL that is stopped while a scan runs, and comes back."""

import asyncio
import subprocess
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from backend.bootstrap import Lanarium, Stand, build
from backend.domain.accounts.actor import SYSTEM
from backend.domain.discovery.coordinator import Limits
from backend.domain.discovery.events import LinesWritten
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.recorder import RecorderLimits
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    RunnerEvent,
)
from backend.domain.discovery.service import StartScan
from backend.domain.errors import Unavailable
from backend.domain.page import PageRequest
from backend.infra.db.engine import create_engine, migrate
from tests import people, postgres
from tests.api.discovery.conftest import FakeScanner, allow_lab
from tests.conftest import ROOT


class Server:
    """A server that can be stopped and started."""

    def __init__(self, url: str) -> None:
        self.url = url
        home = Path(str(make_url(url).query["host"]))
        control = [
            *postgres._as_somebody(),
            postgres.binaries() / "pg_ctl",
            "-D",
            home / "data",
            "-w",
            "-l",
            home / "log",
        ]
        self._stop = [*control, "-m", "fast", "stop"]
        self._start = [*control, "-o", f"{postgres.OPTIONS} -c unix_socket_directories={home}", "start"]

    async def stop(self) -> None:
        await self._run(self._stop)

    async def start(self) -> None:
        await self._run(self._start)

    async def _run(self, command: list[object]) -> None:
        quiet = subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(*map(str, command), stdout=quiet, stderr=quiet, cwd="/")
        assert await process.wait() == 0


@pytest.fixture
def server() -> Iterator[Server]:
    with postgres.cluster() as url:
        yield Server(url)


@pytest.fixture
async def program(server: Server, tmp_path: Path, scanner: FakeScanner) -> AsyncIterator[Lanarium]:
    engine = create_engine(server.url)
    await migrate(engine, ROOT / "alembic")
    await engine.dispose()
    limits = Limits(
        retry_s=0.05, stop_patience_s=1.0, recorder=RecorderLimits(tick_s=0.01, retry_s=0.05, queue=200)
    )
    built = build(people.settings(server.url, tmp_path), stand=Stand(scanner, scanner, scanner, limits))
    await built.runtime.start()
    yield built
    stopping = asyncio.create_task(built.stop())
    _, late = await asyncio.wait({stopping}, timeout=15)
    if late:
        for task in asyncio.all_tasks():
            task.print_stack()
    assert not late, "stopping must not wait for a database that is away"


async def test_a_scan_outlives_an_absence_of_its_database(
    program: Lanarium, server: Server, scanner: FakeScanner
) -> None:
    await allow_lab(program)
    halfway, told = asyncio.Event(), asyncio.Event()

    async def long(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        for number in range(256):
            yield Line(f"line {number}")
            yield HostFinished(HostReport(f"10.77.0.{number}", "up"))
            await asyncio.sleep(0.005)
            if number == 40:
                halfway.set()
        yield ChunkFinished(ChunkOutcome("done", "success"))

    def listen(event: LinesWritten) -> None:
        if event.lines[-1].text.startswith("Storage is away since"):
            told.set()

    program.bus.subscribe(LinesWritten, listen)
    scanner.script = long
    discovery = program.services.discovery
    async with program.services.transactions() as work:
        wanted = StartScan("10.77.0.0/24", profile="quick", chunk_size=256)
        scan = await discovery.scans.start(work, SYSTEM, wanted)
        await work.commit()
    await asyncio.wait_for(halfway.wait(), 20)
    await server.stop()
    await asyncio.wait_for(told.wait(), 20)
    with pytest.raises(Unavailable):
        async with program.services.transactions() as work:
            await work.scans.get(scan.id)
    life = discovery.coordinator.lives[0]
    assert life.recorder.storage_away_since is not None
    await asyncio.sleep(1)
    assert life.recorder.waiting <= 201, "the scanner waits, memory does not grow"
    await server.start()
    async with asyncio.timeout(30):
        while discovery.coordinator.lives:  # noqa: ASYNC110 - until it has come to rest
            await asyncio.sleep(0.05)
    async with program.services.transactions() as work:
        over = await work.scans.get(scan.id)
        lines = await work.discovery.scan_lines(scan.id, 0, 10_000)
        hosts = await work.discovery.hosts(scan.id, PageRequest(500))
    assert over is not None
    assert (over.status.value, over.hosts_up, hosts.total) == ("completed", 256, 256)
    assert [line.seq for line in lines] == list(range(1, over.last_seq + 1))
    assert [line.text for line in lines if line.text.startswith("line ")] == [f"line {n}" for n in range(256)]
    assert any(line.text.startswith("Storage is back") for line in lines)


async def test_lanarium_can_stop_while_its_database_is_away(
    program: Lanarium, server: Server, scanner: FakeScanner
) -> None:
    await allow_lab(program)
    halfway = asyncio.Event()

    async def endless(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        for number in range(100_000):
            yield Line(f"line {number}")
            if number == 100:
                halfway.set()
                await asyncio.sleep(0.2)
        yield ChunkFinished(ChunkOutcome("done", "success"))

    scanner.script = endless
    async with program.services.transactions() as work:
        await program.services.discovery.scans.start(work, SYSTEM, StartScan("10.77.0.0/24", profile="quick"))
        await work.commit()
    await asyncio.wait_for(halfway.wait(), 20)
    await server.stop()
    try:
        async with asyncio.timeout(8):
            await program.runtime.stop()
        assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("scan ")]
    finally:
        await server.start()
