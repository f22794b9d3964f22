"""The source "nmap": active scans, as far as a person allowed them."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.options import MAX_RATE, HostDiscovery, ScanOptions, Timing
from backend.domain.discovery.report import RunnerEvent
from backend.domain.discovery.runner import NmapRunner
from backend.domain.discovery.scripts import ALLOWED_SCRIPTS
from backend.domain.registry import source

Ports = Annotated[str, Field(min_length=1, max_length=6000, examples=["22,80,1000-1100", "top:100"])]
Script = Annotated[str, Field(json_schema_extra={"enum": list(ALLOWED_SCRIPTS)})]


class NmapOptions(BaseModel):
    """How to scan. The domain's ScanOptions says what the values mean and checks them once more."""

    model_config = ConfigDict(extra="forbid", strict=True)

    host_discovery: HostDiscovery = Field("default", description="How to learn which addresses are in use")
    tcp_ports: Ports | None = Field("top:1000", description="TCP ports, or the n most common ones as top:n")
    udp_ports: Ports | None = Field(None, description="UDP ports; they need raw sockets")
    service_versions: bool = Field(False, description="Ask open ports what runs there")
    version_intensity: int = Field(7, ge=0, le=9, description="How hard to ask")
    os_detection: bool = Field(False, description="Guess the operating system; needs raw sockets")
    scripts: list[Script] = Field(default_factory=list, description="Further questions, by name")
    timing: Timing = Field("normal", description="How fast")
    max_rate: int | None = Field(None, ge=1, le=MAX_RATE, description="At most this many packets a second")
    resolve_names: bool = Field(True, description="Ask DNS for the names of hosts that answer")
    sweep: bool = Field(True, description="Look with our own sweeper first; nmap is asked about what it found")
    etiquette: bool = Field(True, description="Ask printers, small devices and controllers gently")

    def to_domain(self) -> ScanOptions:
        """The same as the domain has it; raises Invalid with every wrong field."""
        return ScanOptions.from_mapping(self.model_dump())


@source("nmap", options=NmapOptions)
async def scan(runner: NmapRunner, job: NmapJob, stop: asyncio.Event | None = None) -> AsyncIterator[RunnerEvent]:
    """Scans networks with nmap: who is there, which ports are open, what runs on them.

    Yields what the runner yields, ChunkFinished last.
    """
    async for event in runner.run(job, stop):
        yield event
