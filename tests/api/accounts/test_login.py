"""Logging in, renewing and logging out, through the API."""

from datetime import UTC, datetime

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from tests.people import PASSWORD, Person

LOGIN = "/api/v1/auth/login"
REFRESH = "/api/v1/auth/refresh"
COOKIE = "lanarium_refresh"
RENEW = {"X-Lanarium-Refresh": "1"}


async def _login(client: httpx2.AsyncClient, username: str = "vera", password: str = PASSWORD) -> httpx2.Response:
    return await client.post(LOGIN, json={"username": username, "password": password})


async def _renew(client: httpx2.AsyncClient, refresh_token: str) -> httpx2.Response:
    client.cookies.clear()
    return await client.post(REFRESH, headers=RENEW | {"Cookie": f"{COOKIE}={refresh_token}"})


async def _actions(program: Lanarium) -> list[str]:
    async with program.engine.connect() as connection:
        rows = await connection.execute(sa.text("SELECT action FROM audit_events ORDER BY id"))
        return [row.action for row in rows]


async def test_login_answers_a_token_that_works(client: httpx2.AsyncClient, viewer: Person) -> None:
    answer = await _login(client, "VERA")
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) == {"token", "token_type", "expires_at", "user"}
    assert body["token_type"] == "bearer"
    minutes = (datetime.fromisoformat(body["expires_at"]) - datetime.now(UTC)).total_seconds() / 60
    assert 29 < minutes <= 30
    me = await client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {body['token']}"})
    assert me.json()["username"] == "vera"
    assert "password_hash" not in me.json()


async def test_the_documents_own_path_answers_too(client: httpx2.AsyncClient, viewer: Person) -> None:
    answer = await client.post("/api/auth/login", json={"username": "vera", "password": PASSWORD})
    assert answer.status_code == 200


async def test_wrong_password_unknown_name_and_disabled_answer_alike(
    client: httpx2.AsyncClient, as_admin: httpx2.AsyncClient, viewer: Person
) -> None:
    wrong = await _login(client, "vera", "not the password")
    unknown = await _login(client, "nobody-here")
    await as_admin.patch(f"/api/v1/users/{viewer.user.id}", json={"disabled": True})
    disabled = await _login(client)
    assert [a.status_code for a in (wrong, unknown, disabled)] == [401, 401, 401]
    assert wrong.json() == unknown.json() == disabled.json()
    assert wrong.json()["code"] == "wrong_credentials"


async def test_the_cookie_is_for_renewal_only(client: httpx2.AsyncClient, viewer: Person) -> None:
    cookie = (await _login(client)).headers["set-cookie"]
    parts = {part.strip().partition("=")[0].lower(): part.strip().partition("=")[2] for part in cookie.split(";")}
    assert {"httponly", "secure"} <= set(parts)
    assert parts["samesite"].lower() == "strict"
    assert parts["path"] == "/api"
    assert (await client.get("/api/v1/auth/me")).status_code == 401


async def test_renewal_gives_a_new_token_and_a_new_cookie(client: httpx2.AsyncClient, viewer: Person) -> None:
    first = await _login(client)
    old = client.cookies[COOKIE]
    answer = await client.post(REFRESH, headers=RENEW)
    assert answer.status_code == 200
    assert client.cookies[COOKIE] != old
    assert answer.json()["token"] != first.json()["token"]
    assert (await client.post(REFRESH, headers=RENEW)).status_code == 200


async def test_renewal_twice_at_once_gives_the_same_cookie(client: httpx2.AsyncClient, viewer: Person) -> None:
    first, second = await _renew(client, viewer.refresh_token), await _renew(client, viewer.refresh_token)
    assert first.status_code == second.status_code == 200
    assert first.cookies[COOKIE] == second.cookies[COOKIE]


async def test_reuse_after_the_grace_ends_the_session(
    client: httpx2.AsyncClient, program: Lanarium, viewer: Person
) -> None:
    renewed = (await _renew(client, viewer.refresh_token)).cookies[COOKIE]
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE sessions SET rotated_at = rotated_at - interval '11 seconds'"))
    assert (await _renew(client, viewer.refresh_token)).status_code == 401
    assert (await _renew(client, renewed)).status_code == 401
    assert (await client.get("/api/v1/auth/me", headers=viewer.headers)).status_code == 401
    assert "refresh_reused" in await _actions(program)


async def test_reuse_of_a_token_from_long_ago_ends_the_session(
    client: httpx2.AsyncClient, program: Lanarium, viewer: Person
) -> None:
    newest = viewer.refresh_token
    for _ in range(3):
        newest = (await _renew(client, newest)).cookies[COOKIE]
    assert (await _renew(client, viewer.refresh_token)).status_code == 401
    assert (await _renew(client, newest)).status_code == 401


@pytest.mark.parametrize(
    "change",
    ["expires_at = now()", "last_used_at = now() - interval '7 days'", "revoked_at = now()"],
    ids=["absolute", "idle", "revoked"],
)
async def test_a_session_that_is_over_is_not_renewed(
    client: httpx2.AsyncClient, program: Lanarium, viewer: Person, change: str
) -> None:
    async with program.engine.begin() as connection:
        await connection.execute(sa.text(f"UPDATE sessions SET {change}"))
    answer = await _renew(client, viewer.refresh_token)
    assert (answer.status_code, answer.json()["code"]) == (401, "session_over")


async def test_logout_ends_the_session(client: httpx2.AsyncClient, program: Lanarium, viewer: Person) -> None:
    assert (await client.post("/api/v1/auth/logout", headers=viewer.headers)).status_code == 204
    assert (await client.get("/api/v1/auth/me", headers=viewer.headers)).status_code == 401
    assert (await _renew(client, viewer.refresh_token)).status_code == 401
    assert "logout" in await _actions(program)


async def test_login_and_failure_are_audited(
    client: httpx2.AsyncClient, program: Lanarium, viewer: Person
) -> None:
    await _login(client)
    await _login(client, "vera", "wrong")
    assert (await _actions(program))[-2:] == ["login", "login_failed"]
