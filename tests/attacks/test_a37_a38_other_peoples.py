"""A37 and A38: nobody gives themselves rights, or touches what is somebody else's (CVE-2024-36467).

The matrix of all routes and roles is in tests/api/test_policy_matrix.py; here are people's own things.
"""

from typing import Any

import httpx2
from fastapi import FastAPI

from backend.bootstrap import Lanarium
from backend.commands.openapi import document
from tests.attacks.twins import accounts as twins
from tests.people import Person, client_of, log_in

# Every name that the document knows, and what others' products let people set.
EXTRA = {
    "is_admin": True,
    "role": "admin",
    "roles": ["admin"],
    "site_id": 1,
    "site_ids": [],
    "owner_id": 1,
    "user_id": 1,
    "id": 1,
    "username": "ada",
    "password": "orchard-copper-58-tide",
    "password_hash": "x",
    "disabled": False,
    "epoch": 99,
    "created_at": "2020-01-01T00:00:00Z",
    "last_login_at": None,
}
OWN = {"language", "theme", "email", "full_name"}


def _every_field() -> dict[str, Any]:
    import json  # noqa: PLC0415

    schemas = json.loads(document())["components"]["schemas"].values()
    names = {name for schema in schemas for name in schema.get("properties", {})}
    return dict.fromkeys(sorted(names - OWN), "admin") | EXTRA


async def _rights(program: Lanarium, person: Person) -> tuple[object, ...]:
    async with program.services.transactions() as work:
        user = await work.users.get(person.user.id)
        assert user is not None
        return (user.username, user.role, user.site_ids, user.disabled, user.epoch, user.created_at)


async def fields_that_stick(program: Lanarium, client: httpx2.AsyncClient, person: Person, path: str) -> list[str]:
    """The fields by which somebody could change what they may."""
    found = []
    for name, value in _every_field().items():
        before = await _rights(program, person)
        answer = await client.patch(path, json={"full_name": "x", name: value})
        if answer.is_success or await _rights(program, person) != before:
            found.append(name)
    return found


async def test_people_change_nothing_but_their_own_fields(
    program: Lanarium, as_viewer: httpx2.AsyncClient, viewer: Person
) -> None:
    assert await fields_that_stick(program, as_viewer, viewer, "/api/v1/auth/me") == []


async def test_the_check_sees_mass_assignment(
    app: FastAPI, program: Lanarium, as_viewer: httpx2.AsyncClient, viewer: Person
) -> None:
    twins.mass_assignment(app)
    assert "role" in await fields_that_stick(program, as_viewer, viewer, "/api/v1/auth/me-too")


async def test_lower_roles_cannot_change_anybody(
    program: Lanarium,
    as_viewer: httpx2.AsyncClient,
    as_operator: httpx2.AsyncClient,
    viewer: Person,
    admin: Person,
) -> None:
    for client in (as_viewer, as_operator):
        for who in (viewer, admin):
            before = await _rights(program, who)
            path = f"/api/v1/users/{who.user.id}"
            for body in ({"role": "admin"}, {"password": "orchard-copper-58-tide"}, {"disabled": True}):
                assert (await client.patch(path, json=body)).status_code == 403
            assert (await client.delete(path)).status_code == 403
            assert await _rights(program, who) == before


async def test_nobody_makes_an_account_without_a_login(program: Lanarium, client: httpx2.AsyncClient) -> None:
    new = {"username": "mallory", "password": "orchard-copper-58-tide"}
    for path, body in (("/users", new | {"role": "admin"}), ("/auth/register", new)):
        assert (await client.post(f"/api/v1{path}", json=body)).status_code in {401, 403}
    async with program.services.transactions() as work:
        assert await work.users.is_empty()


async def others_sessions_ended(program: Lanarium, app: FastAPI, victim: Person, thief: Person, path: str) -> int:
    """How many of the victim's sessions the thief could end."""
    async with client_of(app, victim) as own:
        ids = [session["id"] for session in (await own.get("/api/v1/auth/sessions")).json()["items"]]
    async with client_of(app, thief) as stranger:
        for session_id in ids:
            await stranger.delete(f"{path}/{session_id}")
    async with client_of(app) as own:
        own.headers.update(await log_in(program, victim))
        left = {session["id"] for session in (await own.get("/api/v1/auth/sessions")).json()["items"]}
    return len(set(ids) - left)


async def test_sessions_of_others_cannot_be_ended(
    program: Lanarium, app: FastAPI, operator: Person, viewer: Person
) -> None:
    assert await others_sessions_ended(program, app, operator, viewer, "/api/v1/auth/sessions") == 0


async def test_the_check_sees_a_route_that_forgot_whose_it_is(
    program: Lanarium, app: FastAPI, operator: Person, viewer: Person
) -> None:
    twins.forgotten_object_check(app)
    assert await others_sessions_ended(program, app, operator, viewer, "/api/v1/sessions") == 1
