"""Ends a run of stages kindly: for a person who stops it, or because its time is over."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from backend.domain.discovery.ports import HelperGone

Stop = Callable[[], Awaitable[None]]


class Halt:
    """Why everything should end, once it should."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.reason = ""

    def __bool__(self) -> bool:
        return self.event.is_set()

    def now(self, reason: str) -> None:
        """End everything; the first reason counts."""
        self.reason = self.reason or reason
        self.event.set()

    @asynccontextmanager
    async def watching(self, stop: asyncio.Event | None, seconds: float) -> AsyncIterator[None]:
        """Halt when a person stops it (`stopped`) or when the time is over (`chunk_deadline`)."""
        timer = asyncio.get_running_loop().call_later(seconds, self.now, "chunk_deadline")
        watcher = asyncio.create_task(self._follow(stop)) if stop else None
        try:
            yield
        finally:
            timer.cancel()
            if watcher:
                watcher.cancel()

    @asynccontextmanager
    async def stops(self, stop: Stop) -> AsyncIterator[None]:
        """While the block runs, a halt calls `stop`."""
        watcher = asyncio.create_task(self._call(stop))
        try:
            yield
        finally:
            watcher.cancel()

    async def _follow(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self.now("stopped")

    async def _call(self, stop: Stop) -> None:
        await self.event.wait()
        try:
            await stop()
        except HelperGone:
            return
