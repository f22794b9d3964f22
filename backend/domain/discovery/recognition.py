"""Which of the found hosts are Windows, and what they say of themselves to somebody who logs in.

A login is shown only to hosts of the profile's own subnet, in which the scan found a port that a Windows is known
by. It is tried at one host after the other until one takes it; two refusals before that are the end of it, and
ten in all: more could lock the account. Where it was refused once it is not tried again until it is changed.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from backend.domain.discovery.profiles import FoundDevice
from backend.domain.monitoring.collector import CheckFailed, Credential, Ways
from backend.domain.monitoring.credential_cache import is_refusal
from backend.domain.monitoring.egress import Egress
from backend.domain.monitoring.measuring import Logins
from backend.domain.monitoring.windows import WindowsFacts, WindowsRecogniser

AT_ONCE = 8
TIMEOUT_S = 10.0
UNPROVEN_REFUSALS, MOST_REFUSALS = 2, 10


@dataclass(frozen=True, slots=True)
class LoginAt:
    """A login, and where it was refused before."""

    profile_id: int
    refused_at: frozenset[str] = frozenset()


@dataclass(slots=True)
class Recognised:
    """What came of it: facts by address, where the login was refused now, and the last refusal."""

    facts: dict[str, WindowsFacts] = field(default_factory=dict)
    refused_at: list[str] = field(default_factory=list)
    refusal: CheckFailed | None = None
    proven: bool = False

    @property
    def may_try(self) -> bool:
        """Whether the login may be shown to another host."""
        return len(self.refused_at) < (MOST_REFUSALS if self.proven else UNPROVEN_REFUSALS)


class Recognition:
    """Asks hosts."""

    def __init__(self, recogniser: WindowsRecogniser, egress: Egress, logins: Logins) -> None:
        self._recogniser, self._egress, self._logins = recogniser, egress, logins

    async def look(self, site_id: int, found: Sequence[FoundDevice], login: LoginAt | None) -> Recognised:
        """Ask each host that has one of the ports. Holds no transaction and raises nothing that hosts do."""
        came, ways = Recognised(), self._egress.of(site_id)
        left = [device for device in found if device.ports]
        while left and login and came.may_try and not came.proven:
            await self._one(ways, left.pop(0), login, came)
        room = asyncio.Semaphore(AT_ONCE)

        async def one(device: FoundDevice) -> None:
            async with room:
                await self._one(ways, device, login, came)

        await asyncio.gather(*(one(device) for device in left))
        return came

    async def _one(self, ways: Ways, device: FoundDevice, login: LoginAt | None, came: Recognised) -> None:
        try:
            await ways.addresses(device.address)
        except CheckFailed:
            return  # scanned, but no check may go there
        facts = None
        if login and came.may_try and device.address not in login.refused_at:
            facts = await self._logged_in(device, login, came)
        else:
            facts = await self._ask(device, None)
        if facts is not None:
            came.facts[device.address] = facts

    async def _logged_in(self, device: FoundDevice, login: LoginAt, came: Recognised) -> WindowsFacts | None:
        """Shown to the host by way of the cache, so that pollers hear of a refusal too."""
        facts: WindowsFacts | None = None
        try:
            async with self._logins.login(login.profile_id, device.address) as credential:
                facts = await self._ask(device, credential)
                if facts and facts.refused:
                    raise facts.refused
            came.proven = came.proven or bool(facts and facts.logged_in)
        except CheckFailed as failed:
            came.refusal = failed
            if is_refusal(failed):
                came.refused_at.append(device.address)
            if facts is None:
                facts = await self._ask(device, None)
        return facts

    async def _ask(self, device: FoundDevice, credential: Credential | None) -> WindowsFacts | None:
        return await self._recogniser.recognise(
            device.address, credential, timeout_s=TIMEOUT_S, name=device.hostname
        )
