"""What a scan saw of a host, as an observation of the inventory."""

from collections.abc import Sequence
from datetime import datetime

from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.options import effective, top_ports
from backend.domain.discovery.report import HostReport, OsGuess, PortReport, ScriptResult
from backend.domain.discovery.scan import Chunk, Scan
from backend.domain.inventory.keys import identity_keys
from backend.domain.inventory.observation import (
    Coverage,
    Facts,
    NameFact,
    Observation,
    OsFact,
    PortFact,
    ScriptFact,
)
from backend.domain.inventory.writer import InventoryWriter
from backend.domain.unit_of_work import UnitOfWork

# How a name became known, where that is not the source's own name.
NAME_SOURCES = {"nmap": "ptr", "dns": "ptr"}


class InventoryHosts:
    """Stores finished hosts by the inventory's one writer."""

    def __init__(self, writer: InventoryWriter, clock: Clock = utc_now) -> None:
        self._writer = writer
        self._clock = clock

    async def store(
        self, work: UnitOfWork, scan: Scan, found: Sequence[tuple[Chunk, HostReport]]
    ) -> Sequence[int | None]:
        """Store finished hosts in the open transaction; answers the device of each, None for one that is none."""
        observations = [observation(scan, chunk, report, self._clock()) for chunk, report in found]
        seen = await self._writer.observe(work, observations)
        devices = {item.address: item.device_id for item in seen}
        return [devices.get(report.address) for _, report in found]


def observation(scan: Scan, chunk: Chunk, report: HostReport, now: datetime) -> Observation:
    """One host of one chunk as the inventory knows it."""
    return Observation(
        site_id=scan.site_id,
        source=report.source,
        address=report.address,
        mac=report.mac,
        observed_at=report.finished_at or now,
        facts=_facts(scan, report),
        scan_id=scan.id,
        chunk_id=chunk.id,
    )


def _facts(scan: Scan, report: HostReport) -> Facts:
    found = NAME_SOURCES.get(report.source, report.source)
    typed = {name for name, addresses in scan.names.items() if report.address in addresses}
    return Facts(
        state=report.state,
        reason=report.reason or None,
        name=report.display_name,
        hostnames=tuple(NameFact(name, "user" if name in typed else found) for name in report.hostnames),
        vendor=report.vendor or report.mac_vendor,
        os=_os(report.os),
        type=report.device_type,
        hints=tuple(hint for hint in (report.os.device_type if report.os else None,) if hint),
        ports=tuple(_port(port) for port in report.ports),
        covered=tuple(_covered(scan, report)),
        scripts=_scripts(report.scripts),
        keys=report.keys or identity_keys(_every_script(report)),
    )


def _every_script(report: HostReport) -> Sequence[ScriptResult]:
    return [*report.scripts, *(script for port in report.ports for script in port.scripts)]


def _covered(scan: Scan, report: HostReport) -> Sequence[Coverage]:
    """The ports that were asked one by one; which are the most common ones only nmap knows."""
    if report.asked is not None:
        return [Coverage(item.protocol, item.ports) for item in report.asked]
    if report.source != "nmap" or report.timed_out:
        return ()
    options, _ = effective(scan.options, raw=scan.raw_sockets)
    asked = (("tcp", options.tcp_ports), ("udp", options.udp_ports))
    return [Coverage(protocol, text) for protocol, text in asked if text and top_ports(text) is None]


def _os(guess: OsGuess | None) -> OsFact | None:
    return OsFact(guess.name, guess.accuracy, guess.family, guess.cpe) if guess else None


def _port(port: PortReport) -> PortFact:
    return PortFact(
        protocol=port.protocol,
        port=port.port,
        state=port.state,
        service=port.service,
        product=port.product,
        version=port.version,
        extra=port.extra,
        tunnel=port.tunnel,
        confidence=port.confidence,
        scripts=_scripts(port.scripts),
    )


def _scripts(scripts: Sequence[ScriptResult]) -> tuple[ScriptFact, ...]:
    return tuple(ScriptFact(script.name, script.output) for script in scripts)
