"""How long somebody who guesses passwords has to wait: longer each time, and never for ever.

    account@address   where that person logged in before: their own few mistakes, nobody else's
    account           everywhere else
    address           one address (IPv6: its /64) trying many accounts

A try counts before the password is looked at, so a thousand at the same time are no way around it. At the
limit an account has 5 free tries and then one every two minutes: about 40 an hour, wherever they come from.
"""

import hashlib
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from backend.domain.errors import Throttled

LONGEST_DELAY = timedelta(minutes=2)
FORGOTTEN_AFTER = timedelta(hours=1)
FREE_TRIES = 5
FREE_TRIES_OF_ADDRESS = 30


@dataclass(frozen=True, slots=True)
class Throttle:
    """Tries against one key since it was last quiet."""

    failures: int = 0
    blocked_until: datetime | None = None
    updated_at: datetime | None = None

    def wait(self, now: datetime) -> timedelta:
        """How long until the next try."""
        return max(self.blocked_until - now, timedelta()) if self.blocked_until else timedelta()

    def after_try(self, now: datetime, free: int) -> "Throttle":
        """The state after one more try."""
        quiet = self.updated_at is None or now - self.updated_at > FORGOTTEN_AFTER
        failures = 1 if quiet else self.failures + 1
        excess = failures - free
        pause = min(timedelta(seconds=2 ** min(excess, 20)), LONGEST_DELAY) if excess >= 0 else timedelta()
        return Throttle(failures, now + pause, now)


class ThrottleRepository(Protocol):
    """Throttles in the storage, so that a restart forgives nothing."""

    async def lock(self, key: str) -> Throttle:
        """The state of one key; nobody else sees it until the transaction ends."""
        ...

    async def save(self, key: str, throttle: Throttle) -> None:
        """Keep the state of one key."""
        ...

    async def clear(self, key: str) -> None:
        """Forget one key."""
        ...

    async def prune(self, before: datetime) -> None:
        """Forget keys that have been quiet since then."""
        ...


async def count_try(throttles: ThrottleRepository, keys: Mapping[str, int], now: datetime) -> None:
    """Write down one more try under each key, which come with their number of free tries.

    Raises Throttled when it is too soon for one; nothing is written then. The caller commits before it
    looks at the password.
    """
    states = {key: await throttles.lock(key) for key in keys}
    wait = max(state.wait(now) for state in states.values())
    if wait:
        seconds = int(wait.total_seconds()) + 1
        raise Throttled(
            f"Too many tries; try again in {seconds} s", code="login_throttled", params={"retry_after": seconds}
        )
    for key, free in keys.items():
        await throttles.save(key, states[key].after_try(now, free))


def network_of(address: str | None) -> str:
    """What counts as one origin: an IPv4 address, the /64 of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address((address or "").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def account_key(username: str) -> str:
    """The key of an account, known or not."""
    return "account:" + hashlib.sha256(username.lower().encode()).hexdigest()


def pair_key(username: str, address: str | None) -> str:
    """The key of an account at an address where its person was before."""
    return f"{account_key(username)}@{network_of(address)}"


def password_key(user_id: int) -> str:
    """The key of somebody who is logged in and asked for their present password."""
    return f"password:{user_id}"


def address_key(address: str | None) -> str:
    """The key of an address."""
    return "address:" + network_of(address)
