"""Echoes through the real helper, on a cable of its own."""

import asyncio
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from backend.domain.monitoring.collector import CheckFailed, Reading, Target, Trace
from backend.domain.monitoring.echoes import EchoesAway, EchoPlan
from backend.infra.clients.echo.client import HelperEchoes
from backend.infra.collectors.ping import PingOptions, ping
from backend.infra.scan_helper.echo_protocol import packed_question, questions, read_questions
from backend.infra.scan_helper.protocol import ProtocolError
from tests.infra.scan_helper.cage import SCANNER, TARGETS, CagedHelper, Pair, caged_helper
from tests.lab import netns

QUICK = PingOptions(count=3, interval_ms=20, wait_ms=300)
SIX, SCANNER_SIX = "fd00:199::10", "fd00:199::1"


@pytest.fixture(scope="module")
def cable(pair: Pair) -> Pair:
    """The two machines, with addresses of both families."""
    netns.batch(pair.scanner, [f"addr add {SCANNER_SIX}/64 dev eth0 nodad"])
    netns.batch(pair.target, [f"addr add {SIX}/64 dev eth0 nodad"])
    return pair


@pytest.fixture(scope="module")
def helper(cable: Pair) -> Iterator[CagedHelper]:
    """One for all: it keeps nothing of one question for the next."""
    with caged_helper(cable.scanner) as started:
        yield started


async def pinged(helper: Path, address: str, options: PingOptions = QUICK) -> Reading:
    echoes = HelperEchoes(helper)
    try:
        return await ping(Target(address, echoes=echoes), options, None, Trace())
    finally:
        await echoes.close()


@pytest.mark.parametrize("address", [TARGETS[0], SIX])
async def test_loss_times_and_jitter(cable: Pair, helper: CagedHelper, address: str) -> None:
    reading = await pinged(helper.socket, address)
    found = {sample.name: sample.value for sample in reading.samples}
    assert found["ping_loss_percent"] == 0
    assert 0 < found["ping_min_ms"] <= (reading.values["latency_ms"] or 0) <= found["ping_max_ms"] < 300
    assert found["ping_jitter_ms"] >= 0
    assert [phase.name for phase in reading.phases] == ["echo"]


async def test_failures_say_what_happened(cable: Pair, helper: CagedHelper) -> None:
    found: dict[str, str] = {}
    for address in ("10.199.0.99", "203.0.113.9", "127.0.0.1", SCANNER, "169.254.169.254", "fd00:199::77"):
        with pytest.raises(CheckFailed) as failed:
            await pinged(helper.socket, address)
        found[address] = failed.value.code
    assert found == {
        "10.199.0.99": "no_echo",
        "203.0.113.9": "host_unreachable",
        "127.0.0.1": "target_forbidden",
        SCANNER: "target_forbidden",
        "169.254.169.254": "target_forbidden",
        "fd00:199::77": "no_echo",
    }


async def test_some_are_lost(cable: Pair, helper: CagedHelper) -> None:
    drop = ["-m", "statistic", "--mode", "nth", "--every", "2", "--packet", "0", "-j", "DROP"]
    rule = ["INPUT", "-p", "icmp", "--icmp-type", "echo-request", *drop]
    netns.command(*netns.argv_inside(cable.target, ["iptables", "-A", *rule]))
    try:
        options = PingOptions(count=4, interval_ms=20, wait_ms=300)
        reading = await pinged(helper.socket, TARGETS[0], options)
        with pytest.raises(CheckFailed) as failed:
            await pinged(
                helper.socket, TARGETS[0], PingOptions(count=4, interval_ms=20, wait_ms=300, most_lost=40)
            )
    finally:
        netns.command(*netns.argv_inside(cable.target, ["iptables", "-D", *rule]))
    assert reading.samples[0].value == 50
    assert (failed.value.code, failed.value.params["percent"]) == ("echoes_lost", 50)


async def test_thousands_at_once(cable: Pair, helper: CagedHelper) -> None:
    echoes = HelperEchoes(helper.socket)
    plan = EchoPlan(1, 20, 3_000, 56)
    answers = await asyncio.gather(*(echoes.echo(TARGETS[number % 3], plan) for number in range(5_000)))
    await echoes.close()
    assert sum(answer.received for answer in answers) == 5_000
    assert all(0 < answer.avg_ms < 3_000 for answer in answers)


async def test_without_raw_sockets_the_kernel_pings_or_nobody_does(cable: Pair) -> None:
    with caged_helper(cable.scanner, rights="-all") as plain:
        netns.command(*netns.argv_inside(cable.scanner, ["sysctl", "-qw", "net.ipv4.ping_group_range=1 0"]))
        with pytest.raises(CheckFailed) as failed:
            await pinged(plain.socket, TARGETS[0])
    with caged_helper(cable.scanner, rights="-all") as plain:
        netns.command(
            *netns.argv_inside(cable.scanner, ["sysctl", "-qw", "net.ipv4.ping_group_range=0 2147483647"])
        )
        reading = await pinged(plain.socket, TARGETS[0])
        six = await pinged(plain.socket, SIX)
    assert failed.value.code == "ping_not_permitted"
    assert failed.value.final
    assert (reading.samples[0].value, six.samples[0].value) == (0, 0)


async def test_a_helper_that_dies_and_comes_back(cable: Pair, tmp_path: Path) -> None:
    path = tmp_path / "scan.sock"
    echoes = HelperEchoes(path)
    with caged_helper(cable.scanner) as first:
        path.symlink_to(first.socket)
        assert (await echoes.echo(TARGETS[0], EchoPlan(1))).received == 1
        asked = asyncio.create_task(echoes.echo("10.199.0.99", EchoPlan(1, wait_ms=5_000)))
        await asyncio.sleep(0)
        first.process.kill()
        with pytest.raises(EchoesAway):
            await asyncio.wait_for(asked, 4)
    path.unlink()
    with caged_helper(cable.scanner) as second:
        path.symlink_to(second.socket)
        assert (await echoes.echo(TARGETS[0], EchoPlan(1))).received == 1
    await echoes.close()


async def test_a_client_that_goes_takes_its_questions_with_it(cable: Pair, helper: CagedHelper) -> None:
    echoes = HelperEchoes(helper.socket)
    asked = [asyncio.create_task(echoes.echo("10.199.0.99", EchoPlan(20, 1_000))) for _ in range(100)]
    await asyncio.sleep(0.1)
    await echoes.close()
    for each in asked:
        with suppress(EchoesAway):
            await each
    assert (await pinged(helper.socket, TARGETS[0])).values["latency_ms"]


async def test_what_no_honest_client_sends(cable: Pair, helper: CagedHelper) -> None:
    record = struct.Struct(">IBHHH16s")
    where = bytes(10) + b"\xff\xff" + bytes((10, 199, 0, 10))
    for wrong in (
        b"x" * 7,
        record.pack(1, 0, 100, 100, 56, where),
        record.pack(1, 255, 100, 100, 56, where),
        record.pack(1, 1, 0, 100, 56, where),
        record.pack(1, 1, 100, 65_535, 56, where),
        record.pack(1, 1, 100, 100, 65_535, where),
    ):
        with pytest.raises(ProtocolError):
            list(read_questions(wrong))
        reader, writer = await asyncio.open_unix_connection(helper.socket)
        writer.write(questions([wrong]))
        assert await asyncio.wait_for(reader.read(), 5) == b""
        writer.close()
    assert list(read_questions(packed_question(7, SIX, EchoPlan()))) == [(7, SIX, EchoPlan())]
    assert (await pinged(helper.socket, TARGETS[0])).values["latency_ms"]
