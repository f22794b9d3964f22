"""A sweep's result: thousands of hosts at once, in as many statements as a single one takes."""

from datetime import timedelta

import sqlalchemy as sa

from backend.domain.inventory.events import DeviceAppeared, DeviceChanged
from backend.domain.inventory.observation import Coverage, Facts, Observation, PortFact
from tests.domain.inventory.strategies import T0
from tests.infra.db.test_inventory_store import Store, findings, store

__all__ = ["store"]
HOSTS = 1_200
MOST_STATEMENTS = 20


def swept(
    hour: int, *, ports: tuple[int, ...] = (22,), down: bool = False, hosts: int = HOSTS
) -> list[Observation]:
    """Every host of a sweep, each third with its MAC."""
    said = tuple(PortFact("tcp", number) for number in ports)
    return [
        Observation(
            1,
            "sweep",
            f"10.80.{n >> 8}.{n & 255}",
            f"00:1b:21:00:{n >> 8:02x}:{n & 255:02x}" if n % 3 == 0 else None,
            T0 + timedelta(hours=hour, microseconds=n),
            Facts(state="down") if down else Facts(ports=said, covered=(Coverage("tcp", "1-1000"),)),
        )
        for n in range(hosts)
    ]


def counted(store: Store) -> list[str]:
    statements: list[str] = []
    sa.event.listen(
        store.engine.sync_engine, "before_cursor_execute", lambda _c, _u, text, *_: statements.append(text)
    )
    return statements


async def seen_last(store: Store, table: str) -> set[object]:
    async with store.engine.connect() as connection:
        return set(await connection.scalars(sa.text(f"SELECT date_trunc('hour', last_seen) FROM {table}")))


async def test_a_sweep_and_the_next_one_take_a_handful_of_statements(store: Store) -> None:
    statements = counted(store)
    told: list[object] = []
    for kind in (DeviceAppeared, DeviceChanged):
        store.bus.subscribe(kind, told.append)
    for hour in (0, 1):
        statements.clear()
        assert len(await store.observe(*swept(hour))) == HOSTS
        assert len(statements) < MOST_STATEMENTS
    assert len(told) == HOSTS, "the second sweep saw nothing new"
    assert await findings(store) == []
    for table in ("devices", "addresses", "ports"):
        assert await seen_last(store, table) == {T0 + timedelta(hours=1)}, table


async def test_what_is_only_seen_again_is_touched_and_what_differs_is_written(store: Store) -> None:
    await store.observe(*swept(0, hosts=20))
    await store.observe(*swept(1, ports=(22, 80), hosts=10), *swept(1, ports=(), hosts=20)[10:])
    assert await findings(store) == []
    async with store.engine.connect() as connection:
        opened = sa.text("SELECT ports_open, count(*) FROM devices GROUP BY 1 ORDER BY 1")
        assert [tuple(row) for row in await connection.execute(opened)] == [(0, 10), (2, 10)]


async def test_silent_addresses_that_are_nobodys_leave_nothing(store: Store) -> None:
    await store.observe(*swept(0, hosts=5))
    statements = counted(store)
    said = await store.observe(*swept(1, down=True))
    assert len(said) == 5
    assert len(statements) < MOST_STATEMENTS
    assert await store.count("observations") == 10
    assert await findings(store) == []
