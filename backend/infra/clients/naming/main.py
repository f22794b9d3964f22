"""The engine as a process of its own: a job on its input, events on its output; SIGTERM ends it kindly."""

import asyncio
import signal
import sys

from backend.infra.clients.naming.codec import HEADER, decode_job, encode_event
from backend.infra.clients.naming.engine import NamingEngine


def main() -> None:
    """Read one job, which the helper has judged, ask, and tell."""
    _, length = HEADER.unpack(sys.stdin.buffer.read(HEADER.size))
    job = decode_job(sys.stdin.buffer.read(length))
    asyncio.run(_run(NamingEngine(job)))


async def _run(engine: NamingEngine) -> None:
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, engine.stop)
    loop.set_exception_handler(lambda *_: None)  # strangers break their connections in every way there is
    writer = await _output(loop)
    async for event in engine.events():
        writer.write(encode_event(event))
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def _output(loop: asyncio.AbstractEventLoop) -> asyncio.StreamWriter:
    transport, protocol = await loop.connect_write_pipe(asyncio.streams.FlowControlMixin, sys.stdout.buffer)
    return asyncio.StreamWriter(transport, protocol, None, loop)
