"""Who may call a route: each route declares it, and a test fails the build for one that does not.

    @router.get("/things", dependencies=[public()])          anybody
    async def things(actor: Viewer): ...                     any role, and the actor who calls
    async def create(actor: Operator, work: Work): ...       operator or admin
    async def users(actor: Admin): ...                       admin only
    @router.websocket("/ws", dependencies=[by_ticket(Role.VIEWER)])   own pages, and a ticket first

The role is checked on the session as it is in the database not longer than five seconds ago.
"""

from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from typing import Annotated, Any

from fastapi import Depends, Request, WebSocketException
from starlette.requests import HTTPConnection

from backend.api.deps import Services
from backend.api.origin import is_foreign
from backend.api.services import Services as ServiceSet
from backend.domain.accounts.actor import Actor, Role
from backend.domain.accounts.throttle import network_of
from backend.domain.errors import Forbidden, NotAuthenticated, Throttled

CLOSE_FORBIDDEN, CLOSE_BUSY = 4403, 1013
Check = Callable[..., Awaitable[Actor | None]]


def _declare(check: Check, needed: Role | None) -> Check:
    check.policy = needed.value if needed else "public"  # type: ignore[attr-defined]
    return check


def requires(needed: Role) -> Check:
    """A dependency that answers the actor, or refuses: 401 for nobody, 403 for too small a role."""

    async def check(request: Request, services: Services) -> Actor:
        address = client_address(request)
        actor = await services.authenticator.authenticate(request.headers.get("authorization"), address)
        await _count(services, actor, address)
        if actor is None:
            raise NotAuthenticated("Log in first, or send an API token")
        if not actor.role.covers(needed):
            raise Forbidden(
                f"This needs the role {needed}; yours is {actor.role}",
                code="role_too_small",
                params={"needed": needed.value, "role": actor.role.value},
            )
        return actor

    return _declare(check, needed)


async def _count(services: ServiceSet, actor: Actor | None, address: str | None) -> None:
    """Refuse callers who call too often: people and tokens by themselves, everybody else by address."""
    accounts = services.accounts
    if actor is None:
        wait = await accounts.strangers_rate.wait(network_of(address))
    else:
        wait = await accounts.members_rate.wait(f"{actor.kind}:{actor.api_token_id or actor.user_id}")
    if wait:
        raise Throttled(f"Too many requests; go on in {wait} s", code="rate_limited", params={"retry_after": wait})


async def _anybody(request: Request, services: Services) -> None:
    await _count(services, None, client_address(request))


_declare(_anybody, None)


def public() -> Any:
    """Marks a route that needs no login."""
    return Depends(_anybody)


def by_ticket(needed: Role) -> Any:
    """Marks a WebSocket: another site's page is refused before it opens.

    `stream.converse` then asks for a ticket of somebody with that role.
    """

    async def check(connection: HTTPConnection, services: Services) -> None:
        if is_foreign(connection, services.accounts.public_origin):
            raise WebSocketException(code=CLOSE_FORBIDDEN, reason="foreign_origin")
        if await services.accounts.strangers_rate.wait(network_of(client_address(connection))):
            raise WebSocketException(code=CLOSE_BUSY, reason="rate_limited")

    check.policy = f"ticket:{needed.value}"  # type: ignore[attr-defined]
    return Depends(check)


def client_address(connection: HTTPConnection) -> str | None:
    """Where the call came from, as `client_address.py` found out; None when that is no address."""
    try:
        return str(ip_address(connection.client.host)) if connection.client else None
    except ValueError:
        return None


Viewer = Annotated[Actor, Depends(requires(Role.VIEWER))]
Operator = Annotated[Actor, Depends(requires(Role.OPERATOR))]
Admin = Annotated[Actor, Depends(requires(Role.ADMIN))]
