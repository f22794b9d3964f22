"""Says who is calling, from what the database knew at most a few seconds ago."""

import asyncio
import time
from datetime import datetime
from functools import partial

from backend.domain.accounts.actor import Actor, ActorKind
from backend.domain.accounts.events import AccessChanged
from backend.domain.accounts.ports import AccessTokens, Secrets
from backend.domain.accounts.session import Standing
from backend.domain.bus import EventBus
from backend.domain.clock import Clock
from backend.domain.unit_of_work import UnitOfWorkFactory

API_TOKEN_PREFIX = "lana_"  # noqa: S105 - the recognisable beginning, not a secret
MAX_LENGTH = 4096
# Revocation has to bite within five seconds, also when it was written by another process.
REMEMBERED_S = 4.0
MOST_REMEMBERED = 10_000
Key = tuple[str, int]


class CachedAuthenticator:
    """Checks a token's own proof each time, and the standing of its session or API token every few seconds.

    A change made by this process is heard of on the bus and bites at once.
    """

    def __init__(
        self, transactions: UnitOfWorkFactory, tokens: AccessTokens, secrets: Secrets, bus: EventBus, clock: Clock
    ) -> None:
        self._transactions = transactions
        self._tokens = tokens
        self._secrets = secrets
        self._clock = clock
        self._known: dict[Key, tuple[float, Standing | None]] = {}
        self._ids: dict[bytes, int] = {}
        self._asked: dict[Key, asyncio.Future[Standing | None]] = {}
        self._uses: dict[int, datetime] = {}
        bus.subscribe(AccessChanged, self._forget)

    async def authenticate(self, authorization: str | None, address: str | None) -> Actor | None:
        """The actor behind an Authorization header, or None."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not 0 < len(token) <= MAX_LENGTH or not token.isascii():
            return None
        if token.startswith(API_TOKEN_PREFIX):
            return await self._by_api_token(token, address)
        return await self._by_access_token(token, address)

    async def actor_of(
        self, session_id: int | None, api_token_id: int | None, address: str | None
    ) -> Actor | None:
        """The actor of a session or an API token that was proven another way (a WebSocket ticket)."""
        key = ("token", api_token_id) if api_token_id is not None else ("session", session_id or 0)
        standing = await self._standing(key)
        return _actor(key, standing, address) if standing else None

    async def still_valid(self, actor: Actor) -> bool:
        """Whether an actor from before would be let in again with the same rights."""
        if actor.session_id is None and actor.api_token_id is None:
            return actor.kind is ActorKind.SYSTEM
        again = await self.actor_of(actor.session_id, actor.api_token_id, actor.address)
        return again is not None and (again.user_id, again.role, again.site_ids) == (
            actor.user_id,
            actor.role,
            actor.site_ids,
        )

    def uses(self) -> dict[int, datetime]:
        """When API tokens were used since the last call of this."""
        uses, self._uses = self._uses, {}
        return uses

    def put_back(self, uses: dict[int, datetime]) -> None:
        """Take uses again that could not be written down."""
        self._uses = uses | self._uses

    async def _by_access_token(self, token: str, address: str | None) -> Actor | None:
        claims = self._tokens.read(token)
        if claims is None:
            return None
        key = ("session", claims.session_id)
        standing = await self._standing(key)
        if standing is None or (standing.user_id, standing.epoch) != (claims.user_id, claims.epoch):
            return None
        return _actor(key, standing, address)

    async def _by_api_token(self, token: str, address: str | None) -> Actor | None:
        token_hash = self._secrets.keyed_hash(token)
        token_id = self._ids.get(token_hash)
        if token_id is None:
            async with self._transactions() as work:
                token_id = await work.api_tokens.id_of(token_hash)
            if token_id is None:
                return None
            self._make_room()
            self._ids[token_hash] = token_id
        actor = await self.actor_of(None, token_id, address)
        if actor:
            self._uses[token_id] = self._clock()
        return actor

    async def _standing(self, key: Key) -> Standing | None:
        read_at, standing = self._known.get(key, (0.0, None))
        if not read_at or time.monotonic() - read_at > REMEMBERED_S:
            standing = await self._read(key)
        if standing and standing.expires_at and standing.expires_at <= self._clock():
            return None
        return standing

    async def _read(self, key: Key) -> Standing | None:
        """Ask the database; whoever asks for the same meanwhile waits for that answer instead of asking too."""
        asked = self._asked.get(key)
        if asked is None:
            asked = self._asked[key] = asyncio.ensure_future(self._ask(key))
            asked.add_done_callback(partial(self._answered, key))
        return await asyncio.shield(asked)

    async def _ask(self, key: Key) -> Standing | None:
        read_at = time.monotonic()
        async with self._transactions() as work:
            repository = work.api_tokens if key[0] == "token" else work.sessions
            standing = await repository.standing(key[1])
        # What was changed while it was read is to be read again.
        if self._asked.get(key) is asyncio.current_task():
            self._make_room()
            self._known[key] = (read_at, standing)
        return standing

    def _answered(self, key: Key, asked: "asyncio.Future[Standing | None]") -> None:
        if self._asked.get(key) is asked:
            del self._asked[key]
        if not asked.cancelled():
            asked.exception()

    def _make_room(self) -> None:
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        if len(self._ids) >= MOST_REMEMBERED:
            self._ids.clear()

    def _forget(self, event: AccessChanged) -> None:
        # Whatever is not known to be somebody else's: an answer None carries no name.
        self._asked.clear()
        self._known = {k: v for k, v in self._known.items() if v[1] and v[1].user_id != event.user_id}


def _actor(key: Key, standing: Standing, address: str | None) -> Actor:
    kind, number = key
    return Actor(
        kind=ActorKind.TOKEN if kind == "token" else ActorKind.USER,
        name=standing.username,
        role=standing.role,
        user_id=standing.user_id,
        session_id=number if kind == "session" else None,
        api_token_id=number if kind == "token" else None,
        site_ids=standing.site_ids,
        address=address,
    )
