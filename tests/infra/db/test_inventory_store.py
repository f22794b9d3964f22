"""The inventory on a real server: many writers, many observations, and what a replay says of them afterwards."""

import asyncio
import random
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from backend.domain.bus import EventBus
from backend.domain.inventory.events import DeviceAppeared, DeviceRemoved
from backend.domain.inventory.fold import PERSON
from backend.domain.inventory.observation import Coverage, Facts, NameFact, Observation, PortFact
from backend.domain.inventory.verify import verify_site
from backend.domain.inventory.writer import DeviceSeen, InventoryWriter
from backend.infra.db.engine import create_engine
from backend.infra.db.unit_of_work import SqlUnitOfWork, SqlUnitOfWorkFactory
from backend.infra.oui import OuiTable
from tests.domain.inventory.strategies import ADDRESSES, KEYS, MACS, NAMES, T0

WRITER = InventoryWriter(OuiTable())


class Store:
    """Transactions on a database of this test alone."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url)
        self.bus = EventBus()
        self.transactions = SqlUnitOfWorkFactory(self.engine, self.bus)

    async def observe(self, *said: Observation) -> list[DeviceSeen]:
        async with self.transactions() as work:
            seen = await WRITER.observe(work, said)
            await work.commit()
        return seen

    async def count(self, table: str) -> int:
        async with self.engine.connect() as connection:
            return int(await connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    made = Store(database_url)
    yield made
    await made.engine.dispose()


def busy(seed: int, size: int) -> list[Observation]:
    """Observations of a network whose few addresses and interfaces meet all the time."""
    pick = random.Random(seed)
    return [
        Observation(
            site_id=1,
            source=pick.choice(("nmap", "neighbours")),
            address=pick.choice(ADDRESSES),
            mac=pick.choice(MACS),
            observed_at=T0 + timedelta(hours=number * 5),
            facts=Facts(
                hostnames=pick.choice(NAMES),
                keys=pick.choice(KEYS),
                ports=(PortFact("tcp", pick.choice((22, 80)), confidence=pick.choice((3, 10))),),
                covered=pick.choice(((), (Coverage("tcp", "1-100"),))),
            ),
        )
        for number in range(size)
    ]


async def findings(store: Store) -> list[Any]:
    async with store.transactions() as work:
        return await verify_site(work.devices, 1, OuiTable())


async def test_any_order_of_arrival_is_what_a_replay_comes_to(store: Store) -> None:
    said = busy(1, 40)
    random.Random(2).shuffle(said)
    for start in range(0, len(said), 3):
        await store.observe(*said[start : start + 3])
        assert await findings(store) == []
    before = await store.count("devices")
    await store.observe(*said)
    assert (await store.count("devices"), await store.count("observations")) == (before, len(said))


async def test_writers_at_the_same_time_make_no_twins(store: Store) -> None:
    appeared: list[object] = []
    store.bus.subscribe(DeviceAppeared, appeared.append)
    said = [
        Observation(1, "nmap", f"10.0.0.{n}", None, T0 + timedelta(seconds=w)) for w in range(6) for n in (1, 2, 3)
    ]
    await asyncio.gather(*(store.observe(*said[i : i + 3]) for i in range(0, len(said), 3)))
    assert await store.count("devices") == 3
    assert len(appeared) == 3
    assert await findings(store) == []


async def test_what_is_undone_was_never_said(store: Store) -> None:
    told: list[object] = []
    store.bus.subscribe(DeviceAppeared, told.append)
    async with store.transactions() as work:
        await WRITER.observe(work, [Observation(1, "nmap", "10.0.0.1", None, T0)])
    assert (await store.count("devices"), told) == (0, [])


async def test_a_hand_in_the_database_is_found_and_mended(store: Store) -> None:
    await store.observe(*busy(3, 12))
    async with store.engine.begin() as connection:
        await connection.execute(
            sa.text("UPDATE devices SET name = 'forged' WHERE id = (SELECT min(id) FROM devices)")
        )
        await connection.execute(sa.text("DELETE FROM ports"))
    found = await findings(store)
    assert {f.code for f in found} == {"device_differs"}
    async with store.transactions() as work:
        await WRITER.rebuild(work, 1, [f.device_id for f in found if f.device_id])
        await work.commit()
    assert await findings(store) == []


async def test_pins_and_notes_survive_a_replay(store: Store) -> None:
    seen = await store.observe(Observation(1, "nmap", "10.0.0.1", None, T0))
    device_id = seen[0].device_id
    async with store.transactions() as work:
        await work.device_edits.pin(device_id, {"name": "Ours"}, None)
        await work.device_edits.describe(device_id, notes="mine", tags=["kept"])
        await work.commit()
    await store.observe(Observation(1, "nmap", "10.0.0.1", None, T0 - timedelta(days=1)))
    async with store.transactions() as work:
        device = await work.inventory.device(frozenset(), device_id)
    assert device is not None
    assert (device["name"], device["notes"], device["tags"]) == ("Ours", "mine", ["kept"])
    assert device["first_seen"].startswith("2026-02-28")


async def test_devices_that_turn_out_to_be_one_keep_what_people_hung_on_them(store: Store) -> None:
    """The interface that explains both addresses was seen first, but told last."""
    removed: list[DeviceRemoved] = []
    store.bus.subscribe(DeviceRemoved, removed.append)
    mac = "00:1b:21:00:00:01"
    first = await store.observe(Observation(1, "nmap", "10.0.0.1", None, T0 + timedelta(hours=2)))
    second = await store.observe(Observation(1, "nmap", "10.0.0.2", None, T0 + timedelta(hours=3)))
    async with store.transactions() as work:
        await work.device_edits.pin(second[0].device_id, {"name": "Two legs"}, None)
        await work.device_edits.describe(second[0].device_id, notes="kept", tags=["kept"])
        await work.commit()
    for address in ("10.0.0.1", "10.0.0.2"):
        await store.observe(Observation(1, "nmap", address, mac, T0))
    assert await store.count("devices") == 1
    assert [(r.device_id, r.into) for r in removed] == [(second[0].device_id, first[0].device_id)]
    async with store.transactions() as work:
        device = await work.inventory.device(frozenset(), first[0].device_id)
    assert device is not None
    assert (device["name"], device["notes"], device["tags"]) == ("Two legs", "kept", ["kept"])
    assert await findings(store) == []


async def test_a_chunk_of_hosts_is_stored_in_few_statements(store: Store) -> None:
    """However many hosts and ports: what takes time on a network is round trips."""
    statements = 0

    def counted(*_: object) -> None:
        nonlocal statements
        statements += 1

    sa.event.listen(store.engine.sync_engine, "before_cursor_execute", counted)
    ports = tuple(PortFact("tcp", number, service="http", confidence=10) for number in range(1, 51))
    started = time.monotonic()
    for hour in (0, 1):
        said = [
            Observation(
                1,
                "nmap",
                f"10.0.0.{n}",
                f"00:1b:21:00:00:{n:02x}",
                T0 + timedelta(hours=hour, seconds=n),
                Facts(hostnames=(NameFact(f"host-{n}.lan"),), ports=ports),
            )
            for n in range(1, 65)
        ]
        await store.observe(*said)
    assert await store.count("ports") == 64 * 50
    assert statements < 40
    assert time.monotonic() - started < 20


async def test_people_are_not_a_sign_of_life(store: Store) -> None:
    seen = await store.observe(Observation(1, PERSON, "10.0.0.1", None, T0))
    async with store.transactions() as work:
        device = await work.inventory.device(frozenset(), seen[0].device_id)
    assert device is not None
    assert (device["status"], device["manual"]) == ("unknown", True)


def test_unit_of_work_offers_what_the_domain_asks_for() -> None:
    for name in ("devices", "device_edits", "inventory", "places"):
        assert hasattr(SqlUnitOfWork, name)
