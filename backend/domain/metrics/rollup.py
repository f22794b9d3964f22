"""Keeps roll-ups: each bucket is summed once it is over, and again when something comes late.

Whoever writes rows leaves marks of their buckets in the same transaction, so nothing that was stored can be
forgotten: a mark goes away in the transaction that wrote its roll-up, and leaves one for the level above.

    rows + marks(5m) ──bucket over──► 5m + marks(1h) ──hour over──► 1h + marks(1d) ──day over──► 1d

Newer than that, charts read the rows themselves, so nobody waits for a roll-up.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

from backend.domain.clock import Clock, utc_now
from backend.domain.errors import Unavailable
from backend.domain.metrics.resolution import FIVE_MINUTES, floored

log = logging.getLogger(__name__)
Sleep = Callable[[float], Awaitable[None]]
# A poll that began in a bucket may end after it; what comes later still is summed again.
GRACE = timedelta(seconds=30)
EVERY_S, REST_S = 5.0, 0.05


class RollupStore(Protocol):
    """Where roll-ups are."""

    async def step(self, over: datetime) -> bool:
        """Do a piece of what is marked before `over`; answers whether there may be more.

        What was done is kept as a whole, or not at all. Raises Unavailable.
        """
        ...

    async def drop_old(self, now: datetime) -> int:
        """Drop a few pieces that are older than they are to be kept; answers how many. Raises Unavailable."""
        ...


class RollupKeeper:
    """Runs beside the writer. Of several processes on one database only one works at a time."""

    name = "rollups"

    def __init__(
        self,
        store: RollupStore,
        *,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._store, self._clock, self._sleep = store, clock, sleep

    async def run(self) -> None:
        """Work until cancelled; while the database is away, wait for it."""
        while True:
            try:
                await self.catch_up()
            except Unavailable:
                log.info("roll-ups wait for the database")
            await self._sleep(EVERY_S)

    async def catch_up(self) -> None:
        """Everything that is over by now, piece by piece, with rests in which others come to their turn."""
        while await self._store.step(floored(self._clock() - GRACE, FIVE_MINUTES.seconds)):
            await self._sleep(REST_S)


class RetentionKeeper:
    """Drops what is older than somebody wants it kept: whole partitions, one at a time."""

    name = "retention"
    every_s = 600.0

    def __init__(
        self,
        store: RollupStore,
        *,
        clock: Clock = utc_now,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._store, self._clock, self._sleep = store, clock, sleep

    async def run(self) -> None:
        """Look every ten minutes until cancelled."""
        while True:
            try:
                while await self._store.drop_old(self._clock()):
                    await self._sleep(1.0)
            except Unavailable:
                log.info("retention waits for the database")
            await self._sleep(self.every_s)
