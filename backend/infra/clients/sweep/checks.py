"""Judges a sweep before it runs, as the helper judges a job for nmap."""

import math

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.scope import ScopeGuard
from backend.domain.discovery.sweep import SweepJob
from backend.domain.discovery.targets import check_size
from backend.domain.errors import Invalid

MAX_RATE = 1_000_000
MAX_PASSES = 15
MAX_DEADLINE_S = 7 * 24 * 3600
MAX_PORTS = 65_535


def checked_sweep(job: SweepJob) -> AddressSet:
    """The addresses of a sweep that may run; raises Invalid where a part of it may not."""
    try:
        wanted = AddressSet.parse(job.targets) - AddressSet.parse(job.exclusions)
        guard = ScopeGuard(job.scope)
    except ValueError as wrong:
        raise Invalid("A sweep holds addresses only", code="job_refused") from wrong
    check_size(wanted)
    permitted = guard.require(wanted)
    if permitted.count != wanted.count:
        raise Invalid("A sweep may not hold excluded addresses", code="scope_refused")
    _check_options(job)
    return wanted


def _check_options(job: SweepJob) -> None:
    for ports in (job.syn_probe_ports, job.tcp_ports, job.udp_ports):
        if len(ports) > MAX_PORTS or not all(0 < port < 65_536 for port in ports):
            raise Invalid("A port is a number from 1 to 65535", code="job_refused")
        if len(set(ports)) != len(ports):
            raise Invalid("A port is asked once", code="job_refused")
    if job.rate is not None and not 1 <= job.rate <= MAX_RATE:
        raise Invalid("The rate is out of range", code="job_refused")
    if not 1 <= job.max_passes <= MAX_PASSES:
        raise Invalid("The number of passes is out of range", code="job_refused")
    if not (math.isfinite(job.deadline_s) and 0 < job.deadline_s <= MAX_DEADLINE_S):
        raise Invalid("The deadline is out of range", code="job_refused")
