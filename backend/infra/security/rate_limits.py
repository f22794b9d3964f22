"""How many calls a caller may make, by `limits`: a moving window in memory."""

import time

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter


class WindowRateLimiter:
    """So many calls a minute for each caller; one process, one memory."""

    def __init__(self, limit: str) -> None:
        self._limit = parse(limit)
        self._window = SlidingWindowCounterRateLimiter(MemoryStorage())

    async def wait(self, caller: str) -> int:
        """Count one call; answers in how many seconds the next may come, 0 for at once."""
        if await self._window.hit(self._limit, caller):
            return 0
        until = (await self._window.get_window_stats(self._limit, caller)).reset_time
        return max(1, int(until - time.time()) + 1)
