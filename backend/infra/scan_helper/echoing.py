"""The scan helper's echoes: one connection asks for as many targets as it likes, and is answered in batches."""

import asyncio
from functools import partial

from backend.domain.monitoring.echoes import Echoed
from backend.infra.clients.echo.engine import BURST, EchoEngine
from backend.infra.scan_helper.echo_protocol import (
    MAX_QUESTION_BYTES,
    MOST,
    answers,
    packed_answer,
    read_questions,
)
from backend.infra.scan_helper.protocol import ProtocolError, read_frame

# A client that reads nothing is let go.
MOST_UNREAD = 8 * 1024 * 1024


class EchoCalls:
    """One client's questions and the answers that go back to it."""

    def __init__(self, engine: EchoEngine, writer: asyncio.StreamWriter) -> None:
        self._engine, self._writer = engine, writer
        self._loop = asyncio.get_running_loop()
        self._ready: list[bytes] = []
        self._open = True

    async def serve(self, first: bytes, reader: asyncio.StreamReader) -> None:
        """Answer until the client goes; raises ProtocolError for what no honest client sends."""
        data = first
        try:
            while True:
                await self._ask(data)
                kind, data = await read_frame(reader, MAX_QUESTION_BYTES)
                if kind != b"E":
                    raise ProtocolError("no question")
        finally:
            self._open = False

    async def _ask(self, data: bytes) -> None:
        for number, (name, address, plan) in enumerate(read_questions(data), 1):
            self._engine.ask(address, plan, partial(self._answered, name), self._wanted)
            if number % BURST == 0:
                self._engine.listen()
                await asyncio.sleep(0)

    def _wanted(self) -> bool:
        return self._open

    def _answered(self, name: int, echoed: Echoed) -> None:
        if not self._ready:
            self._loop.call_soon(self._tell)
        self._ready.append(packed_answer(name, echoed))

    def _tell(self) -> None:
        ready, self._ready = self._ready, []
        if not self._open:
            return
        if self._writer.transport.get_write_buffer_size() > MOST_UNREAD:
            self._writer.transport.abort()
            return
        for place in range(0, len(ready), MOST):
            self._writer.write(answers(ready[place : place + MOST]))
