"""The whole pipeline on a PostgreSQL of the benchmark's own: scheduler, pool, writer, rows."""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.bus import EventBus
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.metrics.writer import MetricsWriter
from backend.domain.monitoring.board import Board
from backend.domain.monitoring.collector import Ways
from backend.domain.monitoring.echoes import Echoes
from backend.domain.monitoring.egress import SiteEgress
from backend.domain.monitoring.jobs import Recheck
from backend.domain.monitoring.measuring import Logins, Measurer, ReadyCollectors
from backend.domain.monitoring.poller import PollerPool
from backend.domain.monitoring.scheduler import PollScheduler
from backend.infra.db.engine import create_engine, migrate
from backend.infra.db.metric_store import SqlMetricStore
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory
from backend.infra.metric_spool import FileSpool
from tests.infra.metrics.monitors import add_monitors

ROOT = Path(__file__).resolve().parents[2]


class Nobody:
    """Nobody logs in, no second method is needed."""

    def login(self, profile_id: int, target: str):  # type: ignore[no-untyped-def]
        """Nobody does."""
        raise NotImplementedError

    async def ask(self, address: str, ports: tuple[int, ...], *, pings: bool) -> Recheck | None:
        """Silence."""
        return None


class Declared:
    """The product's judge, of the one network that the benchmark has."""

    def __init__(self) -> None:
        self._site = SiteEgress(self._scope, self)

    def of(self, site_id: int) -> Ways:
        """The same for all."""
        return self._site

    async def addresses(self, name: str) -> tuple[str, ...]:
        """Names have none."""
        return ()

    async def _scope(self) -> Scope:
        return Scope((AllowedNetwork("10.80.0.0/16"),))


@dataclass(frozen=True, slots=True)
class Line:
    """The parts that are looked at."""

    engine: AsyncEngine
    scheduler: PollScheduler
    pool: PollerPool
    writer: MetricsWriter


@asynccontextmanager
async def pipeline(
    url: str,
    collectors: ReadyCollectors,
    monitors: int,
    interval_s: int,
    collector: str,
    *,
    config: Mapping[str, Any] | None = None,
    echoes: Echoes | None = None,
) -> AsyncIterator[Line]:
    """Everything, at work; leaving stores what is left."""
    engine, bus, board, nobody = create_engine(url), EventBus(), Board(), Nobody()
    await migrate(engine, ROOT / "alembic")
    await add_monitors(engine, monitors, interval_s=interval_s, collector=collector, config=config)
    logins: Logins = nobody
    with tempfile.TemporaryDirectory() as folder:
        writer = MetricsWriter(SqlMetricStore(engine), FileSpool(Path(folder)), publish=bus.publish)
        scheduler = PollScheduler(SqlUnitOfWorkFactory(engine, bus), bus, board, writer.results.put)
        measurer = Measurer(collectors, Declared(), logins, echoes=echoes)
        pool = PollerPool(
            scheduler, measurer, board, nobody, writer.results, attempted=writer.attempted, publish=bus.publish
        )
        tasks = [asyncio.create_task(loop.run()) for loop in (writer, pool, scheduler)]
        try:
            yield Line(engine, scheduler, pool, writer)
        finally:
            for task in reversed(tasks):
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            measurer.close()
            await engine.dispose()


async def rows_in(engine: AsyncEngine) -> int:
    """How many results became rows."""
    async with engine.connect() as connection:
        return await connection.scalar(sa.text("SELECT count(*) FROM metrics")) or 0


class Cpu:
    """CPU-seconds of this process since it was made."""

    def __init__(self) -> None:
        self._began, self._at = time.process_time(), time.monotonic()

    @property
    def seconds(self) -> float:
        """Used so far."""
        return time.process_time() - self._began

    @property
    def share(self) -> float:
        """Of one core."""
        return self.seconds / (time.monotonic() - self._at)


def on_one_core() -> None:
    """Whatever this process does, it does on one core."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
