"""The migrations, on a real server."""

from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from alembic import command
from backend.infra.db.engine import create_engine, migrate
from backend.infra.db.tables import METADATA

ROOT = Path(__file__).resolve().parents[3]


def _differences(connection: sa.Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), METADATA))


async def test_migrated_database_is_what_the_tables_say(database_url: str) -> None:
    engine = create_engine(database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


async def test_migrating_again_changes_nothing(database_url: str) -> None:
    engine = create_engine(database_url)
    await migrate(engine, ROOT / "alembic")
    await migrate(engine, ROOT / "alembic")
    await engine.dispose()


async def test_downgrade_to_nothing_and_back(database_url: str) -> None:
    engine = create_engine(database_url)

    def down(connection: sa.Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "alembic"))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    async with engine.connect() as connection:
        await connection.run_sync(down)
    await migrate(engine, ROOT / "alembic")
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
        assert await connection.scalar(sa.text("SELECT count(*) FROM sites WHERE is_default")) == 1
    await engine.dispose()


async def test_audit_events_can_only_be_added(database_url: str) -> None:
    engine = create_engine(database_url)
    insert = (
        "INSERT INTO audit_events (actor, actor_kind, action, entity) VALUES ('a', 'user', 'create', 'device')"
    )
    async with engine.begin() as connection:
        await connection.execute(sa.text(insert))
    for change in ("UPDATE audit_events SET actor = 'b'", "DELETE FROM audit_events"):
        async with engine.connect() as connection:
            try:
                await connection.execute(sa.text(change))
            except sa.exc.DBAPIError as error:
                assert "append-only" in str(error)  # noqa: PT017
            else:
                raise AssertionError(f"{change} was accepted")
    await engine.dispose()
