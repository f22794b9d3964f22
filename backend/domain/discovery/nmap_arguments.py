"""The only place that writes nmap arguments: typed options in, flags out, and nothing that a person typed.

Targets never stand among them: they go in on stdin, where nmap reads addresses only.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from backend.domain.discovery.job import NmapJob, checked_addresses
from backend.domain.discovery.options import ScanOptions, effective, port_ranges, top_ports
from backend.domain.discovery.report import ArtifactKind

Protocol = Literal["tcp", "udp"]
TopPorts = Callable[[Protocol, int], str]
"""Gives nmap's n most common ports of a protocol as a list; needed where both protocols are asked at once."""

# Hosts that nmap finishes together: small enough that results keep coming and that a killed run keeps most.
HOST_GROUP = 16
SCRIPT_TIMEOUT_S = 60
PING_PORTS = "22,80,443,445,3389"
_OUTPUT: Mapping[ArtifactKind, str] = {"xml": "-oX", "nmap": "-oN", "gnmap": "-oG"}
_TIMING = {"polite": "-T2", "normal": "-T3", "aggressive": "-T4"}


def arguments(job: NmapJob, outputs: Mapping[ArtifactKind, str], common_ports: TopPorts) -> tuple[str, ...]:
    """Everything after `nmap` on its command line. Raises Invalid for a job that may not run.

    `outputs` are paths that the caller made up itself, such as /dev/fd/7.
    """
    version = checked_addresses(job).ranges[0].version
    options, _ = effective(job.options, raw=job.raw)
    return (
        "--privileged" if job.raw else "--unprivileged",
        *(("-6",) if version == 6 else ()),
        "-n",
        "-v",
        "-iL",
        "-",
        "--no-stylesheet",
        "--stats-every",
        "1s",
        *(part for kind, path in outputs.items() for part in (_OUTPUT[kind], path)),
        *_discovery(options, raw=job.raw, version=version),
        *_probes(options, common_ports, raw=job.raw),
        *_pace(options),
        "--host-timeout",
        f"{job.host_timeout_s}s",
    )


def stdin(job: NmapJob) -> bytes:
    """What nmap reads as its list of targets: addresses and networks, one on each line."""
    return "".join(f"{text}\n" for text in checked_addresses(job).networks()).encode("ascii")


def _discovery(options: ScanOptions, *, raw: bool, version: int) -> Iterator[str]:
    """How nmap learns who lives. On its own segment it asks by ARP first, whatever stands here."""
    if options.host_discovery == "all_up":
        yield "-Pn"
    elif options.host_discovery == "arp" and version == 4:
        yield "-PR"
    else:
        if options.host_discovery != "ping":
            yield f"-PS{PING_PORTS}"
            yield from ("-PA80",) if raw else ()
        if raw and options.host_discovery in {"default", "ping"}:
            yield "-PE"


def _probes(options: ScanOptions, common_ports: TopPorts, *, raw: bool) -> Iterator[str]:
    if not (options.tcp_ports or options.udp_ports):
        yield "-sn"
        return
    if options.tcp_ports:
        yield "-sS" if raw else "-sT"
    if options.udp_ports:
        yield "-sU"
    yield from _ports(options, common_ports)
    if options.service_versions:
        yield from ("-sV", "--version-intensity", str(options.version_intensity))
    if options.os_detection:
        yield from ("-O", "--osscan-limit", "--max-os-tries", "2")
    if options.scripts:
        yield from ("--script", ",".join(options.scripts), "--script-timeout", f"{SCRIPT_TIMEOUT_S}s")


def _ports(options: ScanOptions, common_ports: TopPorts) -> Iterator[str]:
    """nmap takes one list for both protocols, or one number for both; a mix is written out as a list."""
    asked: list[tuple[Protocol, str]] = []
    if options.tcp_ports:
        asked.append(("tcp", options.tcp_ports))
    if options.udp_ports:
        asked.append(("udp", options.udp_ports))
    common = {top_ports(text) for _, text in asked}
    if len(common) == 1 and None not in common:
        yield from ("--top-ports", str(common.pop()))
        return
    yield "-p"
    yield ",".join(f"{name[0].upper()}:{_listed(name, text, common_ports)}" for name, text in asked)


def _listed(name: Protocol, text: str, common_ports: TopPorts) -> str:
    top = top_ports(text)
    if top is not None:
        return common_ports(name, top)
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in port_ranges(text))


def _pace(options: ScanOptions) -> Iterator[str]:
    yield _TIMING[options.timing]
    if options.max_rate is not None:
        yield from ("--max-rate", str(options.max_rate))
    yield from ("--max-hostgroup", str(HOST_GROUP))
