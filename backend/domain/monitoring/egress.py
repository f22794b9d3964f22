"""Where a check may go: one judge for every address that a monitor, a name or a redirect leads to.

Declared networks are normal, that is what Lanarium is for; public hosts only where somebody said so for this
monitor; ourselves, link-local and metadata services never. A name is resolved by us, every answer is judged, and
the check connects to the judged address and no other.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from backend.domain.bus import EventBus
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.scope import AllowedNetwork, Scope, ScopeGuard, embedded_ipv4
from backend.domain.errors import Param, Unavailable
from backend.domain.inventory.events import NetworksChanged
from backend.domain.monitoring.collector import CheckFailed, Ways
from backend.domain.unit_of_work import UnitOfWorkFactory

MAX_KEPT = 100_000
# Our own addresses change without a word; networks that another process changed, too.
READ_AGAIN_S = 60.0
# Nobody asks a database that is away again so soon; a thousand polls may wait for the same answer.
REST_S = 1.0
_EVERYWHERE = (AllowedNetwork("0.0.0.0/0"), AllowedNetwork("::/0"))
Time = Callable[[], float]


class Names(Protocol):
    """Finds addresses of names."""

    async def addresses(self, name: str) -> tuple[str, ...]:
        """The addresses of a name; none where it does not resolve in time."""
        ...


class Egress(Protocol):
    """Where checks of each site may go."""

    def of(self, site_id: int) -> Ways:
        """The ways out of one site."""
        ...


class SiteEgress:
    """Judges by the networks of one site as they are now."""

    def __init__(self, scope: Callable[[], Awaitable[Scope]], names: Names, time: Time | None = None) -> None:
        self._read, self._names = scope, names
        self._time: Time = time or (lambda: asyncio.get_running_loop().time())
        self._scope: Scope | None = None
        self._again_at = 0.0
        self._no_answer_until = 0.0
        self._reading = asyncio.Lock()
        self._judged: dict[tuple[str, bool], str] = {}  # by literal address; why it may not be contacted

    def forget(self) -> None:
        """The networks changed: judge anew."""
        self._again_at = 0.0
        self._judged.clear()

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        """Every answer must be allowed: a name that also leads to a forbidden address is a trap, not a choice."""
        if self._scope is None or self._time() >= self._again_at:
            await self._look()
        if self._judged.get((host, allow_public)) == "":
            return (host,)
        answers = (host,) if is_address(host) else await self._names.addresses(host)
        if not answers:
            raise _not_found(host)
        for address in answers:
            if reason := self._refusal(address, allow_public=allow_public):
                raise _forbidden(host, address, reason)
        return tuple(answers)

    async def _look(self) -> None:
        """Read the networks, once for everybody who waits. While they cannot be had, what was known stays."""
        async with self._reading:
            now = self._time()
            if self._scope is not None and now < self._again_at:
                return
            if now < self._no_answer_until:
                raise _scope_unknown()
            self._again_at = now + READ_AGAIN_S  # before the reading: what changes meanwhile is read again
            try:
                self._take(await self._read())
            except Unavailable:
                if self._scope is None:
                    self._no_answer_until = self._time() + REST_S
                    raise _scope_unknown() from None

    def _take(self, scope: Scope) -> None:
        if scope != self._scope:
            self._scope = scope
            self._judged.clear()

    def _refusal(self, address: str, *, allow_public: bool) -> str:
        """Why an address may not be contacted; empty where it may."""
        key = (address, allow_public)
        if key not in self._judged:
            if len(self._judged) >= MAX_KEPT:
                self._judged.clear()
            self._judged[key] = refusal(self._scope or Scope(), address, allow_public=allow_public)
        return self._judged[key]


class SiteEgresses:
    """One judge for each site, told when its networks change."""

    def __init__(
        self,
        transactions: UnitOfWorkFactory,
        own_addresses: Callable[[], tuple[str, ...]],
        names: Names,
        bus: EventBus,
    ) -> None:
        self._transactions, self._own, self._names = transactions, own_addresses, names
        self._sites: dict[int, SiteEgress] = {}
        bus.subscribe(NetworksChanged, self._changed)

    def of(self, site_id: int) -> Ways:
        """The ways out of one site."""
        found = self._sites.get(site_id)
        if found is None:
            found = self._sites[site_id] = SiteEgress(lambda: self._scope(site_id), self._names)
        return found

    def _changed(self, event: NetworksChanged) -> None:
        if site := self._sites.get(event.site_id):
            site.forget()

    async def _scope(self, site_id: int) -> Scope:
        async with self._transactions() as work:
            return Scope(await work.scans.allowed_networks(site_id), (), self._own())


def refusal(scope: Scope, address: str, *, allow_public: bool = False) -> str:
    """Why an address may not be contacted under a scope; empty where it may."""
    asked = AddressSet.parse([address])
    verdict = ScopeGuard(Scope(scope.allowed, (), scope.own)).judge(asked)
    if verdict.skipped:
        return verdict.skipped[0].reason
    if verdict.refused and allow_public and is_public(address):
        return ""
    if not verdict.refused:
        return ""
    return "public_not_allowed" if is_public(address) else verdict.refused[0].reason


def is_public(address: str) -> bool:
    """Whether an address is one of the internet: neither private, nor of a kind that nobody may contact.

    An address that carries another one inside is neither: what it carries can be asked for by its own name.
    """
    asked = AddressSet.parse([address])
    if any(True for item in asked.ranges for _ in embedded_ipv4(item)):
        return False
    verdict = ScopeGuard(Scope(_EVERYWHERE)).judge(asked)
    return any(refused.reason == "public_not_allowed" for refused in verdict.refused)


def is_address(text: str) -> bool:
    """Whether a text is an address and no name."""
    try:
        return AddressSet.parse([text]).count == 1
    except ValueError:
        return False


def _not_found(host: str) -> CheckFailed:
    text = f"The name {host} has no address, or its name server did not answer"
    return CheckFailed("name_not_found", text, phase="dns", params={"host": host})


def _scope_unknown() -> CheckFailed:
    text = "Which networks were declared could not be read, so no check may go anywhere"
    return CheckFailed("scope_unknown", text, phase="dns")


def _forbidden(host: str, address: str, reason: str) -> CheckFailed:
    where = host if host == address else f"{host} ({address})"
    text = f"Checks may not go to {where}: {_REASONS.get(reason, 'it is in no network that was declared')}"
    params: dict[str, Param] = {"host": host, "address": address, "reason": reason}
    return CheckFailed("target_forbidden", text, phase="dns", params=params, final=True)


_REASONS = {
    "own_address": "it is this machine",
    "loopback": "it is this machine",
    "link_local": "it is a link-local address",
    "metadata": "it is a metadata service",
    "multicast": "it is a multicast address",
    "broadcast": "it is a broadcast address",
    "reserved": "it is reserved",
    "this_network": "it names no host",
    "public_not_allowed": "it is on the internet, and the monitor does not allow that",
}
