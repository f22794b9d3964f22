"""One UDP socket to one agent: questions go out, and again where nothing comes back; strangers are not heard."""

import asyncio
import socket
from collections.abc import Callable

from backend.infra.clients.snmp.ber import Malformed
from backend.infra.clients.snmp.pdu import Answer

MAX_DATAGRAM = 65_535
# So many datagrams are read at a turn of the loop, and so many that nobody asked for are borne at all.
AT_ONCE, MAX_JUNK = 32, 2_000
AGAIN_S = (0.7, 1.3, 2.5)

Opener = Callable[[bytes], Answer | None]


class Silent(Exception):
    """Nobody answered in time."""


class Junk(Exception):
    """What came is not SNMP; the text says what is wrong with it."""


class Channel:
    """Connected, so that the kernel drops what others send and tells of a closed port."""

    def __init__(self, address: str, port: int, opener: Opener, *, patience_s: float) -> None:
        self._loop = asyncio.get_running_loop()
        self.opener = opener
        self._patience_s = patience_s
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self._junk, self._wrong = 0, ""
        self._socket = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
        try:
            self._socket.setblocking(False)
            self._socket.connect((address, port))
        except OSError:
            self._socket.close()
            raise
        self._loop.add_reader(self._socket.fileno(), self._read)

    def close(self) -> None:
        """Hang up."""
        self._loop.remove_reader(self._socket.fileno())
        self._socket.close()

    async def ask(self, number: int, message: bytes) -> Answer:
        """The answer of that number; raises Silent, Junk or OSError."""
        waiting: asyncio.Future[Answer] = self._loop.create_future()
        self._waiting[number] = waiting
        until = self._loop.time() + self._patience_s
        again = self._send(message, waiting, until, 0)
        try:
            return await waiting
        finally:
            again()
            del self._waiting[number]

    def _send(
        self, message: bytes, waiting: asyncio.Future[Answer], until: float, tries: int
    ) -> Callable[[], None]:
        """Send now, and again after growing pauses until it is answered or too late."""
        timer: asyncio.TimerHandle | None = None

        def turn() -> None:
            nonlocal timer, tries
            left = until - self._loop.time()
            if waiting.done():
                return
            if left <= 0.001:
                waiting.set_exception(Junk(self._wrong) if self._wrong else Silent())
                return
            try:
                self._socket.send(message)
            except BlockingIOError:
                pass  # the kernel is full: the next turn sends
            except OSError as error:
                waiting.set_exception(error)
                return
            timer = self._loop.call_later(min(AGAIN_S[min(tries, len(AGAIN_S) - 1)], left), turn)
            tries += 1

        turn()
        return lambda: timer.cancel() if timer else None

    def _read(self) -> None:
        for _ in range(AT_ONCE):
            try:
                data = self._socket.recv(MAX_DATAGRAM)
            except BlockingIOError:
                return
            except OSError as error:
                self._fail(error)
                return
            self._heard(data)
            if not self._waiting:
                return

    def _heard(self, data: bytes) -> None:
        try:
            said = self.opener(data)
        except Malformed as wrong:
            said, self._wrong = None, str(wrong)
        waiting = self._waiting.get(said.number) if said else None
        if said is not None and waiting is not None and not waiting.done():
            waiting.set_result(said)
            return
        self._junk += 1
        if self._junk >= MAX_JUNK:
            self._fail(Junk("nothing but datagrams that nobody asked for"))

    def _fail(self, error: Exception) -> None:
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(error)
