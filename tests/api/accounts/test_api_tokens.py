"""API tokens and WebSocket tickets, through the API."""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from backend.bootstrap import Lanarium
from backend.domain.accounts.authenticator import CachedAuthenticator
from backend.domain.accounts.keeper import AccountsKeeper
from backend.domain.clock import utc_now
from tests.people import Person, add_person, client_of

TOKENS = "/api/v1/api-tokens"
ME = "/api/v1/auth/me"


async def _make(client: httpx2.AsyncClient, role: str = "viewer", **more: object) -> dict[str, object]:
    answer = await client.post(TOKENS, json={"name": "script", "role": role, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()  # type: ignore[no-any-return]


def _bearer(token: object) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def test_a_token_is_shown_once_and_works(
    client: httpx2.AsyncClient, as_operator: httpx2.AsyncClient
) -> None:
    made = await _make(as_operator)
    assert str(made["token"]).startswith(f"lana_{made['prefix']}_")
    days = (datetime.fromisoformat(str(made["expires_at"])) - datetime.now(UTC)).days
    assert days in {89, 90}
    listed = (await as_operator.get(TOKENS)).json()["items"]
    assert listed == [{k: v for k, v in made.items() if k != "token"}]
    assert (await client.get(ME, headers=_bearer(made["token"]))).json()["username"] == "otto"


async def test_the_secret_is_nowhere_in_the_database(program: Lanarium, as_operator: httpx2.AsyncClient) -> None:
    secret = str((await _make(as_operator))["token"]).rpartition("_")[2]
    async with program.engine.connect() as connection:
        for table in ("api_tokens", "audit_events"):
            rows = await connection.execute(sa.text(f"SELECT t::text FROM {table} t"))
            assert not any(secret in row[0] for row in rows)


async def test_a_token_has_at_most_its_makers_role(as_viewer: httpx2.AsyncClient) -> None:
    answer = await as_viewer.post(TOKENS, json={"name": "x", "role": "operator"})
    assert (answer.status_code, answer.json()["code"]) == (403, "role_too_high")


async def test_a_token_never_exceeds_what_its_person_has_now(
    client: httpx2.AsyncClient, as_admin: httpx2.AsyncClient, program: Lanarium, app: FastAPI
) -> None:
    second = await add_person(program, "second", "admin")
    async with client_of(app, second) as as_second:
        token = (await _make(as_second, "admin"))["token"]
    assert (await client.get("/api/v1/users", headers=_bearer(token))).status_code == 200
    await as_admin.patch(f"/api/v1/users/{second.user.id}", json={"role": "viewer"})
    assert (await client.get("/api/v1/users", headers=_bearer(token))).status_code == 403
    await as_admin.patch(f"/api/v1/users/{second.user.id}", json={"disabled": True})
    assert (await client.get(ME, headers=_bearer(token))).status_code == 401


@pytest.mark.parametrize("days", [0, 366, -1, "90", None, 1.5])
async def test_a_token_ends_within_a_year(as_viewer: httpx2.AsyncClient, days: object) -> None:
    body = {"name": "x", "role": "viewer", "expires_in_days": days}
    assert (await as_viewer.post(TOKENS, json=body)).status_code == 422


async def test_an_expired_or_revoked_token_is_refused(
    client: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient, program: Lanarium
) -> None:
    made, other = await _make(as_viewer), await _make(as_viewer)
    assert (await client.get(ME, headers=_bearer(made["token"]))).status_code == 200
    assert (await as_viewer.delete(f"{TOKENS}/{made['id']}")).status_code == 204
    assert (await client.get(ME, headers=_bearer(made["token"]))).status_code == 401
    assert (await as_viewer.delete(f"{TOKENS}/{made['id']}")).status_code == 404
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE api_tokens SET expires_at = now()"))
    assert (await client.get(ME, headers=_bearer(other["token"]))).status_code == 401


async def test_people_see_and_end_only_their_own(
    as_admin: httpx2.AsyncClient, as_operator: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient
) -> None:
    made = await _make(as_operator)
    assert (await as_viewer.get(TOKENS)).json()["total"] == 0
    assert (await as_viewer.get(TOKENS, params={"all": True})).status_code == 403
    assert (await as_viewer.delete(f"{TOKENS}/{made['id']}")).status_code == 404
    everybodys = (await as_admin.get(TOKENS, params={"all": True})).json()
    assert [token["username"] for token in everybodys["items"]] == ["otto"]
    assert (await as_admin.delete(f"{TOKENS}/{made['id']}")).status_code == 204


async def test_sites_of_a_token_are_within_its_makers(program: Lanarium, app: FastAPI) -> None:
    async with program.engine.begin() as connection:
        annex = await connection.scalar(sa.text("INSERT INTO sites (name) VALUES ('Annex') RETURNING id"))
    local = await add_person(program, "local", "operator", site_ids=frozenset({annex}))
    async with client_of(app, local) as as_local:
        for sites in ([], [1], [1, annex]):
            body = {"name": "x", "role": "viewer", "site_ids": sites}
            assert (await as_local.post(TOKENS, json=body)).json()["code"] == "site_not_yours"
        assert (await _make(as_local, site_ids=[annex]))["site_ids"] == [annex]


async def test_a_token_whose_sites_were_taken_away_is_worth_nothing(
    program: Lanarium, app: FastAPI, as_admin: httpx2.AsyncClient, client: httpx2.AsyncClient
) -> None:
    async with program.engine.begin() as connection:
        annex = await connection.scalar(sa.text("INSERT INTO sites (name) VALUES ('Annex') RETURNING id"))
    local = await add_person(program, "local", "operator", site_ids=frozenset({annex}))
    async with client_of(app, local) as as_local:
        token = (await _make(as_local, site_ids=[annex]))["token"]
    await as_admin.patch(f"/api/v1/users/{local.user.id}", json={"site_ids": [1]})
    assert (await client.get(ME, headers=_bearer(token))).status_code == 401


async def test_last_use_is_written_beside_the_requests(
    program: Lanarium, client: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient
) -> None:
    made = await _make(as_viewer)
    await client.get(ME, headers=_bearer(made["token"]))
    assert (await as_viewer.get(TOKENS)).json()["items"][0]["last_used_at"] is None
    authenticator = program.services.authenticator
    assert isinstance(authenticator, CachedAuthenticator)
    await AccountsKeeper(program.services.transactions, authenticator, utc_now).once()
    assert (await as_viewer.get(TOKENS)).json()["items"][0]["last_used_at"]


async def test_a_ticket_opens_once(program: Lanarium, as_viewer: httpx2.AsyncClient, viewer: Person) -> None:
    tickets = program.services.accounts.tickets
    issued = (await as_viewer.post("/api/v1/auth/ws-ticket")).json()
    seconds = (datetime.fromisoformat(issued["expires_at"]) - datetime.now(UTC)).total_seconds()
    assert 25 < seconds <= 30
    actor = await tickets.redeem(issued["ticket"], "192.0.2.1")
    assert actor is not None
    assert (actor.user_id, actor.session_id is not None, actor.address) == (viewer.user.id, True, "192.0.2.1")
    assert await tickets.redeem(issued["ticket"], None) is None
    assert await tickets.redeem("", None) is None
    assert await tickets.redeem("x" * 5000, None) is None
    assert await program.services.authenticator.still_valid(actor)


async def test_a_ticket_is_good_for_half_a_minute(program: Lanarium, as_viewer: httpx2.AsyncClient) -> None:
    issued = (await as_viewer.post("/api/v1/auth/ws-ticket")).json()
    async with program.engine.begin() as connection:
        await connection.execute(
            sa.text("UPDATE ws_tickets SET expires_at = :past"), {"past": datetime.now(UTC) - timedelta(seconds=1)}
        )
    assert await program.services.accounts.tickets.redeem(issued["ticket"], None) is None


async def test_a_ticket_of_somebody_who_was_locked_out_opens_nothing(
    program: Lanarium, as_viewer: httpx2.AsyncClient, as_admin: httpx2.AsyncClient, viewer: Person
) -> None:
    issued = (await as_viewer.post("/api/v1/auth/ws-ticket")).json()
    await as_admin.patch(f"/api/v1/users/{viewer.user.id}", json={"disabled": True})
    assert await program.services.accounts.tickets.redeem(issued["ticket"], None) is None
