"""A stand-in for the scan helper: listens on its socket and answers with its own rights."""

import asyncio
import sys
from pathlib import Path

STATUS = Path("/proc/self/status").read_bytes()


async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Say what the kernel says about this process."""
    writer.write(STATUS)
    writer.close()


async def main() -> None:
    """Listen until stopped."""
    server = await asyncio.start_unix_server(answer, sys.argv[sys.argv.index("--socket") + 1])
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
