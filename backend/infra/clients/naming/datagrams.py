"""Questions over UDP: sent twice, answered by the one who was asked, and waited for briefly."""

import asyncio
import ipaddress
import socket
import time
from collections.abc import Callable
from contextlib import suppress

from backend.infra.clients.naming.talk import Gate

AGAIN_S = 0.5
PATIENCE_S = 1.2
MAX_DATAGRAMS = 16
MAX_DATAGRAM = 9000


class _Listener(asyncio.DatagramProtocol):
    """Keeps what one host sends; what others send is not for us."""

    def __init__(self, address: str) -> None:
        self._address = ipaddress.ip_address(address)
        self.heard: asyncio.Queue[bytes | None] = asyncio.Queue(MAX_DATAGRAMS)

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        """Keep it, unless there are too many already."""
        if ipaddress.ip_address(str(addr[0]).partition("%")[0]) == self._address:
            with suppress(asyncio.QueueFull):
                self.heard.put_nowait(data[:MAX_DATAGRAM])

    def error_received(self, _: Exception) -> None:
        """The port is closed: nothing will come."""
        with suppress(asyncio.QueueFull):
            self.heard.put_nowait(None)


async def ask(
    gate: Gate,
    address: str,
    port: int,
    question: bytes,
    wanted: Callable[[bytes], bool] = lambda _: True,
    *,
    any_port: bool = False,
    patience_s: float = PATIENCE_S,
) -> bytes | None:
    """The first answer that is wanted; None where none comes in time; with `any_port` from any port."""
    async with gate.enter():
        try:
            return await _ask(address, port, question, wanted, any_port=any_port, patience_s=patience_s)
        except OSError:
            return None


async def _ask(
    address: str, port: int, question: bytes, wanted: Callable[[bytes], bool], *, any_port: bool, patience_s: float
) -> bytes | None:
    transport, listener = await asyncio.get_running_loop().create_datagram_endpoint(
        lambda: _Listener(address), sock=_socket(address, None if any_port else port)
    )
    target = (address, port) if any_port else None
    try:
        end = time.monotonic() + patience_s
        for pause in (min(AGAIN_S, patience_s / 2), patience_s):
            transport.sendto(question, target)
            found = await _first(listener, wanted, min(time.monotonic() + pause, end))
            if found != b"":
                return found
        return None
    finally:
        transport.abort()


def _socket(address: str, port: int | None) -> socket.socket:
    """A socket that hears one port of the host only, or all of them where that is None."""
    opened = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
    opened.setblocking(False)
    try:
        if port is None:
            opened.bind(("", 0))
        else:
            opened.connect((address, port))
    except OSError:
        opened.close()
        raise
    return opened


async def _first(listener: _Listener, wanted: Callable[[bytes], bool], end: float) -> bytes | None:
    """The first wanted answer until then; empty where time is up, None where the port is closed."""
    for _ in range(MAX_DATAGRAMS):
        try:
            async with asyncio.timeout(max(0.0, end - time.monotonic())):
                data = await listener.heard.get()
        except TimeoutError:
            return b""
        if data is None or (data and wanted(data)):
            return data
    return None
