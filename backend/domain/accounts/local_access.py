"""Tokens for commands on the machine itself: whoever can read the signing key could make them anyway."""

from datetime import timedelta

from backend.domain.accounts.actor import Role
from backend.domain.accounts.ports import AccessClaims, AccessTokens, Secrets
from backend.domain.accounts.user import User, UserFilter
from backend.domain.clock import Clock
from backend.domain.errors import NotFound
from backend.domain.page import MAX_LIMIT, PageRequest
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

TOKEN_LIFETIME = timedelta(minutes=30)
SESSION_LIFETIME = timedelta(days=7)
AGENT = "lanarium on this machine"


class LocalAccess:
    """One session of the first admin, seen in their list of sessions like any other, and its tokens."""

    def __init__(
        self, transactions: UnitOfWorkFactory, tokens: AccessTokens, secrets: Secrets, clock: Clock
    ) -> None:
        self._transactions = transactions
        self._tokens = tokens
        self._secrets = secrets
        self._clock = clock
        self._claims: AccessClaims | None = None

    async def token(self) -> str:
        """A token that is good for half an hour; raises NotFound where there is no admin."""
        if self._claims is None:
            self._claims = await self._open()
        now = self._clock()
        return self._tokens.issue(self._claims, now, now + TOKEN_LIFETIME)

    async def end(self) -> None:
        """End the session, and with it every token."""
        if self._claims is None:
            return
        async with self._transactions() as work:
            await work.sessions.revoke(self._claims.session_id, "logout", self._clock())
            await work.commit()

    async def _open(self) -> AccessClaims:
        now = self._clock()
        async with self._transactions() as work:
            admin = await _first_admin(work)
            token_hash = self._secrets.hash(self._secrets.random())
            session_id = await work.sessions.open(
                admin.id, token_hash, at=now, until=now + SESSION_LIFETIME, address=None, agent=AGENT
            )
            standing = await work.sessions.standing(session_id)
            await work.commit()
        if standing is None:
            raise NotFound("The session ended at once", code="session_not_found")
        return AccessClaims(admin.id, session_id, standing.epoch)


async def _first_admin(work: UnitOfWork) -> User:
    page = await work.users.page(UserFilter(role=Role.ADMIN, disabled=False), PageRequest(MAX_LIMIT))
    everywhere = [user for user in page.items if not user.site_ids]
    if not everywhere:
        raise NotFound("There is no admin; make one with `lanarium user create`", code="user_not_found")
    return min(everywhere, key=lambda user: user.id)
