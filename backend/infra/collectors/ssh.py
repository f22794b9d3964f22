"""The collector "ssh": the vitals of a Linux machine without an agent, in one login and one command."""

import time
from collections.abc import Hashable, Iterator, Mapping

from pydantic import Field

from backend.domain.monitoring.catalogue import LATENCY, VITALS, Metric
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Sample, Target, Trace, Traits
from backend.domain.monitoring.counters import CounterBook
from backend.domain.registry import collector
from backend.infra.clients.ssh import problems
from backend.infra.clients.ssh.connection import PORT, Server, logged_in, output
from backend.infra.clients.ssh.vitals import COMMAND, Vitals, read
from backend.infra.collector_options import CheckOptions

_NETWORK = (
    Metric("if_in_bytes_ps", "bytes_per_second", "Received by the interface", labels=("interface",)),
    Metric("if_out_bytes_ps", "bytes_per_second", "Sent by the interface", labels=("interface",)),
    Metric("if_in_errors_ps", "count", "Errors a second on receiving", labels=("interface",)),
    Metric("if_out_errors_ps", "count", "Errors a second on sending", labels=("interface",)),
    Metric("if_in_discards_ps", "count", "Dropped a second on receiving", labels=("interface",)),
    Metric("if_out_discards_ps", "count", "Dropped a second on sending", labels=("interface",)),
)
METRICS = (
    LATENCY,
    *VITALS,
    Metric("uptime_s", "seconds", "Since the machine, or its agent, started"),
    Metric("load_average", "none", "Processes that run or want to, on average", labels=("minutes",)),
    Metric("swap_total", "bytes", "Swap space there is"),
    Metric("swap_used", "bytes", "Swap space in use"),
    Metric("storage_total", "bytes", "Space there is", labels=("storage",)),
    Metric("storage_used", "bytes", "Space in use", labels=("storage",)),
    Metric("cpu_core_percent", "percent", "The processor in use", labels=("cpu",)),
    *_NETWORK,
)
# The last counters of each machine: a rate needs two polls.
_COUNTERS = CounterBook()


class SshOptions(CheckOptions):
    """Where to log in."""

    port: int | None = Field(None, ge=1, le=65535, description="Unset: the credential profile's, else 22")


@collector(
    "ssh",
    options=SshOptions,
    traits=Traits(
        metrics=METRICS,
        credentials=("ssh",),
        credential_needed=True,
        ports=(("tcp", 22),),
        timeout_s=20.0,
    ),
)
async def ask(target: Target, options: SshOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Logs in over SSH and reads processor, memory, disks and network of a Linux machine."""
    if credential is None or credential.type != "ssh":
        text = "SSH needs a credential profile of its type"
        raise CheckFailed("credential_needed", text, phase="login", params={"types": "ssh"}, final=True)
    if target.known_hosts is None:
        raise CheckFailed("host_keys_away", "Nobody keeps the host keys here", phase="host_key", final=True)
    port = options.port or credential.port or PORT
    server = Server(target.address, port, credential, target.known_hosts)
    async with logged_in(server, trace) as connection:
        with trace.step("query"):
            vitals = read(await output(connection, COMMAND, target.address))
    if not vitals.complete or vitals.up_s is None or not vitals.memory:
        raise problems.no_vitals(target.address, vitals.system)
    return _reading((target.monitor_id, target.address, port), vitals, trace)


def _reading(owner: Hashable, vitals: Vitals, trace: Trace) -> Reading:
    moment = vitals.moment(time.monotonic())
    rates = _COUNTERS.rates(owner, moment, vitals.counters)[1] if moment else {}
    memory, disks = vitals.memory, vitals.disks
    total = memory.get("MemTotal")
    free = memory.get("MemAvailable")
    if free is None:  # Linux before 3.14
        free = sum(memory.get(name, 0) for name in ("MemFree", "Buffers", "Cached"))
    values = {
        "latency_ms": sum(phase.ms for phase in trace.phases),
        "cpu_percent": _share(rates, "cpu"),
        "memory_total": total,
        "memory_used": max(0, total - free) if total else None,
        "disk_total": sum(disk.total for disk in disks) if disks else None,
        "disk_used": sum(disk.used for disk in disks) if disks else None,
        "net_recv_ps": _sum(rates.get(("if_in_bytes_ps", name)) for name in vitals.lines),
        "net_sent_ps": _sum(rates.get(("if_out_bytes_ps", name)) for name in vitals.lines),
        "net_capacity_ps": _sum(iter(vitals.lines.values())),
        "process_count": vitals.processes,
    }
    told = {"host_name": vitals.host_name, "os": vitals.os, "kernel": vitals.kernel}
    facts = {name: value for name, value in told.items() if value}
    return Reading(values, tuple(_samples(vitals, rates)), tuple(trace.phases), facts)


def _samples(vitals: Vitals, rates: Mapping[Hashable, float]) -> Iterator[Sample]:
    if vitals.up_s is not None:
        yield Sample("uptime_s", vitals.up_s)
    for minutes, load in zip(("1", "5", "15"), vitals.load, strict=False):
        yield Sample("load_average", load, {"minutes": minutes})
    swap = vitals.memory.get("SwapTotal", 0)
    if swap:
        yield Sample("swap_total", float(swap))
        yield Sample("swap_used", float(swap - vitals.memory.get("SwapFree", 0)))
    for disk in vitals.disks:
        yield Sample("storage_total", float(disk.total), {"storage": disk.name})
        yield Sample("storage_used", float(disk.used), {"storage": disk.name})
    for place in rates:
        kind, name = place if isinstance(place, tuple) else ("", "")
        share = _share(rates, name) if kind == "busy" and name != "cpu" else None
        if share is not None:
            yield Sample("cpu_core_percent", share, {"cpu": name.removeprefix("cpu")})
        elif kind.startswith("if_"):
            yield Sample(kind, rates[place], {"interface": name})


def _share(rates: Mapping[Hashable, float], name: str) -> float | None:
    """Per cent of a processor's time that was worked; None where nothing can be compared."""
    busy, whole = rates.get(("busy", name)), rates.get(("time", name))
    return min(100.0, 100 * busy / whole) if busy is not None and whole else None


def _sum(values: Iterator[float | None]) -> float | None:
    """The sum, where each of them is known: half a sum looks like a drop that was none."""
    found = list(values)
    known = [value for value in found if value is not None]
    return sum(known) if known and len(known) == len(found) else None
