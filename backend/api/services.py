"""The services that routes may call; bootstrap fills them in, `deps.py` hands them out."""

from dataclasses import dataclass

from backend.domain.accounts.keys import ApiTokenService, TicketService
from backend.domain.accounts.login import LoginService
from backend.domain.accounts.people import PeopleService
from backend.domain.accounts.ports import Authenticator, RateLimiter
from backend.domain.discovery.blackouts import BlackoutService
from backend.domain.discovery.coordinator import ScanCoordinator
from backend.domain.discovery.importing import ScanImports
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.profile_runs import ProfileRuns
from backend.domain.discovery.profile_service import ProfileService
from backend.domain.discovery.projects import ProjectService
from backend.domain.discovery.schedules import ScheduleService
from backend.domain.discovery.second_tries import SecondTries
from backend.domain.discovery.service import ScanService
from backend.domain.discovery.storage import ScanFiles
from backend.domain.health import HealthReporter, Metrics
from backend.domain.inventory.inbox_service import InboxService
from backend.domain.inventory.neighbours import NeighbourWatch
from backend.domain.inventory.places import NetworkService, SiteService
from backend.domain.inventory.proposals import HostNetworksReader
from backend.domain.inventory.reading import DeviceLists
from backend.domain.inventory.service import DeviceService
from backend.domain.live import LiveHub
from backend.domain.metrics.history import MetricHistory
from backend.domain.metrics.retention import RetentionService
from backend.domain.monitoring.accepting import SuggestionService
from backend.domain.monitoring.credentials import CredentialService
from backend.domain.monitoring.host_keys import HostKeyService
from backend.domain.monitoring.monitors import MonitorService
from backend.domain.monitoring.plugins import PluginService
from backend.domain.monitoring.rules import RuleService
from backend.domain.monitoring.scheduler import PollScheduler
from backend.domain.monitoring.trying import TryService
from backend.domain.monitoring.trying_logins import LoginTrials
from backend.domain.registry import Registry
from backend.domain.shared_reads import SharedReads
from backend.domain.unit_of_work import UnitOfWorkFactory


@dataclass(frozen=True, slots=True)
class AccountServices:
    """People: who they are, how they log in, what they call with, and how often they may."""

    logins: LoginService
    people: PeopleService
    api_tokens: ApiTokenService
    tickets: TicketService
    members_rate: RateLimiter
    strangers_rate: RateLimiter
    public_origin: str


@dataclass(frozen=True, slots=True)
class DiscoveryServices:
    """Projects, scans, and what goes out live."""

    projects: ProjectService
    scans: ScanService
    second_tries: SecondTries
    schedules: ScheduleService
    blackouts: BlackoutService
    imports: ScanImports
    planner: Planner
    coordinator: ScanCoordinator
    files: ScanFiles
    hub: LiveHub


@dataclass(frozen=True, slots=True)
class InventoryServices:
    """Devices and places, and what this machine sees around it."""

    devices: DeviceService
    lists: DeviceLists
    networks: NetworkService
    sites: SiteService
    inbox: InboxService
    surroundings: HostNetworksReader
    neighbours: NeighbourWatch


@dataclass(frozen=True, slots=True)
class MonitoringServices:
    """What is watched, and how to log in there."""

    credentials: CredentialService
    plugins: PluginService
    monitors: MonitorService
    trying: TryService
    trials: LoginTrials
    suggestions: SuggestionService
    rules: RuleService
    profiles: ProfileService
    profile_runs: ProfileRuns
    scheduler: PollScheduler
    history: MetricHistory
    retention: RetentionService
    host_keys: HostKeyService


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that the API calls, one field a service."""

    transactions: UnitOfWorkFactory
    reading: UnitOfWorkFactory
    shared: SharedReads
    authenticator: Authenticator
    accounts: AccountServices
    discovery: DiscoveryServices
    health: HealthReporter
    metrics: Metrics
    inventory: InventoryServices
    monitoring: MonitoringServices
    plugins: Registry
