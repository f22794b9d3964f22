"""Logging in, staying logged in, logging out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.domain.accounts.actor import Actor, ActorKind, Role
from backend.domain.accounts.events import AccessChanged
from backend.domain.accounts.passwords import PasswordHasher
from backend.domain.accounts.ports import AccessClaims, AccessTokens, Secrets
from backend.domain.accounts.session import Session
from backend.domain.accounts.throttle import (
    FREE_TRIES,
    FREE_TRIES_OF_ADDRESS,
    account_key,
    address_key,
    count_try,
    pair_key,
)
from backend.domain.accounts.user import User
from backend.domain.clock import Clock
from backend.domain.errors import Forbidden, NotAuthenticated, NotFound
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

# A browser that sends the same refresh token twice within this time lost an answer, or has two tabs.
GRACE = timedelta(seconds=10)
REMEMBERED_ADDRESS = timedelta(days=90)
MAX_AGENT = 255


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long things last without a new login."""

    access: timedelta = timedelta(minutes=30)
    idle: timedelta = timedelta(days=7)
    session: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a login gives: a token to call with, and the refresh token for the next one."""

    token: str
    expires_at: datetime
    refresh_token: str
    session_expires_at: datetime
    user: User


@dataclass(frozen=True, slots=True)
class Caller:
    """Where a call comes from that is not known to be anybody's yet."""

    address: str | None
    agent: str = ""


