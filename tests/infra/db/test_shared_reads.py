"""One question, asked by many: one answer, until something was written."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import sqlalchemy as sa

from backend.domain.bus import EventBus
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.writer import InventoryWriter
from backend.infra.db import shared_reads
from backend.infra.db.engine import create_engine
from backend.infra.db.shared_reads import SharedReads, is_shown
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory
from backend.infra.oui import OuiTable
from tests.domain.inventory.strategies import T0


class Asked:
    """Shared reads on a database of this test alone, and how often the database was asked."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        self.transactions = SqlUnitOfWorkFactory(self.engine, EventBus())
        self.shared = SharedReads(self.transactions.writes)
        self.times = 0
        self.slow = asyncio.Event()
        self.slow.set()

    async def count(self, question: str = "count") -> int:
        return await self.shared.read(question, self._count)

    async def _count(self) -> int:
        async with self.transactions() as work:
            self.times += 1
            await self.slow.wait()
            return len(await work.devices.ids_of_site(1))

    async def observe(self, address: str, *, kept: bool = True) -> None:
        async with self.transactions() as work:
            await InventoryWriter(OuiTable()).observe(work, [Observation(1, "nmap", address, None, T0)])
            if kept:
                await work.commit()


@pytest.fixture
async def asked(database_url: str) -> AsyncIterator[Asked]:
    made = Asked(database_url)
    yield made
    await made.engine.dispose()


async def test_many_who_ask_at_once_are_one_question(asked: Asked) -> None:
    asked.slow.clear()
    several = [asyncio.create_task(asked.count()) for _ in range(20)]
    await asyncio.sleep(0)
    several[0].cancel()
    asked.slow.set()
    found = await asyncio.gather(*several, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert found[1:] == [0] * 19
    assert asked.times == 1


async def test_whoever_asks_after_a_commit_gets_what_it_wrote(asked: Asked) -> None:
    assert await asked.count() == 0
    await asked.observe("10.0.0.1")
    assert await asked.count() == 1
    asked.slow.clear()
    before = asyncio.create_task(asked.count("another"))
    await asyncio.sleep(0)
    await asked.observe("10.0.0.2")
    after = asyncio.create_task(asked.count("another"))
    await asyncio.sleep(0)
    asked.slow.set()
    await before
    assert await after == 2, "an answer that was on its way is not taken for one from now"


async def test_what_is_undone_asks_nobody_again(asked: Asked) -> None:
    assert await asked.count() == 0
    await asked.observe("10.0.0.1", kept=False)
    assert await asked.count() == 0
    assert asked.times == 1


async def test_other_programs_are_seen_soon(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared_reads, "KEPT_S", 0.0)
    await asked.count()
    async with asked.engine.begin() as connection:
        await connection.execute(sa.text("INSERT INTO sites (name) VALUES ('Elsewhere')"))
    await asked.count()
    assert asked.times == 2


async def test_a_failure_is_not_kept(asked: Asked) -> None:
    async def fails() -> Any:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            await asked.shared.read("q", fails)
    assert await asked.shared.read("q", asked._count) == 0


async def test_old_questions_are_forgotten(asked: Asked) -> None:
    for number in range(shared_reads.MOST_KEPT + 5):
        await asked.count(str(number))
    assert len(asked.shared._kept) == shared_reads.MOST_KEPT


def test_writes_that_no_list_shows_are_told_by_their_table() -> None:
    shown = ("UPDATE devices SET x = 1", "insert into  ports (a) VALUES (1)", "WITH a AS (SELECT 1) DELETE FROM x")
    elsewhere = (
        "INSERT INTO scan_lines (a) SELECT 1",
        "UPDATE scans SET a = 1",
        "DELETE FROM sessions",
    )
    assert all(is_shown(statement) for statement in shown)
    assert not any(is_shown(statement) for statement in elsewhere)
