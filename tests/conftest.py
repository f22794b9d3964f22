"""Fixtures that every test may use: the database, the application, and people who call it."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from backend.infra.db.engine import as_async_url, create_engine, migrate
from tests import postgres
from tests.attacks import shell_guard
from tests.lab.fixtures import capture, lab, truth  # noqa: F401 - fixtures for every folder

shell_guard.install()
ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = "lanarium_template"


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


async def _execute(url: str, *statements: str) -> None:
    engine = create_async_engine(as_async_url(url), isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            for statement in statements:
                await connection.execute(sa.text(statement))
    finally:
        await engine.dispose()


async def _copy_database(url: str, name: str, template: str) -> None:
    """Copy the template; TimescaleDB's launcher looks into each new database for a moment, so wait it out."""
    for attempt in range(100):
        try:
            return await _execute(url, f"CREATE DATABASE {name} TEMPLATE {template}")
        except sa.exc.DBAPIError as error:
            if "being accessed by other users" not in str(error) or attempt == 99:
                raise
            await asyncio.sleep(0.05)
    return None


async def _make_template(url: str, template: str) -> None:
    await _execute(url, f"DROP DATABASE IF EXISTS {template}", f"CREATE DATABASE {template}")
    engine = create_engine(_named(url, template))
    await migrate(engine, ROOT / "alembic")
    await engine.dispose()


@pytest.fixture(scope="session")
def server_url() -> Iterator[str]:
    """A server of our own, or the one that LANARIUM_TEST_SERVER names (a TimescaleDB, say)."""
    given = os.environ.get("LANARIUM_TEST_SERVER")
    if given:
        yield given
        return
    with postgres.cluster() as url:
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """A migrated database from which the others are copied."""
    name = f"{TEMPLATE}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    asyncio.run(_make_template(server_url, name))
    return name


@pytest.fixture
async def database_url(server_url: str, template: str) -> AsyncIterator[str]:
    """A migrated database that only this test sees."""
    name = postgres.database_name()
    await _copy_database(server_url, name, template)
    yield _named(server_url, name)
    await _execute(server_url, f"DROP DATABASE {name} WITH (FORCE)")
