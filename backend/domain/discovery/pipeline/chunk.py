"""What the stages of one chunk share: the job, the hosts found so far, and the way to tell of them."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from backend.domain.discovery.etiquette import manners
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.options import ScanOptions, effective
from backend.domain.discovery.outcome import Seen
from backend.domain.discovery.pipeline.found import Found
from backend.domain.discovery.pipeline.halt import Halt
from backend.domain.discovery.pipeline.tools import Tools
from backend.domain.discovery.report import (
    AskedPorts,
    HostFinished,
    HostReport,
    Line,
    Progress,
    RunnerEvent,
)
from backend.domain.errors import Param

Emit = Callable[[RunnerEvent], Awaitable[None]]
# Where each stage begins and ends within a chunk of which all are asked for, in percent.
SWEEP, NAMES, DETAILS = (0.0, 40.0), (40.0, 60.0), (60.0, 100.0)


@dataclass(slots=True)
class ChunkRun:
    """One chunk at work."""

    job: NmapJob
    tools: Tools
    emit: Emit
    halt: Halt = field(default_factory=Halt)
    hosts: dict[str, Found] = field(default_factory=dict)
    seen: Seen = field(default_factory=Seen)
    asked: tuple[AskedPorts, ...] = ()
    asked_gently: tuple[AskedPorts, ...] = ()
    limitations: tuple[str, ...] = ()
    began: float = field(default_factory=time.monotonic)

    @property
    def options(self) -> ScanOptions:
        """What can be asked here."""
        return effective(self.job.options, raw=self.job.raw)[0]

    @property
    def left_s(self) -> float:
        """Seconds until the chunk's deadline, at least one."""
        return max(1.0, self.job.chunk_timeout_s - (time.monotonic() - self.began))

    @property
    def wants_names(self) -> bool:
        """Whether hosts are to be asked who they are."""
        return self.options.resolve_names or self.options.service_versions

    @property
    def wants_details(self) -> bool:
        """Whether nmap may have something to do."""
        return self.options.service_versions or self.options.os_detection or bool(self.options.scripts)

    @property
    def only_sweeps(self) -> bool:
        """Whether who is there is all that is asked."""
        ports = self.options.tcp_ports or self.options.udp_ports
        return not (ports or self.wants_names or self.wants_details)

    async def note(self, text: str) -> None:
        """A line of our own."""
        await self.emit(Line(text, "note"))

    async def tell(self, report: HostReport, *, final: bool = False) -> None:
        """What one source says of a host."""
        if final:
            host = self.hosts.get(report.address)
            if host:
                host.final = True
            self.seen.hosts_done += 1
        await self.emit(HostFinished(report, final))

    async def tell_sweep(self, host: Found, *, final: bool = False) -> None:
        """What the sweep says of a host; ports of one that has too many wait until it was spoken to."""
        held = host.suspicious and self.wants_names and not final
        report = host.report(self.tools.ports, self.asked_of(host), ports=not held)
        await self.tell(report, final=final)

    def asked_of(self, host: Found) -> tuple[AskedPorts, ...]:
        """The ports about which the sweep can say that they are closed."""
        return self.asked_gently if host.spared else self.asked

    async def progress(self, stage: tuple[float, float], fraction: float) -> None:
        """How far a stage is, as part of the whole chunk."""
        first, last = self._span(stage)
        await self.emit(Progress(first + (last - first) * min(max(fraction, 0.0), 1.0), None, "chunk"))

    def _span(self, stage: tuple[float, float]) -> tuple[float, float]:
        if self.only_sweeps or (stage is SWEEP and not (self.wants_names or self.wants_details)):
            return 0.0, 100.0
        return stage

    async def judge(self, host: Found) -> None:
        """Decide whether the host is asked gently, and say so once."""
        if not self.options.etiquette or host.manners:
            return
        numbers = {port for _, port in host.ports}
        host.manners = manners(numbers, host.maker, host.device_type)
        if host.manners:
            await self.note(f"{host.address}: {host.manners.text}")

    def cut(self, code: str, **params: Param) -> None:
        """Remember the first reason for which the chunk did not run to its end."""
        if not self.seen.cut_short:
            self.seen.cut_short, self.seen.params = code, params

    def seconds(self, since: float) -> str:
        """How long something took."""
        return f"{time.monotonic() - since:.1f} s"


def stamped(report: HostReport, run: ChunkRun) -> HostReport:
    """The report with the time at which it was said."""
    return report if report.finished_at else replace(report, finished_at=run.tools.clock())
