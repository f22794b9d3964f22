"""The loop behind discovery profiles: starts what is due, and takes the result of each run once its scan is over.

What is to be done is in the profile's row, so a run survives a restart. A run that was missed while Lanarium was
away is not made up.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from backend.domain.accounts.actor import SYSTEM
from backend.domain.bus import EventBus
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.events import ScanFinished, SchedulesChanged
from backend.domain.discovery.profile_service import ProfileService
from backend.domain.discovery.profiles import (
    DiscoveryProfile,
    FoundDevice,
    RunEnded,
    RunError,
    RunResult,
    RunStarted,
)
from backend.domain.discovery.recognition import LoginAt, Recognised, Recognition
from backend.domain.discovery.scan import ALIVE, Scan, ScanStatus
from backend.domain.discovery.scheduler import LATE
from backend.domain.errors import DomainError, Unavailable
from backend.domain.inventory.observation import Facts, NameFact, Observation, OsFact
from backend.domain.inventory.writer import InventoryWriter
from backend.domain.monitoring.accepting import Acceptance, SuggestionService
from backend.domain.monitoring.suggestions import SuggestionFilter
from backend.domain.monitoring.windows import WINDOWS_PORTS, WindowsFacts
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

log = logging.getLogger(__name__)
LOOK_S = 15.0
MAX_FOUND = 65_536
ENDED_BADLY = frozenset({ScanStatus.FAILED, ScanStatus.STOPPED, ScanStatus.INTERRUPTED})


@dataclass(frozen=True, slots=True)
class Hands:
    """What a run's result is taken with."""

    recognition: Recognition
    writer: InventoryWriter
    suggestions: SuggestionService


