"""What is remembered of who may come in: read once for all who ask at the same moment, never after a change."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any, cast

from backend.domain.accounts.actor import Role
from backend.domain.accounts.authenticator import CachedAuthenticator
from backend.domain.accounts.events import AccessChanged
from backend.domain.accounts.session import Standing
from backend.domain.bus import EventBus
from backend.domain.clock import utc_now


class Door:
    """An authenticator whose database answers when it is told to."""

    def __init__(self) -> None:
        self.bus = EventBus()
        self.asked = 0
        self.role = Role.ADMIN
        self.goes_on = asyncio.Event()
        self.authenticator = CachedAuthenticator(
            cast("Any", self._work), cast("Any", None), cast("Any", None), self.bus, utc_now
        )

    @asynccontextmanager
    async def _work(self) -> AsyncIterator[Any]:
        yield SimpleNamespace(sessions=self)

    async def standing(self, _: int) -> Standing | None:
        self.asked += 1
        role = self.role
        await self.goes_on.wait()
        return Standing(user_id=7, username="ada", role=role, site_ids=frozenset(), epoch=1, expires_at=None)

    async def role_now(self) -> Role | None:
        actor = await self.authenticator.actor_of(1, None, None)
        return actor.role if actor else None


async def test_many_at_once_are_one_question() -> None:
    door = Door()
    several = [asyncio.create_task(door.role_now()) for _ in range(16)]
    await asyncio.sleep(0)
    several[0].cancel()
    await asyncio.sleep(0)
    door.goes_on.set()
    found = await asyncio.gather(*several, return_exceptions=True)
    assert isinstance(found[0], asyncio.CancelledError)
    assert found[1:] == [Role.ADMIN] * 15
    assert await door.role_now() == Role.ADMIN
    assert door.asked == 1


async def test_an_answer_from_before_a_change_is_not_remembered() -> None:
    door = Door()
    before = asyncio.create_task(door.role_now())
    await asyncio.sleep(0.01)
    door.role = Role.VIEWER
    door.bus.publish(AccessChanged(7))
    after = asyncio.create_task(door.role_now())
    await asyncio.sleep(0.01)
    door.goes_on.set()
    await before
    assert await after == Role.VIEWER
    assert await door.role_now() == Role.VIEWER
    assert door.asked == 2
