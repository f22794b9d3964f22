"""Whose turn it is: reads who is watched, and hands out polls when they are due.

    database ──what is new or changed, every tick──┐
    bus ──changed just now──────────────────────────┴─► wheel ──PollJobs (100)──► pool

Only reading needs the database: while it is away, everyone who is known goes on being polled.
"""

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress

from backend.domain.bus import EventBus
from backend.domain.clock import Clock, utc_now
from backend.domain.errors import Unavailable
from backend.domain.inventory.events import DeviceChanged
from backend.domain.monitoring.board import Board
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.jobs import PollJob, Watched
from backend.domain.monitoring.monitors import MonitorChanged
from backend.domain.monitoring.plugins import PluginChanged, PluginService
from backend.domain.monitoring.timeliness import Timeliness, Turn
from backend.domain.monitoring.watching import Asked
from backend.domain.monitoring.wheel import Wheel
from backend.domain.unit_of_work import UnitOfWorkFactory

log = logging.getLogger(__name__)
Time = Callable[[], float]
QUEUE = 100
# Turns this close together are handed out together.
GRAIN_S = 0.005
# Changes that were committed late, by transactions that began early.
OVERLAP_S = 60.0
# News that come together are read together.
GATHER_S = 0.02
STEP = 500
# Who was deleted or moved without a word on the bus is noticed at least this often.
WHOLE_S = 300.0
# So many changes at once come in their own turns; fewer are tried out at once.
AT_ONCE = 50


