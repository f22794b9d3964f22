"""Starts and stops everything that runs beside the requests.

    browser <- ws hub <- coordinator <- runner <- scan helper <- nmap
                              |
                              +--> chunk results --> observations --> devices --> changes on the bus

Loops are started in the order given, sinks first, so that nothing is produced before somebody can take
it; they are stopped the other way round. A loop that fails is started again after a pause that grows to
half a minute; `/ready` says so for as long as it is down.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import structlog

from backend.domain.clock import utc_now

log = structlog.get_logger(__name__)
LONGEST_PAUSE_S = 30.0


class Loop(Protocol):
    """Something that runs as long as Lanarium does."""

    name: str

    async def run(self) -> None:
        """Work until cancelled; on cancellation finish what must not be left half done, quickly."""
        ...


@dataclass(slots=True)
class LoopState:
    """How one loop is doing."""

    name: str
    running: bool = False
    restarts: int = 0
    failed_at: datetime | None = None
    error: str | None = None


@dataclass(slots=True)
class Runtime:
    """The loops of this process and their tasks."""

    loops: Sequence[Loop]
    states: dict[str, LoopState] = field(default_factory=dict)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def start(self) -> None:
        """Start every loop, in order."""
        for loop in self.loops:
            self.states[loop.name] = LoopState(loop.name)
            self._tasks.append(asyncio.create_task(self._keep_running(loop), name=loop.name))

    async def stop(self) -> None:
        """Cancel every loop in the opposite order and wait for each."""
        while self._tasks:
            task = self._tasks.pop()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _keep_running(self, loop: Loop) -> None:
        state = self.states[loop.name]
        pause = 1.0
        while True:
            state.running = True
            try:
                await loop.run()
            except asyncio.CancelledError:
                raise
            except Exception as error:
                log.exception("loop failed", loop=loop.name)
                state.error = f"{type(error).__name__}: {error}"
            else:
                state.error = "ended"
            state.running, state.failed_at = False, utc_now()
            state.restarts += 1
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_S)
