"""The one place that builds: settings, then adapters, then services, then loops."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine

from backend.api.services import Services
from backend.domain.bus import EventBus
from backend.infra import plugins
from backend.infra.db.engine import create_engine
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory
from backend.runtime import Loop, Runtime
from backend.settings import Settings


@dataclass(frozen=True, slots=True)
class Lanarium:
    """The whole program, wired but not yet running."""

    settings: Settings
    engine: AsyncEngine
    bus: EventBus
    services: Services
    runtime: Runtime

    async def start(self) -> None:
        """Start what runs beside the requests."""
        await self.runtime.start()

    async def stop(self) -> None:
        """Stop it, then let go of the database."""
        await self.runtime.stop()
        await self.engine.dispose()


def build(settings: Settings, *, loops: Sequence[Loop] | None = None) -> Lanarium:
    """Wire everything; tests pass `loops=()` to have requests only."""
    engine = create_engine(settings.database_url, pool_size=settings.pool_size)
    bus = EventBus()
    transactions = SqlUnitOfWorkFactory(engine, bus)
    services = Services(transactions=transactions, plugins=plugins.discover())
    runtime = Runtime(loops if loops is not None else ())
    return Lanarium(settings, engine, bus, services, runtime)
