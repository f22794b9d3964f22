"""A helper without CAP_NET_RAW: the kernel's own ping where it is allowed, TCP connects anyway."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.infra.clients.scan_helper import ScanHelperProcesses
from tests.infra.scan_helper.cage import NETWORK, TARGETS, CagedHelper, Pair, caged_helper
from tests.infra.sweep.sweeping import job, sweep
from tests.lab import netns

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="namespaces need root")


@pytest.fixture
def plain(pair: Pair) -> Iterator[CagedHelper]:
    """The real helper without any right."""
    with caged_helper(pair.scanner, rights="-all") as started:
        yield started


def _may_ping(pair: Pair, groups: str) -> None:
    path = Path("/proc/sys/net/ipv4/ping_group_range")
    netns.inside(pair.scanner, lambda: path.write_text(groups))


async def test_connects_prove_life_where_pinging_is_not_allowed(plain: CagedHelper, pair: Pair) -> None:
    _may_ping(pair, "1 0")
    told = await sweep(ScanHelperProcesses(plain.socket), job(NETWORK))
    assert told.code == "success"
    assert set(told.alive) == set(TARGETS)
    assert {item.how for item in told.alive.values()} == {"connect"}


async def test_the_kernels_ping_where_it_is_allowed(plain: CagedHelper, pair: Pair) -> None:
    _may_ping(pair, "0 2147483647")
    told = await sweep(ScanHelperProcesses(plain.socket), job(NETWORK))
    assert set(told.alive) == set(TARGETS)
    assert {(item.how, item.ttl) for item in told.alive.values()} == {("echo", 64)}


async def test_open_ports_by_connecting(plain: CagedHelper, pair: Pair) -> None:
    with pair.listen(TARGETS[0], 80), pair.listen(TARGETS[2], 1234):
        told = await sweep(ScanHelperProcesses(plain.socket), job(NETWORK, tcp_ports=tuple(range(1, 2001))))
    assert told.open() == {(TARGETS[0], 80), (TARGETS[2], 1234)}
    assert told.code == "success"
