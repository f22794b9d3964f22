"""A28: each collector that speaks TLS refuses whom it cannot be sure of, unless that certificate is pinned."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.domain.monitoring.collector import CheckFailed, Credential, Target, Trace
from backend.infra.clients import tls_contexts
from backend.infra.clients.winrm import place
from backend.infra.collectors import http, tls, windows
from tests.attacks.twins import trusting_tls
from tests.certificates import Pair, make

NAME = "web.test"
HERE = Target("127.0.0.1", NAME)


@dataclass(frozen=True, slots=True)
class Shown:
    """The one certificate that is right, and those that are not."""

    right: Pair
    wrong: dict[str, Pair]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """Their authority is one that this machine trusts, for as long as the test runs."""

    def folder(name: str) -> Path:
        return tmp_path_factory.mktemp(name)

    ours, others = make(folder("ours"), "authority.test"), make(folder("others"), "stranger.test")
    wrong = {
        "self-signed": make(folder("self"), NAME),
        "wrong name": make(folder("name"), "other.test", issuer=ours),
        "expired": make(folder("old"), NAME, days=-2, issuer=ours),
        "other authority": make(folder("far"), NAME, issuer=others),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SSL_CERT_FILE", str(ours.cert_file))
        tls_contexts.client_context.cache_clear()
        yield Shown(make(folder("right"), NAME, issuer=ours), wrong)
    tls_contexts.client_context.cache_clear()


@asynccontextmanager
async def server(pair: Pair) -> AsyncIterator[int]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):  # who does not trust us hangs up
            await reader.readline()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        writer.close()

    running = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=pair.server_context())
    try:
        yield running.sockets[0].getsockname()[1]
    finally:
        running.close()


async def by_http(port: int, fingerprint: str = "") -> None:
    await http.ask(HERE, http.HttpOptions(port=port, fingerprint=fingerprint, expiry_days=0), None, Trace())


async def by_tls(port: int, fingerprint: str = "") -> None:
    await tls.handshake(HERE, tls.TlsOptions(port=port, fingerprint=fingerprint, expiry_days=0), None, Trace())


async def by_windows(port: int, fingerprint: str = "") -> None:
    """Only the certificate matters here: what listens is no WS-Management."""
    config = {"fingerprint": fingerprint}
    login = Credential(1, "winrm", "svc", "LAB", port, use_ssl=True, config=config, secrets={"password": "x" * 8})
    try:
        await windows.ask(HERE, windows.WindowsOptions(), login, Trace())
    except CheckFailed as failed:
        if failed.code.startswith("certificate_"):
            raise


CONNECTORS: tuple[Callable[..., Awaitable[None]], ...] = (by_http, by_tls, by_windows)


async def taken(connect: Callable[..., Awaitable[None]], pairs: dict[str, Pair], *, pinned: bool) -> list[str]:
    """With which of the certificates it went on."""
    found = []
    for what, pair in pairs.items():
        async with server(pair) as port:
            try:
                await asyncio.wait_for(connect(port, pair.fingerprint if pinned else ""), 10)
            except CheckFailed as failed:
                if not failed.code.startswith("certificate_"):
                    raise
            else:
                found.append(what)
    return found


@pytest.mark.parametrize("connect", CONNECTORS)
async def test_nobody_but_the_right_one(shown: Shown, connect: Callable[..., Awaitable[None]]) -> None:
    assert await taken(connect, {"right": shown.right}, pinned=False) == ["right"]
    assert await taken(connect, shown.wrong, pinned=False) == []


@pytest.mark.parametrize("connect", CONNECTORS)
async def test_the_pinned_one_and_no_other(shown: Shown, connect: Callable[..., Awaitable[None]]) -> None:
    valid = {what: pair for what, pair in shown.wrong.items() if what != "expired"}
    assert await taken(connect, valid, pinned=True) == list(valid)
    async with server(shown.right) as port:
        with pytest.raises(CheckFailed) as refused:
            await connect(port, shown.wrong["self-signed"].fingerprint)
    assert refused.value.code == "certificate_changed"


@pytest.mark.parametrize(("connect", "module"), [(by_http, http), (by_tls, tls), (by_windows, place)])
async def test_the_twin_is_caught(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, connect: Callable[..., Awaitable[None]], module: object
) -> None:
    monkeypatch.setattr(module, "client_context", trusting_tls.client_context)
    assert await taken(connect, shown.wrong, pinned=False)
