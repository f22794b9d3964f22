"""R13: every route and WebSocket against every kind of caller; nobody gets in who should not.

The expectation comes from the policy that a route declares, and the declared policies are compared with
`policy.json`, so that nobody changes who may do what without it being seen.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import APIRouter, FastAPI

from backend.bootstrap import Lanarium
from backend.domain.accounts.actor import Role
from backend.domain.accounts.ports import AccessClaims
from backend.domain.clock import utc_now
from backend.infra.security.tokens import JwtAccessTokens
from tests.api.policies import CHECKED_IN, Route, is_alias, routes_of, table
from tests.api.things import CANARY, MAIN_SITE, Things, make_things
from tests.people import JWT_SECRET, Person, add_person, client_of, log_in
from tests.sockets import open_socket

MISSING = "999999999"
ROLES = ("viewer", "operator", "admin")


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the matrix and what came back."""

    route: Route
    status: int
    code: str

    @property
    def let_in(self) -> bool:
        """Whether the caller got past the policy."""
        return self.status != 401 and self.code != "role_too_small"

    def __str__(self) -> str:
        return f"{self.route.name} ({self.route.policy}): {self.status} {self.code}"


async def _call(client: httpx2.AsyncClient, route: Route, path: str | None = None) -> Call:
    answer = await client.request(route.method, path or _with_missing_ids(route.path))
    is_problem = answer.headers.get("content-type", "").startswith("application/problem+json")
    return Call(route, answer.status_code, answer.json()["code"] if is_problem else "")


def _with_missing_ids(path: str) -> str:
    return "/".join(MISSING if part.startswith("{") else part for part in path.split("/"))


def _http(app: FastAPI) -> list[Route]:
    return [route for route in routes_of(app) if route.method != "WS"]


def _sockets(app: FastAPI) -> list[Route]:
    return [route for route in routes_of(app) if route.method == "WS"]


async def _bad_tokens(program: Lanarium, person: Person) -> dict[str, str]:
    """What somebody might send in the place of a valid access token."""
    now, tokens = utc_now(), JwtAccessTokens(JWT_SECRET)
    locked_out = await add_person(program, "locked-out", "admin")
    async with program.services.transactions() as work:
        admin = await add_person(program, "ticket-holder", "admin")
        actor = await program.services.authenticator.authenticate(admin.headers["Authorization"], None)
        assert actor is not None
        ticket, _ = await program.services.accounts.tickets.issue(work, actor)
        await work.users.change(locked_out.user.id, {"disabled": True}, None, end=True)
        await work.commit()
    claims = AccessClaims(person.user.id, 1, person.user.epoch)
    return {
        "expired": tokens.issue(claims, now - timedelta(hours=2), now - timedelta(seconds=1)),
        "of a session that does not exist": tokens.issue(
            AccessClaims(person.user.id, 10**9, 1), now, now + timedelta(hours=1)
        ),
        "of another epoch": tokens.issue(AccessClaims(person.user.id, 1, 10**6), now, now + timedelta(hours=1)),
        "signed by somebody else": JwtAccessTokens("k" * 40).issue(claims, now, now + timedelta(hours=1)),
        "a refresh token": person.refresh_token,
        "a WebSocket ticket": ticket,
        "of somebody disabled": locked_out.token,
        "an API token that nobody made": "lana_12345678_" + "x" * 43,
        "empty": "",
    }


def test_every_route_declares_its_policy(app: FastAPI) -> None:
    assert [route.name for route in routes_of(app) if route.policy is None] == []


def test_a_route_without_a_policy_is_noticed(app: FastAPI) -> None:
    router = APIRouter()

    @router.get("/forgotten")
    async def forgotten() -> None:
        """Somebody wrote this in a hurry."""

    app.include_router(router, prefix="/api/v1")
    assert [route.name for route in routes_of(app) if route.policy is None] == ["GET /api/v1/forgotten"]


def test_who_may_do_what_is_as_checked_in(app: FastAPI) -> None:
    written = json.loads(CHECKED_IN.read_text())
    assert table(app) == written, "read the difference, then: python -m tests.api.policies > tests/api/policy.json"


def test_the_documents_paths_have_the_same_policies(app: FastAPI) -> None:
    routes = routes_of(app)
    aliases = {route.name.replace(" /api/", " /api/v1/"): route.policy for route in routes if is_alias(route)}
    assert aliases == {route.name: route.policy for route in routes if route.path.startswith("/api/v1/")}


async def test_nobody_gets_in_without_a_login(app: FastAPI, client: httpx2.AsyncClient) -> None:
    calls = [await _call(client, route) for route in _http(app)]
    assert [
        str(c) for c in calls if c.route.policy != "public" and (c.status, c.code) != (401, "not_authenticated")
    ] == []
    assert [str(c) for c in calls if c.route.policy == "public" and c.code == "not_authenticated"] == []
    assert [str(c) for c in calls if c.status == 500] == []


