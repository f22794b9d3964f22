"""Logins that last, and what they prove: sessions, API tokens, WebSocket tickets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backend.domain.accounts.actor import Role
from backend.domain.page import Page, PageRequest


@dataclass(frozen=True, slots=True)
class Session:
    """One login: a family of refresh tokens of which only the newest counts."""

    id: int
    user_id: int
    token_hash: bytes
    previous_hash: bytes | None
    rotated_at: datetime
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    address: str | None
    user_agent: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a session or an API token is worth at this moment."""

    user_id: int
    username: str
    role: Role
    site_ids: frozenset[int]
    epoch: int
    expires_at: datetime | None
    api_token_name: str | None = None


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A key for scripts: may as much as its role and its owner's, on its sites and its owner's."""

    id: int
    user_id: int
    username: str
    name: str
    role: Role
    prefix: str
    site_ids: frozenset[int]
    expires_at: datetime | None
    last_used_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewApiToken:
    """What a person says about a key that they want."""

    name: str
    role: Role
    site_ids: frozenset[int]
    expires_in_days: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose WebSocket a ticket opens."""

    user_id: int
    session_id: int | None
    api_token_id: int | None


class SessionRepository(Protocol):
    """Sessions in the storage; refresh tokens are known by their hash only."""

    async def open(
        self, user_id: int, token_hash: bytes, *, at: datetime, until: datetime, address: str | None, agent: str
    ) -> int:
        """Keep a new session; answers its id."""
        ...

    async def by_token(self, token_hash: bytes) -> Session | None:
        """The session whose present or previous refresh token this is, locked."""
        ...

    async def of_spent_token(self, token_hash: bytes) -> Session | None:
        """The session that once had this refresh token, locked."""
        ...

    async def get(self, session_id: int) -> Session | None:
        """One session, ended or not."""
        ...

    async def rotate(self, session: Session, token_hash: bytes, at: datetime) -> None:
        """Put a new refresh token in the place of the present one, and remember that that is spent."""
        ...

    async def revoke(self, session_id: int, reason: str, at: datetime) -> None:
        """End one session."""
        ...

    async def revoke_all(self, user_id: int, reason: str, at: datetime, keep: int | None = None) -> int:
        """End every session of a person but one; answers how many."""
        ...

    async def open_of(self, user_id: int, now: datetime, idle_since: datetime) -> list[Session]:
        """The open sessions of a person, newest use first."""
        ...

    async def standing(self, session_id: int) -> Standing | None:
        """What a session is worth; None when it is revoked or its person disabled."""
        ...

    async def was_at(self, user_id: int, address: str, since: datetime) -> bool:
        """Whether that person logged in from that address lately."""
        ...

    async def prune(self, now: datetime) -> None:
        """Forget sessions that ended a month ago."""
        ...


class ApiTokenRepository(Protocol):
    """API tokens in the storage, known by their keyed hash only."""

    async def add(
        self, user_id: int, new: NewApiToken, prefix: str, token_hash: bytes, expires_at: datetime
    ) -> ApiToken:
        """Keep a new token."""
        ...

    async def get(self, token_id: int) -> ApiToken | None:
        """One token that is not revoked."""
        ...

    async def page(self, user_id: int | None, request: PageRequest) -> Page[ApiToken]:
        """Tokens of one person or of all, newest first."""
        ...

    async def revoke(self, token_id: int, at: datetime) -> None:
        """End one token."""
        ...

    async def id_of(self, token_hash: bytes) -> int | None:
        """The token with this hash, revoked or not."""
        ...

    async def standing(self, token_id: int) -> Standing | None:
        """What a token is worth; None when it is revoked, its person disabled, or no site is left to it."""
        ...

    async def note_use(self, uses: dict[int, datetime]) -> None:
        """Write down when tokens were last used."""
        ...


class TicketRepository(Protocol):
    """WebSocket tickets in the storage, known by their hash only."""

    async def add(self, ticket_hash: bytes, ticket: Ticket, expires_at: datetime) -> None:
        """Keep a ticket."""
        ...

    async def take(self, ticket_hash: bytes, now: datetime) -> Ticket | None:
        """Use up a ticket; None when there is none, or it is too old."""
        ...

    async def prune(self, now: datetime) -> None:
        """Forget tickets that are too old."""
        ...
