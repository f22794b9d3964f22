"""A small HTTP client for Unix sockets that costs little beside what it measures."""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any, Self


class Connection:
    """One kept-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, socket: Path) -> Self:
        """Connect."""
        return cls(*await asyncio.open_unix_connection(str(socket), limit=1 << 22))

    async def send(self, request: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        length = next(int(line[15:]) for line in lines if line.startswith("content-length:"))
        return int(lines[0].split()[1]), await self._reader.readexactly(length)

    def close(self) -> None:
        """Close it."""
        self._writer.close()


def request(method: str, path: str, token: str | None = None, body: Any = None) -> bytes:
    """A request as bytes."""
    text = b"" if body is None else json.dumps(body).encode()
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(text)}"]
    head += ["Content-Type: application/json"] if text else []
    head += [f"Authorization: Bearer {token}"] if token else []
    return ("\r\n".join(head) + "\r\n\r\n").encode() + text


async def call(connection: Connection, method: str, path: str, token: str | None = None, body: Any = None) -> Any:
    """One call, with JSON in and out; raises RuntimeError for anything but success."""
    status, answer = await connection.send(request(method, path, token, body))
    if status >= 300:
        raise RuntimeError(f"{method} {path}: {status} {answer[:500]!r}")
    return json.loads(answer) if answer else None


@dataclass
class Load:
    """What came of asking for a while."""

    seconds: float
    took: list[float] = field(default_factory=list)

    @property
    def p99_ms(self) -> float:
        """The time that one in a hundred took longer than."""
        return sorted(self.took)[int(len(self.took) * 0.99)] * 1000


async def load(socket: Path, wanted: Sequence[bytes], connections: int, seconds: float) -> Load:
    """Ask one after another on so many connections, from the beginning again after the last.

    Raises RuntimeError for an answer that is not 200.
    """
    found = Load(seconds)
    requests = cycle(wanted)
    until = time.monotonic() + seconds

    async def one() -> None:
        connection = await Connection.open(socket)
        while (started := time.monotonic()) < until:
            status, _ = await connection.send(next(requests))
            if status != 200:
                raise RuntimeError(f"status {status}")
            found.took.append(time.monotonic() - started)
        connection.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return found
