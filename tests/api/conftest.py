"""The application in process on a real migrated database, and people who call it.

`client` calls as nobody, `as_admin`, `as_operator` and `as_viewer` as somebody. Each test has its own
database; no loop runs beside the requests.
"""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import structlog
from fastapi import FastAPI

from backend.bootstrap import Lanarium, build
from backend.main import create_app
from tests import people
from tests.people import Person, add_person, client_of


@pytest.fixture(scope="session", autouse=True)
def _plain_log() -> None:
    """Only what went wrong, and without drawings of every variable around it."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
    )


@pytest.fixture
async def program(database_url: str, tmp_path: Path) -> AsyncIterator[Lanarium]:
    """The whole program, without its loops."""
    built = build(people.settings(database_url, tmp_path), loops=())
    yield built
    await built.stop()


@pytest.fixture
def app(program: Lanarium) -> FastAPI:
    """The application."""
    return create_app(program)


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody without a login."""
    async with client_of(app) as calling:
        yield calling


@pytest.fixture
async def admin(program: Lanarium) -> Person:
    """An admin of every site."""
    return await add_person(program, "ada", "admin")


@pytest.fixture
async def operator(program: Lanarium) -> Person:
    """An operator of every site."""
    return await add_person(program, "otto", "operator")


@pytest.fixture
async def viewer(program: Lanarium) -> Person:
    """A viewer of every site."""
    return await add_person(program, "vera", "viewer")


@pytest.fixture
async def as_admin(app: FastAPI, admin: Person) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that calls as the admin."""
    async with client_of(app, admin) as calling:
        yield calling


@pytest.fixture
async def as_operator(app: FastAPI, operator: Person) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that calls as the operator."""
    async with client_of(app, operator) as calling:
        yield calling


@pytest.fixture
async def as_viewer(app: FastAPI, viewer: Person) -> AsyncIterator[httpx2.AsyncClient]:
    """A client that calls as the viewer."""
    async with client_of(app, viewer) as calling:
        yield calling
