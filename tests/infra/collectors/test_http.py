"""The collector http against real sockets: what is good, what is not and why, and where it never goes."""

import asyncio
import hashlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Target, Trace
from backend.infra.collectors.http import HttpOptions, ask
from tests.certificates import make

Handler = Callable[[bytes], bytes | None]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


@asynccontextmanager
async def server(
    handler: Handler, context: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server of one answer a connection; None hangs up. Its port, and the requests that it got."""
    seen: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            seen.append(request)
            answer = handler(request)
            if answer is not None:
                writer.write(answer)
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.close()

    running = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    try:
        yield running.sockets[0].getsockname()[1], seen
    finally:
        running.close()


class Ways:
    """A map instead of a resolver; what is not on it may not be contacted."""

    def __init__(self, **hosts: str) -> None:
        self.hosts = {name.replace("_", "."): address for name, address in hosts.items()}

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        if host not in self.hosts:
            raise CheckFailed("target_forbidden", "not there", final=True)
        return (self.hosts[host],)


def run(
    port: int,
    *,
    trace: Trace | None = None,
    credential: Credential | None = None,
    ways: Ways | None = None,
    **options: Any,
) -> Awaitable[Reading]:
    given = HttpOptions.model_validate({"scheme": "http", "port": port, **options})
    target = Target("127.0.0.1", "web.test", ways=ways)
    return asyncio.wait_for(ask(target, given, credential, trace or Trace()), 10)


async def failed(port: int, **options: Any) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        await run(port, **options)
    return caught.value


async def test_a_good_answer_has_its_phases() -> None:
    async with server(lambda _: OK) as (port, seen):
        reading = await run(port, contains="ell", path="/x?y=1")
    assert [phase.name for phase in reading.phases] == ["connect", "first_byte", "transfer"]
    assert reading.values["latency_ms"] == sum(phase.ms for phase in reading.phases)
    assert {sample.name for sample in reading.samples} >= {"http_status", "http_body_bytes", "http_phase_ms"}
    assert seen[0].startswith(f"GET /x?y=1 HTTP/1.1\r\nHost: web.test:{port}\r\n".encode())


@pytest.mark.parametrize(
    ("answer", "options", "code"),
    [
        (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", {}, "status_not_accepted"),
        (OK, {"accepted_statuses": "204, 300-399"}, "status_not_accepted"),
        (OK, {"contains": "goodbye"}, "text_missing"),
        (OK, {"lacks": "hello"}, "text_present"),
        (None, {}, "no_response"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", {}, "no_response"),
        (b"SSH-2.0-x\r\n", {}, "no_http"),
    ],
)
async def test_a_wrong_answer_says_why(answer: bytes | None, options: dict[str, Any], code: str) -> None:
    async with server(lambda _: answer) as (port, _):
        assert (await failed(port, **options)).code == code


async def test_nobody_there() -> None:
    async with server(lambda _: OK) as (port, _):
        pass
    trace = Trace()
    error = await failed(port, trace=trace)
    assert (error.code, error.phase) == ("connection_refused", "connect")
    assert [phase.name for phase in trace.phases] == ["connect"]


async def test_one_that_never_answers_leaves_nothing_behind() -> None:
    async with server(lambda _: OK) as (port, _):
        held = asyncio.Event()

        async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            held.set()
            writer.close()

        silent = await asyncio.start_server(hang, "127.0.0.1", 0)
        before = len(asyncio.all_tasks())
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await run(silent.sockets[0].getsockname()[1])
        await asyncio.wait_for(held.wait(), 5)  # it was hung up on
        silent.close()
        assert len(asyncio.all_tasks()) <= before + 1
        assert port


async def test_a_redirect_is_followed_to_where_checks_may_go() -> None:
    def handler(request: bytes) -> bytes:
        if b"GET /a" in request:
            return b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
        return OK

    async with server(handler) as (port, seen):
        await run(port, path="/a")
    assert len(seen) == 2


async def test_a_secret_does_not_follow_to_another_origin() -> None:
    credential = Credential(1, "http_basic", "ada", secrets={"password": "pässword:x"})
    async with server(lambda _: OK) as (elsewhere, seen_there):
        location = f"http://other.test:{elsewhere}/x"
        moved = f"HTTP/1.1 307 Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
        async with server(lambda _: moved) as (port, seen):
            await run(port, credential=credential, ways=Ways(other_test="127.0.0.1"))
    assert b"Authorization: Basic " in seen[0]
    assert b"Authorization" not in seen_there[0]


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/meta-data", "target_forbidden"),
        ("http://forbidden.test/", "target_forbidden"),
        ("file:///etc/passwd", "redirect_refused"),
        ("gopher://x/", "redirect_refused"),
        ("http://[::1", "redirect_refused"),
        ("http://x/\x00", "redirect_refused"),
    ],
)
async def test_a_redirect_to_a_forbidden_place_ends_the_check(location: str, code: str) -> None:
    moved = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")
    async with server(lambda _: moved) as (port, seen):
        assert (await failed(port, ways=Ways())).code == code
    assert len(seen) == 1


async def test_redirects_end() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"
    async with server(lambda _: moved) as (port, seen):
        assert (await failed(port)).code == "too_many_redirects"
    assert len(seen) == 6


@pytest.mark.parametrize(
    ("name", "days", "code"),
    [
        ("web.test", 90.0, "certificate_self_signed"),
        ("web.test", -2.0, "certificate_expired"),
    ],
)
async def test_a_certificate_that_is_wrong_says_how(tmp_path: Path, name: str, days: float, code: str) -> None:
    pair = make(tmp_path, name, days=days)
    async with server(lambda _: OK, pair.server_context()) as (port, seen):
        error = await failed(port, scheme="https")
    assert error.phase == "tls"
    assert error.code in {code, "certificate_self_signed"}
    assert seen == [], "nothing was said to a stranger"


async def test_a_pinned_certificate_is_enough_and_another_one_is_not(tmp_path: Path) -> None:
    pair = make(tmp_path, "web.test", days=90)
    async with server(lambda _: OK, pair.server_context()) as (port, _):
        reading = await run(port, scheme="https", fingerprint=pair.fingerprint)
        other = await failed(port, scheme="https", fingerprint=hashlib.sha256(b"other").hexdigest())
    assert [phase.name for phase in reading.phases] == ["connect", "tls", "first_byte", "transfer"]
    (left,) = [sample.value for sample in reading.samples if sample.name == "certificate_days_left"]
    assert 89 < left < 90
    assert other.code == "certificate_changed"


async def test_a_certificate_that_ends_soon_is_a_failure(tmp_path: Path) -> None:
    pair = make(tmp_path, "web.test", days=5)
    async with server(lambda _: OK, pair.server_context()) as (port, _):
        error = await failed(port, scheme="https", verify_certificate=False)
        assert error.code == "certificate_expires"
        await run(port, scheme="https", verify_certificate=False, expiry_days=3)


@pytest.mark.parametrize(
    "options",
    [
        {"scheme": "file"},
        {"path": "x"},
        {"path": "/a b"},
        {"path": "/a\r\nX: y"},
        {"headers": {"X": "a\r\nB: c"}},
        {"headers": {"X y": "a"}},
        {"host": "a/b"},
        {"accepted_statuses": "20"},
        {"method": "TRACE"},
    ],
)
def test_options_that_could_do_harm_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        HttpOptions.model_validate(options)
