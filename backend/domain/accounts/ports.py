"""What accounts need from outside."""

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
