"""A32: guessing a password takes too long, and the time it takes tells nothing (CVE-2025-48952)."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import sqlalchemy as sa
from passlib.hash import argon2

from backend.bootstrap import Lanarium
from backend.domain.accounts.login import Caller, LoginService
from backend.domain.accounts.throttle import FREE_TRIES, Throttle
from backend.domain.errors import NotAuthenticated, Throttled
from backend.infra.security import passwords
from backend.infra.security.passwords import NOBODY, Argon2Hasher
from tests.attacks.twins.accounts import HastyHasher
from tests.people import PASSWORD, QUICK_HASHER, Person


class Watched:
    """Counts the work that a hasher really does."""

    def __init__(self, hasher: Argon2Hasher) -> None:
        self.inner = hasher
        self.hashes: list[str] = []
        verify = hasher._argon2.verify

        def counted(password: str, hashed: str) -> bool:
            self.hashes.append(hashed)
            return bool(verify(password, hashed))

        hasher._argon2 = hasher._argon2.using()
        hasher._argon2.verify = counted


@pytest.fixture
def logins(program: Lanarium) -> LoginService:
    """The service behind the route, whose parts a test may exchange."""
    return program.services.accounts.logins


async def work_done(logins: LoginService, hasher: Argon2Hasher, username: str) -> list[str]:
    """The effort that one wrong guess cost, hash by hash."""
    watched = Watched(hasher)
    logins._hasher = hasher
    with pytest.raises(NotAuthenticated):
        await logins.login(username, "not the password", Caller("192.0.2.1"))
    return [hashed.rpartition("$")[0].rpartition("$")[0] for hashed in watched.hashes]


async def _slow_viewer(program: Lanarium, viewer: Person) -> None:
    """Give the viewer a hash of full strength, as every real user has."""
    hashed = argon2.using(type="ID", memory_cost=65536, time_cost=3, parallelism=4).hash(PASSWORD)
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE users SET password_hash = :h"), {"h": hashed})


async def test_an_unknown_name_costs_the_same_work(
    program: Lanarium, logins: LoginService, viewer: Person
) -> None:
    await _slow_viewer(program, viewer)
    known = await work_done(logins, Argon2Hasher(), "vera")
    unknown = await work_done(logins, Argon2Hasher(), "nobody")
    assert known == unknown
    assert len(known) == 1


async def test_the_check_sees_a_program_that_answers_at_once(
    program: Lanarium, logins: LoginService, viewer: Person
) -> None:
    await _slow_viewer(program, viewer)
    assert await work_done(logins, HastyHasher(), "vera") != await work_done(logins, HastyHasher(), "nobody")


def test_what_stands_in_for_nobody_is_as_strong_as_the_rest() -> None:
    assert not Argon2Hasher().is_outdated(NOBODY)


def evaluated_in_an_hour(free: int = FREE_TRIES) -> int:
    """How many guesses of somebody who never rests are looked at within an hour."""
    now = start = datetime(2026, 1, 1, tzinfo=UTC)
    state, evaluated = Throttle(), 0
    while now - start < timedelta(hours=1) and evaluated < 10_000:
        wait = state.wait(now)
        if wait:
            now += wait
            continue
        state = state.after_try(now, free)
        evaluated += 1
    return evaluated


def test_an_hour_of_guessing_is_fewer_than_a_hundred() -> None:
    assert evaluated_in_an_hour() < 50


def test_the_check_sees_a_throttle_that_never_closes() -> None:
    assert evaluated_in_an_hour(free=10**9) >= 100


async def guesses_looked_at(logins: LoginService, callers: list[str]) -> int:
    """How many of ten guesses from each address, in one moment, reach the hash."""
    looked_at = 0
    for _ in range(10):
        for address in callers:
            try:
                await logins.login("vera", "a guess", Caller(address))
            except NotAuthenticated:
                looked_at += 1
            except Throttled:
                continue
    return looked_at


@pytest.mark.timeout(900)
async def test_two_hundred_addresses_get_no_more_than_one(logins: LoginService, viewer: Person) -> None:
    logins._hasher = Argon2Hasher(**QUICK_HASHER)
    many = [f"198.18.{n}.9" for n in range(200)]
    assert await guesses_looked_at(logins, many[:1] * 5) + await guesses_looked_at(logins, many) <= 10


async def test_the_owner_gets_in_while_somebody_guesses(logins: LoginService, viewer: Person) -> None:
    logins._hasher = Argon2Hasher(**QUICK_HASHER)
    await guesses_looked_at(logins, ["198.18.0.9"])
    with pytest.raises(Throttled):
        await logins.login("vera", PASSWORD, Caller("203.0.113.5"))
    # From where the owner logged in before (the fixture did, from 127.0.0.1) the guesses do not count.
    assert (await logins.login("vera", PASSWORD, Caller("127.0.0.1"))).user.username == "vera"


async def test_guesses_at_the_same_moment_are_no_way_around(
    client: httpx2.AsyncClient, program: Lanarium, logins: LoginService, viewer: Person
) -> None:
    logins._hasher = Argon2Hasher(**QUICK_HASHER)
    body = {"username": "otherwise", "password": "a guess"}
    answers = await asyncio.gather(*(client.post("/api/v1/auth/login", json=body) for _ in range(15)))
    codes = [answer.status_code for answer in answers]
    assert codes.count(401) <= FREE_TRIES
    assert codes.count(429) >= 15 - FREE_TRIES
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["retry-after"]) == refused.json()["params"]["retry_after"] >= 1


async def test_the_queue_for_hashing_is_bounded(
    monkeypatch: pytest.MonkeyPatch, client: httpx2.AsyncClient
) -> None:
    monkeypatch.setattr(passwords, "MOST_WAITING", 0)
    answer = await client.post("/api/v1/auth/login", json={"username": "x", "password": "y"})
    assert (answer.status_code, answer.json()["code"]) == (503, "login_busy")
