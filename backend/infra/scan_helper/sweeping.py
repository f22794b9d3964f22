"""The scan helper's sweeps: judged, started as a child, passed on frame by frame, ended with their client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.ports import Refused
from backend.domain.discovery.sweep import SweepJob
from backend.domain.errors import DomainError
from backend.infra.clients.own_addresses import own_addresses
from backend.infra.clients.sweep.checks import checked_sweep
from backend.infra.clients.sweep.process import SweepChild, SweepProgram
from backend.infra.scan_helper.protocol import ProtocolError, read_frame
from backend.infra.scan_helper.sweep_protocol import decode_sweep


async def start_sweep(program: SweepProgram, data: bytes, *, raw: bool) -> SweepChild | Refused:
    """Check a sweep with the same rules as the app did, and start it."""
    try:
        job = _sparing_ourselves(decode_sweep(data))
        return await program.start(replace(job, raw=job.raw and raw), checked_sweep(job))
    except ProtocolError as wrong:
        return Refused("job_refused", {"reason": str(wrong)})
    except DomainError as refusal:
        code = "scope_refused" if refusal.code == "scope_refused" else "job_refused"
        return Refused(code, {"reason": refusal.detail[:500]})


class EngineChild(Protocol):
    """An engine at work as a child."""

    def frames(self) -> AsyncIterator[bytes]:
        """What it tells, as frames, the last of them how it ended."""
        ...

    def stop(self) -> None:
        """Have it end with what was found."""
        ...

    def kill(self) -> None:
        """Kill it, at once."""
        ...

    async def close(self) -> None:
        """Kill what still runs."""
        ...


async def pass_on(child: EngineChild, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Tell the client what the engine tells, until either of them ends."""
    goodbye = asyncio.create_task(_end_on_goodbye(reader, child))
    try:
        async for frame in child.frames():
            writer.write(frame)
            await writer.drain()
    finally:
        goodbye.cancel()
        await child.close()


async def _end_on_goodbye(reader: asyncio.StreamReader, child: EngineChild) -> None:
    """Wait for the client's next word: it says stop, or nothing any more."""
    try:
        await read_frame(reader, 0)
    except (ConnectionError, asyncio.IncompleteReadError, ProtocolError):
        child.kill()
        return
    child.stop()
    with suppress(ConnectionError, asyncio.IncompleteReadError, ProtocolError):
        while True:
            await read_frame(reader, 0)
    child.kill()


def _sparing_ourselves(job: SweepJob) -> SweepJob:
    """The job without this process's own addresses: in a container they are others than the application's."""
    try:
        wanted = AddressSet.parse(job.targets)
    except ValueError as wrong:
        raise ProtocolError("a job holds addresses only") from wrong
    own = wanted & AddressSet.parse(own_addresses())
    return replace(job, exclusions=(*job.exclusions, *own.texts()))
