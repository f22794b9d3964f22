"""What may be done with discovery profiles, and how a run of one begins."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.cron import Cron, zone_named
from backend.domain.discovery.events import SchedulesChanged
from backend.domain.discovery.planning import Planner
from backend.domain.discovery.profiles import DiscoveryProfile, NewProfile, RunStarted
from backend.domain.discovery.projects import NewProject
from backend.domain.discovery.scan import Scan
from backend.domain.discovery.service import ScanService, StartScan
from backend.domain.discovery.targets import parse_targets
from backend.domain.errors import Conflict, FieldError, Invalid, NotFound
from backend.domain.monitoring.credentials import CredentialProfile, CredentialService
from backend.domain.monitoring.monitors import check_interval
from backend.domain.monitoring.plugins import Collectors, check_collectors
from backend.domain.monitoring.windows import WINDOWS_PORTS

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

PROJECT = "Discovery"


class ProfileService:
    """Discovery profiles."""

    def __init__(
        self,
        scans: ScanService,
        planner: Planner,
        credentials: CredentialService,
        collectors: Collectors,
        clock: Clock = utc_now,
    ) -> None:
        self._scans, self._planner = scans, planner
        self._credentials, self._collectors = credentials, collectors
        self._clock = clock

    async def visible(
        self, work: "UnitOfWork", actor: Actor, profile_id: int, *, lock: bool = False
    ) -> DiscoveryProfile:
        """One profile; raises NotFound where there is none for this person."""
        found = await work.discovery_profiles.get(profile_id, lock=lock)
        if found is None or not actor.may_see_site(found.site_id):
            raise NotFound(
                "Discovery Profile not found", code="discovery_profile_not_found", params={"id": profile_id}
            )
        return found

    async def create(
        self, work: "UnitOfWork", actor: Actor, wanted: NewProfile, site_id: int | None = None
    ) -> DiscoveryProfile:
        """Write one down. Raises NotFound for its login or site, Invalid, Conflict for its name."""
        site_id = await self._site(work, actor, site_id)
        await self._check(work, actor, site_id, wanted)
        made = await work.discovery_profiles.add(site_id, wanted)
        await work.audit.record(actor, "create", "discovery_profile", made, _told(wanted))
        return await self._planned(work, actor, made)

    async def change(
        self, work: "UnitOfWork", actor: Actor, profile_id: int, wanted: NewProfile
    ) -> DiscoveryProfile:
        """Put another version in place; raises as `create` does."""
        found = await self.visible(work, actor, profile_id, lock=True)
        await self._check(work, actor, found.site_id, wanted)
        await work.discovery_profiles.save(replace(found, wanted=wanted))
        await work.audit.record(actor, "update", "discovery_profile", profile_id, _told(wanted))
        return await self._planned(work, actor, profile_id)

    async def delete(self, work: "UnitOfWork", actor: Actor, profile_id: int) -> None:
        """Forget a profile; nothing stands in the way, and its devices remain."""
        found = await self.visible(work, actor, profile_id, lock=True)
        await work.discovery_profiles.remove(profile_id)
        await work.audit.record(actor, "delete", "discovery_profile", profile_id, {"name": found.wanted.name})

    async def start(self, work: "UnitOfWork", actor: Actor, profile: DiscoveryProfile) -> Scan:
        """Begin a run: a scan of the subnet. The profile must be locked.

        Raises Invalid where the subnet may not be scanned now, Conflict while a run is not over or a blackout
        window is open.
        """
        if profile.pending_scan_id is not None:
            raise Conflict(
                "The last run of this profile is not over yet",
                code="discovery_profile_running",
                params={"scan": profile.pending_scan_id},
            )
        login = await work.credential_profiles.get(profile.wanted.credential_profile_id)
        assert login is not None  # it cannot go while a profile refers to it
        body = StartScan(
            targets=(profile.wanted.subnet,),
            project_id=await _project(work, profile.site_id),
            name=profile.wanted.name,
            profile="custom",
            options=self._options(profile.wanted, login),
        )
        scan = await self._scans.start(work, actor, body)
        now = self._clock()
        started = replace(profile, last_run_at=now, last_scan_id=scan.id, pending_scan_id=scan.id)
        await work.discovery_profiles.save(started)
        await work.audit.record(actor, "run", "discovery_profile", profile.id, {"scan": scan.id})
        work.collect(RunStarted(profile.id, scan.id))
        return scan

    def _options(self, wanted: NewProfile, login: CredentialProfile) -> dict[str, object]:
        """Who is there; with `port_scan` also what a Windows and the login's own kind are known by."""
        asked: dict[str, object] = {"tcp_ports": None, "service_versions": False, "resolve_names": True}
        if wanted.port_scan:
            ports = set(self._ports(wanted, login)) | {("tcp", port) for port in WINDOWS_PORTS}
            for protocol in ("tcp", "udp"):
                numbers = sorted(port for kind, port in ports if kind == protocol)
                asked[f"{protocol}_ports"] = ",".join(map(str, numbers)) or None
        return asked

    def _ports(self, wanted: NewProfile, login: CredentialProfile) -> Iterable[tuple[str, int]]:
        chosen = wanted.auto_provision.collectors if wanted.auto_provision else ()
        for name in self._collectors.names():
            traits = self._collectors.traits(name)
            if traits and (name in chosen or login.login.type in traits.credentials):
                yield from traits.ports
        if login.login.port:
            yield ("udp" if login.login.type.startswith("snmp") else "tcp"), login.login.port

    async def _site(self, work: "UnitOfWork", actor: Actor, wanted: int | None) -> int:
        site_id = wanted if wanted is not None else min(actor.site_ids, default=None)
        if site_id is None:
            return await work.projects.default_site()
        if not actor.may_see_site(site_id) or not await work.projects.site_exists(site_id):
            raise NotFound.of("site", site_id)
        return site_id

    async def _check(self, work: "UnitOfWork", actor: Actor, site_id: int, wanted: NewProfile) -> None:
        login = await self._credentials.visible(work, actor, wanted.credential_profile_id)
        if login.site_id not in {None, site_id}:
            raise NotFound(
                "Credential Profile not found",
                code="credential_profile_not_found",
                params={"id": wanted.credential_profile_id},
            )
        if wanted.cron:
            Cron.parse(wanted.cron)
        zone_named(wanted.timezone)
        self._check_provision(wanted)
        await self._check_subnet(work, site_id, wanted.subnet)

    def _check_provision(self, wanted: NewProfile) -> None:
        if wanted.auto_provision:
            check_interval(wanted.auto_provision.interval_s)
            check_collectors(self._collectors, wanted.auto_provision.collectors, "auto_provision.collectors")

    async def _check_subnet(self, work: "UnitOfWork", site_id: int, subnet: str) -> None:
        given = parse_targets(subnet, "subnet")
        if given.names or len(subnet.split()) != 1 or "," in subnet:
            raise Invalid.for_field(
                "subnet", "not_a_subnet", "A network, a range or an address: 10.0.5.0/24, 10.0.5.1-10.0.5.50"
            )
        try:
            await self._planner.plan(work, site_id, (subnet,), ())
        except Invalid as refused:
            raise _of_subnet(refused) from None

    async def _planned(self, work: "UnitOfWork", actor: Actor, profile_id: int) -> DiscoveryProfile:
        found = await self.visible(work, actor, profile_id)
        planned = replace(found, next_run_at=found.wanted.next_after(self._clock()))
        await work.discovery_profiles.save(planned)
        work.collect(SchedulesChanged())
        return planned


def _of_subnet(refused: Invalid) -> Invalid:
    """The refusal of targets, as one of the field that the person filled in."""
    errors = tuple(FieldError("subnet", e.code, e.params, e.detail) for e in refused.errors)
    return Invalid(refused.detail, code=refused.code, params=refused.params, errors=errors)


async def _project(work: "UnitOfWork", site_id: int) -> int:
    """The project that a site's runs belong to: its oldest, else one of their own."""
    sites = frozenset({site_id})
    project = await work.projects.default(sites) or await work.projects.add(NewProject(PROJECT, "", site_id))
    return project.id


def _told(wanted: NewProfile) -> dict[str, object]:
    names = ("name", "credential_profile_id", "subnet", "port_scan", "enabled", "cron", "timezone")
    provision = wanted.auto_provision
    told: dict[str, object] = {name: getattr(wanted, name) for name in names}
    return told | {"auto_provision": list(provision.collectors) if provision else None}
