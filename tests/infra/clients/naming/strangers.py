"""Services on loopback that behave as no service should, and the engine asking them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from backend.domain.discovery.naming import HostPorts, Named, NamingEnded, NamingJob
from backend.domain.discovery.report import PortReport, TargetDifficult
from backend.domain.discovery.scope import Scope
from backend.infra.clients.naming import doors
from backend.infra.clients.naming.engine import NamingEngine
from backend.infra.clients.naming.reverse import Resolvers
from backend.infra.clients.naming.talk import Budget

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
NOBODY = Resolvers()
# Ports whose number says what to ask, or that nobody asks: the kernel may hand out one of them.
NAMED_PORTS = {*doors.FIRST, *doors.SECURE, *doors.NEVER}


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Say nothing, for as long as anybody stays."""
    while await reader.read(1024):
        pass


async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One byte a second or so, for ever."""
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.3)


async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A greeting of 100 MB."""
    for _count in range(100):
        writer.write(b"220-" + b"A" * (1024 * 1024 - 6) + b"\r\n")
        await writer.drain()


async def reset(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Hang up at once."""
    writer.transport.abort()


async def noise(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Every byte there is."""
    writer.write(bytes(range(256)) * 16)
    await writer.drain()


def greets(text: bytes) -> Behaviour:
    """Greet, then listen."""

    async def behave(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(text)
        await writer.drain()
        await silent(reader, writer)

    return behave


@asynccontextmanager
async def stranger(behaviour: Behaviour, address: str = "127.0.0.1", port: int = 0) -> AsyncIterator[int]:
    """Serve like this; answers the port."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            await behaviour(reader, writer)
        writer.transport.abort()

    server = await asyncio.start_server(handle, address, port)
    while server.sockets[0].getsockname()[1] in NAMED_PORTS and not port:
        server.close()
        server = await asyncio.start_server(handle, address, port)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@dataclass
class Heard:
    """What an engine told."""

    named: list[Named] = field(default_factory=list)
    difficult: list[TargetDifficult] = field(default_factory=list)
    ended: NamingEnded | None = None

    def of(self, source: str) -> Named | None:
        """What one source said, if it did."""
        return next((item for item in self.named if item.source == source), None)

    def port(self, number: int) -> PortReport | None:
        """One port as the banner pass saw it."""
        banner = self.of("banner")
        return next((port for port in banner.ports if port.port == number), None) if banner else None


async def ask(
    *hosts: HostPorts, resolvers: Resolvers = NOBODY, budget: Budget | None = None, **changes: Any
) -> Heard:
    """Ask these hosts; without `names` given, for banners only."""
    job = NamingJob("naming", hosts, Scope(), **{"names": False, **changes})
    heard = Heard()
    async for event in NamingEngine(job, resolvers, budget).events():
        match event:
            case Named():
                heard.named.append(event)
            case TargetDifficult():
                heard.difficult.append(event)
            case NamingEnded():
                heard.ended = event
    assert heard.ended is not None
    return heard
