"""Connections to PostgreSQL: one pool for the process, and the migrations that bring a database up to date."""

import time
from pathlib import Path
from typing import Any

import orjson
from alembic.config import Config
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from alembic import command

TRUSTED_S = 1.0
RESTS_SINCE = "lanarium_rests_since"


def as_async_url(url: str) -> str:
    """The same database by the asyncpg driver: people write `postgresql://` or `postgres://`."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    return parsed.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


def _to_json(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def create_engine(url: str, *, pool_size: int = 10, application: str = "lanarium") -> AsyncEngine:
    """A pool of connections that notices a server that went away, and speaks UTC.

    A connection that is not to be had within five seconds is an error: callers say "storage away" then,
    instead of waiting for ever.
    """
    engine = create_async_engine(
        as_async_url(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=5,
        json_serializer=_to_json,
        json_deserializer=orjson.loads,
        connect_args={
            "timeout": 5,
            "server_settings": {"application_name": application, "timezone": "UTC", "jit": "off"},
        },
    )
    _ask_those_that_rested(engine)
    return engine


def _ask_those_that_rested(engine: AsyncEngine) -> None:
    """A connection that nobody used for a while is asked for a sign of life before it is used again.

    SQLAlchemy's own `pool_pre_ping` asks each time, and so doubles the round trips of most requests.
    """
    pool, dialect = engine.sync_engine.pool, engine.sync_engine.dialect

    def returned(_: Any, record: Any) -> None:
        record.info[RESTS_SINCE] = time.monotonic()

    def taken(connection: Any, record: Any, _: Any) -> None:
        if time.monotonic() - record.info.get(RESTS_SINCE, 0.0) < TRUSTED_S:
            return
        try:
            alive = dialect.do_ping(connection)
        except Exception as error:
            raise DisconnectionError from error
        if not alive:
            raise DisconnectionError

    event.listen(pool, "checkin", returned)
    event.listen(pool, "checkout", taken)


async def migrate(engine: AsyncEngine, script_location: Path, target: str = "head") -> None:
    """Bring the database to the newest revision, or to `target`; safe to call again and from several processes."""
    config = Config()
    config.set_main_option("script_location", str(script_location))
    async with engine.connect() as connection:
        await connection.run_sync(_upgrade, config, target)


def _upgrade(connection: Any, config: Config, target: str) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, target)
