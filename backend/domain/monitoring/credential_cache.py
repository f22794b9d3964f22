"""Credential profiles in the pollers' reach: sealed as they lie in the database, opened for one use at a time.

What changed is forgotten before the next use, so nobody logs in with what was replaced. After two refused logins
at a target nobody tries again until the profile changes or a quarter of an hour passed: more would lock the
account.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from backend.domain.bus import EventBus
from backend.domain.errors import Unavailable
from backend.domain.monitoring.collector import CheckFailed, Credential
from backend.domain.monitoring.credentials import (
    CredentialProfile,
    CredentialsChanged,
    CredentialService,
    SealBroken,
)
from backend.domain.unit_of_work import UnitOfWorkFactory

QUEUE = 50
REFUSALS = 2
SUSPENDED_S = 15 * 60.0
Time = Callable[[], float]
_Login = tuple[int, int, str]  # profile, its version, target


@dataclass(slots=True)
class _Tries:
    """How logins with one version at one target went."""

    refused: int = 0
    at: float = 0.0
    proven: bool = False
    # Until it worked once, one at a time: ten monitors at once must not be ten refusals.
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class CredentialCache:
    """One for all pollers."""

    def __init__(
        self, transactions: UnitOfWorkFactory, service: CredentialService, bus: EventBus, time: Time | None = None
    ) -> None:
        self._transactions, self._service = transactions, service
        self._time: Time = time or (lambda: asyncio.get_running_loop().time())
        self._profiles: dict[int, CredentialProfile] = {}
        self._tries: dict[_Login, _Tries] = {}
        self._events: asyncio.Queue[CredentialsChanged] = asyncio.Queue(QUEUE)
        self._changes = 0  # counts what was forgotten: what was read before that is not kept
        bus.subscribe(CredentialsChanged, self._changed)

    def __len__(self) -> int:
        self._take_events()
        return len(self._profiles)

    @asynccontextmanager
    async def login(self, profile_id: int, target: str) -> AsyncIterator[Credential]:
        """The profile, opened, to log in at a target with.

        Raises CheckFailed where nobody may try now, or where the profile cannot be had. A CheckFailed that leaves
        the context and speaks of a refused login is counted.
        """
        profile = await self._profile(profile_id)
        key = (profile_id, profile.version, target)
        tries = self._tries.setdefault(key, _Tries())
        if tries.proven:
            async with self._counted(tries):
                yield self._opened(profile)
            return
        async with tries.turn:
            self._may_try(tries, profile)
            async with self._counted(tries):
                yield self._opened(profile)

    @asynccontextmanager
    async def _counted(self, tries: _Tries) -> AsyncIterator[None]:
        try:
            yield
        except CheckFailed as failed:
            if is_refusal(failed):
                tries.refused, tries.at, tries.proven = tries.refused + 1, self._time(), False
            raise
        tries.refused, tries.proven = 0, True

    def _may_try(self, tries: _Tries, profile: CredentialProfile) -> None:
        if tries.refused < REFUSALS:
            return
        left = tries.at + SUSPENDED_S - self._time()
        if left > 0:
            raise CheckFailed(
                "login_suspended",
                f"The login {profile.name} was refused twice here; it is tried again in {round(left / 60) or 1}"
                " minutes, or when it was changed",
                phase="login",
                params={"name": profile.name, "minutes": round(left / 60) or 1},
                final=True,
            )

    def _opened(self, profile: CredentialProfile) -> Credential:
        try:
            return self._service.opened(profile)
        except SealBroken as broken:
            raise CheckFailed(
                "credential_broken",
                f"The secret of {profile.name} cannot be opened: {broken}",
                params={"name": profile.name},
                final=True,
            ) from None

    async def _profile(self, profile_id: int) -> CredentialProfile:
        self._take_events()
        known = self._profiles.get(profile_id)
        if known:
            return known
        changes = self._changes
        try:
            async with self._transactions() as work:
                found = await work.credential_profiles.get(profile_id)
        except Unavailable:
            raise CheckFailed(
                "credential_away", "The credential profile cannot be read while the database is away", final=True
            ) from None
        if found is None:
            raise CheckFailed("credential_gone", "The credential profile is gone", final=True)
        self._take_events()
        if changes == self._changes:
            self._profiles[profile_id] = found
        return found

    def _changed(self, event: CredentialsChanged) -> None:
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:
            self._take_events()
            self._forget(event.profile_id)

    def _take_events(self) -> None:
        while not self._events.empty():
            self._forget(self._events.get_nowait().profile_id)

    def _forget(self, profile_id: int) -> None:
        self._changes += 1
        known = self._profiles.pop(profile_id, None)
        version = known.version if known else None
        # A key that was changed seals the same secret anew: what was refused then still is.
        stale = [key for key in self._tries if key[0] == profile_id and key[1] != version]
        for key in stale:
            del self._tries[key]


def is_refusal(failed: CheckFailed) -> bool:
    """Whether the other side refused who we said we are."""
    return failed.phase == "login" and failed.final and failed.code not in {"login_suspended", "timeout"}
