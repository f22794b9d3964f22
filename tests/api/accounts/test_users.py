"""Users, as admins manage them."""

from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from tests.people import PASSWORD, Person, add_person, client_of

USERS = "/api/v1/users"
NEW = {"username": "olav", "password": "harbour-violet-93-lamp", "role": "operator"}


async def test_a_new_user_can_log_in(client: httpx2.AsyncClient, as_admin: httpx2.AsyncClient) -> None:
    made = await as_admin.post(USERS, json=NEW | {"email": "olav@example.org", "full_name": "Olav"})
    assert made.status_code == 201
    body = made.json()
    assert (body["role"], body["site_ids"], body["disabled"], body["last_login_at"]) == (
        "operator",
        [],
        False,
        None,
    )
    answer = await client.post("/api/v1/auth/login", json={"username": "olav", "password": NEW["password"]})
    assert answer.status_code == 200
    assert (await as_admin.get(f"{USERS}/{body['id']}")).json()["last_login_at"]


async def test_users_come_in_pages(as_admin: httpx2.AsyncClient, operator: Person, viewer: Person) -> None:
    first = (await as_admin.get(USERS, params={"limit": 2, "sort": "-username"})).json()
    assert [user["username"] for user in first["items"]] == ["vera", "otto"]
    assert first["total"] == 3
    second = (await as_admin.get(USERS, params={"limit": 2, "sort": "-username", "cursor": first["next"]})).json()
    assert [user["username"] for user in second["items"]] == ["ada"]
    assert second["next"] is None
    found = (await as_admin.get(USERS, params={"q": "OTT"})).json()
    assert [user["username"] for user in found["items"]] == ["otto"]
    assert (await as_admin.get(USERS, params={"sort": "password_hash"})).status_code == 422


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        (NEW | {"password": "short"}, "password", "password_too_short"),
        (NEW | {"password": "Password12345!"}, "password", "password_too_common"),
        (NEW | {"password": "olav12345678"}, "password", "password_too_common"),
        (NEW | {"username": "två ord"}, "username", "string_pattern_mismatch"),
        (NEW | {"role": "root"}, "role", "literal_error"),
        (NEW | {"role": 1}, "role", "literal_error"),
        (NEW | {"site_ids": [99]}, "site_ids", "site_not_found"),
        (NEW | {"site_ids": ["1"]}, "site_ids.0", "int_type"),
        (NEW | {"site_ids": [2**70]}, "site_ids.0", "less_than_equal"),
        (NEW | {"is_admin": True}, "is_admin", "extra_forbidden"),
        (NEW | {"full_name": "a\x00b"}, "full_name", "control_characters"),
        ({"username": "x"}, "password", "missing"),
    ],
)
async def test_bad_input_is_refused_with_its_field(
    as_admin: httpx2.AsyncClient, body: dict[str, Any], field: str, code: str
) -> None:
    answer = await as_admin.post(USERS, json=body)
    assert answer.status_code == 422
    assert (field, code) in {(e["field"], e["code"]) for e in answer.json()["errors"]}


async def test_names_and_addresses_are_taken_once(as_admin: httpx2.AsyncClient) -> None:
    assert (await as_admin.post(USERS, json=NEW | {"email": "a@b.c"})).status_code == 201
    same = await as_admin.post(USERS, json=NEW | {"username": "OLAV"})
    assert (same.status_code, same.json()["code"]) == (409, "username_taken")
    mail = await as_admin.post(USERS, json=NEW | {"username": "other", "email": "A@b.c"})
    assert (mail.status_code, mail.json()["code"]) == (409, "email_taken")


async def test_a_patch_changes_what_it_names(as_admin: httpx2.AsyncClient, viewer: Person) -> None:
    path = f"{USERS}/{viewer.user.id}"
    answer = await as_admin.patch(path, json={"role": "operator", "email": "v@example.org"})
    assert (answer.json()["role"], answer.json()["email"]) == ("operator", "v@example.org")
    answer = await as_admin.patch(path, json={"email": None})
    assert (answer.json()["role"], answer.json()["email"]) == ("operator", None)
    assert (await as_admin.patch(path, json={"role": None})).status_code == 422
    assert (await as_admin.patch(path, json={})).status_code == 200


