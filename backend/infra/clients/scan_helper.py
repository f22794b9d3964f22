"""The app's side of the scan helper's socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.naming import NamingEnded, NamingEvent, NamingJob, Namings
from backend.domain.discovery.ports import Exited, Frame, HelperGone, NmapProcesses, Refused, ScanPowers
from backend.domain.discovery.sweep import SweepEnded, SweepEvent, SweepJob, Sweeps
from backend.domain.inventory.proposals import HostNetworks
from backend.infra.clients.naming import codec
from backend.infra.scan_helper.protocol import (
    MAX_DATA_BYTES,
    ProtocolError,
    Told,
    decode_frame,
    encode_job,
    frame,
    read_frame,
)
from backend.infra.scan_helper.sweep_protocol import decode_news, encode_sweep

STOP_GRACE_S = 10.0
ASK_WAIT_S = 10.0
_GONE = (OSError, asyncio.IncompleteReadError, ProtocolError, TimeoutError)


class HelperRun:
    """One job in the helper's hands."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def frames(self) -> AsyncIterator[Frame]:
        """What nmap writes, then Exited; or Refused alone. Raises HelperGone."""
        while True:
            item = await _next(self._reader)
            if isinstance(item, ScanPowers | HostNetworks):
                raise HelperGone("an answer to a question nobody asked")
            yield item
            if isinstance(item, Exited | Refused):
                return

    async def stop(self) -> None:
        """Have nmap killed at once; a helper that does not say so within 10 s counts as gone."""
        await _say_stop(self._writer)


class HelperSweep:
    """One sweep in the helper's hands."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def events(self) -> AsyncIterator[SweepEvent]:
        """News, then SweepEnded; or Refused alone. Raises HelperGone."""
        while True:
            try:
                event = decode_news(*await read_frame(self._reader, MAX_DATA_BYTES))
            except _GONE as gone:
                raise HelperGone(str(gone)) from gone
            yield event
            if isinstance(event, SweepEnded | Refused):
                return

    async def stop(self) -> None:
        """End it at once; a helper that does not say so within 10 s counts as gone."""
        await _say_stop(self._writer)


class HelperNaming:
    """One naming job in the helper's hands."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def events(self) -> AsyncIterator[NamingEvent]:
        """What each source says, then NamingEnded; or Refused alone. Raises HelperGone."""
        while True:
            try:
                event = codec.decode_event(*await read_frame(self._reader, MAX_DATA_BYTES))
            except (*_GONE, codec.Unreadable) as gone:
                raise HelperGone(str(gone)) from gone
            yield event
            if isinstance(event, NamingEnded | Refused):
                return

    async def stop(self) -> None:
        """End it at once; a helper that does not say so within 10 s counts as gone."""
        await _say_stop(self._writer)


class ScanHelperProcesses(NmapProcesses, Sweeps, Namings):
    """Starts nmap, sweeps, and asks for names, through the helper on this socket."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @asynccontextmanager
    async def start(self, job: NmapJob) -> AsyncIterator[HelperRun]:
        """Hand a job over. Leaving ends the connection, and with it what still runs."""
        async with self._handed_over(encode_job(job)) as (reader, writer):
            yield HelperRun(reader, writer)

    @asynccontextmanager
    async def sweep(self, job: SweepJob) -> AsyncIterator[HelperSweep]:
        """Hand a sweep over. Leaving ends the connection, and with it what still runs."""
        async with self._handed_over(encode_sweep(job)) as (reader, writer):
            yield HelperSweep(reader, writer)

    @asynccontextmanager
    async def ask(self, job: NamingJob) -> AsyncIterator[HelperNaming]:
        """Hand a naming job over. Leaving ends the connection, and with it what still runs."""
        async with self._handed_over(codec.encode_job(job)) as (reader, writer):
            yield HelperNaming(reader, writer)

    async def powers(self) -> ScanPowers:
        """Ask what is possible here; raises HelperGone."""
        item = await self._ask(b"C")
        if not isinstance(item, ScanPowers):
            raise HelperGone("not an answer to the question")
        return item

    async def networks(self) -> HostNetworks:
        """Ask which networks it sees from where it is; raises HelperGone."""
        item = await self._ask(b"N")
        if not isinstance(item, HostNetworks):
            raise HelperGone("not an answer to the question")
        return item

    async def _ask(self, question: bytes) -> Told:
        async with self._connection() as (reader, writer):
            writer.write(frame(question))
            try:
                return await asyncio.wait_for(_next(reader), ASK_WAIT_S)
            except TimeoutError as late:
                raise HelperGone("no answer in time") from late

    @asynccontextmanager
    async def _handed_over(self, job: bytes) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        async with self._connection() as (reader, writer):
            try:
                writer.write(job)
                await writer.drain()
            except OSError as gone:
                raise HelperGone(str(gone)) from gone
            yield reader, writer

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        try:
            reader, writer = await asyncio.open_unix_connection(self._path, limit=MAX_DATA_BYTES)
        except OSError as gone:
            raise HelperGone(str(gone)) from gone
        try:
            yield reader, writer
        finally:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()


class HelperSurroundings:
    """The networks around the helper, where that runs in a container of its own (a HostNetworksReader)."""

    def __init__(self, helper: ScanHelperProcesses) -> None:
        self._helper = helper

    async def read(self) -> HostNetworks:
        """What the helper's kernel tables tell; nothing while it is away."""
        try:
            return await self._helper.networks()
        except HelperGone:
            return HostNetworks()


async def _next(reader: asyncio.StreamReader) -> Told:
    try:
        return decode_frame(*await read_frame(reader, MAX_DATA_BYTES))
    except _GONE as gone:
        raise HelperGone(str(gone)) from gone


async def _say_stop(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        writer.write(frame(b"S"))
        await writer.drain()
    asyncio.get_running_loop().call_later(STOP_GRACE_S, writer.transport.abort)
