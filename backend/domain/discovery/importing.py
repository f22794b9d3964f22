"""Takes in a report that nmap wrote elsewhere: a scan that is over, with hosts as evidence (source import)."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.addresses import EMPTY, AddressRange, AddressSet
from backend.domain.discovery.ledger import ChunkLedger
from backend.domain.discovery.messages import Message
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.ports import ReportReader, ReportRefused
from backend.domain.discovery.projects import Project, ProjectService
from backend.domain.discovery.report import HostReport
from backend.domain.discovery.scan import IMPORT, Chunk, ChunkStatus, LogLine, NewChunk, NewScan, Scan, ScanStatus
from backend.domain.discovery.storage import Counters, HostWriter
from backend.domain.errors import Invalid

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

MAX_HOSTS = 65_536
AT_ONCE = 500


class ScanImports:
    """Turns a stream of XML into a scan."""

    def __init__(
        self,
        projects: ProjectService,
        hosts: HostWriter,
        reader: Callable[[], ReportReader],
        clock: Clock = utc_now,
    ) -> None:
        self._projects = projects
        self._hosts = hosts
        self._reader = reader
        self._clock = clock

    async def take(
        self,
        work: "UnitOfWork",
        actor: Actor,
        data: AsyncIterator[bytes],
        project_id: int | None,
        name: str,
    ) -> Scan:
        """Read it all, then store it in the transaction of the caller.

        Raises Invalid for what is no report of nmap's, or holds no host or too many; NotFound for the project.
        """
        project = await self._projects.named_or_default(work, actor, project_id)
        reports = await self._read(data)
        addresses = AddressSet.of(AddressRange.parse(address) for address in reports)
        scan_id = await work.scans.add(
            _new(project, actor, name, addresses), [NewChunk(1, addresses.texts(), addresses.count)]
        )
        scan = await work.scans.get(scan_id)
        assert scan
        chunk = (await work.scans.chunks(scan_id))[0]
        await self._store(work, scan, chunk, list(reports.values()))
        outside = addresses - await self._allowed(work, project.site_id)
        await self._finish(work, scan, chunk, list(reports.values()), outside)
        await work.audit.record(
            actor, "import", "scan", scan_id, {"hosts": len(reports), "outside": outside.count}
        )
        done = await work.scans.get(scan_id)
        assert done
        return done

    async def _read(self, data: AsyncIterator[bytes]) -> dict[str, HostReport]:
        """The hosts by address; one that stands there twice counts as it stands last."""
        reader = self._reader()
        reports: dict[str, HostReport] = {}
        now = self._clock()
        try:
            async for part in data:
                for item in reader.feed(part) if part else ():
                    if isinstance(item, HostReport) and _is_a_place(item.address):
                        reports[item.address] = _imported(item, now)
                if len(reports) > MAX_HOSTS:
                    raise _refused("too_many_hosts")
        except ReportRefused as refused:
            raise _refused(str(refused)) from refused
        if not reports:
            raise _refused("no_hosts")
        return reports

    async def _store(self, work: "UnitOfWork", scan: Scan, chunk: Chunk, reports: list[HostReport]) -> None:
        for start in range(0, len(reports), AT_ONCE):
            part = [(chunk, report) for report in reports[start : start + AT_ONCE]]
            await self._hosts.store(work, scan, part)

    async def _allowed(self, work: "UnitOfWork", site_id: int) -> AddressSet:
        return AddressSet.parse(network.cidr for network in await work.scans.allowed_networks(site_id))

    async def _finish(
        self, work: "UnitOfWork", scan: Scan, chunk: Chunk, reports: list[HostReport], outside: AddressSet
    ) -> None:
        ledger = ChunkLedger(chunk)
        for report in reports:
            ledger.take(report, final=True)
        now = self._clock()
        counted = ledger.counted(replace(chunk, started_at=now, attempts=1)).ended(ChunkStatus.DONE, None, now)
        await work.scans.save_chunks((counted,))
        told = [Message.of("import_done", hosts=len(reports))]
        if outside:
            told.append(Message.of("import_outside", outside=outside.count, first=outside.texts()[0]))
        lines = [LogLine(seq, 0, "note", message.text, now) for seq, message in enumerate(told, start=1)]
        await work.scans.add_lines(scan.id, lines)
        counters = Counters(counted.hosts_up, counted.hosts_done, counted.ports_open, len(lines))
        await work.scans.count(scan.id, counters)
        message = told[1] if outside else None
        await work.scans.set_status(scan.id, ScanStatus.COMPLETED, message, started_at=now, finished_at=now)


def _new(project: Project, actor: Actor, name: str, addresses: AddressSet) -> NewScan:
    return NewScan(
        site_id=project.site_id,
        project_id=project.id,
        name=name or "nmap XML",
        profile=IMPORT,
        options=ScanOptions(tcp_ports=None),
        targets=addresses.texts()[:200],
        exclusions=EMPTY.texts(),
        ranges=addresses.texts(),
        names={},
        address_count=addresses.count,
        chunk_size=addresses.count,
        concurrency=1,
        host_timeout_s=900,
        chunk_timeout_s=3600,
        raw_sockets=True,
        requested_by=actor.user_id,
    )


def _imported(report: HostReport, now: datetime) -> HostReport:
    """The report as evidence of somebody else's: never from the future."""
    seen = report.finished_at
    return replace(report, source="import", finished_at=min(seen, now) if seen else now)


def _is_a_place(address: str) -> bool:
    """Whether an address means the same here as where the report was written."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return not (found.is_loopback or found.is_link_local or found.is_multicast or found.is_unspecified)


def _refused(reason: str) -> Invalid:
    return Invalid.for_field(
        "body", "report_refused", f"Not a report that can be taken in: {reason}", reason=reason
    )
