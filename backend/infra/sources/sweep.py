"""The source "sweep": who is there and which ports are open, in packets of our own."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

from pydantic import BaseModel, ConfigDict, Field

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.options import MAX_RATE, HostDiscovery, ScanOptions, Timing
from backend.domain.discovery.pipeline.runner import PipelineRunner
from backend.domain.discovery.report import RunnerEvent
from backend.domain.registry import source
from backend.infra.sources.nmap import Ports


class SweepOptions(BaseModel):
    """How to look. The domain's ScanOptions says what the values mean and checks them once more."""

    model_config = ConfigDict(extra="forbid", strict=True)

    host_discovery: HostDiscovery = Field("ping", description="How to learn which addresses are in use")
    tcp_ports: Ports | None = Field(None, description="TCP ports, or the n most common ones as top:n")
    udp_ports: Ports | None = Field(None, description="UDP ports; they need raw sockets")
    timing: Timing = Field("aggressive", description="How fast")
    max_rate: int | None = Field(None, ge=1, le=MAX_RATE, description="At most this many packets a second")

    def to_domain(self) -> ScanOptions:
        """The same as the domain has it; raises Invalid with every wrong field."""
        return ScanOptions.from_mapping({**self.model_dump(), "resolve_names": False})


@source("sweep", options=SweepOptions)
async def scan(
    runner: PipelineRunner, job: NmapJob, stop: asyncio.Event | None = None
) -> AsyncIterator[RunnerEvent]:
    """Looks who is there and which ports are open; asks nobody what they are.

    Yields what the runner yields, ChunkFinished last.
    """
    options = replace(job.options, sweep=True, service_versions=False, os_detection=False, scripts=())
    async for event in runner.run(replace(job, options=replace(options, resolve_names=False)), stop):
        yield event
