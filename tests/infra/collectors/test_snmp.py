"""The collector snmp: a real agent's vitals, rates that are never invented, and walks that end."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import count
from typing import Any

import pytest

from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Target, Trace
from backend.domain.monitoring.counters import CounterBook
from backend.infra.clients.snmp.ber import oid
from backend.infra.collectors import snmp
from backend.infra.collectors.snmp import SnmpOptions, ask
from tests import agents
from tests.agents import Agent, counter32, ticks

PLAIN = Credential(1, "snmp_v2c", secrets={"community": "plain"})
V3 = Credential(
    2,
    "snmp_v3",
    "sha2",
    config={"security_level": "authPriv", "auth_protocol": "SHA256", "priv_protocol": "AES128"},
    secrets={"auth_key": agents.AUTH_KEY, "priv_key": agents.PRIV_KEY},
)
SYSTEM: agents.Objects = {
    "1.3.6.1.2.1.1.1.0": b"A switch\x1b[31m",
    "1.3.6.1.2.1.1.3.0": ticks(1000),
    "1.3.6.1.2.1.1.5.0": b"core-1",
}
monitors = count(1)


class Clock:
    """Our clock, as the collector asks for it."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    ours = Clock()
    monkeypatch.setattr(snmp, "time", ours)
    monkeypatch.setattr(snmp, "_COUNTERS", CounterBook())
    return ours


@pytest.fixture
async def switch() -> AsyncIterator[Agent]:
    async with agents.agent({**SYSTEM, **interface(1, octets=(10_000, 20_000))}) as found:
        yield found


def interface(
    index: int, *, octets: tuple[int, int], name: bytes = b"", since: int = 0, kind: int = 6
) -> agents.Objects:
    """One row of IF-MIB."""
    wide, narrow = "1.3.6.1.2.1.31.1.1.1", "1.3.6.1.2.1.2.2.1"
    return {
        f"{wide}.1.{index}": name or f"Gi0/{index}".encode(),
        f"{wide}.6.{index}": octets[0],
        f"{wide}.10.{index}": octets[1],
        f"{wide}.15.{index}": 1000,
        f"{wide}.19.{index}": (0x43, since.to_bytes(4, "big")),
        f"{narrow}.3.{index}": kind,
        f"{narrow}.8.{index}": 1,
        f"{narrow}.14.{index}": counter32(5),
    }


async def poll(port: int, credential: Credential = PLAIN, *, monitor: int = 1, **options: Any) -> Reading:
    given = SnmpOptions(port=port, **options)
    return await asyncio.wait_for(ask(Target("127.0.0.1", monitor_id=monitor), given, credential, Trace()), 20)


def samples(reading: Reading, name: str) -> dict[str, float]:
    return {next(iter(s.labels.values()), ""): s.value for s in reading.samples if s.name == name}


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with agents.snmpd(tmp_path_factory.mktemp("snmpd")) as port:
        yield port


@pytest.mark.parametrize("credential", [PLAIN, V3], ids=["v2c", "v3"])
async def test_the_vitals_of_a_real_agent(real: int, credential: Credential, clock: Clock) -> None:
    reading = await poll(real, credential, monitor=next(monitors))
    values = reading.values
    memory_total, memory_used = values["memory_total"], values["memory_used"]
    assert memory_total
    assert memory_used
    assert 0 < memory_used < memory_total
    assert (values["process_count"] or 0) > 1
    assert values["net_recv_ps"] is None, "nothing to compare with yet"
    assert reading.facts["system"].startswith("Linux")
    assert samples(reading, "uptime_s")[""] > 0
    assert not samples(reading, "if_in_bytes_ps")
    clock.now += 0.01
    assert [phase.name for phase in reading.phases] == ["query"]


async def test_a_second_poll_has_rates(real: int) -> None:
    """Real clocks on both sides: the agent counts in hundredths of a second."""
    monitor = next(monitors)
    await poll(real, monitor=monitor)
    await asyncio.sleep(0.6)  # shorter than that nothing is compared
    rates = samples(await poll(real, monitor=monitor), "if_in_bytes_ps")
    assert rates["lo"] >= 0


async def test_rates_are_counted_by_the_agents_clock(switch: Agent, clock: Clock) -> None:
    assert (await poll(switch.port)).values["net_recv_ps"] is None
    clock.now += 60
    switch.objects |= {"1.3.6.1.2.1.1.3.0": ticks(1060), **interface(1, octets=(70_000, 20_600))}
    reading = await poll(switch.port)
    assert (reading.values["net_recv_ps"], reading.values["net_sent_ps"]) == (1000, 10)
    assert reading.values["net_capacity_ps"] == 125_000_000
    assert samples(reading, "if_in_bytes_ps") == {"Gi0/1": 1000}
    assert reading.facts == {"host_name": "core-1", "system": "A switch\\x1b[31m"}
    assert len(switch.heard) == 4, "two questions a poll"


