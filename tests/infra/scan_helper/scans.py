"""Runs a chunk through the app's side and gathers what it says."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.ports import NmapProcesses
from backend.domain.discovery.report import (
    ArtifactWritten,
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    RunnerEvent,
)
from backend.domain.discovery.runner import NmapRunner
from backend.infra.nmap_xml import NmapXml
from backend.infra.scan_artifacts import FileArtifacts


@dataclass
class Told:
    """What a run told."""

    hosts: list[HostReport] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    artifacts: list[ArtifactWritten] = field(default_factory=list)
    outcome: ChunkOutcome | None = None

    def up(self) -> list[str]:
        """The addresses of hosts that answered."""
        return [host.address for host in self.hosts if host.state == "up"]


def runner(processes: NmapProcesses) -> NmapRunner:
    """A runner with the real reader and real files."""
    return NmapRunner(processes, FileArtifacts(), NmapXml)


async def scan(
    processes: NmapProcesses,
    job: NmapJob,
    stop: asyncio.Event | None = None,
    watch: Callable[[RunnerEvent], None] = lambda _: None,
) -> Told:
    """Run a chunk to its end."""
    told = Told()
    async for event in runner(processes).run(job, stop):
        watch(event)
        match event:
            case HostFinished(report):
                told.hosts.append(report)
            case Line(text):
                told.lines.append(text)
            case ArtifactWritten():
                told.artifacts.append(event)
            case ChunkFinished(outcome):
                told.outcome = outcome
    return told


def code(told: Told) -> str:
    """How it ended."""
    assert told.outcome is not None
    return told.outcome.code


def folder(path: Path) -> str:
    """Where a test's files go."""
    return str(path / "files")
