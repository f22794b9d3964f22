"""A25: without a login nobody makes the program connect to anywhere (CVE-2020-13379)."""

from contextlib import suppress

import httpx2
import sqlalchemy as sa
from fastapi import FastAPI

from tests.api.policies import routes_of
from tests.attacks.recorder import Place, connections
from tests.people import client_of

WORDS = ("url", "target", "targets", "host", "address", "next", "redirect", "path", "q")
LURES = ("http://evil.test/", "10.80.0.7", "//169.254.169.254/latest")


async def lured(app: FastAPI, database_url: str) -> list[Place]:
    """Where a stranger's requests made the program go, besides its database."""
    database = sa.make_url(database_url)
    async with client_of(app) as stranger:
        with connections((database.host or "", database.port or 5432)) as seen:
            for route in routes_of(app):
                if route.method != "WS":
                    for lure in LURES:
                        await _ask(stranger, route.method, route.path, lure)
    return seen


async def _ask(stranger: httpx2.AsyncClient, method: str, path: str, lure: str) -> None:
    given = dict.fromkeys(WORDS, lure)
    headers = {"Referer": lure, "X-Forwarded-Host": "evil.test", "X-Original-URL": lure}
    where = path.replace("{", "").replace("}", "")
    body = given if method in {"POST", "PUT", "PATCH"} else None
    await stranger.request(method, where, params=given, headers=headers, json=body)


async def test_a_stranger_sends_nobody_anywhere(app: FastAPI, database_url: str) -> None:
    assert await lured(app, database_url) == []


async def test_the_check_sees_a_route_that_fetches(app: FastAPI, database_url: str) -> None:
    async def avatar(url: str) -> int:
        async with httpx2.AsyncClient() as fetching:
            with suppress(httpx2.HTTPError):
                await fetching.get(url)
        return 204

    app.add_api_route("/api/v1/avatar", avatar, methods=["GET"])
    seen = await lured(app, database_url)
    assert ("evil.test", 0) in seen
