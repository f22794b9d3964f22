"""One poll of one monitor: target found, login opened, collector run, tried again where that may help."""

import asyncio
import inspect
import logging
import random
import traceback
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Protocol

from backend.domain.errors import Invalid
from backend.domain.monitoring.collector import (
    CheckFailed,
    Credential,
    KnownHosts,
    Phase,
    Reading,
    Target,
    Trace,
    Traits,
    Ways,
)
from backend.domain.monitoring.echoes import Echoes
from backend.domain.monitoring.egress import Egress, is_address
from backend.domain.monitoring.jobs import Watched
from backend.domain.monitoring.scrubbing import Scrubber

log = logging.getLogger(__name__)
Sleep = Callable[[float], Awaitable[None]]
# The host keys of a site.
HostsOf = Callable[[int], KnownHosts | None]


@dataclass(frozen=True, slots=True)
class Tries:
    """How often and how long a poll is tried. Pauses double, and differ from poll to poll."""

    most: int = 3
    pause_s: float = 0.5
    threads: int = 32


@dataclass(frozen=True, slots=True)
class Ready:
    """A collector with its options, ready to be run."""

    function: Callable[..., Any]
    options: Any
    traits: Traits
    # How long one try may take: as configured, else as the collector declares. Asked once, not at every poll.
    timeout_s: float = field(init=False)
    shares_loop: bool = field(init=False)
    allow_public: bool = field(init=False)

    def __post_init__(self) -> None:
        timeout_s = float(getattr(self.options, "timeout_s", None) or self.traits.timeout_s)
        object.__setattr__(self, "timeout_s", timeout_s)
        object.__setattr__(self, "shares_loop", inspect.iscoroutinefunction(self.function))
        object.__setattr__(self, "allow_public", getattr(self.options, "allow_public", False) is True)


class ReadyCollectors(Protocol):
    """The installed collectors, to be run."""

    def ready(self, name: str, config: Any) -> Ready | None:
        """A collector with its options; None for one that is not installed. Raises Invalid."""
        ...


class Logins(Protocol):
    """Opens credential profiles for one use."""

    def login(self, profile_id: int, target: str) -> AbstractAsyncContextManager[Credential]:
        """The profile, opened; raises CheckFailed."""
        ...


@dataclass(frozen=True, slots=True)
class Measured:
    """What a poll came to: a reading, or why there is none; the phases of its last try."""

    reading: Reading | None
    failed: CheckFailed | None
    phases: tuple[Phase, ...]
    attempts: int
    address: str | None = None


