"""The housekeeping of accounts: writes down when API tokens were used, and forgets what is over."""

import asyncio
from contextlib import suppress

from backend.domain.accounts.authenticator import CachedAuthenticator
from backend.domain.accounts.throttle import FORGOTTEN_AFTER
from backend.domain.clock import Clock
from backend.domain.errors import Unavailable
from backend.domain.unit_of_work import UnitOfWorkFactory

EVERY_S = 60.0


class AccountsKeeper:
    """Once a minute; what could not be written because the database is away is written the next time."""

    name = "accounts"

    def __init__(self, transactions: UnitOfWorkFactory, authenticator: CachedAuthenticator, clock: Clock) -> None:
        self._transactions = transactions
        self._authenticator = authenticator
        self._clock = clock

    async def run(self) -> None:
        """Work until cancelled, then once more."""
        try:
            while True:
                await asyncio.sleep(EVERY_S)
                with suppress(Unavailable):
                    await self.once()
        finally:
            with suppress(Unavailable):
                await asyncio.shield(self.once())

    async def once(self) -> None:
        """Write and forget."""
        now, uses = self._clock(), self._authenticator.uses()
        try:
            async with self._transactions() as work:
                await work.api_tokens.note_use(uses)
                await work.tickets.prune(now)
                await work.throttles.prune(now - FORGOTTEN_AFTER)
                await work.sessions.prune(now)
                await work.commit()
        except Unavailable:
            self._authenticator.put_back(uses)
            raise
