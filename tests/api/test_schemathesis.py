"""The whole OpenAPI document against the application: whatever is sent, nothing ends in a 500, and every
answer is one that the document announces.

The application is served on loopback by a thread of its own. Names are never looked up and nothing scans,
so that no packet leaves the machine.
"""

import asyncio
import json
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
import sqlalchemy as sa
import uvicorn
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from backend.bootstrap import Lanarium, Stand, build
from backend.commands.openapi import document
from backend.main import create_app
from tests import people, postgres
from tests.conftest import _execute, _named
from tests.people import Person, add_person

SCHEMA = schemathesis.openapi.from_dict(json.loads(document()))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
# They would end the session that the rest is called with; the same is done with an API token, which has none.
ENDS_THE_SESSION = r"/auth/(logout|password|sessions/)"
EXAMPLES = int(os.environ.get("LANARIUM_FUZZ_EXAMPLES", "10"))
# High enough that no number that is tried is the admin's own.
OWN_ID = 7_000_001


class NoNames:
    """Knows no name, and asks nobody."""

    async def addresses(self, name: str) -> tuple[str, ...]:
        """No addresses."""
        return ()

    async def name(self, address: str) -> str | None:
        """No name."""
        return None


def _program(url: str, folder: Path) -> Lanarium:
    limits = {"rate_limit": "1000000/minute", "rate_limit_strangers": "1000000/minute"}
    return build(people.settings(url, folder, **limits), loops=(), stand=Stand(resolver=NoNames()))


async def _make_admin(url: str, folder: Path) -> Person:
    program = _program(url, folder)
    async with program.engine.begin() as connection:
        await connection.execute(sa.text(f"ALTER TABLE users ALTER COLUMN id RESTART WITH {OWN_ID}"))
    admin = await add_person(program, "ada", "admin")
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE users ALTER COLUMN id RESTART WITH 1"))
    await program.stop()
    return admin


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the served application."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def url(server_url: str, template: str) -> Iterator[str]:
    """A database for the whole module."""
    name = postgres.database_name()
    asyncio.run(_execute(server_url, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield _named(server_url, name)
    asyncio.run(_execute(server_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="module")
def admin(url: str, folder: Path) -> Person:
    """An admin, known before the application starts."""
    return asyncio.run(_make_admin(url, folder))


@pytest.fixture(scope="module")
def served(url: str, folder: Path, admin: Person) -> Iterator[str]:
    """The application on a free port of loopback; answers its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            create_app(_program(url, folder)), log_config=None, access_log=False, lifespan="on"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=asyncio.run, args=(server.serve([listening]),))
        started = threading.Event()
        serve_startup = server.startup

        async def startup(sockets: list[socket.socket] | None = None) -> None:
            await serve_startup(sockets)
            started.set()

        server.startup = startup  # type: ignore[method-assign]
        thread.start()
        assert started.wait(30)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(30)


_bounded = settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=True,
)


@pytest.mark.timeout(600)
@SCHEMA.exclude(path_regex=ENDS_THE_SESSION, method=["POST", "DELETE"]).parametrize()
@_bounded
def test_whatever_an_admin_sends(case: schemathesis.Case[Any], served: str, admin: Person) -> None:
    case.call_and_validate(base_url=served, headers=admin.headers, checks=CHECKS, timeout=30)


@pytest.mark.timeout(600)
@SCHEMA.parametrize()
@settings(_bounded, max_examples=max(EXAMPLES // 4, 1))
def test_whatever_a_stranger_sends(case: schemathesis.Case[Any], served: str) -> None:
    case.call_and_validate(base_url=served, headers={"Authorization": "Bearer nobody"}, checks=CHECKS, timeout=30)
