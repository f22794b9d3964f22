"""Sweeps of a /16: everybody is found, also when echoes are lost; nobody is found who is not there."""

import os
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backend.domain.discovery.sweep import SweepEvent, Swept
from backend.infra.clients.scan_helper import ScanHelperProcesses
from tests.infra.scan_helper.cage import CagedHelper, caged_helper
from tests.infra.sweep.sweeping import SweepTold, job, sweep
from tests.infra.sweep.wide import (
    LIARS,
    OURS,
    SIX,
    WIDE,
    Wide,
    answering,
    echo_reply,
    losing,
    wide_network,
)
from tests.lab import netns

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="namespaces need root")
MOST_BYTES = 200 * 1024**2


@pytest.fixture(scope="module")
def wide() -> Iterator[Wide]:
    """The network."""
    with wide_network() as made:
        yield made


@pytest.fixture(scope="module")
def outside(wide: Wide) -> Iterator[CagedHelper]:
    """The real helper before it."""
    with caged_helper(wide.scanner) as started:
        yield started


async def _sweep(helper: CagedHelper, targets: str, **changes: object) -> SweepTold:
    return await sweep(ScanHelperProcesses(helper.socket), job(targets, **changes))


async def test_without_loss_everybody_is_found_in_one_pass_and_little_memory(
    wide: Wide, outside: CagedHelper
) -> None:
    peaks: list[int] = []

    def watch(event: SweepEvent) -> None:
        if isinstance(event, Swept):
            peaks.extend(map(_peak, outside.children()))

    wanted = job(WIDE)
    told = await sweep(ScanHelperProcesses(outside.socket), wanted, watch)
    assert set(told.alive) == wide.alive
    assert told.ended is not None
    assert told.ended.passes == 1
    assert told.ended.loss == 0.0
    assert told.ended.sent < 65_536 * 1.2
    assert 0 < max(peaks) < MOST_BYTES


@pytest.mark.parametrize(("lost", "recall"), [(0.02, 0.999), (0.1, 0.985)])
async def test_lost_echoes_are_made_up_for(wide: Wide, outside: CagedHelper, lost: float, recall: float) -> None:
    recalls = []
    for _ in range(5):
        with losing(wide, lost):
            told = await _sweep(outside, WIDE)
        assert set(told.alive) <= wide.alive
        assert told.ended is not None
        assert told.ended.passes > 1
        recalls.append(len(told.alive) / len(wide.alive))
    assert statistics.median(recalls) >= recall


async def test_the_rate_is_kept(outside: CagedHelper) -> None:
    told = await _sweep(outside, "10.80.0.0/16", rate=2000, deadline_s=1.0)
    assert told.code == "deadline"
    assert told.ended is not None
    assert 500 < told.ended.sent < 2200


async def test_ipv6_behind_a_router(wide: Wide, outside: CagedHelper) -> None:
    told = await _sweep(outside, SIX)
    assert set(told.alive) == wide.alive_six
    assert {item.how for item in told.alive.values()} == {"echo"}
    told = await _sweep(outside, SIX, probes=("syn",))
    assert set(told.alive) == wide.alive_six
    assert {item.how for item in told.alive.values()} == {"rst"}


async def test_ipv6_neighbours(outside: CagedHelper) -> None:
    told = await _sweep(outside, "fd00:79::/126")
    assert set(told.alive) == {"fd00:79::2"}
    assert told.alive["fd00:79::2"].how == "nd"
    assert told.alive["fd00:79::2"].mac is not None


async def test_what_no_way_leads_to(outside: CagedHelper) -> None:
    told = await _sweep(outside, "10.99.0.0/24")
    assert told.code == "no_route"
    assert told.alive == {}


async def test_answers_with_a_wrong_cookie_or_from_a_stranger_count_for_nobody(
    wide: Wide, outside: CagedHelper
) -> None:
    def lie(packet: bytes) -> list[bytes]:
        last = packet[19]
        if last < 50:  # the right answer, thrice
            return [echo_reply(packet)] * 3
        if last < 100:  # another payload
            return [echo_reply(packet, change=lambda body: body[:-1] + bytes((body[-1] ^ 1,)))]
        if last < 150:  # another sequence number
            return [echo_reply(packet, change=lambda body: body[:6] + b"\0\1" + body[8:])]
        return [echo_reply(packet, source=b"\x0a\x52\x00" + bytes((last ^ 1,)))]  # in a neighbour's name

    with answering(wide, lie):
        told = await _sweep(outside, LIARS)
    assert set(told.alive) == {f"10.82.0.{last}" for last in range(50)}


async def test_a_liar_about_the_time_cannot_hold_the_sweep(wide: Wide, outside: CagedHelper) -> None:
    def lie(packet: bytes) -> list[bytes]:
        def older(body: bytes) -> bytes:
            return body[:14] + b"\0\0\0\0" + body[18:28] + b"\xff\xff\xff\xff"

        return [echo_reply(packet, change=older)]

    with answering(wide, lie):
        told = await _sweep(outside, LIARS, deadline_s=30.0)
    assert told.code == "success"
    assert all(item.rtt_ms is not None and item.rtt_ms < 30_000 for item in told.alive.values())


async def test_our_own_end_of_the_cable_is_spared(outside: CagedHelper) -> None:
    told = await _sweep(outside, "10.79.7.0/30")
    assert OURS not in told.alive
    assert set(told.alive) == {"10.79.7.2"}


def _peak(pid: int) -> int:
    """The most memory that a process ever had, in bytes."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    words = next((line.split() for line in status.splitlines() if line.startswith("VmHWM")), ["", "0"])
    return int(words[1]) * 1024


async def test_a_card_that_goes_away_ends_it(wide: Wide, outside: CagedHelper) -> None:
    card = ["link add gone0 type veth peer name gone1", "addr add 10.83.0.1/24 dev gone0"]
    netns.batch(wide.scanner, [*card, "link set gone1 up", "link set gone0 up"])

    def watch(event: SweepEvent) -> None:
        if isinstance(event, Swept):
            netns.command("ip", "-n", wide.scanner, "link", "set", "gone0", "down")

    wanted = job("10.83.0.0/24", rate=50)
    told = await sweep(ScanHelperProcesses(outside.socket), wanted, _once(watch))
    assert told.code == "fault"
    netns.batch(wide.scanner, ["link del gone0"])


def _once(watch: Callable[[SweepEvent], None]) -> Callable[[SweepEvent], None]:
    """Watch until it has seen what it waits for."""
    seen: list[bool] = []

    def first(event: SweepEvent) -> None:
        if not seen and isinstance(event, Swept) and event.fraction > 0:
            seen.append(True)
            watch(event)

    return first
