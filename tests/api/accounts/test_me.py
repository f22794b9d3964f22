"""What people do about their own account."""

import httpx2
import pytest
from fastapi import FastAPI

from backend.bootstrap import Lanarium
from backend.main import create_app
from tests import people
from tests.people import PASSWORD, Person, add_person, client_of

ME = "/api/v1/auth/me"
NEW_PASSWORD = "orchard-copper-58-tide"


async def test_people_change_how_they_are_greeted(as_viewer: httpx2.AsyncClient) -> None:
    answer = await as_viewer.patch(ME, json={"language": "fi", "theme": "dark", "full_name": " Vera V "})
    assert answer.status_code == 200
    changed = (await as_viewer.get(ME)).json()
    assert (changed["language"], changed["theme"], changed["full_name"]) == ("fi", "dark", "Vera V")


@pytest.mark.parametrize("body", [{"language": "tlh"}, {"theme": None}, {"email": "no at"}, {"email": 3}, []])
async def test_what_cannot_be_right_is_refused(as_viewer: httpx2.AsyncClient, body: object) -> None:
    assert (await as_viewer.patch(ME, json=body)).status_code == 422


async def test_a_new_password_ends_the_other_sessions(
    app: FastAPI, client: httpx2.AsyncClient, program: Lanarium, as_viewer: httpx2.AsyncClient, viewer: Person
) -> None:
    login = {"username": "vera", "password": PASSWORD}
    other = (await client.post("/api/v1/auth/login", json=login)).json()["token"]
    change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
    assert (await as_viewer.post("/api/v1/auth/password", json=change)).status_code == 204
    assert (await client.get(ME, headers={"Authorization": f"Bearer {other}"})).status_code == 401
    assert (await client.post("/api/v1/auth/login", json=login)).status_code == 401
    renewed = await client.post(
        "/api/v1/auth/refresh",
        headers={"X-Lanarium-Refresh": "1", "Cookie": f"lanarium_refresh={viewer.refresh_token}"},
    )
    assert renewed.status_code == 200
    assert (
        await client.get(ME, headers={"Authorization": f"Bearer {renewed.json()['token']}"})
    ).status_code == 200


async def test_the_present_password_is_asked_and_guessing_it_is_throttled(as_viewer: httpx2.AsyncClient) -> None:
    change = {"current_password": "not it at all", "new_password": NEW_PASSWORD}
    answers = [await as_viewer.post("/api/v1/auth/password", json=change) for _ in range(6)]
    assert [a.status_code for a in answers] == [422] * 5 + [429]
    assert answers[0].json()["errors"][0]["field"] == "current_password"
    assert int(answers[-1].headers["retry-after"]) >= 1


async def test_a_weak_new_password_is_refused(as_viewer: httpx2.AsyncClient) -> None:
    change = {"current_password": PASSWORD, "new_password": "short"}
    answer = await as_viewer.post("/api/v1/auth/password", json=change)
    assert answer.json()["errors"][0] == {
        "field": "new_password",
        "code": "password_too_short",
        "params": {"minimum": 12},
        "detail": "Use at least 12 characters",
    }


async def test_sessions_are_listed_and_ended(
    client: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient, as_operator: httpx2.AsyncClient
) -> None:
    login = await client.post(
        "/api/v1/auth/login",
        json={"username": "vera", "password": PASSWORD},
        headers={"User-Agent": "Test/1"},
    )
    sessions = (await as_viewer.get("/api/v1/auth/sessions")).json()
    assert sessions["total"] == 2
    other = next(s for s in sessions["items"] if not s["current"])
    assert (other["user_agent"], other["address"]) == ("Test/1", "127.0.0.1")
    path = f"/api/v1/auth/sessions/{other['id']}"
    assert (await as_operator.delete(path)).status_code == 404
    assert (await as_viewer.delete(path)).status_code == 204
    assert (await as_viewer.delete(path)).status_code == 404
    headers = {"Authorization": f"Bearer {login.json()['token']}"}
    assert (await client.get(ME, headers=headers)).status_code == 401


async def test_registration_is_closed(client: httpx2.AsyncClient) -> None:
    body = {"username": "newcomer", "password": NEW_PASSWORD}
    answer = await client.post("/api/v1/auth/register", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "registration_closed")


async def test_open_registration_makes_viewers(program: Lanarium) -> None:
    from backend.bootstrap import build  # noqa: PLC0415

    settings = people.settings(program.settings.database_url, program.settings.data_dir, open_registration=True)
    opened = build(settings, loops=())
    try:
        async with client_of(create_app(opened)) as client:
            body = {"username": "newcomer", "password": NEW_PASSWORD, "email": "n@example.org"}
            answer = await client.post("/api/v1/auth/register", json=body)
            assert (answer.status_code, answer.json()["role"]) == (201, "viewer")
            admin = body | {"username": "other", "role": "admin"}
            assert (await client.post("/api/v1/auth/register", json=admin)).status_code == 422
    finally:
        await opened.stop()


async def test_an_api_token_cannot_act_for_the_person(
    app: FastAPI, program: Lanarium, as_operator: httpx2.AsyncClient
) -> None:
    made = await as_operator.post("/api/v1/api-tokens", json={"name": "script", "role": "viewer"})
    async with client_of(app) as script:
        script.headers["Authorization"] = f"Bearer {made.json()['token']}"
        assert (await script.get(ME)).json()["username"] == "otto"
        change = {"current_password": PASSWORD, "new_password": NEW_PASSWORD}
        refused = [
            await script.patch(ME, json={"theme": "dark"}),
            await script.post("/api/v1/auth/password", json=change),
            await script.post("/api/v1/auth/logout"),
            await script.delete("/api/v1/auth/sessions/1"),
            await script.post("/api/v1/api-tokens", json={"name": "more", "role": "viewer"}),
            await script.delete(f"/api/v1/api-tokens/{made.json()['id']}"),
        ]
        assert [(a.status_code, a.json()["code"]) for a in refused] == [(403, "needs_login")] * 6


async def test_the_first_admin_is_made_once_and_told(program: Lanarium) -> None:
    await program.start()
    told = program.settings.first_admin_file
    assert told.stat().st_mode & 0o777 == 0o600
    text = told.read_text()
    await program.start()
    assert told.read_text() == text
    async with client_of(create_app(program)) as client:
        import json  # noqa: PLC0415

        answer = await client.post("/api/v1/auth/login", json=json.loads(text))
        assert answer.json()["user"]["role"] == "admin"


async def test_a_known_user_means_no_first_admin(program: Lanarium) -> None:
    await add_person(program, "vera", "viewer")
    await program.start()
    assert not program.settings.first_admin_file.exists()
