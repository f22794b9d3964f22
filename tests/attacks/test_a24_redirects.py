"""A24: a clean first address that sends on to one that nobody would have allowed."""

import pytest

from backend.domain.monitoring.collector import CheckFailed, Target, Trace, Ways
from backend.infra.collectors.http import HttpOptions, ask
from tests.attacks.checking import ALLOWED, FORBIDDEN, OneSite, TurningNames
from tests.attacks.recorder import Place, connections
from tests.attacks.twins.checking import ForgetfulSite
from tests.attacks.web import redirecting


async def followed(location: str, ways: Ways) -> tuple[str, list[Place]]:
    async with redirecting(location) as port:
        with connections(("127.0.0.1", port)) as seen, pytest.raises(CheckFailed) as caught:
            await ask(Target("127.0.0.1", ways=ways), HttpOptions(scheme="http", port=port), None, Trace())
    return caught.value.code, seen


@pytest.mark.parametrize("address", FORBIDDEN)
async def test_every_hop_is_judged(address: str) -> None:
    host = f"[{address}]" if ":" in address else address
    site = OneSite(TurningNames([()])).of(1)
    if address == "127.0.0.1":  # the test's own server is there; every other name of it is another place
        host = "127.0.0.2"
    assert await followed(f"http://{host}/latest/meta-data/", site) == ("target_forbidden", [])


@pytest.mark.parametrize("bad", FORBIDDEN)
async def test_a_name_on_the_way_is_judged_by_every_answer(bad: str) -> None:
    site = OneSite(TurningNames([(ALLOWED, bad)])).of(1)
    assert await followed("http://innocent.test/", site) == ("target_forbidden", [])


async def test_an_allowed_hop_is_followed_to_the_judged_address() -> None:
    code, seen = await followed("http://innocent.test/", OneSite(TurningNames([(ALLOWED,)])).of(1))
    assert (code, seen) == ("connection_refused", [(ALLOWED, 80)])


async def test_without_a_judge_no_other_host_is_followed() -> None:
    async with redirecting("http://10.80.0.7/") as port:
        with connections(("127.0.0.1", port)) as seen, pytest.raises(CheckFailed) as caught:
            await ask(Target("127.0.0.1"), HttpOptions(scheme="http", port=port), None, Trace())
    assert (caught.value.code, seen) == ("redirect_elsewhere", [])


async def test_the_twin_is_caught() -> None:
    site = ForgetfulSite(TurningNames([(ALLOWED,), ("169.254.169.254",)])).of(1)
    _, seen = await followed("http://innocent.test/", site)
    assert seen == [("169.254.169.254", 80)]
