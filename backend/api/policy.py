"""Who may call a route: each route declares it, and a test fails the build for one that does not.

    @router.get("/things", dependencies=[public()])          anybody
    async def things(actor: Viewer): ...                     any role, and the actor who calls
    async def create(actor: Operator, work: Work): ...       operator or admin
    async def users(actor: Admin): ...                       admin only

The role is checked on the session as it is in the database not longer than five seconds ago.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import Depends, Request

from backend.api.deps import Services
from backend.domain.accounts.actor import Actor, Role
from backend.domain.errors import Forbidden, NotAuthenticated

Check = Callable[..., Awaitable[Actor | None]]


def _declare(check: Check, needed: Role | None) -> Check:
    check.policy = needed.value if needed else "public"  # type: ignore[attr-defined]
    return check


def requires(needed: Role) -> Check:
    """A dependency that answers the actor, or refuses: 401 for nobody, 403 for too small a role."""

    async def check(request: Request, services: Services) -> Actor:
        actor = await services.authenticator.authenticate(
            request.headers.get("authorization"), client_address(request)
        )
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


async def _anybody() -> None:
    return None


_declare(_anybody, None)


def public() -> Any:
    """Marks a route that needs no login."""
    return Depends(_anybody)


def client_address(request: Request) -> str | None:
    """Where the call came from: what our nginx says, since nobody else reaches the application's socket."""
    return request.client.host if request.client else None


Viewer = Annotated[Actor, Depends(requires(Role.VIEWER))]
Operator = Annotated[Actor, Depends(requires(Role.OPERATOR))]
Admin = Annotated[Actor, Depends(requires(Role.ADMIN))]