async def test_nothing_else_passes_for_an_access_token(app: FastAPI, program: Lanarium, admin: Person) -> None:
    unexpected = []
    for kind, token in (await _bad_tokens(program, admin)).items():
        async with client_of(app) as client:
            client.headers["Authorization"] = f"Bearer {token}"
            calls = [await _call(client, route) for route in _http(app) if route.policy != "public"]
            unexpected += [f"{kind}: {call}" for call in calls if call.status != 401]
    assert unexpected == []


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_opens_what_it_should_and_no_more(app: FastAPI, program: Lanarium, role: str) -> None:
    person = await add_person(program, "somebody", role)
    await add_person(program, "keeper", "admin")
    unexpected = []
    for route in _http(app):
        # A session of its own for each call: some of them end it.
        headers = await log_in(program, person)
        async with client_of(app) as client:
            client.headers.update(headers)
            call = await _call(client, route)
        needed = "viewer" if route.policy == "public" else str(route.policy)
        if call.let_in != Role(role).covers(Role(needed)) or call.status == 500:
            unexpected.append(str(call))
    assert unexpected == []


async def test_an_api_token_opens_no_more_than_its_role(app: FastAPI, as_admin: httpx2.AsyncClient) -> None:
    made = await as_admin.post("/api/v1/api-tokens", json={"name": "look", "role": "viewer"})
    async with client_of(app) as client:
        client.headers["Authorization"] = f"Bearer {made.json()['token']}"
        calls = [await _call(client, route) for route in _http(app)]
    wanted = [call.route.policy in {"public", "viewer"} for call in calls]
    assert [str(call) for call, may in zip(calls, wanted, strict=True) if call.let_in != may] == []


@pytest.fixture
async def things(program: Lanarium) -> Things:
    """One of everything at the main site."""
    return await make_things(program)


@pytest.fixture
async def stranger(app: FastAPI, program: Lanarium, things: Things) -> AsyncIterator[httpx2.AsyncClient]:
    """An operator of the other site."""
    person = await add_person(program, "stranger", "operator", site_ids=frozenset({things.other_site}))
    async with client_of(app, person) as calling:
        yield calling


async def test_things_of_another_site_do_not_exist(
    app: FastAPI, as_admin: httpx2.AsyncClient, stranger: httpx2.AsyncClient, things: Things
) -> None:
    unexpected = []
    for route in _http(app):
        path = things.fill(route.path)
        if path == route.path or "{" in path or route.policy == "admin":
            continue
        answer = await stranger.request(route.method, path, json={} if route.method == "PATCH" else None)
        if answer.status_code not in {403, 404, 422} and answer.text.find('"total":0') < 0:
            unexpected.append(f"{route.name}: {answer.status_code} {answer.text[:200]}")
        if route.method == "GET" and "artifact" not in path:
            seen = await as_admin.get(path)
            assert seen.status_code == 200, f"the check of {path} proves nothing: {seen.text}"
    assert unexpected == []


async def test_nothing_of_another_site_is_ever_read(
    app: FastAPI, as_admin: httpx2.AsyncClient, stranger: httpx2.AsyncClient, things: Things
) -> None:
    leaks, shown = [], 0
    for route in _http(app):
        if route.method != "GET" or "{" in things.fill(route.path):
            continue
        path = things.fill(route.path)
        for query in ({}, {"q": CANARY}, {"site_id": MAIN_SITE}):
            if CANARY in (await stranger.get(path, params=query)).text.replace(json.dumps(query), ""):
                leaks.append(f"{path} {query}")
            shown += CANARY in (await as_admin.get(path, params=query)).text
    assert leaks == []
    has_things = any("{scan_id}" in route.path for route in _http(app))
    assert shown or not has_things, "the admin sees nothing either: the check proves nothing"


async def test_a_socket_needs_a_ticket(app: FastAPI, program: Lanarium, viewer: Person, things: Things) -> None:
    for route in _sockets(app):
        for ticket in ("", "wrong", viewer.token, viewer.refresh_token, None, 7):
            async with open_socket(app, things.fill(route.path)) as socket:
                await socket.send({"type": "auth", "ticket": ticket})
                assert await socket.until_closed() == 4401, f"{route.name} with {ticket!r}"


async def test_a_socket_refuses_other_sites_pages(app: FastAPI, things: Things) -> None:
    for route in _sockets(app):
        for origin in (
            "https://evil.example",
            "null",
            "https://lanarium.test.evil.example",
            "http://lanarium.test",
        ):
            async with open_socket(app, things.fill(route.path), origin) as socket:
                assert await socket.until_closed() == 1006, f"{route.name} from {origin}"


async def test_a_socket_shows_nothing_of_another_site(
    app: FastAPI, program: Lanarium, stranger: httpx2.AsyncClient, things: Things
) -> None:
    for route in _sockets(app):
        if "{" not in route.path:
            continue
        ticket = (await stranger.post("/api/v1/auth/ws-ticket")).json()["ticket"]
        async with open_socket(app, things.fill(route.path)) as socket:
            await socket.send({"type": "auth", "ticket": ticket})
            assert await socket.until_closed() in {4403, 4404}, route.name


async def test_the_tables_were_not_touched_by_the_strangers(
    app: FastAPI, program: Lanarium, stranger: httpx2.AsyncClient, things: Things
) -> None:
    for route in _http(app):
        path = things.fill(route.path)
        if path != route.path and route.method in {"PATCH", "DELETE", "POST"}:
            await stranger.request(route.method, path, json={"name": "stolen"})
    async with program.engine.connect() as connection:
        for name in ("networks", "projects", "scans", "devices"):
            count = await connection.scalar(
                sa.text(f"SELECT count(*) FROM {name} WHERE name = :name"), {"name": CANARY}
            )
            assert count == 1, name
