"""A43: no envelope of a Windows host makes us grow, resolve or fetch; deep, long and odd ones are refused."""

import asyncio
import time
from collections.abc import Callable

import pytest

from backend.domain.monitoring.collector import CheckFailed
from backend.infra.clients.winrm import line, messages
from backend.infra.clients.winrm.place import Place, Trust
from tests.attacks.test_a43_xml_bombs import LIMIT_MB, resident_mb
from tests.attacks.twins import winrm as careless
from tests.windows import failure, windows

PLACE = Place("127.0.0.1", 5985, "win.test", False, Trust())
HEAD = f'<s:Envelope xmlns:s="{messages.SOAP}" xmlns:n="{messages.ENUMERATION}"><s:Body><n:EnumerateResponse>'
TAIL = "</n:EnumerateResponse></s:Body></s:Envelope>"


def _declaring(declarations: str, use: str) -> bytes:
    row = f"<n:Items><x><Name>{use}</Name></x></n:Items>"
    return f"<!DOCTYPE s [{declarations}]>{HEAD}{row}{TAIL}".encode()


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 6))
BOMBS = {
    "billion laughs": _declaring('<!ENTITY a0 "lol">' + LAUGHS, "&a5;"),
    "quadratic": _declaring(f'<!ENTITY a "{"x" * 35_000}">', "&a;" * 180),
    "external entity": _declaring('<!ENTITY a SYSTEM "file:///etc/hostname">', "&a;"),
    "parameter entity": _declaring('<!ENTITY % a "x"> %a;', "y"),
    "a document type": f"<!DOCTYPE s>{HEAD}{TAIL}".encode(),
    "depth": (HEAD + "<a>" * 5_000).encode(),
    "not XML": b"\x00\xff" * 500,
    "utf-16": _declaring('<!ENTITY a "x">', "&a;").decode().encode("utf-16"),
    "nothing": b"",
    "another envelope": b"<s:Envelope xmlns:s='urn:x'><s:Body/></s:Envelope>",
}


def believed(read: Callable[[bytes], object]) -> list[str]:
    """The bombs that were read, or felt."""
    found = []
    for name, bomb in BOMBS.items():
        start = resident_mb()
        try:
            read(bomb)
        except (CheckFailed, SyntaxError, ValueError):
            if resident_mb() - start <= LIMIT_MB:
                continue
        found.append(name)
    return found


def test_bombs_are_refused() -> None:
    assert believed(lambda message: messages.read(PLACE, message)) == []


def test_the_twin_is_caught() -> None:
    assert "external entity" in believed(careless.read)


async def test_over_the_wire_and_encrypted() -> None:
    async with windows() as host:
        for name in ("billion laughs", "external entity", "depth"):
            host.tricks.envelope = BOMBS[name]
            assert (await failure(host)).code == "winrm_malformed", name


async def test_an_answer_without_end_is_cut() -> None:
    async with windows() as host:
        host.tricks.envelope = b" " * (line.MAX_ANSWER + 1)
        start, began = resident_mb(), time.monotonic()
        assert (await failure(host)).code == "winrm_too_long"
        host.tricks.envelope = None
        host.tricks.raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"10000\r\n" + b"x" * 65_536
        host.tricks.raw += (b"\r\n10000\r\n" + b"x" * 65_536) * 40
        assert (await failure(host)).code == "winrm_too_long"
        assert resident_mb() - start < LIMIT_MB
        assert time.monotonic() - began < 10
        await asyncio.sleep(0)


@pytest.mark.parametrize("count", [200, 3_000])
async def test_heads_without_end(count: int) -> None:
    async with windows() as host:
        host.tricks.at = "login"
        host.tricks.raw = b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * count + b"\r\n"
        assert (await failure(host)).code == "winrm_absent"
