"""The pool: who has rested is asked for a sign of life, who was used just now is not."""

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.infra.db import engine as module
from backend.infra.db.engine import create_engine


async def _own_pid(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int(await connection.scalar(sa.text("SELECT pg_backend_pid()")) or 0)


async def test_a_connection_that_died_while_it_rested_is_replaced(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, other = create_engine(database_url), create_engine(database_url)
    monkeypatch.setattr(module, "TRUSTED_S", 0.0)
    before = await _own_pid(engine)
    assert await _own_pid(engine) == before
    async with other.connect() as connection:
        await connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": before})
    assert await _own_pid(engine) != before
    await engine.dispose()
    await other.dispose()


async def test_a_connection_in_use_is_not_asked_each_time(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create_engine(database_url)
    asked = 0
    ping = engine.sync_engine.dialect.do_ping

    def counted(connection: object) -> bool:
        nonlocal asked
        asked += 1
        return ping(connection)  # type: ignore[arg-type]

    monkeypatch.setattr(engine.sync_engine.dialect, "do_ping", counted)
    monkeypatch.setattr(module, "TRUSTED_S", 60.0)
    for _ in range(5):
        await _own_pid(engine)
    assert asked <= 1
    await engine.dispose()
