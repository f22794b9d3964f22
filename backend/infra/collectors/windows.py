"""The collector "windows": vitals of a Windows host, from WMI over WS-Management. No shell, script or agent."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from backend.domain.monitoring.catalogue import LATENCY, VITALS, Metric
from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Sample, Target, Trace, Traits
from backend.domain.monitoring.counters import CounterBook
from backend.domain.monitoring.windows import WINDOWS_PORTS
from backend.domain.registry import collector
from backend.infra.clients.winrm import counting
from backend.infra.clients.winrm.counting import rates, seconds_between, whole
from backend.infra.clients.winrm.messages import Row
from backend.infra.clients.winrm.place import account_of, place_of
from backend.infra.clients.winrm.session import Session, session
from backend.infra.collector_options import CheckOptions

SYSTEM = (
    "SELECT CSName, Caption, Version, OSArchitecture, TotalVisibleMemorySize, FreePhysicalMemory,"
    " NumberOfProcesses, LastBootUpTime, LocalDateTime FROM Win32_OperatingSystem"
)
DISKS = "SELECT DeviceID, Size, FreeSpace FROM Win32_LogicalDisk WHERE DriveType = 3"
PROCESSORS = (
    "SELECT Name, PercentProcessorTime, Timestamp_PerfTime, Frequency_PerfTime"
    " FROM Win32_PerfRawData_PerfOS_Processor"
)
INTERFACES = (
    "SELECT Name, BytesReceivedPersec, BytesSentPersec, CurrentBandwidth, Timestamp_PerfTime, Frequency_PerfTime"
    " FROM Win32_PerfRawData_Tcpip_NetworkInterface"
)
PROCESSES = "SELECT Name, WorkingSetSize FROM Win32_Process WHERE "
IDLE, RECEIVED, SENT = "PercentProcessorTime", "BytesReceivedPersec", "BytesSentPersec"
# Tunnels carry what another interface counts as well.
TUNNELS = ("isatap", "teredo", "6to4")
FIRST_PAUSE_S = 1.0
# Our own deadline comes before the poller's, which knows less of what was waited for.
SHARE = 0.9
TIMEOUT_S = 20.0
METRICS = (
    LATENCY,
    *VITALS,
    Metric("uptime_s", "seconds", "Since the machine started"),
    Metric("cpu_core_percent", "percent", "The processor in use", labels=("cpu",)),
    Metric("storage_total", "bytes", "Space there is", labels=("storage",)),
    Metric("storage_used", "bytes", "Space in use", labels=("storage",)),
    Metric("if_in_bytes_ps", "bytes_per_second", "Received by the interface", labels=("interface",)),
    Metric("if_out_bytes_ps", "bytes_per_second", "Sent by the interface", labels=("interface",)),
    Metric("if_speed_ps", "bytes_per_second", "What the interface can carry", labels=("interface",)),
    Metric("process_instances", "count", "Processes of that name", labels=("process",)),
    Metric("process_memory", "bytes", "Working set of the processes of that name", labels=("process",)),
)
# The last counters of so many hosts and no more.
_COUNTERS = CounterBook()
Process = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^'\"\\%\x00-\x1f]+$")]


class WindowsOptions(CheckOptions):
    """What is asked for."""

    port: int | None = Field(
        None, ge=1, le=65535, description="Unset: the credential profile's, else 5985 or 5986"
    )
    verify_certificate: bool = Field(True, description="Refuse a certificate that is not valid for the name")
    processes: list[Process] = Field(
        default_factory=list, max_length=20, description="Programs to count, as in sqlservr.exe"
    )


@collector(
    "windows",
    options=WindowsOptions,
    traits=Traits(
        metrics=METRICS,
        credentials=("winrm",),
        credential_needed=True,
        ports=tuple(("tcp", port) for port in WINDOWS_PORTS),
        timeout_s=TIMEOUT_S,
    ),
)
async def ask(target: Target, options: WindowsOptions, credential: Credential | None, trace: Trace) -> Reading:
    """Reads processor, memory, disks, network and processes of a Windows host over WinRM."""
    if credential is None:
        text = "Windows needs a credential profile with a user and a password"
        raise CheckFailed("credential_needed", text, params={"types": "winrm"}, final=True)
    began = time.perf_counter()
    place = place_of(
        target.address, credential, name=target.name, port=options.port, verify=options.verify_certificate
    )
    seconds = SHARE * (options.timeout_s or TIMEOUT_S)
    async with session(place, account_of(credential, place), trace, seconds) as asked:
        told = _Told(f"{target.monitor_id}/{place.address}:{place.port}")
        await told.ask(asked, options)
        latency = (time.perf_counter() - began) * 1000
        if target.monitor_id == 0 or not told.counted:
            await told.count_again(asked)
    return Reading(
        {"latency_ms": latency, **told.values()}, tuple(told.samples()), tuple(trace.phases), told.facts()
    )


class _Told:
    """What a host told in one poll, of four questions; a fifth where processes are counted."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._system: Row = {}
        self._disks: list[Row] = []
        self._interfaces: list[Row] = []
        self._processes: list[Row] = []
        self._wanted: list[str] = []
        self._idle: dict[tuple[str, str], float] = {}
        self._traffic: dict[tuple[str, str], float] = {}

    async def ask(self, asked: Session, options: WindowsOptions) -> None:
        """Put the questions."""
        self._system = ((await asked.query(SYSTEM)) or [{}])[0]
        self._disks = await asked.query(DISKS)
        await self._count(asked)
        if options.processes:
            self._wanted = options.processes
            named = " OR ".join(f"Name = '{name}'" for name in options.processes)
            self._processes = await asked.query(PROCESSES + named)

    async def count_again(self, asked: Session) -> None:
        """The first poll has nothing to compare with: a second look gives its rates."""
        await asyncio.sleep(FIRST_PAUSE_S)
        await self._count(asked)

    @property
    def counted(self) -> bool:
        """Whether there are rates."""
        return bool(self._idle)

    async def _count(self, asked: Session) -> None:
        rows, clock = await asked.query(PROCESSORS), time.monotonic()
        self._idle = rates(_COUNTERS, (self._owner, "cpu"), clock, rows, (IDLE,))
        rows, clock = await asked.query(INTERFACES), time.monotonic()
        self._interfaces = [row for row in rows if not (row.get("Name") or "").lower().startswith(TUNNELS)]
        found = rates(_COUNTERS, (self._owner, "net"), clock, self._interfaces, (RECEIVED, SENT))
        self._traffic = found

    def values(self) -> Mapping[str, float | int | None]:
        """The wide row. Memory comes in KiB."""
        total, free = whole(self._system, "TotalVisibleMemorySize"), whole(self._system, "FreePhysicalMemory")
        sizes = [(whole(row, "Size"), whole(row, "FreeSpace")) for row in self._disks]
        known = [
            (size, space) for size, space in sizes if size is not None and space is not None and space <= size
        ]
        carried = [speed for row in self._interfaces if (speed := whole(row, "CurrentBandwidth"))]
        return {
            "cpu_percent": counting.busy(self._idle, IDLE).get("_Total"),
            "memory_total": total * 1024 if total is not None else None,
            "memory_used": (total - free) * 1024
            if total is not None and free is not None and free <= total
            else None,
            "disk_total": sum(size for size, _ in known) if known else None,
            "disk_used": sum(size - space for size, space in known) if known else None,
            "net_recv_ps": self._sum(RECEIVED),
            "net_sent_ps": self._sum(SENT),
            "net_capacity_ps": sum(carried) // 8 if carried else None,
            "process_count": whole(self._system, "NumberOfProcesses"),
        }

    def samples(self) -> Iterator[Sample]:
        """Labelled values."""
        up = seconds_between(self._system, "LastBootUpTime", "LocalDateTime")
        if up is not None:
            yield Sample("uptime_s", up)
        for name, percent in counting.busy(self._idle, IDLE).items():
            if name != "_Total":
                yield Sample("cpu_core_percent", percent, {"cpu": name})
        yield from self._disk_samples()
        yield from self._interface_samples()
        for name in self._wanted:
            rows = [row for row in self._processes if (row.get("Name") or "").lower() == name.lower()]
            yield Sample("process_instances", len(rows), {"process": name})
            memory = sum(whole(row, "WorkingSetSize") or 0 for row in rows)
            yield Sample("process_memory", memory, {"process": name})

    def facts(self) -> dict[str, str]:
        """Name and operating system."""
        wanted = {
            "host_name": "CSName",
            "os": "Caption",
            "os_version": "Version",
            "architecture": "OSArchitecture",
        }
        return {name: value for name, column in wanted.items() if (value := self._system.get(column))}

    def _sum(self, column: str) -> int | None:
        found = [rate for (_, counted), rate in self._traffic.items() if counted == column]
        return round(sum(found)) if found else None

    def _disk_samples(self) -> Iterator[Sample]:
        for row in self._disks:
            label, size, space = row.get("DeviceID"), whole(row, "Size"), whole(row, "FreeSpace")
            if label and size is not None and space is not None and space <= size:
                yield Sample("storage_total", size, {"storage": label})
                yield Sample("storage_used", size - space, {"storage": label})

    def _interface_samples(self) -> Iterator[Sample]:
        for (name, column), rate in self._traffic.items():
            yield Sample("if_in_bytes_ps" if column == RECEIVED else "if_out_bytes_ps", rate, {"interface": name})
        for row in self._interfaces:
            speed = whole(row, "CurrentBandwidth")
            if speed and row.get("Name"):
                yield Sample("if_speed_ps", speed / 8, {"interface": row["Name"] or ""})
