"""The transaction on PostgreSQL, with a repository for every feature."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property

import sqlalchemy as sa
from asyncpg.exceptions import InsufficientResourcesError, OperatorInterventionError
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from backend.domain.bus import EventBus
from backend.domain.errors import Conflict, Unavailable
from backend.infra.db.queries.changes import SqlChangeReader
from backend.infra.db.queries.coverage import SqlCoverageReader
from backend.infra.db.queries.discovery import SqlDiscoveryReads
from backend.infra.db.queries.history import SqlHistory
from backend.infra.db.queries.inventory import SqlInventoryReader
from backend.infra.db.queries.monitoring import SqlMonitoringReader
from backend.infra.db.queries.suggestions import SqlSuggestions
from backend.infra.db.queries.watchlist import SqlWatchlist
from backend.infra.db.repositories.api_tokens import SqlApiTokens
from backend.infra.db.repositories.audit import SqlAuditLog
from backend.infra.db.repositories.changes import SqlChanges
from backend.infra.db.repositories.credentials import SqlCredentialProfiles
from backend.infra.db.repositories.discovery_profiles import SqlDiscoveryProfiles
from backend.infra.db.repositories.host_keys import SqlHostKeys
from backend.infra.db.repositories.inbox import SqlInbox
from backend.infra.db.repositories.inventory import SqlDeviceStore
from backend.infra.db.repositories.inventory_edits import SqlDeviceEdits
from backend.infra.db.repositories.monitoring_plugins import SqlMonitoringPlugins
from backend.infra.db.repositories.monitors import SqlMonitors
from backend.infra.db.repositories.places import SqlPlaceStore
from backend.infra.db.repositories.projects import SqlProjects
from backend.infra.db.repositories.provisioning_rules import SqlProvisioningRules
from backend.infra.db.repositories.retention import SqlRetention
from backend.infra.db.repositories.scan_plans import SqlScanPlans
from backend.infra.db.repositories.scans import SqlScans
from backend.infra.db.repositories.sessions import SqlSessions
from backend.infra.db.repositories.throttles import SqlThrottles
from backend.infra.db.repositories.tickets import SqlTickets
from backend.infra.db.repositories.users import SqlUsers
from backend.infra.db.shared_reads import WriteCount

STORAGE_AWAY = (OperationalError, InterfaceError, PoolTimeout, ConnectionError, TimeoutError)
# Shutting down, crashed, starting up (57P); connection lost (08); full (53300): PostgreSQL, appendix A. While it
# starts, asyncpg raises these bare, before SQLAlchemy could wrap them.
AWAY_STATES = ("57P", "08", "53300")


class SqlUnitOfWork:
    """One connection in one transaction; repositories are made when they are first asked for."""

    def __init__(self, connection: AsyncConnection, bus: EventBus, writes: WriteCount) -> None:
        self.connection = connection
        self._bus = bus
        self._writes = writes
        self._events: list[object] = []

    @cached_property
    def audit(self) -> SqlAuditLog:
        """What somebody did."""
        return SqlAuditLog(self.connection)

    @cached_property
    def users(self) -> SqlUsers:
        """People who may log in."""
        return SqlUsers(self.connection)

    @cached_property
    def sessions(self) -> SqlSessions:
        """Logins that last."""
        return SqlSessions(self.connection)

    @cached_property
    def api_tokens(self) -> SqlApiTokens:
        """Keys for scripts."""
        return SqlApiTokens(self.connection)

    @cached_property
    def tickets(self) -> SqlTickets:
        """What opens a WebSocket, once."""
        return SqlTickets(self.connection)

    @cached_property
    def throttles(self) -> SqlThrottles:
        """How often somebody guessed."""
        return SqlThrottles(self.connection)

    @cached_property
    def devices(self) -> SqlDeviceStore:
        """Devices, and what was said of them."""
        return SqlDeviceStore(self.connection)

    @cached_property
    def device_edits(self) -> SqlDeviceEdits:
        """What people do to devices."""
        return SqlDeviceEdits(self.connection)

    @cached_property
    def inbox(self) -> SqlInbox:
        """What people decided of finds."""
        return SqlInbox(self.connection)

    @cached_property
    def projects(self) -> SqlProjects:
        """What groups scans."""
        return SqlProjects(self.connection)

    @cached_property
    def scans(self) -> SqlScans:
        """Scans, their chunks, lines and files."""
        return SqlScans(self.connection)

    @cached_property
    def discovery(self) -> SqlDiscoveryReads:
        """Lists of projects, scans and what they saw."""
        return SqlDiscoveryReads(self.connection)

    @cached_property
    def plans(self) -> SqlScanPlans:
        """Schedules and blackout windows."""
        return SqlScanPlans(self.connection)

    @cached_property
    def discovery_profiles(self) -> SqlDiscoveryProfiles:
        """Subnets with a login, and what became of looking there."""
        return SqlDiscoveryProfiles(self.connection)

    @cached_property
    def suggestions(self) -> SqlSuggestions:
        """What could be watched and is not."""
        return SqlSuggestions(self.connection)

    @cached_property
    def provisioning_rules(self) -> SqlProvisioningRules:
        """Networks in which suggestions accept themselves."""
        return SqlProvisioningRules(self.connection)

    @cached_property
    def inventory(self) -> SqlInventoryReader:
        """What lists and pages show of the inventory."""
        return SqlInventoryReader(self.connection)

    @cached_property
    def places(self) -> SqlPlaceStore:
        """Sites and networks."""
        return SqlPlaceStore(self.connection)

    @cached_property
    def credential_profiles(self) -> SqlCredentialProfiles:
        """How to log in to what is watched."""
        return SqlCredentialProfiles(self.connection)

    @cached_property
    def host_keys(self) -> SqlHostKeys:
        """By what servers are known."""
        return SqlHostKeys(self.connection)

    @cached_property
    def plugins(self) -> SqlMonitoringPlugins:
        """How collectors are configured."""
        return SqlMonitoringPlugins(self.connection)

    @cached_property
    def monitors(self) -> SqlMonitors:
        """What is watched."""
        return SqlMonitors(self.connection)

    @cached_property
    def monitoring(self) -> SqlMonitoringReader:
        """Lists of what is watched, and how it is doing."""
        return SqlMonitoringReader(self.connection)

    @cached_property
    def history(self) -> SqlHistory:
        """What was measured."""
        return SqlHistory(self.connection)

    @cached_property
    def retention(self) -> SqlRetention:
        """How long it is kept."""
        return SqlRetention(self.connection)

    @cached_property
    def changes(self) -> SqlChanges:
        """What changed of the inventory."""
        return SqlChanges(self.connection)

    @cached_property
    def change_feed(self) -> SqlChangeReader:
        """Lists of what changed."""
        return SqlChangeReader(self.connection)

    @cached_property
    def watchlist(self) -> SqlWatchlist:
        """What is watched, as the scheduler needs it."""
        return SqlWatchlist(self.connection)

    @cached_property
    def coverage(self) -> SqlCoverageReader:
        """What was asked, and what is known without."""
        return SqlCoverageReader(self.connection)

    def collect(self, event: object) -> None:
        """Publish this event once the transaction is committed."""
        self._events.append(event)

    async def commit(self) -> None:
        """Keep everything written so far, then publish."""
        await self.connection.commit()
        self._writes.committed(self.connection)
        events, self._events = self._events, []
        for event in events:
            self._bus.publish(event)


class SqlUnitOfWorkFactory:
    """Opens transactions on a pool."""

    def __init__(self, engine: AsyncEngine, bus: EventBus) -> None:
        self._engine = engine
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._bus = bus
        self.writes = WriteCount(engine)

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[SqlUnitOfWork]:
        """A transaction that is undone unless it is committed; raises Unavailable when the database is away."""
        with storage_errors():
            async with connected(self._engine) as connection:
                yield SqlUnitOfWork(connection, self._bus, self.writes)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlUnitOfWork]:
        """For those who only read: no transaction around it, which would cost two round trips more."""
        with storage_errors():
            async with connected(self._autocommit) as connection:
                yield SqlUnitOfWork(connection, self._bus, self.writes)


class storage_errors:  # noqa: N801 - used as a context manager, reads as a word
    """Turns "the database is away" of every layer below into the one domain error."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is not None and _is_away(error):
            raise Unavailable("The database is away; try again in a moment", code="storage_away") from error
        if isinstance(error, IntegrityError):
            # Repositories check first; what is left are two people at the same thing at the same moment.
            raise Conflict("Somebody else changed this just now; look again", code="changed_meanwhile") from error


def _is_away(error: BaseException) -> bool:
    if isinstance(error, STORAGE_AWAY):
        return True
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    state = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlstate", None)
    return lost or (isinstance(state, str) and state.startswith(AWAY_STATES))


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection; raises Unavailable for every way of not getting one.

    The private server's socket is a file, so a server that is away is a file that is not there; and one that
    starts or stops answers, but with a refusal.
    """
    connection = await opened(engine)
    try:
        yield connection
    finally:
        await connection.close()


async def opened(engine: AsyncEngine) -> AsyncConnection:
    """A connection for the caller to close; raises Unavailable as `connected` does."""
    connection = engine.connect()
    try:
        return await connection.start()
    except (OSError, OperatorInterventionError, InsufficientResourcesError) as error:
        raise Unavailable("The database is away; try again in a moment", code="storage_away") from error


async def ping(engine: AsyncEngine) -> None:
    """Ask the database for a sign of life; raises Unavailable when there is none."""
    with storage_errors():
        async with connected(engine) as connection:
            await connection.execute(sa.text("SELECT 1"))
