"""The third stage: nmap, for what only nmap can tell, a few processes for all hosts of a chunk."""

import asyncio
import time
from contextlib import aclosing
from dataclasses import dataclass, field, replace

from backend.domain.discovery.etiquette import GENTLE_RATE
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.pipeline.chunk import DETAILS, ChunkRun
from backend.domain.discovery.pipeline.files import ChunkFiles
from backend.domain.discovery.pipeline.groups import Group, groups, wish
from backend.domain.discovery.pipeline.sweeping import spelled
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    Progress,
    RunnerEvent,
)
from backend.domain.discovery.runner import NmapRunner

AT_ONCE = 3
GENTLE_INTENSITY = 2


@dataclass(slots=True)
class _Failed:
    """What became of the groups that did not come to their end."""

    outcomes: list[ChunkOutcome] = field(default_factory=list)
    hosts: int = 0


class Details:
    """Gives hosts of one chunk to nmap."""

    def __init__(self, run: ChunkRun, files: ChunkFiles) -> None:
        self._run = run
        self._files = files
        self._failed = _Failed()
        self._shares: dict[int, float] = {}
        self.reported: set[str] = set()

    async def work(self) -> None:
        """Ask nmap about all groups; one that dies takes no other with it."""
        run, began = self._run, time.monotonic()
        wishes = [item for host in run.hosts.values() if (item := wish(host, run.options))]
        wanted = list(groups(wishes))
        if not wanted or run.halt:
            return
        await run.note(f"nmap: asking about {len(wishes)} devices in {len(wanted)} groups")
        room = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as tasks:
            for number, group in enumerate(wanted):
                tasks.create_task(self._one(number, group, len(wanted), room))
        await run.note(f"nmap: {len(self.reported)} of {len(wishes)} devices answered, in {run.seconds(began)}")
        self._judge()

    async def _one(self, number: int, group: Group, total: int, room: asyncio.Semaphore) -> None:
        run = self._run
        async with room:
            if run.halt or run.seen.cut_short == "helper_gone":
                return
            part = self._files.part()
            runner = NmapRunner(run.tools.processes, part, run.tools.reader)
            try:
                async with aclosing(runner.run(self._job(group), run.halt.event)) as events:
                    async for event in events:
                        await self._take(number, total, group, event)
            finally:
                await part.end()

    async def _take(self, number: int, total: int, group: Group, event: RunnerEvent) -> None:
        run = self._run
        match event:
            case Line():
                await run.emit(event)
            case HostFinished(report) if report.address in run.hosts:
                self.reported.add(report.address)
                await run.tell(_cleaned(report, group), final=not run.hosts[report.address].final)
            case Progress(percent):
                self._shares[number] = max(self._shares.get(number, 0.0), percent / 100 * 0.9)
                await run.progress(DETAILS, sum(self._shares.values()) / total)
            case ChunkFinished(outcome):
                self._shares[number] = 1.0
                await run.progress(DETAILS, sum(self._shares.values()) / total)
                await self._ended(group, outcome)

    async def _ended(self, group: Group, outcome: ChunkOutcome) -> None:
        if outcome.status == "done":
            return
        self._failed.outcomes.append(outcome)
        self._failed.hosts += len(set(group.addresses) - self.reported)
        if outcome.status != "stopped":
            await self._run.note(f"nmap: a group of {len(group.addresses)} devices ended early: {outcome.text}")

    def _judge(self) -> None:
        """A missing nmap leaves a chunk done without details; one that died leaves it partial."""
        outcomes = [outcome for outcome in self._failed.outcomes if outcome.status != "stopped"]
        if not outcomes:
            return
        if all(outcome.code == "nmap_missing" for outcome in outcomes):
            self._run.cut("details_missing", hosts=self._failed.hosts)
            return
        first = next(outcome for outcome in outcomes if outcome.code != "nmap_missing")
        self._run.cut(first.code, **dict(first.params))

    def _job(self, group: Group) -> NmapJob:
        run = self._run
        return replace(
            run.job,
            targets=group.addresses,
            exclusions=(),
            options=self._options(group),
            chunk_timeout_s=max(1, int(run.left_s)),
        )

    def _options(self, group: Group) -> ScanOptions:
        asked = self._run.options
        return ScanOptions(
            host_discovery="all_up",
            tcp_ports=spelled(group.tcp) or None,
            udp_ports=spelled(group.udp) or None,
            service_versions=group.versions,
            version_intensity=min(GENTLE_INTENSITY, asked.version_intensity)
            if group.gentle
            else asked.version_intensity,
            os_detection=group.os,
            scripts=group.scripts,
            timing="normal" if group.gentle else asked.timing,
            max_rate=GENTLE_RATE if group.gentle else asked.max_rate,
            resolve_names=False,
        )


def _cleaned(report: HostReport, group: Group) -> HostReport:
    """A group asks for the ports of all its hosts: what it found closed was never open to begin with.

    Where versions were not asked for, what a script took for one (a header, whole) is no version.
    """
    opened = (port for port in report.ports if port.state == "open")
    if not group.versions:
        opened = (
            replace(p, product=None, version=None, extra=None, confidence=min(p.confidence, 3)) for p in opened
        )
    return replace(report, ports=tuple(opened), asked=())
