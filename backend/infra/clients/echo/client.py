"""The app's side: one connection to the scan helper, what is asked at the same time goes in one frame."""

import asyncio
from contextlib import suppress
from itertools import count
from pathlib import Path

from backend.domain.monitoring.echoes import Echoed, Echoes, EchoesAway, EchoPlan
from backend.infra.scan_helper.echo_protocol import (
    MAX_ANSWER_BYTES,
    MOST,
    packed_question,
    questions,
    read_answers,
)
from backend.infra.scan_helper.protocol import ProtocolError, read_frame

_GONE = (OSError, asyncio.IncompleteReadError, ProtocolError)


class HelperEchoes(Echoes):
    """Asks the helper at this socket; connects when somebody asks, and again when it was away."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._numbers = count()
        self._waiting: dict[int, asyncio.Future[Echoed]] = {}
        self._asked: list[bytes] = []
        self._questions = asyncio.Event()
        self._talking: asyncio.Task[None] | None = None

    async def echo(self, address: str, plan: EchoPlan) -> Echoed:
        """Ask for one target; raises EchoesAway."""
        number = next(self._numbers) & 0xFFFFFFFF
        self._asked.append(packed_question(number, address, plan))
        if self._talking is None or self._talking.done():
            self._talking = asyncio.create_task(self._talk())
        self._questions.set()
        answer: asyncio.Future[Echoed] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            return await answer
        finally:
            self._waiting.pop(number, None)

    async def close(self) -> None:
        """Hang up."""
        if self._talking:
            self._talking.cancel()
            with suppress(asyncio.CancelledError):
                await self._talking

    async def _talk(self) -> None:
        """Until the helper goes, or nobody asks any more; whoever waits then is told."""
        writer = None
        try:
            reader, writer = await asyncio.open_unix_connection(self._path, limit=MAX_ANSWER_BYTES)
            await self._both(reader, writer)
        except _GONE as gone:
            self._fail(f"{gone}")
        finally:
            self._fail("the connection ended")
            if writer is not None:
                writer.transport.abort()

    async def _both(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asking = asyncio.create_task(self._ask(writer))
        try:
            while True:
                _, data = await read_frame(reader, MAX_ANSWER_BYTES)
                for number, echoed in read_answers(data):
                    answer = self._waiting.get(number)
                    if answer is not None and not answer.done():
                        answer.set_result(echoed)
        finally:
            asking.cancel()

    async def _ask(self, writer: asyncio.StreamWriter) -> None:
        while True:
            await self._questions.wait()
            self._questions.clear()
            asked, self._asked = self._asked, []
            for place in range(0, len(asked), MOST):
                writer.write(questions(asked[place : place + MOST]))
                await writer.drain()

    def _fail(self, why: str) -> None:
        self._asked.clear()
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(EchoesAway(why))
