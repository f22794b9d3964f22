"""Programs that do with people what the catalogue's products did, so that our checks have something to see."""

import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any, cast

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse
from jose import jwt
from jose.exceptions import JOSEError
from starlette.requests import HTTPConnection

from backend.api.deps import Services, Work
from backend.api.policy import Viewer
from backend.domain.accounts.actor import Actor
from backend.domain.accounts.authenticator import CachedAuthenticator
from backend.domain.accounts.keys import TicketService
from backend.domain.accounts.ports import AccessClaims
from backend.domain.accounts.session import Standing, Ticket
from backend.domain.accounts.user import UserChanges
from backend.infra.security.passwords import Argon2Hasher
from backend.infra.security.tokens import AUDIENCE, ISSUER


def open_settings(app: FastAPI, done: list[str]) -> None:
    """A01: a settings route that somebody forgot to guard, and that keeps a command for a scheduler."""
    router = APIRouter()

    @router.post("/api/v1/settings")
    async def save(command: str = "id") -> dict[str, str]:
        done.append(command)
        return {"saved": command}

    app.include_router(router)


def checked_by_redirect(app: FastAPI, done: list[str]) -> None:
    """A31: the check answers with a redirect, and the work is done all the same."""
    router = APIRouter()

    @router.delete("/api/v1/everything")
    async def wipe(request: Request) -> RedirectResponse:
        redirect = RedirectResponse("/login")
        done.append("wiped")
        return redirect

    app.include_router(router)


class HastyHasher(Argon2Hasher):
    """A32: says no at once for a name that nobody has."""

    async def verify(self, password: str, hashed: str | None) -> bool:
        """No work without a hash."""
        return hashed is not None and await super().verify(password, hashed)


class TrustingTokens:
    """A33: lets the token say how it was signed."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def read(self, token: str) -> AccessClaims | None:
        """Whatever the token says."""
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") == "HS256":
                said = jwt.decode(token, self._secret, algorithms=["HS256"], audience=AUDIENCE, issuer=ISSUER)
            else:
                payload = token.split(".")[1]
                said = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
            return AccessClaims(int(said["sub"]), int(said["sid"]), int(said["epoch"]))
        except (JOSEError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None


class TypeBlindTokens(TrustingTokens):
    """A34: takes every token that is signed by us, whatever it is for."""

    def read(self, token: str) -> AccessClaims | None:
        """Look at the signature only."""
        try:
            options = {"verify_aud": False}
            said = jwt.decode(token, self._secret, algorithms=["HS256"], options=options)
            return AccessClaims(int(said["sub"]), int(said["sid"]), int(said["epoch"]))
        except (JOSEError, ValueError, KeyError, TypeError):
            return None


class ForgetfulAuthenticator(CachedAuthenticator):
    """A36: asks the database about a session once, and never again."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._ever: dict[tuple[str, int], Standing | None] = {}

    async def _standing(self, key: tuple[str, int]) -> Standing | None:
        if key not in self._ever:
            self._ever[key] = await super()._standing(key)
        return self._ever[key]


def mass_assignment(app: FastAPI) -> None:
    """A37: takes every field that is sent for a column."""
    router = APIRouter()

    @router.patch("/api/v1/auth/me-too")
    async def patch(request: Request, actor: Viewer, work: Work) -> dict[str, bool]:
        sent = await request.json()
        known = {name: value for name, value in sent.items() if name in {"role", "full_name", "disabled"}}
        await work.users.change(actor.user_id or 0, cast(UserChanges, known), None, end=False)
        return {"ok": True}

    app.include_router(router)


def forgotten_object_check(app: FastAPI) -> None:
    """A38: one route of a family that looks at the role, and not at whose thing it is."""
    router = APIRouter()

    @router.delete("/api/v1/sessions/{session_id}")
    async def end(session_id: int, actor: Viewer, work: Work, services: Services) -> dict[str, bool]:
        found = await work.sessions.get(session_id)
        if found:
            await work.sessions.revoke(session_id, "asked", found.created_at)
        return {"ok": True}

    app.include_router(router)


def first_of_forwarded(peer: str | None, forwarded_for: str, trusted: object) -> str | None:
    """A39: believes whatever the client put first."""
    return forwarded_for.partition(",")[0].strip() or peer


class LastingTickets(TicketService):
    """A41: a ticket can be used again."""

    async def redeem(self, text: str, address: str | None) -> Actor | None:
        """Put it back after use."""
        actor = await super().redeem(text, address)
        if actor:
            async with self._transactions() as work:
                ticket = Ticket(actor.user_id or 0, actor.session_id, actor.api_token_id)
                await work.tickets.add(self._secrets.hash(text), ticket, self._clock().replace(year=2999))
                await work.commit()
        return actor


def origin_by_prefix(connection: HTTPConnection, public_origin: str = "") -> bool:
    """A41: compares beginnings, so that ours.evil.example is ours."""
    return not connection.headers.get("origin", "").startswith(f"https://{connection.headers['host']}")


def careless_browser_rules(app: FastAPI) -> None:
    """A42: reflects the origin, reads JSON from text/plain, and sets a cookie that every page may send."""

    async def rules(request: Request, call_next: Callable[[Request], Awaitable[JSONResponse]]) -> JSONResponse:
        if request.headers.get("content-type") == "text/plain":
            request.scope["headers"] = [
                (name, b"application/json" if name == b"content-type" else value)
                for name, value in request.scope["headers"]
            ]
        answer = await call_next(request)
        answer.headers["Access-Control-Allow-Origin"] = request.headers.get("origin", "*")
        answer.set_cookie("lanarium_refresh", "x")
        return answer

    app.middleware("http")(rules)
