"""Monitors, entries and fakes for tests of polling."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from backend.domain.bus import EventBus
from backend.domain.errors import Unavailable
from backend.domain.metrics.ports import Written
from backend.domain.monitoring.board import Board
from backend.domain.monitoring.catalogue import LATENCY
from backend.domain.monitoring.collector import (
    CheckFailed,
    Credential,
    Reading,
    Sample,
    Target,
    Trace,
    Traits,
    Ways,
)
from backend.domain.monitoring.credentials import CredentialProfile
from backend.domain.monitoring.egress import is_address
from backend.domain.monitoring.entry import Entry
from backend.domain.monitoring.jobs import Recheck, Watched
from backend.domain.monitoring.measuring import Measurer, Ready, Tries
from backend.domain.monitoring.poller import PollerPool, PoolLimits
from backend.domain.monitoring.scheduler import PollScheduler
from backend.domain.monitoring.states import Condition, State, Transition
from backend.domain.monitoring.watching import Asked

T0 = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
Check = Callable[[Target], Awaitable[Reading]]


def watched(number: int = 1, interval: int = 10, **more: Any) -> Watched:
    fields: dict[str, Any] = {
        "uid": uuid4(),
        "site_id": 1,
        "device_id": None,
        "address": f"10.80.{number >> 8}.{number & 255}",
        "host_name": None,
        "collector": "fake",
        "config": {},
        "credential_profile_id": None,
        "version": 1,
    }
    return Watched(id=number, interval_s=interval, **{**fields, **more})


def entry(
    monitor_id: int = 1, second: float = 0, *, up: bool | None = True, turned: bool = False, **more: Any
) -> Entry:
    at = T0 + timedelta(seconds=second)
    state: State = "up" if up else "down"
    return Entry(
        monitor_id,
        1,
        at,
        up,
        Condition(state, T0, at, latency_ms=1.5 if up else None),
        values={"latency_ms": 1.5, "memory_total": 2**40} if up else {},
        transition=Transition(state, "pending", at) if turned else None,
        **more,
    )


class Fakes:
    """A collector of the test's own making, for `Measurer`."""

    def __init__(self, check: Check, *, timeout_s: float = 5.0, blocking: bool = False) -> None:
        self.check = check
        self.names = True
        self.traits = Traits(metrics=(LATENCY,), timeout_s=timeout_s, blocking=blocking)

    def ready(self, name: str, config: Any) -> Ready | None:
        async def run(target: Target, options: Any, credential: Credential | None, trace: Trace) -> Reading:
            with trace.step("ask"):
                return await self.check(target)

        return Ready(run, object(), self.traits)

    def of(self, site_id: int) -> Ways:
        return self

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        if not self.names and not is_address(host):
            raise CheckFailed("name_not_found", f"The name {host} has no address", phase="dns")
        return (host,) if is_address(host) else ("10.80.0.1",)

    @asynccontextmanager
    async def login(self, profile_id: int, target: str) -> AsyncIterator[Credential]:
        yield Credential(profile_id, "ssh")


class Silence:
    """A second method, that says what it is told to say."""

    def __init__(self, recheck: Recheck | None = None) -> None:
        self.recheck = recheck
        self.asked: list[str] = []

    async def ask(self, address: str, ports: tuple[int, ...], *, pings: bool) -> Recheck | None:
        self.asked.append(address)
        return self.recheck


class Desk:
    """Transactions that know nothing but monitors and credential profiles."""

    def __init__(
        self, monitors: Sequence[Watched] = (), conditions: Mapping[int, Condition] | None = None
    ) -> None:
        self.monitors = {monitor.id: monitor for monitor in monitors}
        self.stored = dict(conditions or {})
        self.profiles: dict[int, CredentialProfile] = {}
        self.away = False
        self.reads = 0

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Any]:
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable("away", code="storage_away")
        yield self

    @property
    def watchlist(self) -> "Desk":
        return self

    @property
    def credential_profiles(self) -> "Desk":
        return self

    async def all(self) -> list[Watched]:
        self.reads += 1
        return list(self.monitors.values())

    async def changed(self, within_s: float, asked: Asked) -> list[Watched]:
        self.reads += 1
        return [monitor for monitor in self.monitors.values() if monitor.id in asked.monitors]

    async def conditions(self) -> dict[int, Condition]:
        return self.stored

    async def get(self, profile_id: int) -> CredentialProfile | None:
        self.reads += 1
        return self.profiles.get(profile_id)

    async def commit(self) -> None:
        return None


class Pipeline:
    """Scheduler and pool on a fake desk and collector; results pile up in `entries`."""

    def __init__(
        self,
        monitors: Sequence[Watched],
        check: Check,
        *,
        timeout_s: float = 5.0,
        recheck: Recheck | None = None,
        limits: PoolLimits | None = None,
        tries: Tries | None = None,
        tick_s: float = 10.0,
    ) -> None:
        self.desk, self.bus, self.board = Desk(monitors), EventBus(), Board()
        self.results: asyncio.Queue[Entry] = asyncio.Queue()
        self.entries: list[Entry] = []
        self.silence = Silence(recheck)
        self.attempts: dict[int, datetime] = {}
        fakes = Fakes(check, timeout_s=timeout_s)
        self.measurer = Measurer(fakes, fakes, fakes, tries=tries or Tries(most=1))
        self.scheduler = PollScheduler(self.desk, self.bus, self.board, self.results.put, tick_s=tick_s)
        self.pool = PollerPool(
            self.scheduler,
            self.measurer,
            self.board,
            self.silence,
            self.results,
            attempted=self.attempts.__setitem__,
            publish=self.bus.publish,
            limits=limits or PoolLimits(),
        )

    async def run(self, seconds: float) -> list[Entry]:
        """Run for a while; what came of it."""
        tasks = [asyncio.create_task(loop.run()) for loop in (self.pool, self.scheduler)]
        await asyncio.sleep(seconds)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        while not self.results.empty():
            self.entries.append(self.results.get_nowait())
        self.measurer.close()
        return self.entries


async def answering(target: Target) -> Reading:
    """A check that always has an answer."""
    return Reading(values={"latency_ms": 1.0}, samples=(Sample("free", 5.0, {"disk": "/"}),))


async def refusing(target: Target) -> Reading:
    """A check that never has one."""
    raise CheckFailed("connection_refused", f"Nobody listens at {target.address}", phase="connect")


class MemoryStore:
    """A store that can be away, break in the middle, and refuse single results."""

    def __init__(self) -> None:
        self.rows: dict[tuple[int, datetime], Entry] = {}
        self.turns: list[Entry] = []
        self.order: list[datetime] = []
        self.batches: list[int] = []
        self.away = False
        self.lose_answer = 0  # keep that many batches, and say that the connection broke
        self.poison: set[int] = set()
        self.attempted: dict[int, datetime] = {}

    async def close(self) -> None:
        return None

    async def write(
        self, batch: Sequence[Entry], attempted: Mapping[int, datetime], *, again: bool = False
    ) -> Written:
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable("away", code="storage_away")
        if any(item.monitor_id in self.poison for item in batch):
            raise ValueError("cannot be stored")
        for item in batch:
            key = (item.monitor_id, item.at)
            assert again or key not in self.rows, "a row twice"
            if key not in self.rows:
                self.rows[key] = item
                self.order.append(item.at)
        self.batches.append(len(batch))
        self.attempted.update(attempted)
        if self.lose_answer:
            self.lose_answer -= 1
            raise Unavailable("the connection broke", code="storage_away")
        return Written(len(batch))