class ProfileRuns:
    """Looks at the clock, and at scans that ended."""

    name = "discovery-profiles"

    def __init__(
        self,
        transactions: UnitOfWorkFactory,
        profiles: ProfileService,
        hands: Hands,
        bus: EventBus,
        *,
        clock: Clock = utc_now,
        look_s: float = LOOK_S,
    ) -> None:
        self._transactions, self._profiles, self._hands, self._bus = transactions, profiles, hands, bus
        self._clock, self._look_s = clock, look_s
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Look again and again until cancelled."""
        kinds = (SchedulesChanged, ScanFinished, RunStarted)
        ends = [self._bus.subscribe(kind, lambda _: self._wake.set()) for kind in kinds]
        try:
            while True:
                self._wake.clear()
                try:
                    await self.look()
                except Unavailable:
                    log.warning("storage is away; discovery profiles wait")
                await self._wait()
        finally:
            for end in ends:
                end()

    async def look(self) -> None:
        """Start what is due, and take every result that is there."""
        while await self._one_due():
            pass
        async with self._transactions() as work:
            pending = await work.discovery_profiles.pending()
        for profile in pending:
            try:
                await self._take(profile)
            except Unavailable:
                raise
            except Exception:
                log.exception("the result of discovery profile %s could not be taken", profile.id)
                await self._give_up(profile)

    async def ended(self, profile_id: int, scan_id: int, seconds: float) -> bool:
        """Wait until the result of a run is written; False where that takes longer."""
        over = asyncio.Event()

        def heard(event: RunEnded) -> None:
            if (event.profile_id, event.scan_id) == (profile_id, scan_id):
                over.set()

        end = self._bus.subscribe(RunEnded, heard)
        try:
            async with asyncio.timeout(seconds):
                if not await self._is_over(profile_id, scan_id):
                    await over.wait()
        except TimeoutError:
            return False
        finally:
            end()
        return True

    async def _is_over(self, profile_id: int, scan_id: int) -> bool:
        async with self._transactions() as work:
            profile = await work.discovery_profiles.get(profile_id)
        return profile is None or profile.pending_scan_id != scan_id

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._look_s):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _one_due(self) -> bool:
        async with self._transactions() as work:
            profile = await work.discovery_profiles.due(self._clock())
            if profile is None:
                return False
            await self._start(work, profile)
            await work.commit()
        return True

    async def _start(self, work: UnitOfWork, profile: DiscoveryProfile) -> None:
        now = self._clock()
        assert profile.next_run_at
        planned = replace(profile, next_run_at=profile.wanted.next_after(now))
        # Written first: whatever happens below, this run is not due a second time.
        await work.discovery_profiles.save(planned)
        if now - profile.next_run_at > LATE:
            error = RunError(profile.next_run_at, "missed", "Lanarium was not running")
            await self._refused(work, planned, error)
            return
        try:
            await self._profiles.start(work, SYSTEM, planned)
        except Unavailable:
            raise
        except DomainError as refused:
            error = RunError(profile.next_run_at, refused.code, refused.detail[:500], refused.params)
            await self._refused(work, planned, error)

    async def _refused(self, work: UnitOfWork, profile: DiscoveryProfile, error: RunError) -> None:
        log.warning("discovery profile %s did not run: %s", profile.id, error.code)
        await work.discovery_profiles.save(replace(profile, last_error=error))
        detail = {"due": error.at.isoformat(), "reason": error.code}
        await work.audit.record(SYSTEM, "skip", "discovery_profile", profile.id, detail)

    async def _take(self, profile: DiscoveryProfile) -> None:
        """The result of one run, unless its scan is still on its way."""
        scan_id = profile.pending_scan_id
        assert scan_id is not None
        async with self._transactions() as work:
            scan = await work.scans.get(scan_id)
            if scan and scan.status in ALIVE | {ScanStatus.PAUSED}:
                return
            login, port = await self._login(work, profile)
            found, total = await work.discovery_profiles.found(scan_id, MAX_FOUND, (*WINDOWS_PORTS, *port))
        came = Recognised()
        if scan and profile.wanted.port_scan:
            came = await self._hands.recognition.look(profile.site_id, found, login)
        async with self._transactions() as work:
            await self._write(work, profile, scan, (found, total), came)
            await work.commit()

    async def _give_up(self, profile: DiscoveryProfile) -> None:
        """What was found is in the inventory; that the rest failed is said, and stands in nobody's way."""
        error = RunError(self._clock(), "run_fault", "The result of the run could not be taken: the log knows")
        async with self._transactions() as work:
            current = await work.discovery_profiles.get(profile.id, lock=True)
            if current is None or current.pending_scan_id is None:
                return
            await work.discovery_profiles.save(replace(current, pending_scan_id=None, last_error=error))
            work.collect(RunEnded(profile.id, current.pending_scan_id))
            await work.commit()

    async def _login(self, work: UnitOfWork, profile: DiscoveryProfile) -> tuple[LoginAt | None, tuple[int, ...]]:
        """The login that Windows hosts may be shown, and the port of its own at which they listen."""
        login = await work.credential_profiles.get(profile.wanted.credential_profile_id)
        if login is None or login.login.type != "winrm":
            return None, ()
        refused = await work.discovery_profiles.refused(login.id, login.version)
        return LoginAt(login.id, refused), (login.login.port,) if login.login.port else ()

    async def _write(
        self,
        work: UnitOfWork,
        profile: DiscoveryProfile,
        scan: Scan | None,
        seen: tuple[Sequence[FoundDevice], int],
        came: Recognised,
    ) -> None:
        now, (found, total) = self._clock(), seen
        current = await work.discovery_profiles.get(profile.id, lock=True)
        if current is None or current.pending_scan_id != profile.pending_scan_id:
            return  # deleted meanwhile, or somebody else took it
        login = await work.credential_profiles.get(profile.wanted.credential_profile_id)
        if login and came.refused_at:
            await work.discovery_profiles.remember_refusals(login.id, login.version, came.refused_at)
        if scan:
            said = [observation(scan, facts, now) for facts in came.facts.values() if facts.logged_in]
            await self._hands.writer.observe(work, said)
        provisioned = await self._provision(work, current, found)
        windows = tuple(device.id for device in found if device.address in came.facts)
        result = RunResult(total, len(windows), provisioned, windows)
        done = replace(current, pending_scan_id=None, last_result=result, last_error=_error(scan, came, now))
        await work.discovery_profiles.save(done)
        told = {"found": total, "windows": result.windows, "provisioned": provisioned}
        await work.audit.record(SYSTEM, "finish", "discovery_profile", profile.id, told)
        assert profile.pending_scan_id is not None
        work.collect(RunEnded(profile.id, profile.pending_scan_id))

    async def _provision(self, work: UnitOfWork, profile: DiscoveryProfile, found: Sequence[FoundDevice]) -> int:
        wanted = profile.wanted.auto_provision
        if wanted is None or not found:
            return 0
        how = Acceptance((profile.wanted.credential_profile_id,), wanted.interval_s, own_choice=False)
        which = SuggestionFilter(
            collectors=wanted.collectors, device_ids=tuple(device.id for device in found), site_id=profile.site_id
        )
        return await self._hands.suggestions.accept_everything(work, SYSTEM, which, how)


def _error(scan: Scan | None, came: Recognised, now: datetime) -> RunError | None:
    if scan is None:
        return RunError(now, "scan_gone", "The scan of this run was deleted")
    if scan.status in ENDED_BADLY:
        text = f"The scan of this run is {scan.status}"
        return RunError(now, "scan_not_completed", text, {"scan": scan.id, "status": scan.status.value})
    if came.refusal and not came.proven:
        return RunError(now, came.refusal.code, came.refusal.text[:500], came.refusal.params)
    return None


def observation(scan: Scan, facts: WindowsFacts, now: datetime) -> Observation:
    """What a host said of itself to somebody who had logged in."""
    name = ".".join(part for part in (facts.name, facts.domain) if part) if facts.name else None
    return Observation(
        site_id=scan.site_id,
        source="windows",
        address=facts.address,
        mac=None,
        observed_at=now,
        facts=Facts(
            name=facts.name,
            hostnames=(NameFact(name, "windows"),) if name else (),
            os=OsFact(facts.os, 100, "Windows") if facts.os else None,
        ),
        scan_id=scan.id,
    )
