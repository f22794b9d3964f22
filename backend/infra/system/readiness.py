"""Questions about the outside of a running Lanarium: is the port free, does the page answer yet."""

import asyncio
import contextlib
import errno
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backend.infra.system.problems import StartRefused

# A Lanarium that was killed a moment ago still has keepers that are ending its web server.
PORT_PATIENCE_S = 3.0
PAUSE_S = 0.1


async def wait_for_free_port(addresses: tuple[str, ...], port: int) -> None:
    """Return when the port can be taken; StartRefused when somebody keeps it."""
    try:
        async with asyncio.timeout(PORT_PATIENCE_S):
            # Nobody announces that a port became free, so this asks again.
            while not all(port_free(address, port) for address in addresses):  # noqa: ASYNC110
                await asyncio.sleep(PAUSE_S)
    except TimeoutError:
        raise StartRefused(
            f"Port {port} is already in use on this machine.",
            code="port_in_use",
            params={"port": port},
            remedy=f"Set LANARIUM_HTTPS_PORT to another port, or find who has it: ss -ltnp 'sport = :{port}'",
        ) from None


def port_free(address: str, port: int) -> bool:
    """Whether a server could listen there now."""
    host = address.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            candidate.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        try:
            candidate.bind((host, port))
        except PermissionError:
            raise StartRefused(
                f"Port {port} may only be used by root.", code="port_forbidden", remedy="Choose one above 1023."
            ) from None
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                return False
            raise StartRefused(
                f"Cannot listen on {address}: {problem.strerror}.", code="address_unusable"
            ) from None
    return True


def has_ipv6() -> bool:
    """Whether this machine can listen on IPv6 at all."""
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as candidate:
            candidate.bind(("::", 0))
    except OSError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, as far as it matters here."""

    status: int
    body: str


async def wait_for_socket(path: Path, timeout_s: float, hopeless: Callable[[], bool]) -> bool:
    """Whether a server began to listen on the socket in time; gives up early when that became hopeless."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(timeout_s):
            while not hopeless():
                with contextlib.suppress(OSError):
                    _, writer = await asyncio.open_unix_connection(str(path))
                    writer.close()
                    return True
                await asyncio.sleep(PAUSE_S)
    return False


async def wait_for_page(address: str, port: int, timeout_s: float) -> Answer | None:
    """Ask `/ready` through the web server until it says yes; the last answer when it never does."""
    last: Answer | None = None
    try:
        async with asyncio.timeout(timeout_s):
            while True:
                last = await _get(address, port, "/ready") or last
                if last and last.status == 200:
                    return last
                await asyncio.sleep(PAUSE_S)
    except TimeoutError:
        return last


async def _get(address: str, port: int, path: str) -> Answer | None:
    # This machine asks itself whether it answers; whom the certificate names is not the question.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        reader, writer = await asyncio.open_connection(address, port, ssl=context)
    except OSError:
        return None
    try:
        writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        raw = await asyncio.wait_for(reader.read(65_536), 5)
        return _parsed(raw.decode(errors="replace"))
    except (OSError, TimeoutError):
        return None
    finally:
        writer.close()


def _parsed(text: str) -> Answer | None:
    head, _, body = text.partition("\r\n\r\n")
    words = head.split(" ", 2)
    return Answer(int(words[1]), body) if len(words) > 1 and words[1].isdigit() else None
