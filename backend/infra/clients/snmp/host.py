"""Memory, disks and processors of an agent: UCD-SNMP-MIB where it is there, HOST-RESOURCES-MIB else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backend.domain.monitoring.collector import Sample
from backend.infra.clients.snmp import mib
from backend.infra.clients.snmp.ber import arcs
from backend.infra.clients.snmp.interfaces import number, text
from backend.infra.clients.snmp.pdu import Value
from backend.infra.clients.snmp.walk import Row

_PSEUDO = ("/run", "/dev", "/sys", "/proc", "/snap/")
# net-snmp lists these beside the memory that holds them.
_LENT = ("memory buffers", "cached memory")
_32_BITS = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Store:
    """One row of hrStorageTable, in bytes."""

    name: str
    type: Value
    total: int
    used: int


def stores(rows: Mapping[bytes, Row]) -> list[Store]:
    """What there is to be filled. Sizes beyond 31 bits come as negative numbers from some agents."""
    found = []
    for index, (kind, descr, units, size, used) in rows.items():
        if not (isinstance(units, int) and isinstance(size, int) and isinstance(used, int)) or units <= 0:
            continue
        name = text(descr) or ".".join(map(str, arcs(index)))
        total = units * (size & _32_BITS)
        if total:
            found.append(Store(name, kind, total, min(units * (used & _32_BITS), total)))
    return found


def disks(found: list[Store]) -> list[Store]:
    """What is a disk: no file system of the kernel's, and none twice that is mounted twice."""
    unlike: dict[tuple[int, int], Store] = {}
    for each in found:
        if each.type == mib.STORAGE_DISK and not each.name.startswith(_PSEUDO):
            unlike.setdefault((each.total, each.used), each)
    return list(unlike.values())


def memory(scalars: Mapping[bytes, Value], found: list[Store]) -> dict[str, int | None]:
    """Memory that there is, and that is in use by something that does not give it back at once."""
    total, free = number(scalars.get(mib.MEMORY_TOTAL)), number(scalars.get(mib.MEMORY_FREE))
    if total and free is not None:
        lent = sum(number(scalars.get(each)) or 0 for each in (mib.MEMORY_BUFFERS, mib.MEMORY_CACHED))
        return {"memory_total": total * 1024, "memory_used": max(0, total - free - lent) * 1024}
    ram = [each for each in found if each.type == mib.STORAGE_RAM]
    if not ram:
        return {}
    lent = sum(each.used for each in found if each.name.lower() in _LENT)
    used = sum(each.used for each in ram)
    return {"memory_total": sum(each.total for each in ram), "memory_used": max(0, used - lent)}


def processor(scalars: Mapping[bytes, Value], loads: list[int]) -> float | None:
    """Per cent in use: the mean over the processors, or what UCD says is not idle."""
    if loads:
        return sum(loads) / len(loads)
    idle = number(scalars.get(mib.CPU_IDLE))
    return 100.0 - idle if idle is not None and idle <= 100 else None


def samples(found: list[Store], loads: list[int]) -> Iterator[Sample]:
    """Every disk and every processor."""
    for each in found:
        yield Sample("storage_total", float(each.total), {"storage": each.name})
        yield Sample("storage_used", float(each.used), {"storage": each.name})
    for place, load in enumerate(loads):
        yield Sample("cpu_core_percent", float(load), {"cpu": str(place)})