class PollScheduler:
    """One for the program. `jobs` is the pool's queue, `store` takes what is to be written of states."""

    name = "poll_scheduler"

    def __init__(
        self,
        transactions: UnitOfWorkFactory,
        bus: EventBus,
        board: Board,
        store: Callable[[Entry], Awaitable[None]],
        *,
        built_in: PluginService | None = None,
        tick_s: float = 10.0,
        queue: int = QUEUE,
        clock: Clock = utc_now,
        time: Time | None = None,
    ) -> None:
        self.jobs: asyncio.Queue[PollJob] = asyncio.Queue(queue)
        self.timeliness = Timeliness()
        self._transactions, self._bus, self._board, self._store = transactions, bus, board, store
        self._built_in, self._tick_s, self._clock = built_in, tick_s, clock
        self._time: Time = time or (lambda: asyncio.get_running_loop().time())
        self._wheel = Wheel()
        self._asked = Asked()
        self._gone: set[int] = set()
        self._devices: set[int] = set()
        self._wake, self._turn = asyncio.Event(), asyncio.Event()
        self._whole_at: float | None = None  # when everyone was read; None: not yet, or storage was away

    def __len__(self) -> int:
        """How many monitors are watched."""
        return len(self._wheel)

    @property
    def skipped(self) -> int:
        """Turns that came while the poll before still ran."""
        return self._wheel.skipped

    @property
    def missed(self) -> int:
        """Turns that passed while nobody could poll."""
        return self._wheel.missed

    def turn(self, monitor_id: int) -> Turn:
        """How one monitor's turns go."""
        due = self._wheel.due(monitor_id)
        skipped, missed = self._wheel.left_out(monitor_id)
        return Turn(
            late_s=self.timeliness.of(monitor_id),
            next_in_s=max(0.0, due - self._time()) if due is not None else None,
            skipped=skipped,
            missed=missed,
            polling=self._wheel.busy(monitor_id),
        )

    def done(self, monitor_id: int) -> None:
        """A poll is over, and the next may begin."""
        self._wheel.done(monitor_id)

    async def run(self) -> None:
        """Read and hand out until cancelled."""
        ends = [
            self._bus.subscribe(MonitorChanged, self._monitor_changed),
            self._bus.subscribe(PluginChanged, self._plugin_changed),
            self._bus.subscribe(DeviceChanged, self._device_changed),
        ]
        reading = asyncio.create_task(self._keep_reading())
        firing = asyncio.create_task(self._keep_firing())
        try:
            await asyncio.wait((reading, firing), return_when=asyncio.FIRST_COMPLETED)
            for task in (reading, firing):
                if task.done():
                    task.result()
        finally:
            for end in ends:
                end()
            for task in (reading, firing):
                task.cancel()
            await asyncio.gather(reading, firing, return_exceptions=True)

    async def read(self) -> None:
        """Learn who is new, different or gone. Raises Unavailable."""
        asked, self._asked = self._asked, Asked()
        try:
            if self._whole_at is None or self._time() - self._whole_at >= WHOLE_S:
                await self._read_all(asked)
            else:
                await self._read_changed(asked)
        except Unavailable:
            self._whole_at = None
            self._asked = Asked(
                asked.monitors | self._asked.monitors,
                asked.plugins | self._asked.plugins,
                asked.devices | self._asked.devices,
            )
            raise

    async def fire(self) -> None:
        """Hand out every poll that is due; waits while the queue is full."""
        for job in self._wheel.take(self._time()):
            await self.jobs.put(job)

    async def _keep_reading(self) -> None:
        while True:
            self._wake.clear()
            try:
                await self.read()
            except Unavailable:
                log.warning("storage is away: those who are known go on being polled")
            with suppress(TimeoutError):
                async with asyncio.timeout(self._tick_s):
                    await self._wake.wait()
                    await asyncio.sleep(GATHER_S)

    async def _keep_firing(self) -> None:
        while True:
            self._turn.clear()
            await self.fire()
            pause = min(max(self._wheel.next_due() - self._time(), GRAIN_S), self._tick_s)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._turn.wait()

    async def _read_all(self, asked: Asked) -> None:
        first = self._whole_at is None and not len(self._wheel)
        began = self._time()
        async with self._transactions() as work:
            if first and self._built_in:
                await self._built_in.ensure_built_in(work)
                await work.commit()
            found = await work.watchlist.all()
            if first:
                self._board.load(await work.watchlist.conditions())
        self._gone.clear()
        for lost in self._wheel.ids() - {monitor.id for monitor in found}:
            self._forget(lost)
        await self._take(found, asked.monitors, looked=not first)
        self._whole_at = began
        if first:
            # What is there now stays: looking through all of it again and again would make polls late.
            gc.collect()
            gc.freeze()

    async def _read_changed(self, asked: Asked) -> None:
        async with self._transactions() as work:
            found = await work.watchlist.changed(self._tick_s + OVERLAP_S, asked)
        there = {monitor.id for monitor in found}
        for lost in asked.monitors - there:
            self._forget(lost)
        await self._take(found, asked.monitors, looked=True)

    async def _take(self, found: Iterable[Watched], asked: set[int], *, looked: bool) -> None:
        """Put everyone into their turns. `looked`: who is new now was not there a moment ago."""
        now, at = self._time(), self._clock()
        for place, monitor in enumerate(found):
            if place % STEP == STEP - 1:
                await asyncio.sleep(0)  # whose turn has come meanwhile goes first
            if monitor.id in self._gone:
                continue
            known = self._wheel.get(monitor.id)
            if known == monitor:
                continue
            fresh = monitor.id in asked and (known is None or known.version != monitor.version)
            at_once = looked and len(asked) <= AT_ONCE and fresh
            self._wheel.put(monitor, now, at_once=at_once)
            if monitor.device_id is not None:
                self._devices.add(monitor.device_id)
            turned = self._board.switched(monitor, at) or (None if looked else self._board.unwatched(monitor, at))
            if turned:
                await self._store(turned)
        self._turn.set()

    def _forget(self, monitor_id: int) -> None:
        self._wheel.drop(monitor_id)
        self._board.forget(monitor_id)
        self.timeliness.forget(monitor_id)

    def _monitor_changed(self, event: MonitorChanged) -> None:
        if event.gone:
            self._gone.add(event.monitor_id)
            self._forget(event.monitor_id)
            return
        self._asked.monitors.add(event.monitor_id)
        self._wake.set()

    def _plugin_changed(self, event: PluginChanged) -> None:
        self._asked.plugins.add(event.plugin_id)
        self._wake.set()

    def _device_changed(self, event: DeviceChanged) -> None:
        if event.device_id in self._devices:
            self._asked.devices.add(event.device_id)
            self._wake.set()
