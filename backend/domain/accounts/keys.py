"""Keys for scripts (API tokens) and for WebSockets (tickets)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from backend.domain.accounts.actor import Actor
from backend.domain.accounts.authenticator import API_TOKEN_PREFIX, CachedAuthenticator
from backend.domain.accounts.events import AccessChanged
from backend.domain.accounts.login import own_session
from backend.domain.accounts.ports import Secrets
from backend.domain.accounts.session import ApiToken, NewApiToken, Ticket
from backend.domain.clock import Clock
from backend.domain.errors import Forbidden, Invalid, NotFound
from backend.domain.page import Page, PageRequest
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

TICKET_LIFETIME = timedelta(seconds=30)
MAX_TICKET = 128
PREFIX_LENGTH = 8


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new API token, with its text that nobody can read again."""

    token: ApiToken
    text: str


class ApiTokenService:
    """Gives out API tokens, never with more rights than whoever asks."""

    def __init__(self, secrets: Secrets, clock: Clock) -> None:
        self._secrets = secrets
        self._clock = clock

    async def create(self, work: UnitOfWork, actor: Actor, new: NewApiToken) -> IssuedToken:
        """A new token; raises Forbidden for more than one's own rights, or when a token asks for another."""
        own_session(actor)
        if not actor.role.covers(new.role):
            raise Forbidden("A token cannot have a higher role than you", code="role_too_high")
        if actor.site_ids and not (new.site_ids and new.site_ids <= actor.site_ids):
            raise Forbidden("You may only give access to your own sites", code="site_not_yours")
        missing = await work.users.missing_sites(new.site_ids)
        if missing:
            raise Invalid.for_field("site_ids", "site_not_found", f"No such site: {min(missing)}", id=min(missing))
        prefix = self._secrets.hash(self._secrets.random()).hex()[:PREFIX_LENGTH]
        text = f"{API_TOKEN_PREFIX}{prefix}_{self._secrets.random()}"
        expires_at = self._clock() + timedelta(days=new.expires_in_days)
        token = await work.api_tokens.add(
            actor.user_id or 0, new, prefix, self._secrets.keyed_hash(text), expires_at
        )
        told = {"name": new.name, "role": new.role.value, "site_ids": sorted(new.site_ids), "prefix": prefix}
        await work.audit.record(actor, "create", "api_token", token.id, told)
        return IssuedToken(token, text)

    async def page(
        self, work: UnitOfWork, actor: Actor, request: PageRequest, *, everyones: bool
    ) -> Page[ApiToken]:
        """The caller's own tokens, or everybody's; the latter is for admins of every site. Raises Forbidden."""
        if everyones and not rules_everything(actor):
            raise Forbidden("Only an admin of every site sees everybody's tokens", code="role_too_small")
        return await work.api_tokens.page(None if everyones else actor.user_id, request)

    async def revoke(self, work: UnitOfWork, actor: Actor, token_id: int) -> None:
        """End a token: one's own, or as an admin of every site anybody's. Raises NotFound."""
        own_session(actor)
        token = await work.api_tokens.get(token_id)
        if token is None or not (token.user_id == actor.user_id or rules_everything(actor)):
            raise NotFound.of("api_token", token_id)
        await work.api_tokens.revoke(token_id, self._clock())
        await work.audit.record(actor, "revoke", "api_token", token_id, {"name": token.name, "of": token.username})
        work.collect(AccessChanged(token.user_id))


class TicketService:
    """Tickets that open one WebSocket within half a minute, so that no token stands in an address."""

    def __init__(
        self, transactions: UnitOfWorkFactory, authenticator: CachedAuthenticator, secrets: Secrets, clock: Clock
    ) -> None:
        self._transactions = transactions
        self._authenticator = authenticator
        self._secrets = secrets
        self._clock = clock

    async def issue(self, work: UnitOfWork, actor: Actor) -> tuple[str, datetime]:
        """A new ticket for whoever calls, and until when it is good."""
        text, expires_at = self._secrets.random(), self._clock() + TICKET_LIFETIME
        ticket = Ticket(actor.user_id or 0, actor.session_id, actor.api_token_id)
        await work.tickets.add(self._secrets.hash(text), ticket, expires_at)
        return text, expires_at

    async def redeem(self, text: str, address: str | None) -> Actor | None:
        """Use up a ticket: the actor who got it, with the rights that they have now; None if it is no good."""
        if not 0 < len(text) <= MAX_TICKET:
            return None
        async with self._transactions() as work:
            ticket = await work.tickets.take(self._secrets.hash(text), self._clock())
            await work.commit()
        if ticket is None:
            return None
        return await self._authenticator.actor_of(ticket.session_id, ticket.api_token_id, address)


def rules_everything(actor: Actor) -> bool:
    """Whether this is an admin without a limit to sites."""
    return actor.role.value == "admin" and not actor.site_ids
