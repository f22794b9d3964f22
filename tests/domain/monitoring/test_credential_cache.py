"""The cache of credentials: sealed until used, never stale, and no account is locked (F24)."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from backend.domain.bus import EventBus
from backend.domain.monitoring.collector import CheckFailed
from backend.domain.monitoring.credential_cache import SUSPENDED_S, CredentialCache
from backend.domain.monitoring.credentials import (
    CredentialProfile,
    CredentialsChanged,
    CredentialService,
    Login,
    SealBroken,
    SealedBox,
)
from tests.domain.monitoring.making import T0, Desk


class PlainVault:
    """Seals nothing; a box of another row does not open."""

    key_id = "k"

    def seal(self, row: UUID, secrets: Mapping[str, str]) -> SealedBox:
        return SealedBox("k", f"{row}:{secrets['password']}".encode())

    def open(self, row: UUID, box: SealedBox) -> dict[str, str]:
        name, _, password = box.data.decode().partition(":")
        if name != str(row):
            raise SealBroken("The secret belongs to another row")
        return {"password": password}


class Stage:
    """A cache, its desk, and a server that knows one password."""

    def __init__(self) -> None:
        self.vault, self.desk, self.bus, self.now = PlainVault(), Desk(), EventBus(), 1000.0
        self.cache = CredentialCache(self.desk, CredentialService(self.vault), self.bus, lambda: self.now)
        uid = uuid4()
        self.profile = CredentialProfile(
            7, uid, None, "svc", Login("ssh", "svc"), self.vault.seal(uid, {"password": "old"}), ("password",),
            1, T0, T0,
        )  # fmt: skip
        self.desk.profiles[7] = self.profile
        self.right = "old"
        self.tries = 0

    def change(self, password: str) -> None:
        box = self.vault.seal(self.profile.uid, {"password": password})
        self.profile = replace(self.profile, box=box, version=self.profile.version + 1)
        self.desk.profiles[7] = self.profile
        self.bus.publish(CredentialsChanged(7))

    async def login(self, target: str = "10.80.0.1") -> str:
        """How a login goes: "ok", or the code of the failure."""
        try:
            async with self.cache.login(7, target) as credential:
                self.tries += 1
                await asyncio.sleep(0.001)
                if credential.secret() != self.right:
                    raise CheckFailed("login_refused", "refused", phase="login", final=True)
        except CheckFailed as failed:
            return failed.code
        return "ok"


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_a_profile_is_read_once_and_kept_sealed(stage: Stage) -> None:
    assert [await stage.login() for _ in range(3)] == ["ok", "ok", "ok"]
    assert stage.desk.reads == 1
    assert "old" not in repr(stage.cache._profiles)


async def test_a_change_is_used_at_the_next_login(stage: Stage) -> None:
    assert await stage.login() == "ok"
    stage.right = "new"
    stage.change("new")
    assert await stage.login() == "ok"


async def test_more_changes_than_the_queue_holds_are_not_lost(stage: Stage) -> None:
    assert await stage.login() == "ok"
    for _ in range(120):
        stage.bus.publish(CredentialsChanged(8))
    stage.right = "new"
    stage.change("new")
    assert await stage.login() == "ok"


async def test_after_two_refusals_nobody_tries_until_it_changes_or_time_passed(stage: Stage) -> None:
    stage.right = "other"
    assert [await stage.login() for _ in range(4)] == ["login_refused"] * 2 + ["login_suspended"] * 2
    assert stage.tries == 2
    assert await stage.login("10.80.0.2") == "login_refused"  # another target has an account of its own
    stage.now += SUSPENDED_S - 1
    assert await stage.login() == "login_suspended"
    stage.now += 2
    assert await stage.login() == "login_refused"  # one more try
    assert await stage.login() == "login_suspended"
    stage.right = "newest"
    stage.change("newest")
    assert await stage.login() == "ok"


async def test_many_monitors_at_once_are_still_two_refusals(stage: Stage) -> None:
    stage.right = "other"
    codes = await asyncio.gather(*(stage.login() for _ in range(20)))
    assert stage.tries == 2
    assert codes.count("login_refused") == 2


async def test_f24_rotated_while_polling_costs_at_most_one_refusal(stage: Stage) -> None:
    failures, done = 0, False

    async def polling() -> None:
        nonlocal failures
        while not done:
            failures += await stage.login() != "ok"
            await asyncio.sleep(0)

    task = asyncio.create_task(polling())
    for number in range(20):
        await asyncio.sleep(0.01)
        stage.right = f"password-{number}"  # on the server first, then with us
        stage.change(stage.right)
    done = True
    await task
    assert failures <= 20  # one at most, each time
    assert await stage.login() == "ok"


async def test_without_the_database_what_is_cached_goes_on(stage: Stage) -> None:
    assert await stage.login() == "ok"
    stage.desk.away = True
    assert await stage.login() == "ok"
    stage.change("old")
    assert await stage.login() == "credential_away"


async def test_gone_and_broken_profiles_say_so(stage: Stage) -> None:
    stage.desk.profiles[7] = replace(stage.profile, uid=uuid4())
    assert await stage.login() == "credential_broken"
    stage.desk.profiles.clear()
    stage.bus.publish(CredentialsChanged(7))
    assert await stage.login() == "credential_gone"
