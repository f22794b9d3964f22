"""How many at a time, for each key: a device, a collector, those that failed last time."""

import asyncio
from collections import deque
from collections.abc import Hashable


class KeyedLimit:
    """Who comes first is served first; a free place costs no turn of the loop."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[Hashable, int] = {}
        self._waiting: dict[Hashable, deque[asyncio.Future[None]]] = {}

    def held(self, key: Hashable) -> int:
        """How many places of a key are taken."""
        return self._held.get(key, 0)

    def take_now(self, key: Hashable, most: int | None = None) -> bool:
        """Take a place where one is free."""
        held = self._held.get(key, 0)
        if held >= (most or self.most):
            return False
        self._held[key] = held + 1
        return True

    async def take(self, key: Hashable, most: int | None = None) -> None:
        """Wait for a place; `most` where this key has a limit of its own."""
        if self.take_now(key, most):
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(key, deque())
        waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self.give(key)  # it was given to somebody who is gone
            elif place in waiting:
                waiting.remove(place)
            raise

    def give(self, key: Hashable) -> None:
        """Leave a place to the next who waits."""
        waiting = self._waiting.get(key)
        while waiting:
            place = waiting.popleft()
            if not place.done():
                place.set_result(None)
                return
        self._waiting.pop(key, None)
        held = self._held[key] - 1
        if held:
            self._held[key] = held
        else:
            del self._held[key]