class LoginService:
    """Turns passwords into sessions, and sessions into access tokens.

    It opens its own transactions: a try is written down before its password is looked at, and no
    connection is held while a hash is computed.
    """

    def __init__(
        self,
        transactions: UnitOfWorkFactory,
        *,
        hasher: PasswordHasher,
        tokens: AccessTokens,
        secrets: Secrets,
        lifetimes: Lifetimes,
        clock: Clock,
    ) -> None:
        self._transactions = transactions
        self._hasher = hasher
        self._tokens = tokens
        self._secrets = secrets
        self._lifetimes = lifetimes
        self._clock = clock

    async def login(self, username: str, password: str, caller: Caller) -> Grant:
        """A session for whoever knows the password.

        Raises Throttled before the password is looked at, and NotAuthenticated for a wrong name, a wrong
        password and a disabled account alike, after the same work.
        """
        async with self._transactions() as work:
            user = await work.users.by_username(username)
            hashed = await work.users.password_hash(user.id) if user else None
            key = await self._count_try(work, user, username, caller)
            await work.commit()
        matches = await self._hasher.verify(password, hashed)
        if user is None or hashed is None or user.disabled or not matches:
            await self._note_failure(user, username, caller)
            raise NotAuthenticated("Wrong username or password", code="wrong_credentials")
        renewed = await self._hasher.hash(password) if self._hasher.is_outdated(hashed) else None
        async with self._transactions() as work:
            grant = await self._open(work, user.id, hashed, renewed, caller)
            await work.throttles.clear(key)
            await work.commit()
        return grant

    async def refresh(self, refresh_token: str, caller: Caller) -> Grant:
        """A new access token and the next refresh token for an open session.

        Raises NotAuthenticated; for a token that was used up longer ago than the grace, the session ends.
        """
        token_hash = self._secrets.hash(refresh_token)
        async with self._transactions() as work:
            session = await work.sessions.by_token(token_hash)
            if session is None or not self._is_current(session, token_hash):
                await self._end_if_stolen(work, session, token_hash, caller)
                raise NotAuthenticated("The session is over; log in again", code="session_over")
            user = await self._user_of(work, session)
            following = self._secrets.successor(refresh_token)
            if session.token_hash == token_hash:
                await work.sessions.rotate(session, self._secrets.hash(following), self._clock())
            await work.commit()
        return self._grant(user, session.id, following, session.expires_at)

    async def logout(self, work: UnitOfWork, actor: Actor) -> None:
        """End the session of this call; raises Forbidden for an API token, which has none."""
        session_id = own_session(actor)
        await work.sessions.revoke(session_id, "logout", self._clock())
        await work.audit.record(actor, "logout", "session", session_id)
        work.collect(AccessChanged(actor.user_id or 0))

    async def sessions(self, work: UnitOfWork, actor: Actor) -> list[Session]:
        """The open sessions of whoever calls."""
        now = self._clock()
        return await work.sessions.open_of(actor.user_id or 0, now, now - self._lifetimes.idle)

    async def end_session(self, work: UnitOfWork, actor: Actor, session_id: int) -> None:
        """End one of the caller's own sessions; raises NotFound for any other."""
        own_session(actor)
        session = await work.sessions.get(session_id)
        if session is None or session.user_id != actor.user_id or session.revoked_at:
            raise NotFound.of("session", session_id)
        await work.sessions.revoke(session_id, "ended by its person", self._clock())
        await work.audit.record(actor, "revoke", "session", session_id)
        work.collect(AccessChanged(session.user_id))

    async def _count_try(self, work: UnitOfWork, user: User | None, username: str, caller: Caller) -> str:
        """Write down one more try; answers the key under which it counts. Raises Throttled."""
        now = self._clock()
        known = user is not None and await work.sessions.was_at(
            user.id, caller.address or "", now - REMEMBERED_ADDRESS
        )
        keys = (
            {pair_key(username, caller.address): FREE_TRIES}
            if known
            else {account_key(username): FREE_TRIES, address_key(caller.address): FREE_TRIES_OF_ADDRESS}
        )
        await count_try(work.throttles, keys, now)
        return next(iter(keys))

    async def _note_failure(self, user: User | None, username: str, caller: Caller) -> None:
        actor = Actor(ActorKind.ANONYMOUS, username, Role.VIEWER, address=caller.address)
        async with self._transactions() as work:
            await work.audit.record(actor, "login_failed", "user", user.id if user else None)
            await work.commit()

    async def _open(
        self, work: UnitOfWork, user_id: int, hashed: str, renewed: str | None, caller: Caller
    ) -> Grant:
        user = await work.users.get(user_id)
        if user is None or user.disabled or await work.users.password_hash(user_id) != hashed:
            raise NotAuthenticated("Wrong username or password", code="wrong_credentials")
        now, refresh_token = self._clock(), self._secrets.random()
        until = now + self._lifetimes.session
        session_id = await work.sessions.open(
            user_id,
            self._secrets.hash(refresh_token),
            at=now,
            until=until,
            address=caller.address,
            agent=caller.agent[:MAX_AGENT],
        )
        await work.users.note_login(user_id, now, renewed)
        actor = Actor(ActorKind.USER, user.username, user.role, user_id=user_id, address=caller.address)
        await work.audit.record(actor, "login", "session", session_id)
        return self._grant(user, session_id, refresh_token, until)

    def _grant(self, user: User, session_id: int, refresh_token: str, session_expires_at: datetime) -> Grant:
        now = self._clock()
        expires_at = min(now + self._lifetimes.access, session_expires_at)
        token = self._tokens.issue(AccessClaims(user.id, session_id, user.epoch), now, expires_at)
        return Grant(token, expires_at, refresh_token, session_expires_at, user)

    def _is_current(self, session: Session, token_hash: bytes) -> bool:
        now = self._clock()
        if session.revoked_at or session.expires_at <= now or session.last_used_at + self._lifetimes.idle <= now:
            return False
        return session.token_hash == token_hash or now - session.rotated_at <= GRACE

    async def _end_if_stolen(
        self, work: UnitOfWork, session: Session | None, token_hash: bytes, caller: Caller
    ) -> None:
        """Whoever shows a used-up token has stolen it or was stolen from: nobody keeps the session."""
        reused = session or await work.sessions.of_spent_token(token_hash)
        if reused is None or reused.revoked_at or reused.token_hash == token_hash:
            return
        await work.sessions.revoke(reused.id, "refresh token reused", self._clock())
        user = await work.users.get(reused.user_id)
        name = user.username if user else "unknown"
        actor = Actor(ActorKind.ANONYMOUS, name, Role.VIEWER, user_id=reused.user_id, address=caller.address)
        await work.audit.record(actor, "refresh_reused", "session", reused.id)
        work.collect(AccessChanged(reused.user_id))
        await work.commit()

    async def _user_of(self, work: UnitOfWork, session: Session) -> User:
        user = await work.users.get(session.user_id)
        if user is None or user.disabled:
            raise NotAuthenticated("The session is over; log in again", code="session_over")
        return user


def own_session(actor: Actor) -> int:
    """The session of a person who logged in; raises Forbidden for an API token."""
    if actor.session_id is None:
        raise Forbidden("An API token cannot do this; log in with a password", code="needs_login")
    return actor.session_id