@pytest.mark.parametrize("change", [{"role": "viewer"}, {"disabled": True}, {"site_ids": [1]}, None], ids=str)
async def test_the_last_admin_stays(
    as_admin: httpx2.AsyncClient, admin: Person, program: Lanarium, change: dict[str, Any] | None
) -> None:
    path = f"{USERS}/{admin.user.id}"
    await add_person(program, "limited", "admin", site_ids=frozenset({1}))
    answer = await (as_admin.patch(path, json=change) if change else as_admin.delete(path))
    assert (answer.status_code, answer.json()["code"]) == (409, "last_admin")
    await add_person(program, "second", "admin")
    answer = await (as_admin.patch(path, json=change) if change else as_admin.delete(path))
    assert answer.status_code in {200, 204}


async def test_a_deleted_user_is_gone_but_not_what_they_did(
    as_admin: httpx2.AsyncClient, client: httpx2.AsyncClient, operator: Person, program: Lanarium
) -> None:
    assert (await as_admin.delete(f"{USERS}/{operator.user.id}")).status_code == 204
    assert (await as_admin.get(f"{USERS}/{operator.user.id}")).status_code == 404
    assert (await client.get("/api/v1/auth/me", headers=operator.headers)).status_code == 401
    events = (await as_admin.get("/api/v1/audit-events", params={"actor": "otto"})).json()
    assert [event["action"] for event in events["items"]] == ["login"]


async def test_an_admin_of_one_site_manages_only_its_people(
    program: Lanarium, as_admin: httpx2.AsyncClient, viewer: Person
) -> None:
    async with program.engine.begin() as connection:
        other = await connection.scalar(sa.text("INSERT INTO sites (name) VALUES ('Annex') RETURNING id"))
    local = await add_person(program, "local", "admin", site_ids=frozenset({other}))
    mine = await add_person(program, "mine", "viewer", site_ids=frozenset({other}))
    app = as_admin._transport.app  # type: ignore[attr-defined]
    async with client_of(app, local) as as_local:
        seen = {user["username"] for user in (await as_local.get(USERS)).json()["items"]}
        assert seen == {"local", "mine"}
        assert (await as_local.get(f"{USERS}/{viewer.user.id}")).status_code == 404
        assert (await as_local.patch(f"{USERS}/{viewer.user.id}", json={"role": "admin"})).status_code == 404
        assert (await as_local.delete(f"{USERS}/{viewer.user.id}")).status_code == 404
        for site_ids in ([], [1], [1, other]):
            answer = await as_local.patch(f"{USERS}/{mine.user.id}", json={"site_ids": site_ids})
            assert (answer.status_code, answer.json()["code"]) == (403, "site_not_yours")
            assert (await as_local.post(USERS, json=NEW | {"site_ids": site_ids})).status_code == 403
        assert (await as_local.post(USERS, json=NEW | {"site_ids": [other]})).status_code == 201
        assert (await as_local.get("/api/v1/audit-events")).status_code == 403


async def test_changes_are_audited_without_secrets(
    as_admin: httpx2.AsyncClient, viewer: Person, program: Lanarium
) -> None:
    await as_admin.post(USERS, json=NEW)
    await as_admin.patch(
        f"{USERS}/{viewer.user.id}", json={"password": "harbour-violet-94-lamp", "role": "operator"}
    )
    events = (await as_admin.get("/api/v1/audit-events", params={"entity": "user"})).json()["items"]
    assert [(e["actor"], e["action"], e["address"]) for e in events[:2]] == [
        ("ada", "update", "127.0.0.1"),
        ("ada", "create", "127.0.0.1"),
    ]
    assert events[0]["detail"] == {"username": "vera", "role": ["viewer", "operator"], "password": "changed"}
    assert "harbour" not in str(events)
    assert PASSWORD not in str(events)
