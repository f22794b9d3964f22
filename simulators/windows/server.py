"""WinRM's listener: POST /wsman over HTTP or HTTPS, with logins bound to their connection ([MS-WSMV] 2.2.9.1).

`Tricks` make it misbehave: fall silent, stop or hang up in the middle of an answer, or say something else.
"""

import asyncio
import base64
import binascii
import contextlib
import re
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, cast

from simulators.windows import http
from simulators.windows.accounts import Accounts, Negotiation
from simulators.windows.http import Request, Response
from simulators.windows.machine import Machine
from simulators.windows.wsman import Service

SOAP_TYPE = "application/soap+xml;charset=UTF-8"
PROTOCOL = "application/HTTP-SPNEGO-session-encrypted"
BOUNDARY = b"--Encrypted Boundary"
_LENGTH = re.compile(rb"Length=(\d+)")


@dataclass(slots=True)
class Tricks:
    """How it misbehaves, once somebody is logged in (`at` a query) or before that (`at` the login)."""

    what: Literal["", "silent", "stops", "hangs_up", "drips"] = ""
    at: Literal["query", "login"] = "query"
    # In place of the envelope, before it is encrypted.
    envelope: bytes | None = None
    # In place of the whole HTTP answer.
    raw: bytes | None = None
    # Answers in clear to whom it should answer encrypted.
    in_clear: bool = False
    delay_s: float = 0.0


@dataclass(slots=True)
class WindowsHost:
    """One listener."""

    machine: Machine
    accounts: Accounts
    service: Service
    port: int = 0
    methods: tuple[str, ...] = ("Negotiate",)
    tls: bool = False
    certificate_digest: bytes | None = None
    # As AllowUnencrypted of WinRM's service settings.
    allow_unencrypted: bool = False
    tricks: Tricks = field(default_factory=Tricks)
    requests: int = 0
    connections: int = 0
    # Every header in which somebody tried to log in, to see what a false host would get to know.
    seen: list[str] = field(default_factory=list)
    talking: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        mine = cast("asyncio.Task[None]", asyncio.current_task())
        self.talking.add(mine)
        mine.add_done_callback(self.talking.discard)
        talk = _Talk(self)
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            while (request := await http.read(reader)) is not None:
                self.requests += 1
                if not await self._send(writer, talk.answer(request), at=talk.at):
                    break
        writer.close()

    async def _send(self, writer: asyncio.StreamWriter, response: Response, *, at: str) -> bool:
        tricks = self.tricks
        whole = tricks.raw if tricks.raw is not None and at == tricks.at else response.pack()
        if tricks.what and at == tricks.at:
            return await self._misbehave(writer, whole)
        if tricks.delay_s and at == tricks.at:
            await asyncio.sleep(tricks.delay_s)
        writer.write(whole)
        await writer.drain()
        return True

    async def _misbehave(self, writer: asyncio.StreamWriter, whole: bytes) -> bool:
        what = self.tricks.what
        half = len(whole) - max(1, len(whole) // 4)
        if what == "drips":
            for byte in whole:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.05)
            return True
        if what != "silent":
            writer.write(whole[:half])
            await writer.drain()
        if what != "hangs_up":
            await asyncio.Event().wait()
        return False


