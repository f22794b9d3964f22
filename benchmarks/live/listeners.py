"""Many WebSocket clients that cost little: each counts the lines it gets, and looks for gaps."""

import asyncio
import json
import os
import struct
from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


@dataclass
class Heard:
    """What one client got."""

    lines: int = 0
    last: int = 0
    gaps: int = 0
    finished: bool = False
    code: int | None = None


class Listener(asyncio.Protocol):
    """One client; frames are cut out of what comes, and of each only the numbers are read."""

    def __init__(self, path: str, said: bytes | None, after: int = 0) -> None:
        self.heard = Heard(last=after)
        self.over = asyncio.Event()
        self.open = asyncio.Event()
        self._path, self._said = path, said
        self._data = bytearray()
        self._upgraded = False
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for a WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        key = b64encode(os.urandom(16)).decode()
        transport.write(
            f"GET {self._path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._data += data
        if not self._upgraded:
            head, end, rest = bytes(self._data).partition(b"\r\n\r\n")
            if not end:
                return
            if b" 101 " not in head:
                raise RuntimeError(head.decode())
            self._upgraded, self._data = True, bytearray(rest)
            if self._said:
                self.send(TEXT, self._said)
            self.open.set()
        self._frames()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        del exc
        self.over.set()

    def send(self, opcode: int, body: bytes) -> None:
        """A small frame, masked with zeros."""
        assert self.transport
        self.transport.write(bytes([0x80 | opcode, 0x80 | len(body), 0, 0, 0, 0]) + body)

    def stall(self) -> None:
        """Read nothing from now on."""
        assert self.transport
        self.transport.pause_reading()

    def go_on(self) -> None:
        """Read again."""
        assert self.transport
        self.transport.resume_reading()

    def _frames(self) -> None:
        data, at = self._data, 0
        while len(data) - at >= 2:
            length, head = data[at + 1], 2
            if length == 126:
                head = 4
            elif length == 127:
                head = 10
            if len(data) - at < head:
                break
            if head > 2:
                (length,) = struct.unpack_from("!H" if head == 4 else "!Q", data, at + 2)
            if len(data) - at < head + length:
                break
            self._frame(data[at] & 15, data[at + head : at + head + length])
            at += head + length
        del data[:at]

    def _frame(self, opcode: int, body: bytearray) -> None:
        if opcode == TEXT:
            self._text(body)
        elif opcode == PING:
            self.send(PONG, bytes(body))
        elif opcode == CLOSE:
            self.heard.code = int.from_bytes(body[:2], "big")
            self.over.set()

    def _text(self, body: bytearray) -> None:
        if body.startswith(b'{"type":"lines","seq":'):
            last = int(body[22 : body.index(b",", 22)])
            start = body.index(b'"first_seq":') + 12
            self._lines(int(body[start : body.index(b",", start)]), last)
        elif body.startswith(b'{"type": "line", "seq": '):
            number = int(body[24 : body.index(b",", 24)])
            self._lines(number, number)
        else:
            frame = json.loads(body)
            for part in frame["frames"] if frame["type"] == "batch" else [frame]:
                self._part(part)

    def _part(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "lines":
            self._lines(frame["lines"][0]["seq"], frame["lines"][-1]["seq"])
        elif frame["type"] == "gap":
            self.heard.gaps += 1
        elif frame["type"] == "finished":
            self.heard.finished = True
            self.over.set()

    def _lines(self, first: int, last: int) -> None:
        heard = self.heard
        # The twin's clients come in the middle: their first line is where they begin.
        if heard.last and first != heard.last + 1:
            heard.gaps += 1
        heard.lines += last - first + 1
        heard.last = last


async def connect(socket: Path, path: str, said: bytes | None = None, after: int = 0) -> Listener:
    """A client that is connected, and has said what it says first."""
    _, made = await asyncio.get_running_loop().create_unix_connection(
        lambda: Listener(path, said, after), str(socket)
    )
    await made.open.wait()
    return made
