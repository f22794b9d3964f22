"""Single statements that only read, by the driver itself: one round trip, no transaction, no cursor around it.

Lists are asked for far more often than anything is written. SQLAlchemy's connection, transaction and result would
cost the application several times what the answer costs, so these few statements go past them, on connections of
their own. Each is kept by the driver as a prepared statement, because its text is the same each time.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from backend.domain.errors import Unavailable
from backend.infra.db.unit_of_work import AWAY_STATES

_DIALECT: sa.Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]
# More at once than there are processors only wait inside the database instead of before it.
CONNECTIONS = 3
WAIT_S = 5.0
# Pages of lists are found by index: what a disk of today costs, not one of 1996.
SETTINGS = {"timezone": "UTC", "jit": "off", "random_page_cost": "1.1", "default_transaction_read_only": "on"}


@dataclass(frozen=True, slots=True)
class Statement:
    """The text of a query, and its parameters in their order: each a name, and the value if the query has it."""

    text: str
    parameters: tuple[tuple[str, Any], ...]

    @classmethod
    def of(cls, query: sa.Select[Any]) -> "Statement":
        """A query made of parameters with names; making this costs more than running it, so it is to be kept."""
        compiled: Any = query.compile(dialect=_DIALECT)
        return cls(str(compiled), tuple((name, compiled.params[name]) for name in compiled.positiontup or ()))


class Reads:
    """Connections that only read; opened when they are first needed.

    A handful in a list: the driver's own pool takes two tasks and a reset for each statement.
    """

    def __init__(self, engine: AsyncEngine, size: int = CONNECTIONS, application: str = "lanarium-lists") -> None:
        self._target = _target(engine)
        self._settings = SETTINGS | {"application_name": application}
        self._places = asyncio.Semaphore(size)
        self._idle: list[asyncpg.Connection] = []
        self._closed = False
        self.cuts = 0
        """How often a connection was lost: what is there afterwards may be another server."""

    async def row(self, statement: Statement, values: Mapping[str, Any]) -> Any:
        """The one row of the answer; raises Unavailable when the database is away."""
        given = [values.get(name, own) for name, own in statement.parameters]
        try:
            if self._places.locked():
                async with asyncio.timeout(WAIT_S):
                    await self._places.acquire()
            else:
                await self._places.acquire()
            try:
                return await self._ask(statement.text, given)
            finally:
                self._places.release()
        except (OSError, asyncpg.InterfaceError, asyncpg.PostgresError) as error:
            if _is_away(error):
                raise Unavailable("The database is away; try again in a moment", code="storage_away") from error
            raise

    async def close(self) -> None:
        """Let go of the database."""
        self._closed = True
        while self._idle:
            await self._idle.pop().close()

    async def _ask(self, text: str, given: list[Any]) -> Any:
        connection = await self._connection()
        try:
            return await connection.fetchrow(text, *given)
        except BaseException as error:
            # A statement that was refused leaves the connection as it was; nothing else is sure to.
            if not isinstance(error, asyncpg.PostgresError) or self._closed:
                connection.terminate()
            raise
        finally:
            if not connection.is_closed():
                self._idle.append(connection)
            else:
                self.cuts += 1

    async def _connection(self) -> Any:
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                return connection
            self.cuts += 1
        return await asyncpg.connect(**self._target, timeout=WAIT_S, server_settings=self._settings)


def _target(engine: AsyncEngine) -> dict[str, Any]:
    """Where the engine connects to, in the driver's own words."""
    given = engine.dialect.create_connect_args(engine.url)[1]
    ours = ("prepared_statement_cache_size", "prepared_statement_name_func", "async_creator_fn", "server_settings")
    return {name: value for name, value in given.items() if name not in ours}


def _is_away(error: BaseException) -> bool:
    """Every way of not getting an answer but the database's own refusal of the statement."""
    state = getattr(error, "sqlstate", None)
    return not isinstance(error, asyncpg.PostgresError) or str(state).startswith(AWAY_STATES)
