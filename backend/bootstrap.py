"""The one place that builds: settings, then adapters, then services, then loops."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy.ext.asyncio import AsyncEngine

from backend.api.discovery.live import LiveFeed
from backend.api.middleware import MAX_BODY
from backend.api.monitoring.live import MonitorFeed
from backend.api.services import (
    AccountServices,
    DiscoveryServices,
    InventoryServices,
    MonitoringServices,
    Services,
)
from backend.domain.accounts.authenticator import CachedAuthenticator
from backend.domain.accounts.first_admin import FirstAdmin
from backend.domain.accounts.keeper import AccountsKeeper
from backend.domain.accounts.keys import ApiTokenService, TicketService
from backend.domain.accounts.local_access import LocalAccess
from backend.domain.accounts.login import Lifetimes, LoginService
from backend.domain.accounts.passwords import PasswordPolicy
from backend.domain.accounts.people import PeopleService
from backend.domain.bus import EventBus
from backend.domain.clock import utc_now
from backend.domain.discovery.blackouts import BlackoutService
from backend.domain.discovery.cleanup import ScanFileCleanup
from backend.domain.discovery.coordinator import Limits, ScanCoordinator
from backend.domain.discovery.importing import ScanImports
from backend.domain.discovery.life import ChunkRunner
from backend.domain.discovery.observed import InventoryHosts
from backend.domain.discovery.pipeline.runner import PipelineRunner
from backend.domain.discovery.pipeline.tools import Tools
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.ports import NameResolver, NmapProcesses
from backend.domain.discovery.profile_runs import Hands, ProfileRuns
from backend.domain.discovery.profile_service import ProfileService
from backend.domain.discovery.projects import ProjectService
from backend.domain.discovery.recognition import Recognition
from backend.domain.discovery.scheduler import Scheduler
from backend.domain.discovery.schedules import ScheduleService
from backend.domain.discovery.second_tries import SecondTries
from backend.domain.discovery.service import ScanService
from backend.domain.discovery.targets import MAX_ADDRESSES, MAX_LINES
from backend.domain.health import LoopReport, PollingReport
from backend.domain.history.historian import Historian
from backend.domain.inventory.inbox_service import InboxService
from backend.domain.inventory.neighbours import NeighbourWatch
from backend.domain.inventory.places import NetworkService, SiteService
from backend.domain.inventory.service import DeviceService
from backend.domain.inventory.writer import InventoryWriter
from backend.domain.metrics.history import MetricHistory
from backend.domain.metrics.retention import RetentionService
from backend.domain.metrics.rollup import RetentionKeeper, RollupKeeper
from backend.domain.metrics.writer import MetricsWriter
from backend.domain.monitoring.accepting import SuggestionService
from backend.domain.monitoring.board import Board
from backend.domain.monitoring.credential_cache import CredentialCache
from backend.domain.monitoring.credentials import CredentialService
from backend.domain.monitoring.egress import Egress, SiteEgresses
from backend.domain.monitoring.host_keys import HostKeyService, KnownHostBook
from backend.domain.monitoring.measuring import Measurer
from backend.domain.monitoring.monitors import MonitorService
from backend.domain.monitoring.plugins import PluginService
from backend.domain.monitoring.poller import PollerPool
from backend.domain.monitoring.reporting import forget_monitors, polling_report
from backend.domain.monitoring.rules import Provisioning, RuleService
from backend.domain.monitoring.scheduler import PollScheduler
from backend.domain.monitoring.trying import TryService
from backend.domain.monitoring.trying_logins import LoginTrials
from backend.domain.monitoring.windows import WindowsRecogniser
from backend.domain.unit_of_work import UnitOfWorkFactory
from backend.infra import plugins
from backend.infra.clients.echo.client import HelperEchoes
from backend.infra.clients.host_networks import KernelTables
from backend.infra.clients.own_addresses import own_addresses
from backend.infra.clients.port_table import SystemPorts
from backend.infra.clients.recheck import HostRechecks
from backend.infra.clients.resolver import SystemResolver
from backend.infra.clients.scan_helper import HelperSurroundings, ScanHelperProcesses
from backend.infra.clients.winrm.recognise import WinrmRecogniser
from backend.infra.collector_catalogue import InstalledCollectors
from backend.infra.db.engine import create_engine
from backend.infra.db.metric_store import SqlMetricStore
from backend.infra.db.queries.device_lists import SqlDeviceLists
from backend.infra.db.queries.known_addresses import KnownInInventory
from backend.infra.db.reads import Reads
from backend.infra.db.rollup_store import SqlRollupStore
from backend.infra.db.shared_reads import SharedReads
from backend.infra.db.unit_of_work import SqlUnitOfWorkFactory
from backend.infra.health import SystemHealth, program_version
from backend.infra.metric_spool import FileSpool
from backend.infra.nmap_xml import NmapXml
from backend.infra.oui import OuiTable
from backend.infra.scan_artifacts import FileArtifacts
from backend.infra.scan_files import ScanFolder
from backend.infra.security.first_admin_file import FirstAdminFile
from backend.infra.security.passwords import Argon2Hasher, common_passwords
from backend.infra.security.rate_limits import WindowRateLimiter
from backend.infra.security.secrets import KeyedSecrets, load_key
from backend.infra.security.tokens import JwtAccessTokens
from backend.infra.security.vault import FileVault
from backend.infra.sources import neighbours
from backend.infra.telemetry import Telemetry, Watched
from backend.infra.web.ws_hub import WebSocketHub
from backend.runtime import Loop, Runtime
from backend.settings import Settings

# Each refusal counts towards the lockout of an account, whoever asked for it.
LOGIN_TRIALS = "6/minute"


@dataclass(frozen=True, slots=True)
class Lanarium:
    """The whole program, wired but not yet running."""

    settings: Settings
    engine: AsyncEngine
    reads: Reads
    bus: EventBus
    services: Services
    runtime: Runtime
    first_admin: FirstAdmin

    async def start(self) -> None:
        """Make sure that somebody can log in, then start what runs beside the requests."""
        await self.first_admin.ensure()
        await self.runtime.start()

    async def stop(self) -> None:
        """Stop it, then let go of the database."""
        await self.runtime.stop()
        await self.reads.close()
        await self.engine.dispose()


@dataclass(frozen=True, slots=True)
class _Accounts:
    services: AccountServices
    authenticator: CachedAuthenticator
    first_admin: FirstAdmin
    keeper: AccountsKeeper


@dataclass(frozen=True, slots=True)
class _Discovery:
    services: DiscoveryServices
    processes: NmapProcesses
    hub: WebSocketHub
    loops: tuple[Loop, ...]


@dataclass(frozen=True, slots=True)
class _Monitoring:
    services: MonitoringServices
    loops: tuple[Loop, ...]
    report: Callable[[], PollingReport]


@dataclass(frozen=True, slots=True)
class Stand:
    """What tests put in the place of the real scanner; None is the real one."""

    runner: ChunkRunner | None = None
    processes: NmapProcesses | None = None
    resolver: NameResolver | None = None
    limits: Limits | None = None
    egress: Egress | None = None
    recogniser: WindowsRecogniser | None = None


@dataclass(frozen=True, slots=True)
class _Base:
    """What several floors stand on, built once: each has a cache, threads or a table of its own."""

    settings: Settings
    engine: AsyncEngine
    bus: EventBus
    transactions: SqlUnitOfWorkFactory
    resolver: NameResolver
    helper: ScanHelperProcesses
    makers: OuiTable
    writer: InventoryWriter
    stand: Stand


def _base(settings: Settings, stand: Stand) -> _Base:
    engine, bus, makers = (
        create_engine(settings.database_url, pool_size=settings.pool_size),
        EventBus(),
        OuiTable(),
    )
    return _Base(
        settings=settings,
        engine=engine,
        bus=bus,
        transactions=SqlUnitOfWorkFactory(engine, bus),
        resolver=stand.resolver or SystemResolver(),
        helper=ScanHelperProcesses(settings.helper_socket),
        makers=makers,
        writer=InventoryWriter(makers),
        stand=stand,
    )


def build(settings: Settings, *, loops: Sequence[Loop] | None = None, stand: Stand | None = None) -> Lanarium:
    """Wire everything; tests pass `loops=()` to have requests only."""
    base = _base(settings, stand or Stand())
    engine, bus, transactions = base.engine, base.bus, base.transactions
    registry = plugins.discover()
    accounts = _accounts(settings, transactions, bus)
    discovery = _discovery(base)
    reads = Reads(engine)
    inventory = _inventory(base, SqlDeviceLists(reads))
    monitoring = _monitoring(base, InstalledCollectors(registry), discovery.services)
    MonitorFeed(discovery.hub, bus)
    historian = Historian(transactions, bus)
    looping = (accounts.keeper, *discovery.loops, inventory.neighbours, historian, *monitoring.loops)
    runtime = Runtime(loops if loops is not None else looping)
    health = _health(settings, engine, discovery.processes, runtime, monitoring.report)
    watched = Watched(
        engine,
        discovery.hub,
        lambda: discovery.services.coordinator.lives,
        lambda: _loops(runtime),
        monitoring.report,
    )
    services = Services(
        transactions=transactions,
        reading=transactions.reading,
        shared=SharedReads(transactions.writes),
        authenticator=accounts.authenticator,
        accounts=accounts.services,
        discovery=discovery.services,
        health=health,
        metrics=Telemetry(bus, watched, health.version),
        inventory=inventory,
        monitoring=monitoring.services,
        plugins=registry,
    )
    return Lanarium(settings, engine, reads, bus, services, runtime, accounts.first_admin)


@dataclass(frozen=True, slots=True)
class Pass:
    """What it takes to call the API from this machine itself, without anybody's password."""

    engine: AsyncEngine
    access: LocalAccess


