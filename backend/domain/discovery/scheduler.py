"""The loop that starts scheduled scans and keeps blackout windows.

A run that was missed while Lanarium was away is not made up; a run that meets its predecessor is left out. Both
are said in the schedule.
"""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta

from backend.domain.accounts.actor import SYSTEM
from backend.domain.bus import EventBus
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.blackouts import open_window
from backend.domain.discovery.events import ScanQueued, SchedulesChanged
from backend.domain.discovery.messages import Message
from backend.domain.discovery.scan import PausedBy, ScanStatus
from backend.domain.discovery.schedules import Schedule, ScheduleService, Skipped
from backend.domain.discovery.service import ScanService
from backend.domain.errors import DomainError, Unavailable
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

log = logging.getLogger(__name__)
LATE = timedelta(minutes=2)  # a run that is later than this was missed
LOOK_S = 15.0


class Scheduler:
    """Looks at the clock."""

    name = "schedules"

    def __init__(
        self,
        transactions: UnitOfWorkFactory,
        schedules: ScheduleService,
        scans: ScanService,
        bus: EventBus,
        *,
        clock: Clock = utc_now,
        look_s: float = LOOK_S,
    ) -> None:
        self._transactions = transactions
        self._schedules = schedules
        self._scans = scans
        self._bus = bus
        self._clock = clock
        self._look_s = look_s
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Look again and again until cancelled."""
        ends = [self._bus.subscribe(kind, lambda _: self._wake.set()) for kind in (SchedulesChanged, ScanQueued)]
        try:
            while True:
                try:
                    await self.look()
                except Unavailable:
                    log.warning("storage is away; schedules wait")
                await self._wait()
        finally:
            for end in ends:
                end()

    async def look(self) -> None:
        """Do what is due now."""
        async with self._transactions() as work:
            await self._keep_windows(work)
            await work.commit()
        while await self._one_due():
            pass

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(self._look_s):
                await self._wake.wait()
        except TimeoutError:
            return
        self._wake.clear()

    async def _one_due(self) -> bool:
        """Deal with one schedule whose time has come, in a transaction of its own."""
        async with self._transactions() as work:
            due = await work.plans.due(self._clock())
            if not due:
                return False
            await self._deal_with(work, due[0])
            await work.commit()
        return True

    async def _deal_with(self, work: UnitOfWork, schedule: Schedule) -> None:
        now = self._clock()
        assert schedule.next_run_at
        planned = replace(schedule, next_run_at=schedule.next_after(now))
        # Written first: whatever happens below, this run is not due a second time.
        await work.plans.save_schedule(planned)
        if now - schedule.next_run_at > LATE:
            await self._skip(work, planned, schedule.next_run_at, "missed", "Lanarium was not running")
        elif await self._schedules.last_still_runs(work, schedule):
            await self._skip(work, planned, schedule.next_run_at, "overlap", "The scan before is not over yet")
        else:
            await self._start(work, planned, schedule.next_run_at)

    async def _start(self, work: UnitOfWork, schedule: Schedule, due: datetime) -> None:
        try:
            await self._schedules.start(work, SYSTEM, schedule)
        except Unavailable:
            raise
        except DomainError as refused:
            await self._skip(work, schedule, due, refused.code, refused.detail)

    async def _skip(self, work: UnitOfWork, schedule: Schedule, due: datetime, code: str, text: str) -> None:
        log.warning("schedule %s did not run: %s", schedule.id, code)
        await work.plans.save_schedule(replace(schedule, last_skipped=Skipped(due, code, text[:500])))
        detail = {"due": due.isoformat(), "reason": code}
        await work.audit.record(SYSTEM, "skip", "scan_schedule", schedule.id, detail)

    async def _keep_windows(self, work: UnitOfWork) -> None:
        """Pause what runs within a window that is open, and let go on what a window paused that is over."""
        now = self._clock()
        windows = await work.plans.blackouts(frozenset())
        states = (ScanStatus.QUEUED, ScanStatus.RUNNING, ScanStatus.PAUSED)
        for scan in await work.scans.in_status(*states):
            window = open_window(windows, scan.site_id, AddressSet.parse(scan.ranges), now)
            paused = scan.status is ScanStatus.PAUSED
            if window and not paused and not scan.forced:
                until = window[1].strftime("%Y-%m-%d %H:%M UTC")
                told = Message.of("paused_by_blackout", name=window[0].wanted.name, until=until)
                await self._scans.pause_for(work, scan, PausedBy.BLACKOUT, told)
            elif not window and paused and scan.paused_by is PausedBy.BLACKOUT:
                await self._scans.queue(work, scan)
