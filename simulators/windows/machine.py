"""What WMI says of one simulated machine: root/cimv2 as a table of classes, with counters that go on counting."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from simulators.windows.wql import Instance, Value

FREQUENCY = 10_000_000
GIB = 1024**3


@dataclass(frozen=True, slots=True)
class Disk:
    """A logical disk; `kind` 3 is a local one, 5 a CD without a size."""

    letter: str
    size: int | None
    free: int | None
    kind: int = 3


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface and what it carries a second."""

    name: str
    bits: int = 1_000_000_000
    received_ps: int = 250_000
    sent_ps: int = 120_000


@dataclass(slots=True)
class Machine:
    """One machine. `load` is how busy each core is, from 0 to 1."""

    name: str = "WIN-SIM01"
    domain: str = "lab.example"
    caption: str = "Microsoft Windows Server 2022 Standard"
    version: tuple[int, int, int] = (10, 0, 20348)
    memory: int = 16 * GIB
    free: int = 6 * GIB
    disks: tuple[Disk, ...] = (
        Disk("C:", 120 * GIB, 45 * GIB),
        Disk("D:", 500 * GIB, 410 * GIB),
        Disk("E:", None, None, kind=5),
    )
    interfaces: tuple[Interface, ...] = (
        Interface("Intel[R] 82574L Gigabit Network Connection"),
        Interface("isatap.{6F1C}", bits=100_000, received_ps=0, sent_ps=0),
    )
    load: tuple[float, ...] = (0.25, 0.5)
    processes: tuple[tuple[str, int], ...] = (
        ("System Idle Process", 8_192),
        ("System", 151_552),
        ("svchost.exe", 24_000_000),
        ("svchost.exe", 18_000_000),
        ("sqlservr.exe", 900_000_000),
    )
    up: timedelta = timedelta(days=12, hours=3)
    more: Mapping[str, tuple[Instance, ...]] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)

    def seconds_up(self) -> float:
        """Since it started."""
        return self.up.total_seconds() + time.monotonic() - self._began

    def instances(self, source: str) -> Iterable[Instance] | None:
        """Of a class, whatever the case of its name; None where there is no such class."""
        classes = {
            "win32_operatingsystem": self._operating_system,
            "win32_computersystem": self._computer,
            "win32_logicaldisk": self._logical_disks,
            "win32_processor": self._processors,
            "win32_process": self._process_list,
            "win32_perfrawdata_perfos_processor": self._raw_processors,
            "win32_perfrawdata_tcpip_networkinterface": self._raw_interfaces,
        }
        made = classes.get(source.lower())
        given = {name.lower(): rows for name, rows in self.more.items()}
        if source.lower() in given:
            return given[source.lower()]
        return made() if made else None

    def _operating_system(self) -> Iterable[Instance]:
        now = datetime.now(UTC)
        yield {
            "CSName": self.name,
            "Caption": self.caption,
            "Version": "{}.{}.{}".format(*self.version),
            "BuildNumber": str(self.version[2]),
            "OSArchitecture": "64-bit",
            "TotalVisibleMemorySize": self.memory // 1024,
            "FreePhysicalMemory": self.free // 1024,
            "NumberOfProcesses": len(self.processes),
            "LastBootUpTime": _time(now - timedelta(seconds=self.seconds_up())),
            "LocalDateTime": _time(now),
        }

    def _computer(self) -> Iterable[Instance]:
        yield {
            "Name": self.name,
            "DNSHostName": self.name.lower(),
            "Domain": self.domain or "WORKGROUP",
            "PartOfDomain": bool(self.domain),
            "NumberOfLogicalProcessors": len(self.load),
        }

    def _logical_disks(self) -> Iterable[Instance]:
        for disk in self.disks:
            yield {
                "DeviceID": disk.letter,
                "DriveType": disk.kind,
                "FileSystem": "NTFS" if disk.size else None,
                "Size": disk.size,
                "FreeSpace": disk.free,
            }

    def _processors(self) -> Iterable[Instance]:
        busy = round(100 * sum(self.load) / len(self.load))
        yield {"DeviceID": "CPU0", "LoadPercentage": busy, "NumberOfCores": len(self.load)}

    def _process_list(self) -> Iterable[Instance]:
        for number, (name, memory) in enumerate(self.processes):
            yield {"Name": name, "ProcessId": number * 4, "WorkingSetSize": memory}

    def _raw_processors(self) -> Iterable[Instance]:
        """PercentProcessorTime counts 100 ns in which the processor had nothing to do."""
        idle = [1 - load for load in self.load]
        cores = [(str(number), share) for number, share in enumerate(idle)]
        for name, share in (*cores, ("_Total", sum(idle) / len(idle))):
            ticks = self._clock()
            yield {"Name": name, "PercentProcessorTime": round(ticks["Timestamp_Sys100NS"] * share), **ticks}

    def _raw_interfaces(self) -> Iterable[Instance]:
        for interface in self.interfaces:
            ticks = self._clock()
            up = ticks["Timestamp_PerfTime"] / FREQUENCY
            yield {
                "Name": interface.name,
                "BytesReceivedPersec": round(interface.received_ps * up),
                "BytesSentPersec": round(interface.sent_ps * up),
                "CurrentBandwidth": interface.bits,
                **ticks,
            }

    def _clock(self) -> dict[str, int]:
        ticks = round(self.seconds_up() * FREQUENCY)
        return {"Timestamp_PerfTime": ticks, "Frequency_PerfTime": FREQUENCY, "Timestamp_Sys100NS": ticks}


def _time(at: datetime) -> str:
    """As [MS-WSMV] writes a CIM datetime; the server wraps it into its element."""
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


TIMES = frozenset({"LastBootUpTime", "LocalDateTime"})


def text_of(value: Value) -> str:
    """A value as DSP0230 writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
