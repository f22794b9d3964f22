"""The application with a scanner that does what the test says."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium, Stand, build
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.coordinator import Limits
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.ports import HelperGone, NmapRun, ScanPowers
from backend.domain.discovery.recorder import RecorderLimits
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    RunnerEvent,
)
from backend.domain.monitoring.collector import Credential
from backend.domain.monitoring.windows import WindowsFacts
from tests import people
from tests.egress import Loopback

Script = Callable[[NmapJob, asyncio.Event], AsyncGenerator[RunnerEvent, None]]


async def finds_everyone(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    """Every address answers."""
    for address in AddressSet.parse(job.targets):
        yield Line(f"Nmap scan report for {address}")
        yield HostFinished(HostReport(str(address), "up"))
    yield ChunkFinished(ChunkOutcome("done", "success"))


@dataclass
class FakeScanner:
    """Stands for NmapRunner, the scan helper and the resolver."""

    script: Script = finds_everyone
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    jobs: list[NmapJob] = field(default_factory=list)
    gone: bool = False
    raw: bool = True

    async def run(self, job: NmapJob, stop: asyncio.Event | None = None) -> AsyncGenerator[RunnerEvent, None]:
        self.jobs.append(job)
        async for event in self.script(job, stop or asyncio.Event()):
            yield event

    def start(self, job: NmapJob) -> AbstractAsyncContextManager[NmapRun]:
        raise AssertionError("the fake runner starts nothing")

    async def powers(self) -> ScanPowers:
        if self.gone:
            raise HelperGone("not there")
        return ScanPowers(self.raw, "7.93")

    async def addresses(self, name: str) -> tuple[str, ...]:
        return self.names.get(name, ())

    async def name(self, address: str) -> str | None:
        return None


@pytest.fixture
def scanner() -> FakeScanner:
    return FakeScanner()


@dataclass
class FakeRecogniser:
    """Knows the Windows hosts that the test names, and remembers who was shown which login."""

    hosts: dict[str, WindowsFacts] = field(default_factory=dict)
    asked: list[tuple[str, bool]] = field(default_factory=list)

    async def recognise(
        self, address: str, credential: Credential | None, *, timeout_s: float, name: str | None = None
    ) -> WindowsFacts | None:
        self.asked.append((address, credential is not None))
        facts = self.hosts.get(address)
        if facts and credential is None:
            return replace(facts, refused=None, logged_in=False)
        return facts


@pytest.fixture
def recogniser() -> FakeRecogniser:
    return FakeRecogniser()


@pytest.fixture
async def program(
    database_url: str, tmp_path: Path, scanner: FakeScanner, recogniser: FakeRecogniser
) -> AsyncIterator[Lanarium]:
    """The whole program with its scan loops, and the fake scanner in the place of nmap."""
    limits = Limits(
        max_scans=2, retry_s=0.05, stop_patience_s=1.0, recorder=RecorderLimits(tick_s=0.01, retry_s=0.05)
    )
    stand = Stand(scanner, scanner, scanner, limits, egress=Loopback(), recogniser=recogniser)
    built = build(people.settings(database_url, tmp_path), stand=stand)
    await built.runtime.start()
    yield built
    await built.stop()


@pytest.fixture
async def lab_network(program: Lanarium) -> str:
    """A network that may be scanned."""
    return await allow_lab(program)


async def allow_lab(program: Lanarium) -> str:
    """Put a network on the list of those that may be scanned."""
    async with program.engine.begin() as connection:
        await connection.execute(
            sa.text(
                "INSERT INTO networks (site_id, cidr, name, scan_allowed)"
                " SELECT id, '10.77.0.0/16', 'Lab', true FROM sites WHERE is_default"
            )
        )
    return "10.77.0.0/16"


async def until(what: Callable[[], Awaitable[bool]], seconds: float = 10) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(seconds):
        while not await what():  # noqa: ASYNC110 - the condition is in the database
            await asyncio.sleep(0.01)


async def other_site(program: Lanarium) -> int:
    """A second site."""
    async with program.engine.begin() as connection:
        insert = sa.text("INSERT INTO sites (name) VALUES ('Elsewhere') RETURNING id")
        return int((await connection.execute(insert)).scalar_one())
