"""The exchange without TLS, on a socket of our own: connect, send and read in callbacks, one future for all."""

import asyncio
import socket
from time import perf_counter

from backend.domain.monitoring.collector import CheckFailed
from backend.infra.clients import wire
from backend.infra.clients.http_check.response import NoHttp, Response, ResponseReader

PIECE = 256 * 1024


class PlainTalk:
    """One request on its way. Ends with a response, OSError before it was connected, or CheckFailed."""

    def __init__(self, address: str, port: int, said: bytes, reader: ResponseReader) -> None:
        """Raises OSError where there is no way at all."""
        self._loop = asyncio.get_running_loop()
        self._watch = wire.watch(self._loop)
        self._said, self._reader = said, reader
        self.connected_at = self.spoken_at = self.first_byte_at = 0.0
        self.finished: asyncio.Future[Response] = self._loop.create_future()
        self._socket, _ = wire.begin(address, port)
        self._number = self._socket.fileno()
        self._watch.writable(self._number, self._connected)

    def close(self) -> None:
        """Hang up, at whatever point it is."""
        self._watch.forget_closing(self._number)
        self._socket.close()
        if self.finished.done() and not self.finished.cancelled():
            self.finished.exception()  # looked at, whoever asked for it is gone
        else:
            self.finished.cancel()

    def _connected(self) -> None:
        try:
            wire.check(self._socket)
        except OSError as error:
            self._fail(error)
            return
        self.connected_at = self.spoken_at = perf_counter()
        self._say()

    def _say(self) -> None:
        try:
            sent = self._socket.send(self._said, socket.MSG_NOSIGNAL)
        except BlockingIOError:
            return
        except OSError:
            self._cut("the connection was reset")
            return
        if sent < len(self._said):
            self._said = self._said[sent:]
            self._watch.forget(self._number)
            self._watch.writable(self._number, self._say)
            return
        self._watch.readable(self._number, self._read)

    def _read(self) -> None:
        try:
            data = self._socket.recv(PIECE)
        except BlockingIOError:
            return
        except OSError:
            self._cut("the connection was reset")
            return
        if not self.first_byte_at:
            self.first_byte_at = perf_counter()
        try:
            if not data:
                self._succeed(self._reader.end())
                return
        except NoHttp as wrong:
            self._cut(str(wrong))
            return
        try:
            self._reader.feed(data)
        except NoHttp as wrong:
            self._fail(CheckFailed("no_http", f"{wrong}", phase="transfer", params={"reason": str(wrong)}))
            return
        if self._reader.done:
            assert self._reader.response is not None
            self._succeed(self._reader.response)

    def _cut(self, why: str) -> None:
        self._fail(CheckFailed("no_response", why, phase="first_byte", params={"reason": why}))

    def _succeed(self, response: Response) -> None:
        self._watch.forget(self._number)
        if not self.finished.done():
            self.finished.set_result(response)

    def _fail(self, failure: Exception) -> None:
        self._watch.forget(self._number)
        if not self.finished.done():
            self.finished.set_exception(failure)
