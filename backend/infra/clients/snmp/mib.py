"""What is asked of agents: objects of SNMPv2-MIB, IF-MIB, HOST-RESOURCES-MIB and UCD-SNMP-MIB."""

from backend.infra.clients.snmp.ber import oid

UP_TIME, DESCRIPTION, NAME = oid("1.3.6.1.2.1.1.3"), oid("1.3.6.1.2.1.1.1"), oid("1.3.6.1.2.1.1.5")
HOST_UP_TIME, PROCESSES = oid("1.3.6.1.2.1.25.1.1"), oid("1.3.6.1.2.1.25.1.6")
# UCD: memory in units of 1,024 bytes, and the share of time in which the processor had nothing to do.
MEMORY_TOTAL, MEMORY_FREE = oid("1.3.6.1.4.1.2021.4.5"), oid("1.3.6.1.4.1.2021.4.6")
MEMORY_BUFFERS, MEMORY_CACHED = oid("1.3.6.1.4.1.2021.4.14"), oid("1.3.6.1.4.1.2021.4.15")
CPU_IDLE = oid("1.3.6.1.4.1.2021.11.11")
SCALARS = (
    UP_TIME,
    DESCRIPTION,
    NAME,
    HOST_UP_TIME,
    PROCESSES,
    MEMORY_TOTAL,
    MEMORY_FREE,
    MEMORY_BUFFERS,
    MEMORY_CACHED,
    CPU_IDLE,
)
LOAD = oid("1.3.6.1.2.1.25.3.3.1.2")
# ifName, ifType, ifOperStatus, ifHCInOctets, ifHCOutOctets, ifInErrors, ifOutErrors, ifInDiscards, ifOutDiscards,
# ifHighSpeed, ifCounterDiscontinuityTime
INTERFACES = tuple(
    map(
        oid,
        (
            "1.3.6.1.2.1.31.1.1.1.1",
            "1.3.6.1.2.1.2.2.1.3",
            "1.3.6.1.2.1.2.2.1.8",
            "1.3.6.1.2.1.31.1.1.1.6",
            "1.3.6.1.2.1.31.1.1.1.10",
            "1.3.6.1.2.1.2.2.1.14",
            "1.3.6.1.2.1.2.2.1.20",
            "1.3.6.1.2.1.2.2.1.13",
            "1.3.6.1.2.1.2.2.1.19",
            "1.3.6.1.2.1.31.1.1.1.15",
            "1.3.6.1.2.1.31.1.1.1.19",
        ),
    )
)
# ifDescr, ifInOctets, ifOutOctets, ifSpeed: where an agent has no 64-bit counters.
OLD_INTERFACES = tuple(
    map(oid, ("1.3.6.1.2.1.2.2.1.2", "1.3.6.1.2.1.2.2.1.10", "1.3.6.1.2.1.2.2.1.16", "1.3.6.1.2.1.2.2.1.5"))
)
# hrStorageType, hrStorageDescr, hrStorageAllocationUnits, hrStorageSize, hrStorageUsed
STORAGE = tuple(oid(f"1.3.6.1.2.1.25.2.3.1.{column}") for column in (2, 3, 4, 5, 6))
STORAGE_RAM, STORAGE_DISK = oid("1.3.6.1.2.1.25.2.1.2"), oid("1.3.6.1.2.1.25.2.1.4")
IS_UP = 1
# IANAifType: lines of their own. Loopback, VLANs, bridges, bundles and tunnels carry what these carry, once more.
LINES = frozenset({6, 7, 9, 15, 23, 26, 62, 69, 71, 94, 96, 97, 117, 127, 166, 194, 238, 250})
TICKS_WRAP_S = (1 << 32) / 100
