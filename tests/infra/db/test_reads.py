"""Reads past SQLAlchemy: lost connections are replaced, nothing can be written, and away is away."""

import asyncio
import importlib.util
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
import sqlalchemy as sa

from backend.domain.bus import EventBus
from backend.domain.errors import Invalid, Unavailable
from backend.domain.inventory.filters import DeviceFilter
from backend.domain.inventory.observation import Coverage, Facts, Observation, PortFact
from backend.domain.inventory.writer import InventoryWriter
from backend.domain.page import PageRequest
from backend.infra.db.engine import create_engine
from backend.infra.db.queries import device_lists
from backend.infra.db.queries.device_lists import SqlDeviceLists
from backend.infra.db.reads import Reads, Statement
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory
from backend.infra.oui import OuiTable
from tests.domain.inventory.strategies import T0

EVERYBODY: frozenset[int] = frozenset()
PID = Statement.of(sa.select(sa.func.pg_backend_pid()))
MIGRATION = Path(__file__).resolve().parents[3] / "alembic" / "versions" / "0010_fast_lists.py"


@pytest.fixture
async def reads(database_url: str) -> AsyncIterator[Reads]:
    engine = create_engine(database_url)
    made = Reads(engine, size=2)
    yield made
    await made.close()
    await engine.dispose()


async def test_a_connection_that_was_cut_is_replaced(reads: Reads, database_url: str) -> None:
    before = (await reads.row(PID, {}))[0]
    assert (await reads.row(PID, {}))[0] == before, "one after another is one connection"
    engine = create_engine(database_url)
    async with engine.connect() as other:
        await other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": before})
    await engine.dispose()
    await asyncio.sleep(0.1)
    assert (await reads.row(PID, {}))[0] != before


async def test_more_who_ask_than_there_are_connections_wait_their_turn(reads: Reads) -> None:
    slow = Statement("SELECT pg_backend_pid() FROM pg_sleep(0.02)", ())
    found = await asyncio.gather(*(reads.row(slow, {}) for _ in range(10)))
    assert len({row[0] for row in found}) == 2


async def test_nothing_is_written_and_a_refusal_costs_no_connection(reads: Reads) -> None:
    before = (await reads.row(PID, {}))[0]
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await reads.row(Statement("INSERT INTO sites (name) VALUES ('x') RETURNING id", ()), {})
    assert (await reads.row(PID, {}))[0] == before


async def test_who_stops_waiting_leaves_a_connection_that_works(reads: Reads) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reads.row(Statement("SELECT pg_sleep(5)", ()), {}), 0.05)
    assert (await reads.row(PID, {}))[0]


async def test_a_database_that_is_not_there_is_away(tmp_path: Path) -> None:
    engine = create_engine(f"postgresql://nobody@/none?host={tmp_path}")
    with pytest.raises(Unavailable):
        await Reads(engine).row(PID, {})
    await engine.dispose()


async def test_a_kind_of_question_is_worked_out_once(reads: Reads) -> None:
    lists = SqlDeviceLists(reads)
    device_lists._page.cache_clear()
    for name in ("a", "b%", "_", "\\", "';--"):
        wanted = DeviceFilter(q=name, vendor=(name,), seen_since=T0)
        assert (await lists.devices(EVERYBODY, wanted, PageRequest())).total == 0
    assert device_lists._page.cache_info().misses == 1
    with pytest.raises(Invalid):
        await lists.devices(EVERYBODY, DeviceFilter(), PageRequest(sort="nothing"))


async def test_what_the_writer_keeps_of_ports_is_what_the_migration_filled_in(database_url: str) -> None:
    engine = create_engine(database_url)
    transactions = SqlUnitOfWorkFactory(engine, EventBus())

    async def observe(address: str, minute: int, *ports: PortFact) -> None:
        facts = Facts(ports=ports, covered=(Coverage("tcp", "1-65535"),))
        said = Observation(1, "nmap", address, "52:54:00:aa:bb:01", T0 + timedelta(minutes=minute), facts)
        async with transactions() as work:
            await InventoryWriter(OuiTable()).observe(work, [said])
            await work.commit()

    await observe("10.0.0.1", 0, PortFact("tcp", 22, service="telnet"), PortFact("tcp", 53), PortFact("udp", 53))
    await observe("10.0.0.2", 1, PortFact("tcp", 22, service="ssh"), *(PortFact("tcp", p) for p in range(80, 95)))
    await observe("10.0.0.1", 2, PortFact("tcp", 22, service="telnet"), PortFact("udp", 53, service="domain"))
    spec = importlib.util.spec_from_file_location("fast_lists", MIGRATION)
    assert spec is not None
    assert spec.loader is not None
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    async with engine.begin() as connection:
        kept = (await connection.execute(sa.text("SELECT id, first_ports FROM devices ORDER BY id"))).all()
        await connection.execute(sa.text("UPDATE devices SET first_ports = '[]'"))
        await connection.execute(sa.text(migration.FILL))
        assert (await connection.execute(sa.text("SELECT id, first_ports FROM devices ORDER BY id"))).all() == kept
    shown = kept[0].first_ports
    assert len(shown) == 8
    assert shown[0] == {"protocol": "tcp", "port": 22, "service": "ssh"}, "the first of two names by the alphabet"
    await engine.dispose()