def open_pass(settings: Settings) -> Pass:
    """Wire just that. Raises PermissionError or FileNotFoundError where the signing key cannot be read."""
    given = settings.jwt_secret.get_secret_value() if settings.jwt_secret else None
    if given is None:
        settings.jwt_key_file.stat()  # a key that is not there must not be made here
    key = load_key(given, settings.jwt_key_file)
    engine = create_engine(settings.database_url, pool_size=2)
    transactions = SqlUnitOfWorkFactory(engine, EventBus())
    return Pass(engine, LocalAccess(transactions, JwtAccessTokens(key), KeyedSecrets(key), utc_now))


def _health(
    settings: Settings,
    engine: AsyncEngine,
    processes: NmapProcesses,
    runtime: Runtime,
    polling: Callable[[], PollingReport],
) -> SystemHealth:
    limits = {
        "max_scans": settings.max_scans,
        "max_addresses": MAX_ADDRESSES,
        "max_target_lines": MAX_LINES,
        "max_body_bytes": MAX_BODY,
    }
    return SystemHealth(
        engine,
        processes,
        loops=lambda: _loops(runtime),
        app_dir=settings.app_dir,
        version=program_version(),
        limits=limits,
        in_container_network=settings.scan_network == "container",
        polling=polling,
    )


def _loops(runtime: Runtime) -> Mapping[str, LoopReport]:
    return {n: LoopReport(state.running, state.restarts, state.error) for n, state in runtime.states.items()}


