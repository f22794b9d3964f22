"""The collector "snmp": system, interfaces, storage and processors of an agent, in two round trips."""

import time
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import Field

from backend.domain.errors import Params
from backend.domain.inventory.text import one_line
from backend.domain.monitoring.catalogue import LATENCY, VITALS, Metric
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Sample, Target, Trace, Traits
from backend.domain.monitoring.counters import Count, CounterBook, Moment
from backend.domain.registry import collector
from backend.infra.clients.snmp import host, mib, problems
from backend.infra.clients.snmp.interfaces import Interface, interfaces, number, traffic, without_wide_counters
from backend.infra.clients.snmp.login import agent_of
from backend.infra.clients.snmp.session import Known, Session, session
from backend.infra.clients.snmp.walk import Table
from backend.infra.collector_options import CheckOptions

METRICS = (
    LATENCY,
    *VITALS,
    Metric("uptime_s", "seconds", "Since the machine, or its agent, started"),
    Metric("if_up", "bool", "Whether the interface is up", labels=("interface",)),
    Metric("if_speed_ps", "bytes_per_second", "What the interface can carry", labels=("interface",)),
    Metric("if_in_bytes_ps", "bytes_per_second", "Received by the interface", labels=("interface",)),
    Metric("if_out_bytes_ps", "bytes_per_second", "Sent by the interface", labels=("interface",)),
    Metric("if_in_errors_ps", "count", "Errors a second on receiving", labels=("interface",)),
    Metric("if_out_errors_ps", "count", "Errors a second on sending", labels=("interface",)),
    Metric("if_in_discards_ps", "count", "Dropped a second on receiving", labels=("interface",)),
    Metric("if_out_discards_ps", "count", "Dropped a second on sending", labels=("interface",)),
    Metric("storage_total", "bytes", "Space there is", labels=("storage",)),
    Metric("storage_used", "bytes", "Space in use", labels=("storage",)),
    Metric("cpu_core_percent", "percent", "The processor in use, in its last minute", labels=("cpu",)),
)
MAX_STORES, MAX_PROCESSORS = 256, 512
# What is remembered between polls, of so many agents and no more: engines, last counters, sizes of tables.
_KNOWN = Known()
_COUNTERS = CounterBook()
_SIZES: dict[tuple[str, int], tuple[int, int]] = {}
_MOST_SIZES = 50_000


class SnmpOptions(CheckOptions):
    """What is asked for."""

    port: int | None = Field(None, ge=1, le=65535, description="Unset: the credential profile's, else 161")
    interfaces: bool = Field(True, description="Read the interfaces and their traffic")
    storage: bool = Field(True, description="Read disks and memory")
    idle_interfaces: bool = Field(False, description="Also keep values of interfaces that are down")
    max_interfaces: int = Field(512, ge=1, le=4096, description="Read so many interfaces at most")


@dataclass(frozen=True, slots=True)
class _Told:
    """What an agent told in one poll."""

    system: Table
    old: Mapping[bytes, list[int | bytes | None]]
    storage: Table
    clock_s: float


