"""The real helper, in its cage, sweeps real machines on a cable: ARP, echo, SYN, refusals, and its end."""

import asyncio
import os

import pytest

from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.discovery.sweep import SweepEnded, Swept
from backend.infra.clients.scan_helper import ScanHelperProcesses
from tests.infra.scan_helper.cage import NETWORK, SCANNER, TARGETS, CagedHelper, Pair, alive, wait_for
from tests.infra.sweep.sweeping import job, sweep

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="namespaces need root")


async def test_neighbours_are_found_by_arp(helper: CagedHelper) -> None:
    told = await sweep(ScanHelperProcesses(helper.socket), job(NETWORK))
    assert told.code == "success"
    assert set(told.alive) == set(TARGETS)
    assert {item.how for item in told.alive.values()} == {"arp"}
    assert all(item.mac and len(item.mac) == 17 for item in told.alive.values())
    assert all(item.rtt_ms is not None and 0 < item.rtt_ms < 5000 for item in told.alive.values())


async def test_own_address_is_not_asked(helper: CagedHelper) -> None:
    told = await sweep(ScanHelperProcesses(helper.socket), job(f"{SCANNER}/32"))
    assert told.refused is not None
    assert told.refused.code == "job_refused"


async def test_echo_without_arp(helper: CagedHelper) -> None:
    told = await sweep(ScanHelperProcesses(helper.socket), job(NETWORK, probes=("echo",)))
    assert set(told.alive) == set(TARGETS)
    assert {item.how for item in told.alive.values()} == {"echo"}
    assert {item.ttl for item in told.alive.values()} == {64}


async def test_a_reset_proves_life(helper: CagedHelper, pair: Pair) -> None:
    with pair.listen(TARGETS[0], 443):
        told = await sweep(ScanHelperProcesses(helper.socket), job(NETWORK, probes=("syn",)))
    assert set(told.alive) == set(TARGETS)
    assert {item.how for item in told.alive.values()} >= {"rst"}


async def test_open_ports_are_found(helper: CagedHelper, pair: Pair) -> None:
    with pair.listen(TARGETS[0], 80), pair.listen(TARGETS[2], 1234):
        told = await sweep(ScanHelperProcesses(helper.socket), job(NETWORK, tcp_ports=tuple(range(1, 2001))))
    assert told.open() == {(TARGETS[0], 80), (TARGETS[2], 1234)}
    assert told.fractions == sorted(told.fractions)
    assert told.fractions[-1] == 1.0


async def test_without_probes_every_target_counts_as_there(helper: CagedHelper, pair: Pair) -> None:
    with pair.listen(TARGETS[1], 80):
        wanted = job(NETWORK, probes=(), tcp_ports=(80,))
        told = await sweep(ScanHelperProcesses(helper.socket), wanted)
    assert told.open() == {(TARGETS[1], 80)}
    assert told.alive == {}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scope": Scope((AllowedNetwork("10.1.0.0/16"),))}, "scope_refused"),
        ({"scope": Scope((AllowedNetwork(NETWORK),), excluded=("10.199.0.9",))}, "scope_refused"),
        ({"rate": 0}, "job_refused"),
        ({"max_passes": 0}, "job_refused"),
        ({"tcp_ports": (0,)}, "job_refused"),
        ({"tcp_ports": (80, 80)}, "job_refused"),
        ({"deadline_s": 0.0}, "job_refused"),
    ],
)
async def test_the_helper_judges_again(helper: CagedHelper, change: dict[str, object], code: str) -> None:
    told = await sweep(ScanHelperProcesses(helper.socket), job(NETWORK, **change))
    assert told.refused is not None
    assert told.refused.code == code


async def test_too_many_addresses_are_refused_before_anything_is_expanded(helper: CagedHelper) -> None:
    told = await sweep(ScanHelperProcesses(helper.socket), job("10.0.0.0/8"))
    assert told.refused is not None
    assert "16,777,21" in str(told.refused.params["reason"])


async def test_the_deadline_ends_it(helper: CagedHelper) -> None:
    told = await sweep(ScanHelperProcesses(helper.socket), job(NETWORK, rate=1, deadline_s=0.5))
    assert told.code == "deadline"


async def test_stop_keeps_what_was_found(helper: CagedHelper) -> None:
    wanted = job(NETWORK, rate=200, probes=("echo",), max_passes=15)
    found: set[str] = set()
    ended = None
    async with ScanHelperProcesses(helper.socket).sweep(wanted) as run:
        async for event in run.events():
            if isinstance(event, Swept):
                found |= {item.address for item in event.alive}
                if found:
                    await run.stop()
            elif isinstance(event, SweepEnded):
                ended = event
    assert found
    assert ended is not None
    assert ended.code == "stopped"
    wait_for(lambda: not helper.children(), "the engine lives on", 2.0)


async def test_the_engine_dies_with_its_client(helper: CagedHelper) -> None:
    async with ScanHelperProcesses(helper.socket).sweep(job(NETWORK, rate=1)) as run:
        events = run.events()
        reading = asyncio.ensure_future(anext(events))
        await asyncio.to_thread(wait_for, lambda: bool(helper.children()), "no engine")
        engine = helper.children()
        reading.cancel()
    await asyncio.to_thread(wait_for, lambda: not any(map(alive, engine)), "the engine lives on", 2.0)


async def test_the_engine_dies_with_the_helper(helper: CagedHelper) -> None:
    async with ScanHelperProcesses(helper.socket).sweep(job(NETWORK, rate=1)):
        await asyncio.to_thread(wait_for, lambda: bool(helper.children()), "no engine")
        engine = helper.children()
        helper.process.kill()
        await asyncio.to_thread(wait_for, lambda: not any(map(alive, engine)), "the engine lives on", 2.0)
