"""A36: what was taken away is gone within five seconds, on connections that last too (CVE-2023-44400)."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI

from backend.api.stream import CHECK_EVERY_S
from backend.bootstrap import Lanarium, build
from backend.domain.accounts.authenticator import REMEMBERED_S, CachedAuthenticator
from backend.main import create_app
from tests import people
from tests.api.policies import routes_of
from tests.attacks.twins.accounts import ForgetfulAuthenticator
from tests.people import PASSWORD, Person, client_of
from tests.sockets import open_socket

ME = "/api/v1/auth/me"
WITHIN_S = 5.0
Deed = Callable[[httpx2.AsyncClient, httpx2.AsyncClient, Person], Awaitable[httpx2.Response]]


async def _disable(admin: httpx2.AsyncClient, _: httpx2.AsyncClient, who: Person) -> httpx2.Response:
    return await admin.patch(f"/api/v1/users/{who.user.id}", json={"disabled": True})


async def _new_role(admin: httpx2.AsyncClient, _: httpx2.AsyncClient, who: Person) -> httpx2.Response:
    return await admin.patch(f"/api/v1/users/{who.user.id}", json={"role": "viewer"})


async def _reset(admin: httpx2.AsyncClient, _: httpx2.AsyncClient, who: Person) -> httpx2.Response:
    return await admin.patch(f"/api/v1/users/{who.user.id}", json={"password": "orchard-copper-58-tide"})


async def _delete(admin: httpx2.AsyncClient, _: httpx2.AsyncClient, who: Person) -> httpx2.Response:
    return await admin.delete(f"/api/v1/users/{who.user.id}")


async def _logout(_: httpx2.AsyncClient, own: httpx2.AsyncClient, who: Person) -> httpx2.Response:
    return await own.post("/api/v1/auth/logout")


async def _own_password(_: httpx2.AsyncClient, own: httpx2.AsyncClient, who: Person) -> httpx2.Response:
    change = {"current_password": PASSWORD, "new_password": "orchard-copper-58-tide"}
    return await own.post("/api/v1/auth/password", json=change)


DEEDS: dict[str, Deed] = {
    "disabled": _disable,
    "new role": _new_role,
    "password reset": _reset,
    "deleted": _delete,
    "logout": _logout,
    "own password": _own_password,
}


async def seconds_until_refused(client: httpx2.AsyncClient) -> float:
    """How long somebody whose rights are gone is still answered; asks until then, or for six seconds."""
    began = time.monotonic()
    while time.monotonic() - began < WITHIN_S + 1:
        if (await client.get(ME)).status_code == 401:
            break
        await asyncio.sleep(0.05)
    return time.monotonic() - began


@pytest.mark.parametrize("deed", DEEDS)
async def test_it_bites(
    app: FastAPI, as_admin: httpx2.AsyncClient, as_operator: httpx2.AsyncClient, operator: Person, deed: str
) -> None:
    assert (await as_operator.get(ME)).status_code == 200
    assert (await DEEDS[deed](as_admin, as_operator, operator)).is_success
    assert await seconds_until_refused(as_operator) < 1


async def test_it_bites_when_another_process_wrote_it(
    program: Lanarium, as_operator: httpx2.AsyncClient, as_admin: httpx2.AsyncClient, operator: Person
) -> None:
    assert (await as_operator.get(ME)).status_code == 200
    settings = people.settings(program.settings.database_url, program.settings.data_dir)
    other = build(settings, loops=())
    async with other.services.transactions() as work:
        await work.users.change(operator.user.id, {"disabled": True}, None, end=True)
        await work.commit()
    await other.stop()
    assert await seconds_until_refused(as_operator) < WITHIN_S


def test_the_deadlines_add_up_for_sockets() -> None:
    assert REMEMBERED_S + CHECK_EVERY_S <= WITHIN_S


async def test_the_check_sees_a_program_that_never_asks_again(
    program: Lanarium, as_admin: httpx2.AsyncClient, operator: Person
) -> None:
    real = program.services.authenticator
    assert isinstance(real, CachedAuthenticator)
    forgetful = ForgetfulAuthenticator(real._transactions, real._tokens, real._secrets, program.bus, real._clock)
    object.__setattr__(program.services, "authenticator", forgetful)
    async with client_of(create_app(program), operator) as own:
        assert (await own.get(ME)).status_code == 200
        await _disable(as_admin, own, operator)
        assert await seconds_until_refused(own) > WITHIN_S


async def test_an_open_socket_is_closed(app: FastAPI, as_admin: httpx2.AsyncClient, operator: Person) -> None:
    paths = [route.path for route in routes_of(app) if route.method == "WS" and "{" not in route.path]
    for path in paths:
        async with client_of(app, operator) as own:
            ticket = (await own.post("/api/v1/auth/ws-ticket")).json()["ticket"]
        async with open_socket(app, path) as socket:
            await socket.send({"type": "auth", "ticket": ticket})
            await socket.send({"type": "subscribe", "topics": ["scans"]})
            began = time.monotonic()
            await _disable(as_admin, as_admin, operator)
            assert await socket.until_closed() == 4401
            assert time.monotonic() - began < WITHIN_S
