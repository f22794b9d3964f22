"""A42, inside the application: pages of other sites cannot call us with somebody's cookie (CVE-2021-32677)."""

import httpx2
import pytest
from fastapi import FastAPI

from tests.attacks.twins.accounts import careless_browser_rules
from tests.people import PASSWORD, Person, client_of

REFRESH = "/api/v1/auth/refresh"
LOGIN = "/api/v1/auth/login"
EVIL = "https://evil.example"


async def weaknesses(app: FastAPI, person: Person) -> list[str]:
    """What a page of another site could use."""
    found = []
    async with client_of(app) as page:
        login = await page.post(LOGIN, json={"username": person.user.username, "password": PASSWORD})
        cookie = login.headers["set-cookie"].lower()
        found += [
            f"cookie without {word}"
            for word in ("httponly", "secure", "samesite=strict", "path=/api")
            if word not in cookie.split("lanarium_refresh")[-1]
        ]
        text = b'{"username": "x", "password": "y"}'
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            answer = await page.post(LOGIN, content=text, headers={"Content-Type": kind})
            if answer.status_code != 415:
                found.append(f"body as {kind}: {answer.status_code}")
        for method, path in (("GET", "/api/v1/health"), ("OPTIONS", LOGIN), ("GET", "/api/v1/nowhere")):
            answer = await page.request(
                method, path, headers={"Origin": EVIL, "Access-Control-Request-Method": "POST"}
            )
            found += [f"{method} {path} {name}" for name in answer.headers if name.startswith("access-control-")]
    return found


async def test_other_sites_find_nothing(app: FastAPI, viewer: Person) -> None:
    assert await weaknesses(app, viewer) == []


async def test_the_check_sees_careless_rules(app: FastAPI, viewer: Person) -> None:
    careless_browser_rules(app)
    found = await weaknesses(app, viewer)
    assert {"cookie without httponly", "body as text/plain: 401"} <= set(found)
    assert any("access-control-allow-origin" in each for each in found)


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 403, "refresh_header_missing"),
        ({"X-Lanarium-Refresh": "0"}, 403, "refresh_header_missing"),
        ({"X-Lanarium-Refresh": "1", "Origin": EVIL}, 403, "foreign_origin"),
        ({"X-Lanarium-Refresh": "1", "Origin": "null"}, 403, "foreign_origin"),
        ({"X-Lanarium-Refresh": "1", "Origin": "https://lanarium.test"}, 200, ""),
        ({"X-Lanarium-Refresh": "1"}, 200, ""),
    ],
)
async def test_the_cookie_alone_renews_nothing(
    client: httpx2.AsyncClient, viewer: Person, headers: dict[str, str], status: int, code: str
) -> None:
    sent = headers | {"Cookie": f"lanarium_refresh={viewer.refresh_token}"}
    answer = await client.post(REFRESH, headers=sent)
    assert answer.status_code == status
    assert answer.json().get("code", "") == code


async def test_the_cookie_opens_nothing_else(client: httpx2.AsyncClient, viewer: Person) -> None:
    sent = {"Cookie": f"lanarium_refresh={viewer.refresh_token}"}
    for path in ("/api/v1/auth/me", "/api/v1/users", "/api/v1/scans"):
        assert (await client.get(path, headers=sent)).status_code in {401, 404}