class Measurer:
    """Runs collectors. Those that block get threads of a pool of their own."""

    def __init__(
        self,
        collectors: ReadyCollectors,
        egress: Egress,
        logins: Logins,
        *,
        known_hosts: HostsOf = lambda _: None,
        tries: Tries = Tries(),
        sleep: Sleep = asyncio.sleep,
        echoes: Echoes | None = None,
    ) -> None:
        self._collectors, self._egress, self._logins = collectors, egress, logins
        self._known_hosts, self._tries, self._sleep, self._echoes = known_hosts, tries, sleep, echoes
        self._threads = ThreadPoolExecutor(tries.threads, thread_name_prefix="collector")
        self._ready: dict[int, tuple[Watched, Ready, Target]] = {}
        self._last_address: dict[str, str] = {}

    def close(self) -> None:
        """Let go of the threads; what hangs in them is not waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def forget(self, monitor_id: int) -> None:
        """A monitor is gone."""
        self._ready.pop(monitor_id, None)

    def traits(self, monitor: Watched) -> Traits | None:
        """What its collector declares."""
        try:
            return self._prepared(monitor)[0].traits
        except CheckFailed:
            return None

    async def measure(
        self, monitor: Watched, *, most: int | None = None, watched: Trace | None = None
    ) -> Measured:
        """Try until there is a reading, or trying again makes no sense, or the time for it is over.

        `watched` is the trace of a single try (`most=1`) that somebody looks at while it runs.
        """
        loop, trace = asyncio.get_running_loop(), Trace()
        try:
            ready, target = self._prepared(monitor)
            address = await self._aimed(monitor, ready, self._egress.of(monitor.site_id))
            if address != target.address:
                target = replace(target, address=address)
        except CheckFailed as failed:
            return Measured(None, failed, (), 1)
        timeout = ready.timeout_s
        until = loop.time() + max(monitor.interval_s, timeout)
        attempt = 0
        while True:
            attempt += 1
            trace = watched or Trace()
            try:
                reading = await self._once(monitor, ready, target, trace, timeout)
            except CheckFailed as failed:
                pause = self._tries.pause_s * 2 ** (attempt - 1) * random.uniform(0.5, 1.5)  # noqa: S311
                left = until - loop.time() - pause
                if failed.final or attempt >= (most or self._tries.most) or left <= min(1.0, timeout):
                    return Measured(None, failed, tuple(trace.phases), attempt, address)
                await self._sleep(pause)
                timeout = min(timeout, left)
            else:
                return Measured(reading, None, reading.phases or tuple(trace.phases), attempt, address)

    async def _once(
        self, monitor: Watched, ready: Ready, target: Target, trace: Trace, timeout_s: float
    ) -> Reading:
        try:
            async with asyncio.timeout(timeout_s):
                if monitor.credential_profile_id is None:
                    return await self._run(ready, target, None, trace)
                async with self._logins.login(monitor.credential_profile_id, target.address) as credential:
                    return await self._scrubbed(monitor, ready, target, credential, trace)
        except CheckFailed:
            raise
        except TimeoutError:
            raise _too_late(target, trace, timeout_s) from None
        except Exception as error:  # noqa: BLE001 - a collector may raise anything
            raise _fault(monitor, trace, error, traceback.format_exc()) from None

    async def _scrubbed(
        self, monitor: Watched, ready: Ready, target: Target, credential: Credential, trace: Trace
    ) -> Reading:
        """Nothing that comes of it, and nothing that is logged, repeats what was secret."""
        scrub = Scrubber(credential)
        try:
            return scrub.reading(await self._run(ready, target, credential, trace))
        except CheckFailed as failed:
            raise scrub.failed(failed) from None
        except TimeoutError:
            raise
        except Exception as error:  # noqa: BLE001 - a collector may raise anything
            raise _fault(monitor, trace, error, scrub.text(traceback.format_exc())) from None
        finally:
            trace.phases[:] = scrub.phases(trace.phases)

    async def _run(self, ready: Ready, target: Target, credential: Credential | None, trace: Trace) -> Reading:
        if ready.shares_loop:
            reading: Reading = await ready.function(target, ready.options, credential, trace)
            return reading
        call = partial(ready.function, target, ready.options, credential, trace)
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def _prepared(self, monitor: Watched) -> tuple[Ready, Target]:
        """Options checked once a version. The target has no address yet where a name must be asked for."""
        known = self._ready.get(monitor.id)
        if known and known[0] is monitor:
            return known[1], known[2]
        try:
            ready = self._collectors.ready(monitor.collector, monitor.config)
        except Invalid as wrong:
            raise CheckFailed(
                "invalid_config", f"The configuration is not valid: {wrong.detail}", final=True
            ) from None
        if ready is None:
            raise CheckFailed(
                "collector_missing",
                f"The collector {monitor.collector} is not installed",
                params={"type": monitor.collector},
                final=True,
            )
        # Where that is, and whether a check may go there, is judged anew at each poll.
        target = Target(
            monitor.address,
            _name_of(monitor),
            monitor.id,
            monitor.device_id,
            ways=self._egress.of(monitor.site_id),
            known_hosts=self._known_hosts(monitor.site_id),
            echoes=self._echoes,
        )
        if monitor.id:  # one that nobody saved yet has none
            self._ready[monitor.id] = (monitor, ready, target)
        return ready, target

    async def _aimed(self, monitor: Watched, ready: Ready, ways: Ways) -> str:
        """The judged address; raises CheckFailed."""
        host = monitor.address
        if not host:
            raise CheckFailed("no_address", "The device has no address at present", final=True)
        try:
            found = await ways.addresses(host, allow_public=ready.allow_public)
        except CheckFailed as failed:
            known = self._last_address.get(host)
            if known is None or failed.code != "name_not_found":
                raise
            # A resolver that is dead must not make everything look dead.
            found = await ways.addresses(known, allow_public=ready.allow_public)
        if found[0] != host:
            self._last_address[host] = found[0]
        return found[0]


def _fault(monitor: Watched, trace: Trace, error: Exception, told: str) -> CheckFailed:
    """An error of the collector's own, for the log and for people."""
    log.error("the collector %s failed with an error of its own\n%s", monitor.collector, told)
    return CheckFailed(
        "collector_fault",
        f"The collector {monitor.collector} failed: {type(error).__name__}",
        phase=trace.phase,
        params={"type": monitor.collector},
        final=True,
    )


def _too_late(target: Target, trace: Trace, timeout_s: float) -> CheckFailed:
    seconds = round(timeout_s, 1)
    return CheckFailed(
        "timeout",
        f"{target.address} did not answer within {seconds:g} s",
        phase=trace.phase,
        params={"address": target.address, "seconds": seconds},
    )


def _name_of(monitor: Watched) -> str | None:
    """What certificates and web servers know the target by."""
    return monitor.host_name if is_address(monitor.address) else monitor.address or None