def _discovery(base: _Base) -> _Discovery:
    settings, transactions, bus, stand = base.settings, base.transactions, base.bus, base.stand
    hub, files = WebSocketHub(), ScanFolder(settings.scans_dir)
    processes = stand.processes or base.helper
    planner, projects = Planner(base.resolver, own_addresses), ProjectService()
    hosts = InventoryHosts(base.writer)
    coordinator = ScanCoordinator(
        transactions=transactions,
        runner=stand.runner or PipelineRunner(_tools(base, processes)),
        processes=processes,
        hosts=hosts,
        planner=planner,
        files=files,
        bus=bus,
        limits=stand.limits or Limits(max_scans=settings.max_scans),
    )
    LiveFeed(hub, bus)
    scans = ScanService(planner, projects)
    schedules = ScheduleService(scans, planner, projects)
    services = DiscoveryServices(
        projects=projects,
        scans=scans,
        second_tries=SecondTries(scans),
        schedules=schedules,
        blackouts=BlackoutService(),
        imports=ScanImports(projects, hosts, NmapXml),
        planner=planner,
        coordinator=coordinator,
        files=files,
        hub=hub,
    )
    scheduler = Scheduler(transactions, schedules, scans, bus)
    return _Discovery(services, processes, hub, (ScanFileCleanup(files, bus), coordinator, scheduler))


