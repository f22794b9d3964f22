"""The one catalogue of what can be measured: a name, its unit, and where it is stored.

A machine's vitals go into a wide row, one a poll; what comes in any number (per disk, per interface) goes into
samples with labels. Charts, rules, CSV and Prometheus ask here and never know which.
"""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["percent", "bytes", "bytes_per_second", "milliseconds", "seconds", "days", "count", "bool", "none"]


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure. `column` is its place in the wide row; without one it is a sample with `labels`."""

    name: str
    unit: Unit
    summary: str
    column: str | None = None
    labels: tuple[str, ...] = ()


# The columns of the wide row (the NMSlite document's, and what every check has).
LATENCY = Metric("latency_ms", "milliseconds", "How long the answer took", "latency_ms")
CPU = Metric("cpu_percent", "percent", "Processor in use", "cpu_percent")
MEMORY_TOTAL = Metric("memory_total", "bytes", "Memory there is", "memory_total")
MEMORY_USED = Metric("memory_used", "bytes", "Memory in use", "memory_used")
DISK_TOTAL = Metric("disk_total", "bytes", "Disk space there is", "disk_total")
DISK_USED = Metric("disk_used", "bytes", "Disk space in use", "disk_used")
NET_SENT = Metric("net_sent_ps", "bytes_per_second", "Sent", "net_sent_ps")
NET_RECEIVED = Metric("net_recv_ps", "bytes_per_second", "Received", "net_recv_ps")
NET_CAPACITY = Metric("net_capacity_ps", "bytes_per_second", "What the interfaces can carry", "net_capacity_ps")
PROCESSES = Metric("process_count", "count", "Processes", "process_count")

VITALS = (
    CPU,
    MEMORY_TOTAL,
    MEMORY_USED,
    DISK_TOTAL,
    DISK_USED,
    NET_SENT,
    NET_RECEIVED,
    NET_CAPACITY,
    PROCESSES,
)
WIDE = {metric.name: metric for metric in (LATENCY, *VITALS)}
# Derived when asked, never stored: name -> used, total.
PERCENTAGES = {
    "memory_percent": ("memory_used", "memory_total"),
    "disk_percent": ("disk_used", "disk_total"),
    "net_sent_percent": ("net_sent_ps", "net_capacity_ps"),
    "net_recv_percent": ("net_recv_ps", "net_capacity_ps"),
}