@collector(
    "snmp",
    options=SnmpOptions,
    traits=Traits(
        metrics=METRICS,
        credentials=("snmp_v2c", "snmp_v3"),
        credential_needed=True,
        ports=(("udp", 161),),
        timeout_s=15.0,
    ),
)
async def ask(target: Target, options: SnmpOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Reads system, interfaces, storage and processors over SNMP."""
    if credential is None:
        params: Params = {"types": "snmp_v2c, snmp_v3"}
        text = "SNMP needs a community or a user"
        raise CheckFailed("credential_needed", text, phase="login", params=params, final=True)
    agent = agent_of(target.address, options.port, credential)
    with trace.step("query"):
        async with session(agent, _KNOWN) as asked:
            try:
                told = await _read(asked, options, (agent.address, agent.port))
            except CheckFailed as failed:
                trace.phase = failed.phase
                raise
    return _reading((target.monitor_id, agent.address, agent.port), told, options, trace)


async def _read(asked: Session, options: SnmpOptions, place: tuple[str, int]) -> _Told:
    """Two questions where the tables are as long as they were last time, a few more where they are not."""
    rows, stores = _SIZES.get(place, (8, 24))
    columns = (*mib.INTERFACES, mib.LOAD) if options.interfaces else (mib.LOAD,)
    most = (*((options.max_interfaces,) * (len(columns) - 1)), MAX_PROCESSORS)
    system = await asked.table(columns, scalars=mib.SCALARS, rows=rows, most=most)
    clock = time.monotonic()
    if number(system.scalars.get(mib.UP_TIME)) is None and not system.rows:
        raise problems.nothing_seen(place[0])
    old: Mapping[bytes, list[int | bytes | None]] = {}
    if options.interfaces and without_wide_counters(_interface_rows(system)):
        old = (await asked.table(mib.OLD_INTERFACES, rows=len(system.rows), most=most[:4])).rows
    storage = Table({})
    if options.storage:
        storage = await asked.table(mib.STORAGE, rows=stores, most=(MAX_STORES,) * len(mib.STORAGE))
    if len(_SIZES) >= _MOST_SIZES:
        _SIZES.clear()
    _SIZES[place] = (len(system.rows), len(storage.rows))
    return _Told(system, old, storage, clock)


def _interface_rows(system: Table) -> dict[bytes, list[int | bytes | None]]:
    """Rows that are interfaces: processors have indices of their own in the same walk."""
    return {index: row for index, row in system.rows.items() if any(cell is not None for cell in row[:-1])}


def _reading(owner: Hashable, told: _Told, options: SnmpOptions, trace: Trace) -> Reading:
    scalars = told.system.scalars
    found = interfaces(_interface_rows(told.system), told.old) if options.interfaces else []
    loads = [load for row in told.system.rows.values() if (load := number(row[-1])) is not None and load <= 100]
    rates = _rates(owner, told, found)
    sums, samples = traffic(found, rates, idle=options.idle_interfaces)
    stores = host.stores(told.storage.rows)
    disks = host.disks(stores)
    values = {
        "latency_ms": trace.phases[-1].ms,
        "cpu_percent": host.processor(scalars, loads),
        **host.memory(scalars, stores),
        "disk_total": sum(each.total for each in disks) if disks else None,
        "disk_used": sum(each.used for each in disks) if disks else None,
        **sums,
        "process_count": number(scalars.get(mib.PROCESSES)),
    }
    samples += [*host.samples(disks, loads), *_uptime(scalars)]
    return Reading(values, tuple(samples), tuple(trace.phases), dict(_facts(told)))


def _rates(owner: Hashable, told: _Told, found: list[Interface]) -> dict[Hashable, float]:
    ticks = number(told.system.scalars.get(mib.UP_TIME))
    if ticks is None:
        return {}  # without the agent's clock nobody knows whether its counters began anew
    counts: dict[Hashable, Count] = {name: count for each in found for name, count in each.counters()}
    moment = Moment(ticks / 100, told.clock_s, wraps_s=mib.TICKS_WRAP_S)
    return _COUNTERS.rates(owner, moment, counts)[1]


def _uptime(scalars: Mapping[bytes, int | bytes | None]) -> Iterator[Sample]:
    ticks = number(scalars.get(mib.HOST_UP_TIME))
    ticks = number(scalars.get(mib.UP_TIME)) if ticks is None else ticks
    if ticks is not None:
        yield Sample("uptime_s", ticks / 100)


def _facts(told: _Told) -> Iterator[tuple[str, str]]:
    for name, wanted in (("host_name", mib.NAME), ("system", mib.DESCRIPTION)):
        value = told.system.scalars.get(wanted)
        if isinstance(value, bytes) and value:
            yield name, one_line(value, 255)
    if told.system.cut or told.storage.cut:
        yield "cut", "The agent has more rows than are read"