def _tools(base: _Base, processes: NmapProcesses) -> Tools:
    """What chunks stand on: the scan helper looks and asks, the inventory knows who was there before."""
    known = KnownInInventory(base.transactions)
    return Tools(
        sweeps=base.helper,
        namings=base.helper,
        processes=processes,
        artifacts=FileArtifacts(),
        reader=NmapXml,
        ports=SystemPorts(),
        makers=base.makers,
        known=known,
        delicate=known.delicate,
        names=base.resolver,
    )


@dataclass(frozen=True, slots=True)
class Office:
    """What it takes to manage people from the command line: no keys, no requests, no loops."""

    engine: AsyncEngine
    transactions: UnitOfWorkFactory
    people: PeopleService


def open_office(settings: Settings) -> Office:
    """Wire just that."""
    engine = create_engine(settings.database_url, pool_size=2)
    people = PeopleService(Argon2Hasher(), PasswordPolicy(common_passwords()), utc_now, open_registration=False)
    return Office(engine, SqlUnitOfWorkFactory(engine, EventBus()), people)


def _monitoring(base: _Base, collectors: InstalledCollectors, discovery: DiscoveryServices) -> _Monitoring:
    settings, transactions, bus = base.settings, base.transactions, base.bus
    credentials, named = CredentialService(FileVault(settings.vault_dir)), PluginService(collectors)
    monitors, board, store = MonitorService(collectors, named, credentials), Board(), SqlMetricStore(base.engine)
    spool = FileSpool(settings.spool_dir, max_bytes=settings.spool_mb * 1024 * 1024)
    writer = MetricsWriter(store, spool, publish=bus.publish)
    scheduler = PollScheduler(
        transactions, bus, board, writer.results.put, built_in=named, tick_s=settings.poll_tick_s
    )
    rechecks = HostRechecks(base.helper)
    cache = CredentialCache(transactions, credentials, bus)
    # A resolver of their own: the thousand names of a scan must not keep checks waiting.
    egress = base.stand.egress or SiteEgresses(transactions, own_addresses, SystemResolver(), bus)
    measurer = Measurer(
        collectors,
        egress,
        cache,
        known_hosts=KnownHostBook(transactions, bus).of,
        echoes=HelperEchoes(settings.helper_socket),
    )
    pool = PollerPool(
        scheduler, measurer, board, rechecks, writer.results, attempted=writer.attempted, publish=bus.publish
    )
    forget_monitors(bus, measurer.forget, store.forget)
    trying, history = TryService(monitors, measurer, rechecks), MetricHistory(collectors)
    suggestions = SuggestionService(collectors, named, monitors, credentials)
    profiles = ProfileService(discovery.scans, discovery.planner, credentials, collectors)
    recogniser = base.stand.recogniser or WinrmRecogniser()
    runs = ProfileRuns(
        transactions, profiles, Hands(Recognition(recogniser, egress, cache), base.writer, suggestions), bus
    )
    services = MonitoringServices(
        credentials=credentials,
        plugins=named,
        monitors=monitors,
        trying=trying,
        trials=LoginTrials(collectors, credentials, measurer, WindowRateLimiter(LOGIN_TRIALS)),
        suggestions=suggestions,
        rules=RuleService(collectors, credentials),
        profiles=profiles,
        profile_runs=runs,
        scheduler=scheduler,
        history=history,
        retention=RetentionService(),
        host_keys=HostKeyService(),
    )
    # Sinks first, so that nothing is polled before it can be written.
    keepers = (RollupKeeper(rollups := SqlRollupStore(base.engine)), RetentionKeeper(rollups))
    return _Monitoring(
        services,
        (writer, *keepers, pool, scheduler, runs, Provisioning(transactions, suggestions, bus)),
        partial(polling_report, scheduler, pool, writer),
    )


