"""Which addresses of a range devices have, on a real server."""

from datetime import UTC, datetime

import pytest

from backend.domain.bus import EventBus
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.writer import InventoryWriter
from backend.infra.db.engine import create_engine
from backend.infra.db.queries.known_addresses import KnownInInventory
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory
from backend.infra.oui import OuiTable

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("targets", "known"),
    [
        (("10.9.0.0/24",), {"10.9.0.1", "10.9.0.200"}),
        (("10.9.0.1", "10.9.0.2-10.9.0.9"), {"10.9.0.1"}),
        (("fd00::/120",), {"fd00::7"}),
        (("10.8.0.0/16",), set()),
        ((), set()),
    ],
)
async def test_those_within_the_ranges(database_url: str, targets: tuple[str, ...], known: set[str]) -> None:
    engine = create_engine(database_url)
    transactions = SqlUnitOfWorkFactory(engine, EventBus())
    said = [Observation(1, "sweep", address, None, NOW) for address in ("10.9.0.1", "10.9.0.200", "fd00::7")]
    async with transactions() as work:
        await InventoryWriter(OuiTable()).observe(work, said)
        await work.commit()
    assert set(await KnownInInventory(transactions)(targets)) == known
    await engine.dispose()
