"""One request or job is one transaction: everything that it writes is kept together, or not at all."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from backend.domain.accounts.audit import AuditLog
from backend.domain.accounts.session import ApiTokenRepository, SessionRepository, TicketRepository
from backend.domain.accounts.throttle import ThrottleRepository
from backend.domain.accounts.user import UserRepository
from backend.domain.discovery.profiles import DiscoveryProfiles
from backend.domain.discovery.schedules import ScanPlans
from backend.domain.discovery.storage import DiscoveryReads, Projects, Scans
from backend.domain.history.change import ChangeStore
from backend.domain.history.reading import ChangeReader
from backend.domain.inventory.covering import CoverageReader
from backend.domain.inventory.inbox import InboxStore
from backend.domain.inventory.places_ports import PlaceStore
from backend.domain.inventory.ports import DeviceEdits, DeviceStore
from backend.domain.inventory.reading import InventoryReader
from backend.domain.metrics.reading import HistoryReader
from backend.domain.metrics.retention import Retentions
from backend.domain.monitoring.credentials import CredentialProfiles
from backend.domain.monitoring.host_keys_ports import HostKeys
from backend.domain.monitoring.monitors import Monitors
from backend.domain.monitoring.plugins import MonitoringPlugins
from backend.domain.monitoring.reading import MonitoringReader
from backend.domain.monitoring.rules import ProvisioningRules
from backend.domain.monitoring.suggestions import Suggestions
from backend.domain.monitoring.watching import Watchlist


class UnitOfWork(Protocol):
    """The open transaction, with the repositories that read and write within it.

    Leaving the context with an exception undoes everything. Events that were collected are published
    after the commit, so that nobody hears of what did not happen.
    """

    @property
    def audit(self) -> AuditLog:
        """What somebody did."""
        ...

    @property
    def users(self) -> UserRepository:
        """People who may log in."""
        ...

    @property
    def sessions(self) -> SessionRepository:
        """Logins that last."""
        ...

    @property
    def api_tokens(self) -> ApiTokenRepository:
        """Keys for scripts."""
        ...

    @property
    def tickets(self) -> TicketRepository:
        """What opens a WebSocket, once."""
        ...

    @property
    def throttles(self) -> ThrottleRepository:
        """How often somebody guessed."""
        ...

    @property
    def devices(self) -> DeviceStore:
        """Devices, and what was said of them."""
        ...

    @property
    def device_edits(self) -> DeviceEdits:
        """What people do to devices."""
        ...

    @property
    def inbox(self) -> InboxStore:
        """What people decided of finds."""
        ...

    @property
    def projects(self) -> Projects:
        """What groups scans."""
        ...

    @property
    def scans(self) -> Scans:
        """Scans, their chunks, lines and files."""
        ...

    @property
    def discovery(self) -> DiscoveryReads:
        """Lists of projects, scans and what they saw."""
        ...

    @property
    def plans(self) -> ScanPlans:
        """Schedules and blackout windows."""
        ...

    @property
    def discovery_profiles(self) -> DiscoveryProfiles:
        """Subnets with a login, and what became of looking there."""
        ...

    @property
    def suggestions(self) -> Suggestions:
        """What could be watched and is not."""
        ...

    @property
    def provisioning_rules(self) -> ProvisioningRules:
        """Networks in which suggestions accept themselves."""
        ...

    @property
    def inventory(self) -> InventoryReader:
        """What lists and pages show of the inventory."""
        ...

    @property
    def places(self) -> PlaceStore:
        """Sites and networks."""
        ...

    @property
    def credential_profiles(self) -> CredentialProfiles:
        """How to log in to what is watched."""
        ...

    @property
    def host_keys(self) -> HostKeys:
        """By what servers are known."""
        ...

    @property
    def plugins(self) -> MonitoringPlugins:
        """How collectors are configured."""
        ...

    @property
    def monitors(self) -> Monitors:
        """What is watched."""
        ...

    @property
    def monitoring(self) -> MonitoringReader:
        """Lists of what is watched, and how it is doing."""
        ...

    @property
    def history(self) -> HistoryReader:
        """What was measured."""
        ...

    @property
    def retention(self) -> Retentions:
        """How long it is kept."""
        ...

    @property
    def watchlist(self) -> Watchlist:
        """What is watched, as the scheduler needs it."""
        ...

    @property
    def changes(self) -> ChangeStore:
        """What changed of the inventory."""
        ...

    @property
    def change_feed(self) -> ChangeReader:
        """Lists of what changed."""
        ...

    @property
    def coverage(self) -> CoverageReader:
        """What was asked, and what is known without."""
        ...

    def collect(self, event: object) -> None:
        """Publish this event on the bus once the transaction is committed."""
        ...

    async def commit(self) -> None:
        """Keep everything written so far and publish the events; what follows is a new transaction."""
        ...


UnitOfWorkFactory = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
# Does a job in a transaction of its own, again and again while the database is away.
Patiently = Callable[[Callable[[UnitOfWork], Awaitable[Any]]], Awaitable[Any]]
