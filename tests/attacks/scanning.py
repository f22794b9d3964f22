"""Lanarium's ways in for scan input, for attacks to try."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.ports import Refused
from backend.domain.discovery.targets import parse_targets
from backend.domain.errors import Invalid
from backend.infra.clients.nmap_process import NmapProgram
from backend.infra.clients.scan_helper import ScanHelperProcesses
from backend.infra.scan_helper.server import ScanHelper
from tests.domain.discovery.jobs import make_job

PLAIN_NAME = re.compile(r"[a-z0-9]+(\.[a-z0-9]+)*")
FIELDS = ("targets", "exclusions", "tcp_ports", "udp_ports", "script", "timing", "host_discovery")


def field_refuses(field: str, text: str) -> bool:
    """Whether the domain refuses a text in one field.

    A line end separates targets, so a word behind one may be a host's name; then it is one, and nothing else.
    """
    try:
        if field in {"targets", "exclusions"}:
            targets = parse_targets(text, field)
            return "\n" in text and all(PLAIN_NAME.fullmatch(found.name) for found in targets.names)
        if field == "script":
            ScanOptions.from_mapping({"scripts": [text]})
        else:
            ScanOptions.from_mapping({field: text})
    except Invalid:
        return True
    return False


@asynccontextmanager
async def helper(folder: Path, program: NmapProgram) -> AsyncIterator[ScanHelperProcesses]:
    """A helper in this process."""
    path = folder / "attack.sock"
    server = await ScanHelper(program, {os.getuid()}).listen(path)
    try:
        yield ScanHelperProcesses(path)
    finally:
        server.close()


async def helper_refuses(client: ScanHelperProcesses, text: str) -> bool:
    """Whether the helper refuses a job with this text as a target, as an exclusion and inside its scope."""
    jobs = (make_job(targets=(text,)), make_job(exclusions=(text,)), make_job(targets=("10.0.0.1", text)))
    return all([await refused(client, job) for job in jobs])


async def refused(client: ScanHelperProcesses, job: NmapJob) -> bool:
    """Whether the helper answers a job with a refusal."""
    async with client.start(job) as run:
        return isinstance(await anext(aiter(run.frames())), Refused)
