"""The engine: connect, say one request, read one response, hang up; every phase timed, nothing shared.

A protocol on the loop instead of streams: a check is three callbacks and one future.
"""

import asyncio
import ssl
from dataclasses import dataclass
from time import perf_counter
from typing import cast

from backend.domain.monitoring.collector import CheckFailed, Phase, Trace
from backend.infra.clients.connect_errors import connect_failure, tls_failure
from backend.infra.clients.http_check.plain import PlainTalk
from backend.infra.clients.http_check.response import NoHttp, Response, ResponseReader


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it goes out; `head` is everything up to and with the empty line."""

    address: str
    port: int
    method: str
    head: bytes
    body: bytes = b""
    tls: ssl.SSLContext | None = None
    server_name: str | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A response and the certificate that came with it (DER), if any."""

    response: Response
    certificate: bytes | None = None


class _Conversation(asyncio.Protocol):
    """Says the request once it may, and reads until the response is whole."""

    def __init__(self, request: Request, reader: ResponseReader) -> None:
        self._request = request
        self._reader = reader
        self._loop = asyncio.get_running_loop()
        self.connected_at = self.spoken_at = self.first_byte_at = 0.0
        self.transport: asyncio.BaseTransport | None = None
        self.finished: asyncio.Future[Response] = self._loop.create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        if not self.connected_at:
            self.connected_at = perf_counter()
        if self._request.tls is None:
            self.speak(transport)

    def speak(self, transport: asyncio.BaseTransport) -> None:
        """Say the request."""
        self.transport = transport
        self.spoken_at = perf_counter()
        # uvloop's transports are of no class of asyncio's, so the type is only said.
        cast(asyncio.WriteTransport, transport).write(self._request.head + self._request.body)

    def data_received(self, data: bytes) -> None:
        if not self.first_byte_at:
            self.first_byte_at = perf_counter()
        try:
            self._reader.feed(data)
        except NoHttp as wrong:
            self._fail(CheckFailed("no_http", f"{wrong}", phase="transfer", params={"reason": str(wrong)}))
            return
        if self._reader.done and not self.finished.done():
            assert self._reader.response is not None
            self.finished.set_result(self._reader.response)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.finished.done():
            return
        try:
            if exc is not None:
                raise NoHttp("the connection was reset")
            self.finished.set_result(self._reader.end())
        except NoHttp as wrong:
            self._fail(CheckFailed("no_response", f"{wrong}", phase="first_byte", params={"reason": str(wrong)}))

    def _fail(self, failure: CheckFailed) -> None:
        if not self.finished.done():
            self.finished.set_exception(failure)


async def exchange(request: Request, trace: Trace) -> Exchange:
    """Do one request; raises CheckFailed. Phases go to the trace: connect, tls, first_byte, transfer."""
    return await (_plain(request, trace) if request.tls is None else _secured(request, trace))


async def _plain(request: Request, trace: Trace) -> Exchange:
    began = perf_counter()
    trace.phase = "connect"
    talk: PlainTalk | None = None
    try:
        talk = PlainTalk(
            request.address, request.port, request.head + request.body, ResponseReader(request.method)
        )
        response = await talk.finished
    except OSError as error:
        trace.phases.append(Phase("connect", (perf_counter() - began) * 1000))
        raise connect_failure(error, request.address, request.port) from None
    finally:
        if talk is not None:
            if talk.connected_at:
                trace.phase = "first_byte"
                trace.phases.append(Phase("connect", (talk.connected_at - began) * 1000))
            talk.close()
    _time_answer(talk, trace)
    return Exchange(response)


async def _secured(request: Request, trace: Trace) -> Exchange:
    reader = ResponseReader(request.method)
    began = perf_counter()
    trace.phase = "connect"
    loop = asyncio.get_running_loop()
    talk: _Conversation | None = None
    try:
        try:
            _, talk = await loop.create_connection(
                lambda: _Conversation(request, reader), request.address, request.port
            )
        except OSError as error:
            trace.phases.append(Phase("connect", (perf_counter() - began) * 1000))
            raise connect_failure(error, request.address, request.port) from None
        trace.phases.append(Phase("connect", (talk.connected_at - began) * 1000))
        certificate = await _secure(request, talk, trace) if request.tls else None
        trace.phase = "first_byte"
        response = await talk.finished
        _time_answer(talk, trace)
        return Exchange(response, certificate)
    finally:
        if talk is not None:
            if talk.transport is not None:
                talk.transport.abort() if hasattr(talk.transport, "abort") else talk.transport.close()
            if talk.finished.done() and not talk.finished.cancelled():
                talk.finished.exception()  # looked at, whoever asked for it is gone
            else:
                talk.finished.cancel()


async def _secure(request: Request, talk: _Conversation, trace: Trace) -> bytes | None:
    assert request.tls is not None
    assert talk.transport is not None
    loop = asyncio.get_running_loop()
    with trace.step("tls"):
        try:
            secured = await loop.start_tls(
                talk.transport,  # type: ignore[arg-type]  # the transport that the loop itself made
                talk,
                request.tls,
                server_hostname=request.server_name or request.address,
                ssl_handshake_timeout=60,
            )
        except (ssl.SSLError, ssl.CertificateError, OSError) as error:
            raise tls_failure(error, request.server_name or request.address) from None
    if secured is None:
        raise CheckFailed("tls_failed", "The TLS handshake was cut off", phase="tls")
    talk.speak(secured)
    session = secured.get_extra_info("ssl_object")
    found: bytes | None = session.getpeercert(binary_form=True) if session else None
    return found


def _time_answer(talk: "_Conversation | PlainTalk", trace: Trace) -> None:
    ended = perf_counter()
    first = talk.first_byte_at or ended
    trace.phases.append(Phase("first_byte", (first - talk.spoken_at) * 1000))
    trace.phases.append(Phase("transfer", (ended - first) * 1000))
