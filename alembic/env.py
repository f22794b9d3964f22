"""Runs the migrations on the connection that the caller hands in, or on DATABASE_URL.

One migrates at a time: a second one waits for the advisory lock and then finds nothing left to do.
"""

import asyncio
import os

from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from alembic import context
from backend.infra.db.engine import as_async_url
from backend.infra.db.tables import METADATA

MIGRATION_LOCK = 0x1A6A_0001


def run(connection: Connection) -> None:
    """Run what is outstanding, each migration in a transaction of its own."""
    context.configure(connection=connection, target_metadata=METADATA, transaction_per_migration=True)
    connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
    connection.commit()
    try:
        with context.begin_transaction():
            context.run_migrations()
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": MIGRATION_LOCK})
        connection.commit()


async def run_on_url(url: str) -> None:
    """Connect by URL and run."""
    engine = create_async_engine(as_async_url(url))
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    asyncio.run(run_on_url(os.environ["DATABASE_URL"]))
