"""Linux vitals from one command: what it asks, and how its answer is read. Whatever comes back, nothing raises."""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field

from backend.domain.inventory.text import one_line
from backend.domain.monitoring.counters import Count, Moment
from backend.infra.clients.lines import is_line

# One round trip. Sections are marked, so that what a login shell says of its own before them does no harm; df is
# asked for local file systems, as one that is gone would keep it waiting.
COMMAND = """exec sh -c '
LC_ALL=C; PATH=/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH
echo; echo "@@ system"; uname -s; uname -n; uname -r
echo "@@ release"; cat /etc/os-release
echo "@@ uptime"; cat /proc/uptime
echo "@@ boot"; cat /proc/sys/kernel/random/boot_id
echo "@@ load"; cat /proc/loadavg
echo "@@ memory"; cat /proc/meminfo
echo "@@ processor"; grep ^cpu /proc/stat
echo "@@ network"; cat /proc/net/dev
echo "@@ speed"; for f in /sys/class/net/*; do echo "${f##*/} $(cat $f/operstate) $(cat $f/speed)"; done
echo "@@ processes"; ls -d /proc/[0-9]* | wc -l
echo "@@ disks"; df -P -k -l || df -P -k
echo "@@ end"' 2>/dev/null"""
MAX_LINES, MAX_LINE = 5_000, 1_000
_USER_HZ = 100
_DISK = re.compile(r"^(/dev/\S+|overlay|\S+/\S+)\s+(\d+)\s+(\d+)\s+(\d+)\s+\S+\s+(/.*)$")
_NO_DISK = re.compile(r"^/dev/(loop|zram|ram|sr|fd)\d")


@dataclass(frozen=True, slots=True)
class Disk:
    """A file system, in bytes."""

    name: str
    total: int
    used: int


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a machine said of itself in one answer."""

    system: str = ""
    host_name: str = ""
    kernel: str = ""
    os: str = ""
    up_s: float | None = None
    boot: str = ""
    load: tuple[float, ...] = ()
    memory: Mapping[str, int] = field(default_factory=dict)
    disks: tuple[Disk, ...] = ()
    processes: int | None = None
    counters: Mapping[Hashable, Count] = field(default_factory=dict)
    # Name -> what it can carry in bytes a second, None where that is not said; only of interfaces that are up.
    lines: Mapping[str, float | None] = field(default_factory=dict)
    complete: bool = False

    def moment(self, clock_s: float) -> Moment | None:
        """When it was said."""
        return Moment(self.up_s, clock_s, self.boot) if self.up_s is not None else None


def read(output: bytes) -> Vitals:
    """The vitals in an answer."""
    parts = _sections(output.decode("utf-8", "backslashreplace"))
    system = [one_line(line, 120) for line in parts.get("system", [])] + ["", "", ""]
    uptime = _numbers(" ".join(parts.get("uptime", [])))
    processes = _numbers(" ".join(parts.get("processes", [])))
    return Vitals(
        system=system[0],
        host_name=system[1],
        kernel=system[2],
        os=_os(parts.get("release", [])),
        up_s=uptime[0] if uptime else None,
        boot="".join(parts.get("boot", []))[:64],
        load=tuple(_numbers(" ".join(parts.get("load", [])))[:3]),
        memory=dict(_memory(parts.get("memory", []))),
        disks=tuple(_disks(parts.get("disks", []))),
        processes=int(processes[0]) if processes and processes[0] < 1 << 31 else None,
        counters={**dict(_processors(parts.get("processor", []))), **dict(_network(parts.get("network", [])))},
        lines=dict(_lines(parts.get("speed", []))),
        complete="end" in parts,
    )


def _sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in text.split("\n")[:MAX_LINES]:
        if line.startswith("@@ "):
            section = found[line[3:].strip()[:32]] = []
        else:
            section.append(line[:MAX_LINE])
    return found


def _os(lines: list[str]) -> str:
    for line in lines:
        if line.startswith("PRETTY_NAME="):
            return one_line(line[12:].strip().strip("\"'"), 120)
    return ""


def _memory(lines: list[str]) -> Iterator[tuple[str, int]]:
    for line in lines:
        name, _, rest = line.partition(":")
        numbers = _numbers(rest)
        if numbers and rest.rstrip().endswith("kB"):
            yield name, int(numbers[0]) * 1024


def _disks(lines: list[str]) -> Iterator[Disk]:
    """Disks, and not twice what is mounted twice; the root of a container where there is nothing else."""
    seen: set[str] = set()
    for line in lines:
        match = _DISK.match(line)
        if match is None or match[1] in seen or _NO_DISK.match(match[1]) or len(match[2]) > 18:
            continue
        if match[1] == "overlay" and match[5] != "/":
            continue
        seen.add(match[1])
        total, used = int(match[2]) * 1024, int(match[3]) * 1024
        if total:
            yield Disk(one_line(match[5], 150), total, used)


def _processors(lines: list[str]) -> Iterator[tuple[Hashable, Count]]:
    """Time worked and time altogether, of all processors ("cpu") and of each; waiting for disks is no work."""
    for line in lines:
        name, *rest = line.split()
        times = [int(part) for part in rest[:8] if part.isdecimal() and len(part) < 19]
        if len(times) < 4 or not re.fullmatch(r"cpu\d{0,5}", name):
            continue
        idle = times[3] + (times[4] if len(times) > 4 else 0)
        yield ("busy", name), Count(sum(times) - idle)
        yield ("time", name), Count(sum(times))


def _network(lines: list[str]) -> Iterator[tuple[Hashable, Count]]:
    for line in lines:
        name, found, rest = line.rpartition(":")
        fields = rest.split()
        if not found or len(fields) < 12 or not all(part.isdecimal() and len(part) < 21 for part in fields):
            continue
        shown = one_line(name.strip(), 60)
        for kind, place in (("if_in_bytes_ps", 0), ("if_in_errors_ps", 2), ("if_in_discards_ps", 3)):
            yield (kind, shown), Count(int(fields[place]))
        for kind, place in (("if_out_bytes_ps", 8), ("if_out_errors_ps", 10), ("if_out_discards_ps", 11)):
            yield (kind, shown), Count(int(fields[place]))


def _lines(lines: list[str]) -> Iterator[tuple[str, float | None]]:
    for line in lines:
        name, *rest = line.split()[:3] or [""]
        if rest and rest[0] in {"up", "unknown"} and is_line(name):
            speed = _numbers(rest[1]) if len(rest) > 1 else []
            yield one_line(name, 60), speed[0] * 1e6 / 8 if speed and speed[0] > 0 else None


def _numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"(?<![\w.-])\d{1,18}(?:\.\d{1,9})?(?![\w.])", text)]
