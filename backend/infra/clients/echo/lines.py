"""One family's socket for echoes: raw where we may, else the kernel's own ping socket (icmp(7)), else none."""

import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress

from backend.infra.clients.echo.packet import Heard, icmp_filter, read

_TIMESTAMP = 35  # SO_TIMESTAMPNS, and the message that it brings (socket(7))
_TIME = struct.Struct("qq")
_SPACE = socket.CMSG_SPACE(_TIME.size)
READS = 128
Hears = Callable[[Heard, str, float], None]


class NoRights(Exception):
    """The kernel lets us send no echoes."""


class Line:
    """Sends echo requests of one family and hears what comes back, with the moment at which the kernel had it."""

    def __init__(self, version: int, heard: Hears) -> None:
        """Raises NoRights."""
        self.version, self._heard = version, heard
        self._raw = True
        self.socket = self._opened()
        self.socket.setblocking(False)
        self.socket.setsockopt(socket.SOL_SOCKET, _TIMESTAMP, 1)
        with suppress(OSError):
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)

    def send(self, packet: bytes, address: str) -> None:
        """Send one; raises OSError."""
        self.socket.sendto(packet, (address, 0))

    def hear(self) -> int:
        """Take what has come, some at a time; answers how many packets that were."""
        offset = 20 if self._raw and self.version == 4 else 0
        for number in range(READS):
            try:
                data, extra, _, source = self.socket.recvmsg(2048, _SPACE)
            except BlockingIOError:
                return number
            except OSError:
                continue  # a refusal of an earlier packet, told by the kernel
            if offset:
                data = data[(data[0] & 15) * 4 :]
            found = read(self.version, data)
            if found is not None:
                self._heard(found, source[0], _moment(extra))
        return READS

    def close(self) -> None:
        """Give the socket back."""
        self.socket.close()

    def _opened(self) -> socket.socket:
        four = self.version == 4
        family = socket.AF_INET if four else socket.AF_INET6
        protocol = socket.IPPROTO_ICMP if four else socket.IPPROTO_ICMPV6
        try:
            opened = socket.socket(family, socket.SOCK_RAW, protocol)
        except OSError:
            self._raw = False
            try:
                return socket.socket(family, socket.SOCK_DGRAM, protocol)
            except OSError as refused:
                raise NoRights(str(refused)) from None
        opened.setsockopt(*icmp_filter(self.version))
        return opened


def _moment(extra: list[tuple[int, int, bytes]]) -> float:
    """When the kernel had it, on the clock of people."""
    for _, kind, data in extra:
        if kind == _TIMESTAMP:
            seconds, nanoseconds = _TIME.unpack_from(data)
            return float(seconds + nanoseconds / 1e9)
    return time.time()