@pytest.mark.parametrize(
    "changed",
    [
        {"1.3.6.1.2.1.1.3.0": ticks(3)},
        {"1.3.6.1.2.1.1.3.0": ticks(1060), **interface(1, octets=(70_000, 20_600), since=7)},
        {"1.3.6.1.2.1.1.3.0": ticks(1060), **interface(1, octets=(5, 5))},
        {"1.3.6.1.2.1.1.3.0": ticks(1060), **interface(2, octets=(5, 5))},
    ],
    ids=["restart", "discontinuity", "fell", "new-line"],
)
async def test_what_cannot_be_compared_has_no_rate(switch: Agent, clock: Clock, changed: agents.Objects) -> None:
    await poll(switch.port)
    clock.now += 60
    switch.objects |= changed
    reading = await poll(switch.port)
    assert reading.values["net_recv_ps"] is None
    clock.now += 60
    switch.objects["1.3.6.1.2.1.1.3.0"] = ticks(63 if changed.get("1.3.6.1.2.1.1.3.0") == ticks(3) else 1120)
    assert (await poll(switch.port)).values["net_recv_ps"] == 0


async def test_an_agent_with_narrow_counters_only(clock: Clock) -> None:
    def rows(octets: int) -> agents.Objects:
        table = "1.3.6.1.2.1.2.2.1"
        return {
            f"{table}.2.1": b"port one",
            f"{table}.3.1": 6,
            f"{table}.5.1": (0x42, (10_000_000).to_bytes(4, "big")),
            f"{table}.8.1": 1,
            f"{table}.10.1": counter32(octets),
            f"{table}.16.1": counter32(octets),
        }

    async with agents.agent({**SYSTEM, **rows((1 << 32) - 600)}) as old:
        await poll(old.port)
        clock.now += 60
        old.objects |= {"1.3.6.1.2.1.1.3.0": ticks(1060), **rows(0)}
        reading = await poll(old.port)
    assert samples(reading, "if_in_bytes_ps") == {"port one": 10}


async def test_lines_are_counted_once(clock: Clock) -> None:
    rows = [
        interface(1, octets=(0, 0)),
        interface(2, octets=(0, 0), name=b"lo", kind=24),
        interface(3, octets=(0, 0), name=b"vlan7", kind=135),
        interface(4, octets=(0, 0), name=b"docker0"),
    ]
    async with agents.agent(SYSTEM | {name: value for row in rows for name, value in row.items()}) as busy:  # type: ignore[operator]
        reading = await poll(busy.port)
    assert reading.values["net_capacity_ps"] == 125_000_000
    assert len(samples(reading, "if_up")) == 4


async def test_names_that_are_the_same_are_told_apart(clock: Clock) -> None:
    rows = {**interface(1, octets=(0, 0), name=b"x"), **interface(22, octets=(0, 0), name=b"x")}
    async with agents.agent({**SYSTEM, **rows}) as twins:
        assert set(samples(await poll(twins.port), "if_up")) == {"x (1)", "x (22)"}


async def test_memory_and_disks_by_host_resources(clock: Clock) -> None:
    def store(index: int, kind: int, name: bytes, size: int, used: int) -> agents.Objects:
        table = "1.3.6.1.2.1.25.2.3.1"
        return {
            f"{table}.2.{index}": (6, oid(f"1.3.6.1.2.1.25.2.1.{kind}")),
            f"{table}.3.{index}": name,
            f"{table}.4.{index}": 4096,
            f"{table}.5.{index}": size,
            f"{table}.6.{index}": used,
        }

    rows = [
        store(1, 2, b"Physical memory", 1000, 700),
        store(7, 1, b"Cached memory", 400, 400),
        store(31, 4, b"/", 5000, 100),
        store(32, 4, b"/mnt/again", 5000, 100),
        store(33, 4, b"/run", 50, 1),
    ]
    load = {"1.3.6.1.2.1.25.3.3.1.2.196608": 20, "1.3.6.1.2.1.25.3.3.1.2.196609": 40}
    objects = {**SYSTEM, **load, **{name: value for row in rows for name, value in row.items()}}
    async with agents.agent(objects) as machine:
        values = (await poll(machine.port)).values
    assert (values["memory_total"], values["memory_used"]) == (1000 * 4096, 300 * 4096)
    assert (values["disk_total"], values["disk_used"]) == (5000 * 4096, 100 * 4096)
    assert values["cpu_percent"] == 30


async def test_a_walk_without_an_end_ends(clock: Clock) -> None:
    rows = {name: value for index in range(1, 400) for name, value in interface(index, octets=(1, 1)).items()}
    async with agents.agent({**SYSTEM, **rows}) as big:
        reading = await poll(big.port, max_interfaces=50, storage=False)
    assert len(samples(reading, "if_up")) == 50
    assert "cut" in reading.facts


async def test_an_agent_that_shows_nothing(clock: Clock) -> None:
    async with agents.agent({"1.3.6.1.6.1.0": 1}) as shy:
        with pytest.raises(CheckFailed) as caught:
            await poll(shy.port)
    assert (caught.value.code, caught.value.final) == ("snmp_empty", True)


async def test_a_credential_of_another_kind() -> None:
    for credential, code in ((Credential(1, "ssh"), "credential_type_wrong"), (None, "credential_needed")):
        with pytest.raises(CheckFailed) as caught:
            await ask(Target("127.0.0.1"), SnmpOptions(port=9), credential, Trace())
        assert caught.value.code == code
