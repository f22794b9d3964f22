"""Asks a PostgreSQL server, as any user, whether it takes connections yet.

The same question as `pg_isready`: a start-up packet is sent and the first byte of the answer is judged. No
login happens, so no role, password or program is needed.
Source: PostgreSQL manual, "Message Formats" (StartupMessage, ErrorResponse), SQLSTATE 57P03.
"""

import asyncio
import struct
from pathlib import Path

from backend.infra.system.problems import StartRefused

PROTOCOL_3 = 196608
NOT_YET = b"C57P03"
PAUSE_S = 0.05


async def wait_until_ready(socket: Path, timeout_s: float) -> None:
    """Return once the server behind the socket takes connections; StartRefused when it never does."""
    try:
        async with asyncio.timeout(timeout_s):
            # The server tells nobody when it is ready, so this asks again.
            while not await takes_connections(socket):  # noqa: ASYNC110
                await asyncio.sleep(PAUSE_S)
    except TimeoutError:
        raise StartRefused(
            f"PostgreSQL did not get ready within {timeout_s:.0f} s.",
            code="postgres_not_ready",
            remedy="Its log says why.",
        ) from None


async def takes_connections(socket: Path) -> bool:
    """One question; False while the server is away, starting or recovering."""
    try:
        reader, writer = await asyncio.open_unix_connection(str(socket))
    except OSError:
        return False
    try:
        writer.write(_startup_packet())
        answer = await asyncio.wait_for(reader.read(1024), 5)
    except (OSError, TimeoutError):
        return False
    finally:
        writer.close()
    return bool(answer) and NOT_YET not in answer


def _startup_packet() -> bytes:
    body = struct.pack("!i", PROTOCOL_3) + b"user\0postgres\0database\0postgres\0\0"
    return struct.pack("!i", len(body) + 4) + body
