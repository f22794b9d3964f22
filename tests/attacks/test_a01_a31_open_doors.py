"""A01 and A31: no route works, or does its work, without a login (CVE-2024-46506, CVE-2025-32440)."""

import httpx2
import sqlalchemy as sa
from fastapi import FastAPI

from backend.bootstrap import Lanarium
from backend.settings import Settings
from tests.api.policies import routes_of
from tests.attacks.twins import accounts as twins
from tests.people import client_of

# What has to answer somebody without a login, and why. A longer list is a decision.
OPEN = {
    "/health": "a sign of life",
    "/ready": "for whoever starts us",
    "/status": "the version, and nothing else without a login",
    "/metrics": "checks by itself: loopback, our own socket, or an admin's token",
    "/metrics/monitors": "the same",
    "/auth/login": "how to get in",
    "/auth/refresh": "how to stay in",
    "/auth/register": "closed unless a setting opens it",
    "/openapi.json": "the description of the API",
}


async def open_doors(app: FastAPI) -> list[str]:
    """Routes that answer a stranger with anything but 401, or a 401 that says more than why."""
    found = []
    async with client_of(app) as stranger:
        for route in routes_of(app):
            short = route.path.removeprefix("/api/v1").removeprefix("/api")
            if route.method == "WS" or short in OPEN:
                continue
            answer = await stranger.request(route.method, route.path.replace("{", "").replace("}", ""))
            if answer.status_code != 401 or set(answer.json()) - {
                "type",
                "title",
                "status",
                "detail",
                "code",
                "params",
                "errors",
            }:
                found.append(f"{route.name}: {answer.status_code}")
    return found


async def test_no_door_is_open(app: FastAPI) -> None:
    assert await open_doors(app) == []


async def test_the_check_sees_a_forgotten_route(app: FastAPI) -> None:
    done: list[str] = []
    twins.open_settings(app, done)
    assert await open_doors(app) == ["POST /api/v1/settings: 200"]
    assert done


async def test_the_check_sees_a_check_that_only_redirects(app: FastAPI) -> None:
    done: list[str] = []
    twins.checked_by_redirect(app, done)
    assert await open_doors(app) == ["DELETE /api/v1/everything: 307"]
    assert done == ["wiped"]


async def test_strangers_leave_nothing_behind(app: FastAPI, client: httpx2.AsyncClient, program: Lanarium) -> None:
    await open_doors(app)
    async with program.engine.connect() as connection:
        for table in ("users", "sessions", "scans", "devices", "networks", "api_tokens", "ws_tickets"):
            assert await connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) == 0, table


def test_no_setting_holds_a_command() -> None:
    telling = ("command", "program", "script", "executable", "shell", "hook")
    assert [name for name in Settings.model_fields if any(word in name for word in telling)] == []
