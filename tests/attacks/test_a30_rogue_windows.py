"""A30: a rogue that answers in place of a Windows host gets no password, and is believed nothing."""

import asyncio
import base64
import contextlib
import io
import logging
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from backend.domain.monitoring.collector import CheckFailed, Credential, Target, Trace
from backend.infra import logging as own_logging
from backend.infra.collectors.windows import WindowsOptions, ask
from simulators.windows import http
from simulators.windows.accounts import Accounts, Negotiation
from simulators.windows.http import Response
from simulators.windows.machine import Machine
from tests.attacks.twins import winrm as careless
from tests.windows import DOMAIN, USER, failure, poll, windows

SECRET = "canary-9f31-lighthouse"
# Sign, seal, extended session security, 128 bits, key exchange ([MS-NLMP] 2.2.2.5).
STRONG = 0x00000010 | 0x00000020 | 0x00080000 | 0x20000000 | 0x40000000


class Rogue:
    """Takes every login, by every way of asking for one, and keeps what it got."""

    def __init__(self, asks_for: str) -> None:
        self._asks_for = asks_for
        self.got: list[bytes] = []
        self.ended = asyncio.Event()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        negotiation = Negotiation(Accounts({f"{DOMAIN}\\{USER}": "who knows"}), Machine())
        with contextlib.suppress(ConnectionError):
            while (request := await http.read(reader)) is not None:
                header = request.headers.get("authorization", "")
                self.got += [header.encode(), request.body]
                writer.write(self._answer(header, negotiation).pack())
                await writer.drain()
        writer.close()
        self.ended.set()

    def _answer(self, header: str, negotiation: Negotiation) -> Response:
        if self._asks_for == "basic":
            return Response(401, headers=(("WWW-Authenticate", 'Basic realm="WSMAN"'),))
        if self._asks_for == "nothing":
            return Response(200, b"<rows/>", "application/soap+xml")
        token = base64.b64decode(header.partition(" ")[2] or "")
        self.got.append(token)
        if token[8:12] == b"\x03\x00\x00\x00" or not token:
            return Response(200, b"<rows/>", "application/soap+xml")
        challenge = negotiation.step(token) or b""
        if self._asks_for == "weak":
            (flags,) = struct.unpack_from("<I", challenge, 20)
            challenge = challenge[:20] + struct.pack("<I", flags & ~STRONG) + challenge[24:]
        return Response(401, headers=(("WWW-Authenticate", f"Negotiate {base64.b64encode(challenge).decode()}"),))


def credential(port: int) -> Credential:
    return Credential(1, "winrm", USER, DOMAIN, port, False, {}, {"password": SECRET})


@asynccontextmanager
async def rogue(asks_for: str) -> AsyncIterator[tuple[Rogue, int]]:
    host = Rogue(asks_for)
    server = await asyncio.start_server(host.serve, "127.0.0.1", 0)
    try:
        yield host, server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def ours(port: int, given: Credential) -> None:
    target = Target("127.0.0.1", "win.test", 31)
    with pytest.raises(CheckFailed) as caught:
        await ask(target, WindowsOptions(timeout_s=5.0), given, Trace())
    assert caught.value.code.startswith("winrm_")
    assert SECRET not in caught.value.text + repr(caught.value.params)


async def betrayed(client: Callable[[int, Credential], Awaitable[None]], asks_for: str) -> list[str]:
    """What the rogue got that it could use."""
    async with rogue(asks_for) as (host, port):
        await client(port, credential(port))
        await asyncio.wait_for(host.ended.wait(), 10)
    everything = b"".join(host.got)
    coded = base64.b64encode(f"{DOMAIN}\\{USER}:{SECRET}".encode())
    usable = {"in clear": SECRET.encode(), "in UTF-16": SECRET.encode("utf-16-le"), "basic": coded}
    found = [what for what, form in usable.items() if form in everything]
    return found + ["a query"] * (b"Win32_" in everything) + ["a weak answer"] * any(map(_is_weak, host.got))


def _is_weak(token: bytes) -> bool:
    """Whether an AUTHENTICATE message answers as NTLM's first version does, in 24 bytes ([MS-NLMP] 2.2.1.3)."""
    if token[:12] != b"NTLMSSP\x00\x03\x00\x00\x00":
        return False
    (length,) = struct.unpack_from("<H", token, 20)
    return bool(length <= 24)


@pytest.mark.parametrize("asks_for", ["basic", "nothing", "negotiate", "weak"])
async def test_it_gets_nothing_to_use_elsewhere(asks_for: str) -> None:
    assert await betrayed(ours, asks_for) == []


async def test_the_twin_is_caught() -> None:
    assert "basic" in await betrayed(careless.ask, "basic")


async def test_whoever_answers_in_clear_after_the_login_is_not_believed() -> None:
    async with windows() as host:
        host.tricks.in_clear = True
        assert (await failure(host)).code == "winrm_unprotected"


async def test_an_answer_that_was_changed_on_its_way_is_not_believed() -> None:
    async with windows() as host:
        seal = Negotiation.seal

        def changed(self: Negotiation, message: bytes) -> tuple[bytes, bytes]:
            signature, sealed = seal(self, message)
            return signature, sealed[:-1] + bytes([sealed[-1] ^ 1])

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Negotiation, "seal", changed)
            assert (await failure(host)).code == "winrm_malformed"


async def test_no_token_of_a_login_is_logged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even at debug: from an answer to a challenge a weak password can be guessed."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", list(root.handlers))
    level, kept = root.level, io.StringIO()
    own_logging.configure("debug")
    own = logging.StreamHandler(kept)
    root.addHandler(own)
    try:
        async with windows() as host:
            await poll(host, monitor_id=32)
            tokens = [header.partition(" ")[2] for header in host.seen]
    finally:
        root.setLevel(level)
        root.removeHandler(own)
    assert len(tokens) == 2
    assert not any(token in kept.getvalue() for token in tokens)
