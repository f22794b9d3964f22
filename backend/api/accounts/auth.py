"""Logging in, staying logged in, and what people do about their own account."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Header, Request, Response

from backend.api.accounts import schemas
from backend.api.deps import Services, Work
from backend.api.errors import responses
from backend.api.fields import Id
from backend.api.origin import refuse_foreign
from backend.api.paging import Listing
from backend.api.policy import Viewer, client_address, public
from backend.domain.accounts.actor import Role
from backend.domain.accounts.login import Caller, Grant
from backend.domain.accounts.user import NewUser
from backend.domain.errors import Forbidden, NotAuthenticated

router = APIRouter(prefix="/auth", tags=["auth"])
COOKIE = "lanarium_refresh"
COOKIE_PATH = "/api"
RefreshCookie = Annotated[str | None, Cookie(alias=COOKIE, max_length=128, include_in_schema=False)]
RefreshHeader = Annotated[
    str | None, Header(max_length=16, description="Must be `1`: pages of other sites cannot send it")
]


@router.post("/login", dependencies=[public()], responses=responses(401, 429, 503))
async def login(
    body: schemas.LoginRequest, request: Request, response: Response, services: Services
) -> schemas.Login:
    """Log in with a password: answers an access token, and sets the cookie that renews it."""
    grant = await services.accounts.logins.login(body.username, body.password, _caller(request))
    return _granted(response, grant)


@router.post("/refresh", dependencies=[public()], responses=responses(401, 403, 429))
async def refresh(
    request: Request,
    response: Response,
    services: Services,
    lanarium_refresh: RefreshCookie = None,
    x_lanarium_refresh: RefreshHeader = None,
) -> schemas.Login:
    """A new access token for the session in the cookie, which gets a new value too."""
    if x_lanarium_refresh != "1":
        raise Forbidden("Send the header X-Lanarium-Refresh: 1", code="refresh_header_missing")
    refuse_foreign(request, services.accounts.public_origin)
    if not lanarium_refresh:
        raise NotAuthenticated("There is no session to renew; log in", code="session_over")
    grant = await services.accounts.logins.refresh(lanarium_refresh, _caller(request))
    return _granted(response, grant)


@router.post("/logout", status_code=204, responses=responses(401, 403, 429))
async def logout(actor: Viewer, work: Work, services: Services, response: Response) -> None:
    """End this session, on every device that shares it."""
    await services.accounts.logins.logout(work, actor)
    response.delete_cookie(COOKIE, path=COOKIE_PATH, secure=True, httponly=True, samesite="strict")


@router.post("/register", status_code=201, dependencies=[public()], responses=responses(403, 409, 429, 503))
async def register(body: schemas.Registration, request: Request, work: Work, services: Services) -> schemas.User:
    """Make an account for yourself, as a viewer; closed unless the setting opens it."""
    new = NewUser(body.username, body.password, Role.VIEWER, body.email)
    return schemas.user(await services.accounts.people.register(work, new, client_address(request)))


@router.get("/me", responses=responses(401, 404, 429))
async def me(actor: Viewer, work: Work, services: Services) -> schemas.User:
    """Who you are."""
    return schemas.user(await services.accounts.people.me(work, actor))


@router.patch("/me", responses=responses(401, 403, 404, 409, 429))
async def change_me(body: schemas.ProfileChanges, actor: Viewer, work: Work, services: Services) -> schemas.User:
    """Change your language, theme, name or e-mail address."""
    return schemas.user(await services.accounts.people.change_me(work, actor, body.changes()))


@router.post("/password", status_code=204, responses=responses(401, 403, 404, 429, 503))
async def change_password(body: schemas.PasswordChange, actor: Viewer, work: Work, services: Services) -> None:
    """Choose a new password; your other sessions end, and this one renews its access token."""
    await services.accounts.people.change_password(work, actor, body.current_password, body.new_password)


@router.get("/sessions", responses=responses(401, 429))
async def sessions(actor: Viewer, work: Work, services: Services) -> Listing[schemas.Session]:
    """Where you are logged in."""
    found = await services.accounts.logins.sessions(work, actor)
    items = [
        schemas.Session.model_validate(one).model_copy(update={"current": one.id == actor.session_id})
        for one in found
    ]
    return Listing[schemas.Session](items=items, total=len(items), next=None)


@router.delete("/sessions/{session_id}", status_code=204, responses=responses(401, 403, 404, 429))
async def end_session(session_id: Id, actor: Viewer, work: Work, services: Services) -> None:
    """Log one of your sessions out."""
    await services.accounts.logins.end_session(work, actor, session_id)


@router.post("/ws-ticket", responses=responses(401, 429))
async def ws_ticket(actor: Viewer, work: Work, services: Services) -> schemas.Ticket:
    """A ticket for one WebSocket: send it as `{"type": "auth", "ticket": …}` in the first message."""
    text, expires_at = await services.accounts.tickets.issue(work, actor)
    return schemas.Ticket(ticket=text, expires_at=expires_at)


def _caller(request: Request) -> Caller:
    agent = "".join(c for c in request.headers.get("user-agent", "") if c.isprintable())
    return Caller(client_address(request), agent)


def _granted(response: Response, grant: Grant) -> schemas.Login:
    response.set_cookie(
        COOKIE,
        grant.refresh_token,
        expires=grant.session_expires_at,
        path=COOKIE_PATH,
        secure=True,
        httponly=True,
        samesite="strict",
    )
    return schemas.Login(token=grant.token, expires_at=grant.expires_at, user=schemas.user(grant.user))
