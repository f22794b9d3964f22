"""Which storage level is in force, on the server that the tests have (plain, or a real TimescaleDB)."""

import sqlalchemy as sa

from backend.infra.db.engine import create_engine
from backend.infra.db.storage_level import adopt_timescale, level_of, storage_info


def test_the_level_follows_from_extension_and_licence() -> None:
    assert level_of(None, None) == "plain"
    assert level_of(None, "timescale") == "plain", "loaded by the server, but not made in this database"
    assert level_of("2.19.3", "apache") == "timescale-apache"
    assert level_of("2.19.3", "timescale") == "timescale"


async def test_what_the_server_says_is_what_we_report(database_url: str) -> None:
    engine = create_engine(database_url)
    async with engine.connect() as connection:
        loaded = await connection.scalar(sa.text("SELECT current_setting('timescaledb.license', true)"))
    adopted = await adopt_timescale(engine)
    async with engine.connect() as connection:
        info = await storage_info(connection)
    assert info.engine == "PostgreSQL"
    assert int(info.version.split(".")[0]) >= 15
    assert (info.level != "plain") == (loaded is not None)
    assert adopted in {loaded is not None, False}
    assert await adopt_timescale(engine) is False, "a second time there is nothing to do"
    await engine.dispose()