class _Talk:
    """What one connection has come to."""

    def __init__(self, host: WindowsHost) -> None:
        self._host = host
        self._negotiation: Negotiation | None = None
        self._user: str | None = None
        self.at: Literal["query", "login"] = "login"

    def answer(self, request: Request) -> Response:
        """Log in, or answer who is logged in."""
        self.at = "login"
        if request.path.partition("?")[0] != "/wsman":
            return Response(404, b"Not Found", "text/html")
        if request.method != "POST":
            return Response(405)
        header = request.headers.get("authorization", "")
        if header:
            self._host.seen.append(header)
            refused = self._log_in(header)
            if refused:
                return refused
        if self._user is None:
            return self._who_are_you()
        if not request.body:
            return Response(200)
        self.at = "query"
        return self._asked(request, self._user)

    def _log_in(self, header: str) -> Response | None:
        method, _, value = header.partition(" ")
        if method.lower() not in {each.lower() for each in self._host.methods}:
            return self._who_are_you()
        if method.lower() == "basic":
            self._user = self._host.accounts.basic(value)
            return None
        if self._negotiation is None or self._user is not None:
            self._user, host = None, self._host
            self._negotiation = Negotiation(host.accounts, host.machine, host.certificate_digest)
        try:
            made = self._negotiation.step(_ntlm_of(value))
        except (PermissionError, binascii.Error):
            self._negotiation = None
            return self._who_are_you()
        self._user = self._negotiation.user
        if made and self._user is None:
            return Response(401, headers=(("WWW-Authenticate", f"Negotiate {base64.b64encode(made).decode()}"),))
        return None

    def _who_are_you(self) -> Response:
        return Response(401, headers=tuple(("WWW-Authenticate", _challenge(each)) for each in self._host.methods))

    def _asked(self, request: Request, user: str) -> Response:
        sealed = request.headers.get("content-type", "").lower().startswith("multipart/encrypted")
        try:
            message = self._unsealed(request.body) if sealed else request.body
        except (PermissionError, IndexError, struct.error):
            return Response(500)
        if not (sealed or self._host.tls or self._host.allow_unencrypted):
            return Response(500)
        status, envelope = self._host.service.answer(message, user)
        envelope = self._host.tricks.envelope if self._host.tricks.envelope is not None else envelope
        if sealed and not self._host.tricks.in_clear:
            kind = f'multipart/encrypted;protocol="{PROTOCOL}";boundary="Encrypted Boundary"'
            return Response(status, self._sealed(envelope), kind)
        return Response(status, envelope, SOAP_TYPE)

    def _unsealed(self, body: bytes) -> bytes:
        assert self._negotiation is not None
        _, about, payload = body.split(BOUNDARY + b"\r\n", 2)
        payload = payload.removesuffix(BOUNDARY + b"--\r\n").partition(b"octet-stream\r\n")[2]
        (length,) = struct.unpack_from("<i", payload)
        message = self._negotiation.unseal(payload[4 : 4 + length], payload[4 + length :])
        told = _LENGTH.search(about)
        if told is None or int(told[1]) != len(message):
            raise PermissionError("another length than was told")
        return message

    def _sealed(self, envelope: bytes) -> bytes:
        assert self._negotiation is not None
        signature, sealed = self._negotiation.seal(envelope)
        about = f"\tOriginalContent: type={SOAP_TYPE};Length={len(envelope)}\r\n".encode()
        parts = (
            BOUNDARY + b"\r\n\tContent-Type: " + PROTOCOL.encode() + b"\r\n" + about,
            BOUNDARY + b"\r\n\tContent-Type: application/octet-stream\r\n",
            struct.pack("<i", len(signature)) + signature + sealed,
            BOUNDARY + b"--\r\n",
        )
        return b"".join(parts)


def _ntlm_of(value: str) -> bytes:
    """The NTLM message in a token, bare or inside of SPNEGO's first one."""
    token = base64.b64decode(value, validate=True)
    start = token.find(b"NTLMSSP\x00")
    return token[start:] if start > 0 else token


def _challenge(method: str) -> str:
    return 'Basic realm="WSMAN"' if method == "Basic" else method


@asynccontextmanager
async def running(
    host: WindowsHost, address: str = "127.0.0.1", port: int = 0, context: ssl.SSLContext | None = None
) -> AsyncIterator[WindowsHost]:
    """The listener at work; its port is known from then on."""
    host.tls = context is not None
    server = await asyncio.start_server(host.serve, address, port, ssl=context)
    host.port = server.sockets[0].getsockname()[1]
    try:
        yield host
    finally:
        server.close()
        talking = tuple(host.talking)
        for each in talking:
            each.cancel()
        await asyncio.gather(*talking, return_exceptions=True)
        await asyncio.sleep(0)  # what was closed is let go of in the loop's next turn


def windows_host(
    passwords: dict[str, str], machine: Machine | None = None, *, methods: tuple[str, ...] = ("Negotiate",)
) -> WindowsHost:
    """A host with these users (DOMAIN\\user), who all may read WMI."""
    made = machine or Machine()
    return WindowsHost(made, Accounts(passwords), Service(made), methods=methods)
