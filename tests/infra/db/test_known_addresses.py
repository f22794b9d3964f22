"""Which addresses of a range devices have, on a real server."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from backend.domain.bus import EventBus
from backend.domain.discovery.pipeline.gentle import known_manners
from backend.domain.inventory.observation import Coverage, Facts, Observation, PortFact
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


async def test_signs_of_delicate_devices(database_url: str) -> None:
    engine = create_engine(database_url)
    transactions = SqlUnitOfWorkFactory(engine, EventBus())
    told = {
        "10.9.0.1": Facts(type="printer"),
        "10.9.0.2": Facts(vendor="SIEMENS AG"),
        "10.9.0.3": Facts(
            ports=(PortFact("tcp", 9100), PortFact("tcp", 80)), covered=(Coverage("tcp", "1-65535"),)
        ),
        "10.9.0.4": Facts(type="server", vendor="Dell"),
        "10.9.1.1": Facts(type="printer"),
    }
    said = [Observation(1, "nmap", address, None, NOW, facts) for address, facts in told.items()]
    async with transactions() as work:
        await InventoryWriter(OuiTable()).observe(work, said)
        await work.commit()
    found = {device.address: device for device in await KnownInInventory(transactions).delicate(("10.9.0.0/24",))}
    assert found.keys() == {"10.9.0.1", "10.9.0.2", "10.9.0.3"}
    assert found["10.9.0.3"].ports == (80, 9100)
    assert found["10.9.0.2"].maker == "SIEMENS AG"
    assert known_manners(tuple(found.values())).keys() == found.keys()
    await engine.dispose()


async def test_nobody_is_known_while_storage_is_away(tmp_path: Path) -> None:
    engine = create_engine(f"postgresql://nobody@/none?host={tmp_path}")
    known = KnownInInventory(SqlUnitOfWorkFactory(engine, EventBus()))
    assert not await known.delicate(("10.9.0.0/24",))
    assert not await known(("10.9.0.0/24",))
    await engine.dispose()
