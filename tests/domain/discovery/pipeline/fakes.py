"""A network in memory, and a sweeper, namer and nmap that look at it."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.naming import Named, NamingEnded, NamingEvent, NamingJob
from backend.domain.discovery.pipeline.runner import PipelineRunner
from backend.domain.discovery.pipeline.tools import KnownDevice, Tools
from backend.domain.discovery.ports import Exited, Frame, HelperGone, Output, Refused, ScanPowers
from backend.domain.discovery.report import (
    ArtifactKind,
    ArtifactWritten,
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    OsGuess,
    PortReport,
    Progress,
    RunnerEvent,
    TargetDifficult,
)
from backend.domain.discovery.sweep import Alive, PortSeen, SweepEnded, SweepEvent, SweepJob, Swept
from tests.domain.discovery.jobs import make_job

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Host:
    """One machine: its open ports, and the product behind each that says what it is."""

    tcp: dict[int, str] = field(default_factory=dict)
    mac: str | None = None
    name: str | None = None
    os: str | None = None
    tarpit: bool = False


@dataclass
class Net:
    """Everything outside, what was asked of it, and how it misbehaves."""

    hosts: dict[str, Host] = field(default_factory=dict)
    known: tuple[str, ...] = ()
    delicate: tuple[KnownDevice, ...] = ()
    sweep_refusals: dict[bool, str] = field(default_factory=dict)
    naming_refusal: str = ""
    gone: set[str] = field(default_factory=set)
    hang_in: str = ""
    nmap_dies_for: str = ""
    nmap_missing: bool = False
    sweep_ends: str = "success"
    sweeps: list[SweepJob] = field(default_factory=list)
    namings: list[NamingJob] = field(default_factory=list)
    nmaps: list[NmapJob] = field(default_factory=list)
    files: dict[ArtifactKind, bytes] = field(default_factory=dict)
    hanging: asyncio.Event = field(default_factory=asyncio.Event)
    left: list[str] = field(default_factory=list)

    def runner(self) -> PipelineRunner:
        """The runner on this network."""
        return PipelineRunner(
            Tools(
                sweeps=FakeSweeps(self),
                namings=FakeNamings(self),
                processes=FakeNmaps(self),
                artifacts=FakeFiles(self),
                reader=Reader,
                ports=Table(),
                makers=Makers(),
                known=self._known,
                delicate=self._delicate,
                names=Resolver(self),
                clock=lambda: NOW,
            )
        )

    async def _delicate(self, targets: tuple[str, ...]) -> Iterable[KnownDevice]:
        return self.delicate

    async def _known(self, targets: tuple[str, ...]) -> Iterable[str]:
        return self.known


class _Run:
    """Something at work that may hang until it is stopped."""

    def __init__(self, net: Net, stage: str) -> None:
        self.net = net
        self.stage = stage
        self.stopped = asyncio.Event()

    async def stop(self) -> None:
        self.stopped.set()

    async def hang(self) -> bool:
        """Wait for a stop if this is where to hang; whether one came."""
        if self.net.hang_in == self.stage:
            self.net.hanging.set()
            await self.stopped.wait()
        return self.stopped.is_set()


class SweepAtWork(_Run):
    def __init__(self, net: Net, job: SweepJob) -> None:
        super().__init__(net, "sweep")
        self.job = job

    async def events(self) -> AsyncIterator[SweepEvent]:
        refusal = self.net.sweep_refusals.get(self.job.raw)
        if refusal:
            yield Refused(refusal, {"limit": 4})
            return
        asked = [ipaddress.ip_network(text) for text in self.job.targets]
        inside = {a: h for a, h in self.net.hosts.items() if any(ipaddress.ip_address(a) in net for net in asked)}
        mine = {a: h for a, h in inside.items() if a not in self.job.exclusions}
        how: Literal["echo", "connect"] = "echo" if self.job.raw else "connect"
        if self.job.probes:
            yield Swept("discovery", 0.3, tuple(Alive(a, how, 0.2, 64, h.mac) for a, h in mine.items()))
        if await self.hang():
            yield SweepEnded("stopped")
            return
        seen = [PortSeen(a, "tcp", p) for a, h in mine.items() for p in sorted(h.tcp) if p in self.job.tcp_ports]
        if seen:
            yield Swept("ports", 1.0, (), tuple(seen))
        yield SweepEnded(self.net.sweep_ends, {}, 10, 5, 2, 0.01)


class FakeSweeps:
    def __init__(self, net: Net) -> None:
        self._net = net

    @asynccontextmanager
    async def sweep(self, job: SweepJob) -> AsyncIterator[SweepAtWork]:
        self._net.sweeps.append(job)
        if "sweep" in self._net.gone:
            raise HelperGone("away")
        try:
            yield SweepAtWork(self._net, job)
        finally:
            self._net.left.append("sweep")


class NamingAtWork(_Run):
    def __init__(self, net: Net, job: NamingJob) -> None:
        super().__init__(net, "names")
        self.job = job

    async def events(self) -> AsyncIterator[NamingEvent]:
        if self.net.naming_refusal:
            yield Refused(self.net.naming_refusal, {})
            return
        for asked in self.job.hosts:
            host = self.net.hosts[asked.address]
            if self.job.names and host.name:
                yield Named(asked.address, "dns", (host.name,))
            named = [(port, host.tcp[port]) for port in asked.tcp if host.tcp[port]]
            if self.job.banners and named:
                ports = tuple(_port(number, product, 10) for number, product in named)
                guess = OsGuess(host.os, 90) if host.os else None
                yield Named(asked.address, "banner", ports=ports, os=guess)
            if host.tarpit:
                yield TargetDifficult(asked.address, "tarpit", {}, f"{asked.address} answers everything alike")
        if await self.hang():
            yield NamingEnded("stopped")
            return
        yield NamingEnded("success")


class FakeNamings:
    def __init__(self, net: Net) -> None:
        self._net = net

    @asynccontextmanager
    async def ask(self, job: NamingJob) -> AsyncIterator[NamingAtWork]:
        self._net.namings.append(job)
        if "names" in self._net.gone:
            raise HelperGone("away")
        try:
            yield NamingAtWork(self._net, job)
        finally:
            self._net.left.append("names")


class NmapAtWork(_Run):
    def __init__(self, net: Net, job: NmapJob) -> None:
        super().__init__(net, "nmap")
        self.job = job

    async def frames(self) -> AsyncIterator[Frame]:
        if self.net.nmap_missing:
            yield Refused("nmap_missing", {})
            return
        yield Output("out", b"Starting Nmap\n")
        yield Output("xml", b'<?xml version="1.0"?>\n<nmaprun scanner="nmap"><scaninfo/>')
        if await self.hang():
            yield Exited(None, 9)
            return
        for address in (str(item) for item in AddressSet.parse(self.job.targets)):
            if address == self.net.nmap_dies_for:
                yield Exited(None, 11)
                return
            if address in self.net.hosts:
                yield Output("xml", f'<host><address addr="{address}"/></host>'.encode())
                yield Output("nmap", f"report for {address}\n".encode())
            await asyncio.sleep(0)
        yield Output("xml", b'<runstats><finished exit="success"/></runstats></nmaprun>')
        yield Exited(0, None)


class FakeNmaps:
    def __init__(self, net: Net) -> None:
        self._net = net

    @asynccontextmanager
    async def start(self, job: NmapJob) -> AsyncIterator[NmapAtWork]:
        self._net.nmaps.append(job)
        if "nmap" in self._net.gone:
            raise HelperGone("away")
        try:
            yield NmapAtWork(self._net, job)
        finally:
            self._net.left.append("nmap")

    async def powers(self) -> ScanPowers:
        return ScanPowers(True, "7.95")


class Reader:
    """Reads the little XML above."""

    def __init__(self) -> None:
        self.complete = False

    def feed(self, data: bytes) -> list[HostReport | Progress]:
        text = data.decode()
        self.complete |= "success" in text
        if "<host>" not in text:
            return []
        return [HostReport(text.split('addr="')[1].split('"')[0], "up", ports=(_port(22, "found by nmap", 10),))]


class FakeFiles:
    def __init__(self, net: Net) -> None:
        self._net = net

    async def open(self, job: NmapJob, kind: ArtifactKind) -> "FakeFile":
        self._net.files[kind] = b""
        return FakeFile(self._net, kind)


class FakeFile:
    disk_full = False

    def __init__(self, net: Net, kind: ArtifactKind) -> None:
        self._net = net
        self._kind = kind

    async def write(self, data: bytes) -> None:
        self._net.files[self._kind] += data

    async def close(self, *, whole: bool) -> ArtifactWritten:
        return ArtifactWritten(self._kind, self._kind, len(self._net.files[self._kind]), whole)


class Table:
    def most_common(self, protocol: str, count: int) -> tuple[int, ...]:
        return tuple(sorted((22, 80, 443, 445, 9100, 515)[:count]))

    def service(self, protocol: str, port: int) -> str | None:
        return {22: "ssh", 80: "http"}.get(port)


class Makers:
    def vendor_of(self, mac: str) -> str | None:
        return "Brother Industries" if mac.startswith("00:80:77") else None


class Resolver:
    def __init__(self, net: Net) -> None:
        self._net = net

    async def addresses(self, name: str) -> tuple[str, ...]:
        return ()

    async def name(self, address: str) -> str | None:
        host = self._net.hosts.get(address)
        return host.name if host else None


def _port(number: int, product: str, confidence: int) -> PortReport:
    return PortReport("tcp", number, "open", service="ssh", product=product, confidence=confidence)


@dataclass
class Told:
    """Everything that one run told."""

    events: list[RunnerEvent]

    @property
    def outcome(self) -> ChunkOutcome:
        last = self.events[-1]
        assert isinstance(last, ChunkFinished)
        return last.outcome

    @property
    def lines(self) -> str:
        return "\n".join(event.text for event in self.events if isinstance(event, Line))

    @property
    def finals(self) -> list[str]:
        return [e.report.address for e in self.events if isinstance(e, HostFinished) and e.final]

    def said(self, source: str) -> dict[str, HostReport]:
        """The last word of a source on each host."""
        reports = [e.report for e in self.events if isinstance(e, HostFinished)]
        return {report.address: report for report in reports if report.source == source}


async def run(net: Net, stop: asyncio.Event | None = None, **job: Any) -> Told:
    """Run one chunk to its end."""
    async with asyncio.timeout(5):
        events = [event async for event in net.runner().run(make_job(targets=("10.0.0.0/24",), **job), stop)]
    return Told(events)
