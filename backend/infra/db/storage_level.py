"""How much of TimescaleDB the database offers: found at run time, and asked for when migrating.

plain             PostgreSQL alone
timescale-apache  hypertables, without compression (the edition that distributions ship)
timescale         everything, compression included
"""

import logging

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend.domain.health import StorageInfo, StorageLevel

log = logging.getLogger(__name__)

_LOOK = sa.text(
    "SELECT current_setting('server_version') AS version,"
    " (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb') AS timescale,"
    " current_setting('timescaledb.license', true) AS license"
)
_OFFERED = sa.text(
    "SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'timescaledb' AND installed_version IS NULL)"
    " AND current_setting('timescaledb.license', true) IS NOT NULL"
)


async def storage_info(connection: AsyncConnection) -> StorageInfo:
    """Which database this is and which level is in force."""
    row = (await connection.execute(_LOOK)).one()
    return StorageInfo("PostgreSQL", row.version, level_of(row.timescale, row.license), row.timescale)


def level_of(extension_version: str | None, license_name: str | None) -> StorageLevel:
    """The level that an installed extension and the server's licence come to."""
    if extension_version is None:
        return "plain"
    return "timescale" if license_name == "timescale" else "timescale-apache"


async def adopt_timescale(engine: AsyncEngine) -> bool:
    """Create the extension where the server has loaded it and lets us; answers whether it is new.

    The licence setting exists only where the library is loaded: without that, CREATE EXTENSION would end
    the connection. A server that does not let us stays plain, which is no error.
    """
    async with engine.connect() as connection:
        if not await connection.scalar(_OFFERED):
            return False
        try:
            await connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS timescaledb"))
            await connection.commit()
        except SQLAlchemyError as refused:
            log.warning("the server has TimescaleDB but does not let us use it: %s", refused)
            return False
    return True