@dataclass(frozen=True, slots=True)
class KeyRing:
    """What it takes to seal every credential anew."""

    engine: AsyncEngine
    transactions: UnitOfWorkFactory
    vault: FileVault
    credentials: CredentialService


def open_key_ring(settings: Settings) -> KeyRing:
    """Wire just that. Raises BadKey."""
    engine = create_engine(settings.database_url, pool_size=2)
    vault = FileVault(settings.vault_dir)
    return KeyRing(engine, SqlUnitOfWorkFactory(engine, EventBus()), vault, CredentialService(vault))


def _inventory(base: _Base, lists: SqlDeviceLists) -> InventoryServices:
    writer, transactions = base.writer, base.transactions
    around = HelperSurroundings(base.helper) if base.settings.scan_network else KernelTables()
    options = neighbours.NeighboursOptions()
    watch = NeighbourWatch(
        transactions=transactions,
        listen=partial(neighbours.listen, around),
        writer=writer,
        clock=utc_now,
        every_s=options.interval_s,
        virtual=options.virtual,
    )
    return InventoryServices(
        devices=DeviceService(writer, utc_now),
        lists=lists,
        networks=NetworkService(utc_now),
        sites=SiteService(),
        inbox=InboxService(writer, utc_now),
        surroundings=around,
        neighbours=watch,
    )


def _accounts(settings: Settings, transactions: UnitOfWorkFactory, bus: EventBus) -> _Accounts:
    given = settings.jwt_secret.get_secret_value() if settings.jwt_secret else None
    key = load_key(given, settings.jwt_key_file)
    tokens, secrets = JwtAccessTokens(key), KeyedSecrets(key)
    hasher, policy = Argon2Hasher(), PasswordPolicy(common_passwords())
    authenticator = CachedAuthenticator(transactions, tokens, secrets, bus, utc_now)
    lifetimes = Lifetimes(
        settings.access_token_lifetime, settings.session_idle_lifetime, settings.session_lifetime
    )
    password = settings.auth_password.get_secret_value() if settings.auth_password else None
    return _Accounts(
        services=AccountServices(
            logins=LoginService(
                transactions, hasher=hasher, tokens=tokens, secrets=secrets, lifetimes=lifetimes, clock=utc_now
            ),
            people=PeopleService(hasher, policy, utc_now, open_registration=settings.open_registration),
            api_tokens=ApiTokenService(secrets, utc_now),
            tickets=TicketService(transactions, authenticator, secrets, utc_now),
            members_rate=WindowRateLimiter(settings.rate_limit),
            strangers_rate=WindowRateLimiter(settings.rate_limit_strangers),
            public_origin=settings.public_origin,
        ),
        authenticator=authenticator,
        first_admin=FirstAdmin(
            transactions,
            hasher,
            policy,
            FirstAdminFile(settings.first_admin_file),
            username=settings.auth_username,
            password=password,
        ),
        keeper=AccountsKeeper(transactions, authenticator, utc_now),
    )
