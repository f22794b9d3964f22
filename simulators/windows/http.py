"""HTTP/1.1 (RFC 9112) as far as WinRM's listener goes: POST with a length, one connection for many of them."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

MAX_BODY = 1024 * 1024
_REASONS = {
    200: "OK",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    500: "Internal Server Error",
}


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; names of headers in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered."""

    status: int
    body: bytes = b""
    content_type: str = ""
    headers: tuple[tuple[str, str], ...] = field(default=())

    def pack(self) -> bytes:
        """As it goes over the wire."""
        lines = [f"HTTP/1.1 {self.status} {_REASONS.get(self.status, 'Other')}", "Server: Microsoft-HTTPAPI/2.0"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if self.content_type:
            lines.append(f"Content-Type: {self.content_type}")
        lines += [f"Content-Length: {len(self.body)}", "", ""]
        return "\r\n".join(lines).encode("latin-1") + self.body


async def read(reader: asyncio.StreamReader) -> Request | None:
    """The next request; None where the client hung up or spoke something else."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in lines if line)
        }
        length = int(headers.get("content-length", "0"))
        body = await reader.readexactly(length) if 0 < length <= MAX_BODY else b""
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError, ValueError):
        return None
    return Request(method, path, headers, body)
