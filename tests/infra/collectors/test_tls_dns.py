"""The collectors tls, dns and tcp against real sockets."""

import asyncio
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from backend.domain.monitoring.collector import CheckFailed, Reading, Target, Trace
from backend.infra.collectors.dns import DnsOptions, lookup
from backend.infra.collectors.tcp import TcpOptions, connect
from backend.infra.collectors.tls import TlsOptions, handshake
from tests.certificates import Pair, make

HERE = Target("127.0.0.1", "mail.test")


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    with socket.socket(socket.AF_INET, kind) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@asynccontextmanager
async def tls_server(pair: Pair | None) -> AsyncIterator[int]:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.close()

    context = pair.server_context() if pair else None
    running = await asyncio.start_server(hang_up, "127.0.0.1", 0, ssl=context)
    try:
        yield running.sockets[0].getsockname()[1]
    finally:
        running.close()


async def shake(port: int, **options: Any) -> Reading:
    return await asyncio.wait_for(handshake(HERE, TlsOptions(port=port, **options), None, Trace()), 10)


async def test_a_certificate_and_its_days(tmp_path: Path) -> None:
    pair = make(tmp_path, "mail.test", days=30)
    async with tls_server(pair) as port:
        reading = await shake(port, fingerprint=pair.fingerprint)
        with pytest.raises(CheckFailed) as stranger:
            await shake(port)
        with pytest.raises(CheckFailed) as soon:
            await shake(port, verify_certificate=False, expiry_days=40)
        with pytest.raises(CheckFailed) as other:
            await shake(port, fingerprint="0" * 64)
    assert 29 < reading.samples[0].value < 30
    assert reading.facts["certificate_subject"] == "CN=mail.test"
    assert [phase.name for phase in reading.phases] == ["connect", "tls"]
    assert stranger.value.code == "certificate_self_signed"
    assert (soon.value.code, other.value.code) == ("certificate_expires", "certificate_changed")


async def test_a_listener_without_tls_says_so() -> None:
    async with tls_server(None) as port:
        with pytest.raises(CheckFailed) as caught:
            await shake(port)
    assert (caught.value.code, caught.value.phase) == ("tls_failed", "tls")


async def test_tcp_connects_or_says_that_nobody_listens() -> None:
    async with tls_server(None) as port:
        reading = await connect(HERE, TcpOptions(port=port), None, Trace())
    assert reading.values["latency_ms"]
    with pytest.raises(CheckFailed) as caught:
        await connect(HERE, TcpOptions(port=port), None, Trace())
    assert caught.value.text == f"Nobody listens at port {port} of 127.0.0.1"


@pytest.fixture
def name_server(tmp_path: Path) -> Iterator[int]:
    program = shutil.which("dnsmasq") or shutil.which("dnsmasq", path="/usr/sbin")
    if program is None:
        pytest.skip("dnsmasq is not installed")
    port = free_port()
    settings = ["--no-daemon", "--no-resolv", "--no-hosts", "--conf-file=/dev/null", "--user=root", "--pid-file="]
    answers = ["--address=/web.test/10.80.0.7", "--txt-record=note.test,hello"]
    listening = [f"--port={port}", "--listen-address=127.0.0.1", "--bind-interfaces"]
    running = subprocess.Popen([program, *settings, *answers, *listening], stderr=subprocess.PIPE, text=True)
    assert running.stderr
    for line in running.stderr:
        if "started" in line:
            break
    yield port
    running.terminate()
    running.wait(10)
    running.stderr.close()


async def ask(port: int, **options: Any) -> Reading:
    given = DnsOptions.model_validate({"port": port, **options})
    return await asyncio.wait_for(lookup(HERE, given, None, Trace()), 10)


async def test_a_name_server_answers(name_server: int) -> None:
    reading = await ask(name_server, name="web.test", expected="10.80.0.7")
    assert reading.facts["answers"] == "10.80.0.7"
    assert (await ask(name_server, name="note.test", type="TXT", expected="hello")).samples[0].value == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"name": "web.test", "expected": "10.80.0.8"}, "answer_missing"),
        ({"name": "nobody.example"}, "dns_refused"),
    ],
)
async def test_a_wrong_answer_says_why(name_server: int, options: dict[str, str], code: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        await ask(name_server, **options)
    assert caught.value.code == code


async def test_nobody_at_the_name_servers_port() -> None:
    with pytest.raises(CheckFailed) as caught:
        await ask(free_port(socket.SOCK_DGRAM), name="web.test")
    assert caught.value.code == "connection_refused"
