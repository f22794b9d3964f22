"""Items that were fetched once are not fetched again, and what anybody changed is never shown as it was."""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.inventory.filters import DeviceFilter
from backend.domain.page import PageRequest
from backend.infra.db.engine import create_engine
from backend.infra.db.kept_items import KeptItems
from backend.infra.db.queries.device_lists import SqlDeviceLists
from backend.infra.db.reads import Reads, Statement

FILL = """
INSERT INTO devices (site_id, name, type, status, folded_at, folded_uid, first_seen, last_seen)
SELECT 1, 'host-' || n, 'server', 'up', now(), '', now(), now() FROM generate_series(1, 5) n;
INSERT INTO tags (name) VALUES ('north'), ('South');
INSERT INTO device_tags (device_id, tag_id) SELECT id, 1 FROM devices WHERE name = 'host-2'
"""


class Counted(Reads):
    """Reads that count what was asked."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.asked: list[Mapping[str, Any]] = []

    async def row(self, statement: Statement, values: Mapping[str, Any]) -> Any:
        self.asked.append(values)
        return await super().row(statement, values)


class Shown:
    """The list of devices, and somebody else who writes."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine, self.reads = engine, Counted(engine)
        self.lists = SqlDeviceLists(self.reads)

    async def tell(self, sql: str) -> None:
        async with self.engine.begin() as connection:
            for statement in sql.split(";"):
                await connection.exec_driver_sql(statement)

    async def devices(self) -> list[dict[str, Any]]:
        page = await self.lists.devices(frozenset(), DeviceFilter(), PageRequest())
        items: list[dict[str, Any]] = json.loads(page.items)
        assert page.total == page.count == len(items)
        return items

    def fetched(self) -> list[list[int]]:
        """The ids of items that were fetched since the last call of this."""
        asked, self.reads.asked = self.reads.asked, []
        return [values["ids"] for values in asked if "ids" in values]


@pytest.fixture
async def shown(database_url: str) -> AsyncIterator[Shown]:
    made = Shown(create_engine(database_url))
    await made.tell(FILL)
    yield made
    await made.reads.close()
    await made.engine.dispose()


async def test_items_are_fetched_once(shown: Shown) -> None:
    first = await shown.devices()
    assert [len(ids) for ids in shown.fetched()] == [5]
    assert await shown.devices() == first
    assert shown.fetched() == []


@pytest.mark.parametrize(
    ("change", "device", "seen"),
    [
        ("UPDATE devices SET notes = 'new' WHERE name = 'host-1'", "host-1", {"notes": "new"}),
        ("UPDATE devices SET last_seen = '2030-01-01Z'", "host-5", {"last_seen": "2030-01-01T00:00:00.000000Z"}),
        ("UPDATE tags SET name = 'up north' WHERE id = 1", "host-2", {"tags": ["up north"]}),
        ("INSERT INTO device_tags SELECT id, 2 FROM devices", "host-2", {"tags": ["north", "South"]}),
        ("DELETE FROM device_tags", "host-2", {"tags": []}),
        ("DELETE FROM tags", "host-2", {"tags": []}),
    ],
)
async def test_what_anybody_changed_is_seen_at_once(
    shown: Shown, change: str, device: str, seen: dict[str, Any]
) -> None:
    await shown.devices()
    await shown.tell(change)
    found = next(item for item in await shown.devices() if item["name"] == device)
    assert {name: found[name] for name in seen} == seen


async def test_only_what_changed_is_fetched(shown: Shown) -> None:
    by_name = {item["name"]: item["id"] for item in await shown.devices()}
    await shown.tell("UPDATE devices SET notes = 'new' WHERE name IN ('host-1', 'host-4')")
    shown.fetched()
    await shown.devices()
    assert shown.fetched() == [[by_name["host-1"], by_name["host-4"]]]


async def test_after_a_lost_connection_nothing_is_taken_from_memory(shown: Shown) -> None:
    await shown.devices()
    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lanarium-lists'"
    await shown.tell(ours)
    shown.fetched()
    page = None
    while page is None:
        try:
            page = await shown.devices()
        except Exception:  # noqa: BLE001 - however the loss is first noticed
            shown.fetched()
    assert [len(ids) for ids in shown.fetched()] == [5]


async def test_memory_is_bounded_and_what_is_gone_is_left_out(shown: Shown) -> None:
    text = "SELECT array_agg(n || '.1'), array_agg(json_build_object('n', n)::text) FROM unnest($1::bigint[]) n"
    kept = KeptItems(shown.reads, Statement(f"{text} WHERE n < 100", (("ids", None),)), most_characters=39)
    names = [f"{number}.1" for number in range(95, 105)]
    assert await kept.array(names) == '[{"n":95},{"n":96},{"n":97},{"n":98},{"n":99}]'
    shown.fetched()
    await kept.array(["99.1", "98.1"])
    assert shown.fetched() == []
    await kept.array(["95.1"])
    assert shown.fetched() == [[95]], "the oldest had to go"
    assert await kept.array([]) == "[]"
