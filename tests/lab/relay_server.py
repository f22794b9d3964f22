"""Carries connections from a listening socket that it inherits to one address of the namespace it runs in.

Usage: relay_server.py FD ADDRESS PORT. A program of its own, run by path; standard library only.
"""

import asyncio
import socket
import sys
from contextlib import suppress

CHUNK = 65536


async def _carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy one direction until it ends, then close the other side's way in."""
    with suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    with suppress(OSError):
        writer.close()


async def main() -> None:
    """Serve until the process is ended."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    address, port = sys.argv[2], int(sys.argv[3])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(address, port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(_carry(reader, far_writer), _carry(far_reader, writer))

    server = await asyncio.start_server(serve, sock=listener)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
