"""Where checks may go."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.errors import Unavailable
from backend.domain.monitoring.collector import CheckFailed
from backend.domain.monitoring.egress import READ_AGAIN_S, REST_S, SiteEgress, is_public, refusal

SCOPE = Scope((AllowedNetwork("10.80.0.0/16"), AllowedNetwork("fd80::/64")), ("10.80.9.0/24",), ("10.80.0.1",))


class Names:
    """A resolver that answers differently each time it is told to."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)

    async def addresses(self, name: str) -> tuple[str, ...]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    async def name(self, address: str) -> str | None:
        return None


async def scope() -> Scope:
    return SCOPE


def egress(*answers: tuple[str, ...]) -> SiteEgress:
    return SiteEgress(scope, Names(*answers))


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("10.80.0.7", ""),
        ("10.80.9.7", ""),  # left out of scans, and still watched where somebody asks for it
        ("fd80::7", ""),
        ("10.80.0.1", "own_address"),
        ("10.81.0.7", "not_allowed"),
        ("8.8.8.8", "public_not_allowed"),
        ("127.0.0.1", "loopback"),
        ("::1", "loopback"),
        ("169.254.169.254", "metadata"),
        ("fd00:ec2::254", "metadata"),
        ("100.100.100.200", "metadata"),
        ("fe80::1", "link_local"),
        ("224.0.0.1", "multicast"),
        ("::ffff:127.0.0.1", "loopback"),
        ("64:ff9b::7f00:1", "loopback"),
        ("2002:7f00:1::", "loopback"),
        ("64:ff9b::a51:7", "not_allowed"),
    ],
)
def test_every_address_is_judged(address: str, reason: str) -> None:
    assert refusal(SCOPE, address) == reason


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_the_internet_is_reached_where_that_is_meant(address: str) -> None:
    assert refusal(SCOPE, address, allow_public=True) == ""


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "169.254.169.254", "10.81.0.1", "192.168.0.1", "64:ff9b::a51:7", "::ffff:10.81.0.1"]
)
def test_allowing_the_internet_allows_nothing_else(address: str) -> None:
    assert refusal(SCOPE, address, allow_public=True) != ""
    assert not is_public(address)


async def test_a_name_that_also_leads_to_a_forbidden_place_is_refused() -> None:
    with pytest.raises(CheckFailed) as caught:
        await egress(("10.80.0.7", "127.0.0.1")).addresses("trap.test")
    assert caught.value.code == "target_forbidden"
    assert caught.value.final


async def test_each_answer_is_judged_when_it_is_used() -> None:
    ways = egress(("10.80.0.7",), ("169.254.169.254",))
    assert await ways.addresses("flips.test") == ("10.80.0.7",)
    with pytest.raises(CheckFailed):
        await ways.addresses("flips.test")


async def test_a_name_without_address_says_so() -> None:
    with pytest.raises(CheckFailed) as caught:
        await egress(()).addresses("nobody.test")
    assert (caught.value.code, caught.value.phase) == ("name_not_found", "dns")


@given(st.ip_addresses())
def test_whatever_the_address_the_answer_is_the_same_twice(address: object) -> None:
    text = str(address)
    assert refusal(SCOPE, text) == refusal(SCOPE, text)
    if refusal(SCOPE, text, allow_public=True) == "" and refusal(SCOPE, text) != "":
        assert is_public(text)


class Reads:
    """Networks as they are stored, at times of the test's own making."""

    def __init__(self) -> None:
        self.scope = SCOPE
        self.away = False
        self.reads = 0
        self.now = 0.0

    async def __call__(self) -> Scope:
        self.reads += 1
        await asyncio.sleep(0)
        if self.away:
            raise Unavailable("away", code="storage_away")
        return self.scope

    def judge(self) -> SiteEgress:
        return SiteEgress(self, Names(()), lambda: self.now)


async def test_networks_are_read_once_for_everybody_who_waits() -> None:
    reads = Reads()
    ways = reads.judge()
    await asyncio.gather(*(ways.addresses(f"10.80.0.{n}") for n in range(2, 50)))
    assert reads.reads == 1
    reads.now = READ_AGAIN_S
    await asyncio.gather(*(ways.addresses(f"10.80.0.{n}") for n in range(2, 50)))
    assert reads.reads == 2


async def test_a_network_that_was_taken_away_is_closed_at_once() -> None:
    reads = Reads()
    ways = reads.judge()
    assert await ways.addresses("10.80.0.7")
    reads.scope = Scope((AllowedNetwork("10.81.0.0/16"),))
    ways.forget()
    assert await ways.addresses("10.81.0.7")
    with pytest.raises(CheckFailed):
        await ways.addresses("10.80.0.7")


async def test_while_the_database_is_away_what_was_known_counts() -> None:
    reads = Reads()
    ways = reads.judge()
    await ways.addresses("10.80.0.7")
    reads.away, reads.now = True, READ_AGAIN_S
    assert await ways.addresses("10.80.0.7")


async def test_nobody_goes_anywhere_before_the_networks_were_read() -> None:
    reads = Reads()
    ways, reads.away = reads.judge(), True
    for _ in range(5):
        with pytest.raises(CheckFailed) as caught:
            await ways.addresses("10.80.0.7")
        assert caught.value.code == "scope_unknown"
    assert reads.reads == 1  # and nobody asks a database that is away a thousand times a second
    reads.away, reads.now = False, REST_S
    assert await ways.addresses("10.80.0.7")
