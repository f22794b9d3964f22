"""What is watched: one port that answers at once, one that takes everything and never answers.

`python -m benchmarks.isolation.targets FILE COUNT` writes both ports to the file and serves them on that many
addresses of loopback, because one device is asked a few times at once only.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say yes to whatever was asked."""
    try:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say a little every second, and never the end of it."""
    del reader
    try:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-More: x\r\n")
            await writer.drain()
            await asyncio.sleep(1)
    except ConnectionError:
        pass
    finally:
        writer.close()


def address(number: int) -> str:
    """One of the addresses."""
    return f"127.7.{number >> 8}.{number & 255}"


async def main(tell: Callable[[str], object], count: int) -> None:
    """Serve until killed."""
    hosts = [address(number) for number in range(1, count + 1)]
    ports = []
    for talk in (answer, drip):
        first = await asyncio.start_server(talk, hosts[0], 0, backlog=1024)
        ports.append(first.sockets[0].getsockname()[1])
        await asyncio.start_server(talk, hosts[1:], ports[-1], backlog=1024)
    tell(json.dumps(ports))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).write_text, int(sys.argv[2])))
