"""People for the tests: rows in the database, and the clients with which they call."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
from fastapi import FastAPI
from pydantic import SecretStr

from backend.bootstrap import Lanarium
from backend.domain.accounts.actor import Role
from backend.domain.accounts.login import Caller
from backend.domain.accounts.user import NewUser, User
from backend.infra.security.passwords import Argon2Hasher
from backend.settings import Settings

BASE_URL = "https://lanarium.test"
JWT_SECRET = "f2b7c9d04e1a5836f2c9b7d01e4a8365aa90"
PASSWORD = "meadow-lantern-47-quiet"
# The least that argon2 allows: tests make many people.
QUICK_HASHER = {"memory_kib": 8, "rounds": 1, "lanes": 1}


def settings(database_url: str, data_dir: Path, **more: object) -> Settings:
    """Settings that depend on nothing outside the test."""
    given = {
        "DATABASE_URL": database_url,
        "JWT_SECRET": SecretStr(JWT_SECRET),
        "AUTH_PASSWORD": None,
        "data_dir": data_dir,
        **more,
    }
    left = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("LANARIUM_")}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    finally:
        os.environ.update(left)


@dataclass(frozen=True, slots=True)
class Person:
    """A user, and how they log in."""

    user: User
    password: str
    token: str
    refresh_token: str
    headers: dict[str, str]


async def add_person(
    program: Lanarium,
    username: str,
    role: str,
    *,
    site_ids: frozenset[int] = frozenset(),
    password: str = PASSWORD,
) -> Person:
    """Make somebody known and log them in, past the API and its slow hash."""
    hashed = await Argon2Hasher(**QUICK_HASHER).hash(password)
    logins = program.services.accounts.logins
    async with program.services.transactions() as work:
        new = NewUser(username, password, Role(role), site_ids=site_ids)
        user = await work.users.add(new, hashed)
        grant = await logins._open(work, user.id, hashed, None, Caller("127.0.0.1", "tests"))
        await work.commit()
    headers = {"Authorization": f"Bearer {grant.token}"}
    return Person(grant.user, password, grant.token, grant.refresh_token, headers)


async def log_in(program: Lanarium, person: Person) -> dict[str, str]:
    """Another session for somebody; answers the headers that use it."""
    async with program.services.transactions() as work:
        hashed = await work.users.password_hash(person.user.id)
        grant = await program.services.accounts.logins._open(
            work, person.user.id, hashed, None, Caller("127.0.0.1", "tests")
        )
        await work.commit()
    return {"Authorization": f"Bearer {grant.token}"}


@asynccontextmanager
async def client_of(
    app: FastAPI, person: Person | None = None, address: str = "127.0.0.1"
) -> AsyncIterator[httpx2.AsyncClient]:
    """A client in process that calls as that person, or as nobody."""
    transport = httpx2.ASGITransport(app=app, client=(address, 40000), raise_app_exceptions=False)
    headers = person.headers if person else {}
    async with httpx2.AsyncClient(transport=transport, base_url=BASE_URL, headers=headers) as client:
        yield client
