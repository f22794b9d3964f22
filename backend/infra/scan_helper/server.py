"""The scan helper: the one process that may open raw sockets. One connection is one job.

connect -> who is it (SO_PEERCRED) -> job -> checked again -> nmap, or one of our engines -> frames -> exit
                                              '-> stop, or a client that is gone: the child is killed
"""

import asyncio
import logging
import os
import socket
import struct
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.ports import Refused, ScanPowers
from backend.domain.errors import DomainError
from backend.domain.inventory.proposals import HostNetworks
from backend.infra.clients.echo.engine import EchoEngine
from backend.infra.clients.host_networks import KernelTables
from backend.infra.clients.naming.codec import ASK
from backend.infra.clients.naming.process import NamingChild, NamingProgram
from backend.infra.clients.nmap_process import NmapChild, NmapMissing, NmapProgram
from backend.infra.clients.own_addresses import own_addresses
from backend.infra.clients.sweep.process import SweepChild, SweepProgram
from backend.infra.scan_helper.asking import start_asking
from backend.infra.scan_helper.echo_protocol import ECHO
from backend.infra.scan_helper.echoing import EchoCalls
from backend.infra.scan_helper.protocol import (
    MAX_JOB_BYTES,
    ProtocolError,
    Told,
    decode_job,
    encode_frame,
    read_frame,
)
from backend.infra.scan_helper.sweep_protocol import SWEEP
from backend.infra.scan_helper.sweeping import pass_on, start_sweep

LOG = logging.getLogger(__name__)
JOB_WAIT_S = 10.0
MAX_JOBS = 32
MAX_TOLD = 800
_PEER = struct.Struct("3i")


class ScanHelper:
    """Serves jobs to the users with these ids, and to nobody else."""

    def __init__(self, program: NmapProgram, allowed_uids: Collection[int]) -> None:
        self._program = program
        self._allowed = frozenset(allowed_uids)
        self._sweeps = SweepProgram()
        self._namings = NamingProgram()
        self._jobs = 0
        self._echoes: EchoEngine | None = None  # one for everybody, from the first question on

    async def listen(self, path: Path) -> asyncio.Server:
        """Serve on a Unix socket. Anyone may connect to it; who it is, the kernel tells.

        The path appears when somebody listens there, not earlier.
        """
        starting = path.with_name(f".{path.name}.{os.getpid()}")
        server = await asyncio.start_unix_server(self._serve, sock=_bound(starting))
        starting.rename(path)
        return server

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if _peer_uid(writer) in self._allowed:
                await self._answer(reader, writer)
            else:
                LOG.warning("a user that is not ours knocked: uid %s", _peer_uid(writer))
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            LOG.debug("a client went away")
        except ProtocolError as wrong:
            LOG.warning("a client broke the protocol: %s", wrong)
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        kind, data = await asyncio.wait_for(read_frame(reader, MAX_JOB_BYTES), JOB_WAIT_S)
        if kind == b"C":
            await _send(writer, await self._powers())
        elif kind == b"N":
            await _send(writer, await _networks())
        elif kind == b"J":
            await self._run(data, reader, writer)
        elif kind == ECHO:
            self._echoes = self._echoes or EchoEngine()
            await EchoCalls(self._echoes, writer).serve(data, reader)
        elif kind in {SWEEP, ASK}:
            await self._engine(kind, data, reader, writer)
        else:
            raise ProtocolError("neither a job nor a question")

    async def _run(self, data: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        started = await self._start(data)
        if isinstance(started, Refused):
            LOG.warning("refused a job: %s", started.code)
            await _send(writer, started)
            return
        self._jobs += 1
        killer = asyncio.create_task(_kill_on_goodbye(reader, started))
        try:
            async for frame in started.frames():
                await _send(writer, frame)
        finally:
            self._jobs -= 1
            killer.cancel()
            await started.close()

    async def _engine(
        self, kind: bytes, data: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        started = await self._start_engine(kind, data)
        if isinstance(started, Refused):
            LOG.warning("refused an engine's job: %s", started.code)
            await _send(writer, started)
            return
        self._jobs += 1
        try:
            await pass_on(started, reader, writer)
        finally:
            self._jobs -= 1

    async def _start_engine(self, kind: bytes, data: bytes) -> SweepChild | NamingChild | Refused:
        if self._jobs >= MAX_JOBS:
            return Refused("helper_busy", {"limit": MAX_JOBS})
        if kind == ASK:
            return await start_asking(self._namings, data)
        return await start_sweep(self._sweeps, data, raw=can_open_raw_sockets())

    async def _start(self, data: bytes) -> NmapChild | Refused:
        """Check a job with the same rules as the app did, and start it."""
        if self._jobs >= MAX_JOBS:
            return Refused("helper_busy", {"limit": MAX_JOBS})
        try:
            return await self._program.start(sparing_ourselves(decode_job(data)))
        except NmapMissing:
            return Refused("nmap_missing", {})
        except ProtocolError as wrong:
            return Refused("job_refused", {"reason": str(wrong)})
        except DomainError as refusal:
            code = "scope_refused" if refusal.code == "scope_refused" else "job_refused"
            return Refused(code, {"reason": refusal.detail[:500]})

    async def _powers(self) -> ScanPowers:
        return ScanPowers(raw_sockets=can_open_raw_sockets(), nmap_version=await self._program.version())


async def _networks() -> HostNetworks:
    """What the kernel's tables tell here, cut to what fits into one frame."""
    around = await KernelTables().read()
    return replace(around, neighbours=around.neighbours[:MAX_TOLD], routes=around.routes[:MAX_TOLD])


def _bound(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    path.chmod(0o666)
    return listener


async def _kill_on_goodbye(reader: asyncio.StreamReader, child: NmapChild) -> None:
    """Wait for the client's next word: it says stop, or nothing any more. Both end the run."""
    with suppress(ConnectionError, asyncio.IncompleteReadError, ProtocolError):
        await read_frame(reader, 0)
    child.kill()


async def _send(writer: asyncio.StreamWriter, frame: Told) -> None:
    writer.write(encode_frame(frame))
    await writer.drain()


def sparing_ourselves(job: NmapJob) -> NmapJob:
    """The job without this process's own addresses: in a container they are others than the application's."""
    try:
        wanted = AddressSet.parse(job.targets)
    except ValueError as wrong:
        raise ProtocolError("a job holds addresses only") from wrong
    own = wanted & AddressSet.parse(own_addresses())
    return replace(job, exclusions=(*job.exclusions, *own.texts()))


def _peer_uid(writer: asyncio.StreamWriter) -> int:
    """Who is calling; the kernel's word, taken at connect."""
    connection = writer.get_extra_info("socket")
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _PEER.size)
    return int(_PEER.unpack(credentials)[1])


def can_open_raw_sockets() -> bool:
    """Whether this process may send packets of its own making."""
    try:
        for family, protocol in ((socket.AF_INET, socket.IPPROTO_ICMP), (socket.AF_PACKET, 0)):
            socket.socket(family, socket.SOCK_RAW, protocol).close()
    except PermissionError:
        return False
    return True
