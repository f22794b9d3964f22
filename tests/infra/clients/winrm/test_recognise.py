"""Windows hosts are known by their ports, named by their greeting, and asked where a login works."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from backend.domain.monitoring.windows import WindowsFacts
from backend.infra.clients.winrm.recognise import WinrmRecogniser
from simulators.windows.server import WindowsHost
from tests.certificates import Pair, make
from tests.infra.collectors.test_tls_dns import free_port
from tests.windows import credential, windows


def knocking(host: WindowsHost) -> WinrmRecogniser:
    """At ports where the host would have its own."""
    return WinrmRecogniser(
        (free_port(), free_port() if host.tls else host.port, host.port if host.tls else free_port())
    )


@asynccontextmanager
async def door(answer: bytes = b"") -> AsyncIterator[int]:
    """Somebody else's port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def asked(host: WindowsHost, password: str | None = None) -> WindowsFacts:
    given = credential(host) if password is None else credential(host, password)
    facts = await knocking(host).recognise("127.0.0.1", given, timeout_s=5.0)
    assert facts is not None
    return facts


async def test_a_login_that_works_brings_name_and_system() -> None:
    async with windows() as host:
        facts = await asked(host)
    assert facts == WindowsFacts(
        address="127.0.0.1",
        ports=(host.port,),
        name="win-sim01",
        domain="lab.example",
        os="Microsoft Windows Server 2022 Standard",
        version="10.0.20348",
        logged_in=True,
    )


async def test_a_refused_login_says_why_and_the_greeting_names_the_host() -> None:
    async with windows() as host:
        facts = await asked(host, "wrong")
    assert facts.refused is not None
    assert facts.refused.code == "winrm_login_refused"
    assert (facts.logged_in, facts.name, facts.os) == (False, "WIN-SIM01", "Microsoft Windows Server 2022")


@pytest.mark.parametrize("tls", [False, True])
async def test_without_a_credential_the_greeting_is_all(
    tls: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pair: Pair | None = make(tmp_path_factory.mktemp("greeted"), "win.test") if tls else None
    async with windows(pair=pair) as host:
        facts = await knocking(host).recognise("127.0.0.1", None, timeout_s=5.0)
        other = replace(credential(host), type="ssh")
        assert await knocking(host).recognise("127.0.0.1", other, timeout_s=5.0) is not None
    assert facts is not None
    assert (facts.name, facts.domain, facts.version, facts.refused) == (
        "WIN-SIM01",
        "lab.example",
        "10.0.20348",
        None,
    )
    assert all("win.test" not in header and "watch" not in header for header in host.seen)


async def test_the_endpoint_mapper_alone_is_enough_and_another_web_server_is_not() -> None:
    async with door() as mapper, door(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") as web:
        by_mapper = await WinrmRecogniser((mapper, free_port(), free_port())).recognise(
            "127.0.0.1", None, timeout_s=3.0
        )
        by_web = await WinrmRecogniser((free_port(), web, free_port())).recognise("127.0.0.1", None, timeout_s=3.0)
        nothing = await WinrmRecogniser((free_port(), free_port(), free_port())).recognise(
            "127.0.0.1", None, timeout_s=3.0
        )
    assert by_mapper == WindowsFacts("127.0.0.1", (mapper,))
    assert by_web is nothing is None


async def test_a_host_that_hangs_ends_in_time() -> None:
    async with windows() as host:
        host.tricks.what, host.tricks.at = "silent", "login"
        began = time.monotonic()
        facts = await knocking(host).recognise("127.0.0.1", credential(host), timeout_s=1.5)
        assert time.monotonic() - began < 3.0
    assert facts is not None
    assert facts.refused is not None
    assert facts.refused.code in {"winrm_silent", "timeout"}
