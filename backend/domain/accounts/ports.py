"""What accounts need from outside, and what others need from accounts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.domain.accounts.actor import Actor


class Authenticator(Protocol):
    """Says who is calling."""

    async def authenticate(self, authorization: str | None, address: str | None) -> Actor | None:
        """The actor behind an Authorization header: `Bearer` with an access token or an API token.

        None when there is no such header, or when it proves nothing (expired, revoked, forged, disabled).
        `address` is kept in the actor for the audit log.
        """
        ...

    async def still_valid(self, actor: Actor) -> bool:
        """Whether an actor from before would be let in again with the same rights; for connections that last."""
        ...


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says, once its signature is known to be ours and its time not over."""

    user_id: int
    session_id: int
    epoch: int


class AccessTokens(Protocol):
    """Makes and reads access tokens."""

    def issue(self, claims: AccessClaims, now: datetime, expires_at: datetime) -> str:
        """A signed token."""
        ...

    def read(self, token: str) -> AccessClaims | None:
        """What a token says; None for anything that is not a valid access token of ours."""
        ...


class Secrets(Protocol):
    """Random values, and the hashes under which they are kept."""

    def random(self) -> str:
        """256 bits that nobody can guess, as text."""
        ...

    def hash(self, value: str) -> bytes:
        """The hash of a random value."""
        ...

    def keyed_hash(self, value: str) -> bytes:
        """A hash that cannot be computed without our key."""
        ...

    def successor(self, refresh_token: str) -> str:
        """The refresh token that follows this one; only we can tell."""
        ...


class FirstAdminNotice(Protocol):
    """Brings the first admin's generated password to whoever started Lanarium."""

    def hand_over(self, username: str, password: str) -> None:
        """Leave it where only they can read it."""
        ...

    def take_back(self) -> None:
        """Remove it again: the admin was not made after all."""
        ...


class RateLimiter(Protocol):
    """Counts calls by caller."""

    async def wait(self, caller: str) -> int:
        """Count one call; answers in how many seconds the next may come, 0 for at once."""
        ...
