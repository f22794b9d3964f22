"""A23: a name that is judged as one address and used as another."""

import pytest

from tests.attacks.checking import ALLOWED, FORBIDDEN, OneSite, Poller, TurningNames
from tests.attacks.recorder import Place, connections
from tests.attacks.twins.checking import ForgetfulSite

TRIES = 1000


async def tried(poller: Poller, tries: int, collector: str = "tcp") -> list[Place]:
    with connections() as seen:
        for _ in range(tries):
            await poller.poll(collector, "turns.test")
    return seen


def turning() -> TurningNames:
    return TurningNames([answer for bad in FORBIDDEN for answer in ((ALLOWED,), (bad,), (ALLOWED, bad))])


async def test_a_thousand_tries_reach_nothing_forbidden() -> None:
    seen = await tried(Poller(OneSite(turning())), TRIES)
    assert {address for address, _ in seen} == {ALLOWED}
    assert len(seen) >= TRIES // 3


@pytest.mark.parametrize("collector", ["http", "tls", "dns"])
async def test_no_collector_asks_for_the_name_again(collector: str) -> None:
    seen = await tried(Poller(OneSite(turning())), 30, collector)
    assert {address for address, _ in seen} == {ALLOWED}


async def test_the_twin_is_caught() -> None:
    seen = await tried(Poller(ForgetfulSite(turning())), 60)
    assert {address for address, _ in seen} & set(FORBIDDEN)


async def test_forbidden_addresses_are_never_asked() -> None:
    poller = Poller(OneSite(TurningNames([()])))
    with connections() as seen:
        failures = [(await poller.poll("tcp", address)).failed for address in FORBIDDEN]
    assert seen == []
    assert {failed.code for failed in failures if failed} == {"target_forbidden"}
    assert all(failures)
