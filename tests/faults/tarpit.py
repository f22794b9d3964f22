"""A tarpit, run by its path in a machine of the lab: `tarpit.py banner|drip FIRST LAST`.

`banner` says the same on every port and keeps the line; `drip` says a byte every two seconds, for ever. It prints
"ready" once it listens.
"""

import asyncio
import resource
import sys

BANNER = b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"
EVERY_S = 2.0


async def banner(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Greet, and never say anything again."""
    writer.write(BANNER)
    await reader.read()
    writer.close()


async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A byte now and then."""
    try:
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(EVERY_S)
    except ConnectionError:
        writer.close()


async def listen(kind: str, first: int, last: int) -> None:
    """Answer on all these ports until ended."""
    behaviour = {"banner": banner, "drip": drip}[kind]
    for port in range(first, last + 1):
        await asyncio.start_server(behaviour, "0.0.0.0", port, backlog=64)
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for this
    await asyncio.Event().wait()


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(listen(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
