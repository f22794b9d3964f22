"""Where a check may go: one judge for every address that a monitor, a name or a redirect leads to.

Declared networks are normal, that is what Lanarium is for; public hosts only where somebody said so for this
monitor; ourselves, link-local and metadata services never. A name is resolved by us, every answer is judged, and
the check connects to the judged address and no other.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.ports import NameResolver
from backend.domain.discovery.scope import AllowedNetwork, Scope, ScopeGuard, embedded_ipv4
from backend.domain.errors import Param
from backend.domain.monitoring.collector import CheckFailed

MAX_KEPT = 100_000
_EVERYWHERE = (AllowedNetwork("0.0.0.0/0"), AllowedNetwork("::/0"))


class Egress(Protocol):
    """Answers with addresses that may be contacted."""

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        """The addresses of a host, judged; raises CheckFailed: name_not_found or target_forbidden."""
        ...


class SiteEgress:
    """Judges by the networks of one site as they are now."""

    def __init__(self, scope: Callable[[], Awaitable[Scope]], resolver: NameResolver) -> None:
        self._scope = scope
        self._resolver = resolver
        self._judged: dict[tuple[str, bool], str] = {}

    def forget(self) -> None:
        """The networks changed: judge anew."""
        self._judged.clear()

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        """Every answer must be allowed: a name that also leads to a forbidden address is a trap, not a choice."""
        answers: Sequence[str] = (host,) if is_address(host) else await self._resolver.addresses(host)
        if not answers:
            raise CheckFailed(
                "name_not_found",
                f"The name {host} has no address, or its name server did not answer",
                phase="dns",
                params={"name": host},
            )
        for address in answers:
            if reason := await self._refusal(address, allow_public=allow_public):
                raise _forbidden(host, address, reason)
        return tuple(answers)

    async def _refusal(self, address: str, *, allow_public: bool) -> str:
        """Why an address may not be contacted; empty where it may."""
        key = (address, allow_public)
        if key not in self._judged:
            if len(self._judged) >= MAX_KEPT:
                self._judged.clear()
            self._judged[key] = refusal(await self._scope(), address, allow_public=allow_public)
        return self._judged[key]


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
