"""Without raw sockets: TCP connects, thousands at a time, no object per connect but its socket.

A socket that was refused is used again for the next address: Linux lets it, and it saves most of the cost.
Asking a connecting socket to connect again tells how it went, so nothing is registered anywhere for those
that are decided by then.
"""

import errno
import select
import socket
import struct
import time
from collections.abc import Callable, Iterator, Sequence

from backend.infra.clients.sweep.family import Family
from backend.infra.clients.sweep.passes import Pace

IN_FLIGHT = 4000
WAIT_S, MAX_WAIT_S = 1.25, 3.0  # long enough for the kernel's second SYN, a second after the first
EVERY = 256
_LINGER = struct.pack("ii", 1, 0)  # close with RST: no lingering state here or there
_WAITING = frozenset({errno.EINPROGRESS, errno.EALREADY})
_TAKEN = frozenset({0, errno.EISCONN})
_NOWHERE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EACCES, errno.EPERM, errno.EINVAL})
Seen = Callable[[int, bool, float], None]  # number, whether open, seconds
Name = tuple[str, int]


class Connects:
    """Knocks at ports of addresses: question number = port number times hosts + host."""

    def __init__(
        self,
        family: Family,
        hosts: Sequence[str],
        ports: Sequence[int],
        *,
        pace: Pace,
        seen: Seen,
        turn_over: Callable[[float], None],
    ) -> None:
        """`turn_over` is called all the time with how far it is; it may raise Stopped."""
        self._family, self._hosts, self._ports = family, hosts, ports
        self._pace, self._seen, self._turn_over = pace, seen, turn_over
        self._free: list[socket.SocketType] = []
        self._flying: dict[int, tuple[socket.SocketType, int, Name, float]] = {}
        self._epoll = select.epoll()
        self._slowest = 0.0
        self.sent = self.received = self.unsendable = 0

    def run(self, order: Sequence[int], wanted: Callable[[int], bool] = lambda _: True) -> None:
        """Knock; `wanted` says of each number, when its turn comes, whether it still matters."""
        try:
            for place, number in enumerate(order):
                if wanted(number):
                    self._make_room()
                    self._knock(number)
                if place % EVERY == 0:
                    self._gather(0.0)
                    self._turn_over(place / len(order))
            while self._flying:
                self._gather(0.02)
                self._turn_over(1.0)
        finally:
            self._close()

    def _make_room(self) -> None:
        while len(self._flying) >= IN_FLIGHT or not self._pace.ready():
            self._gather(0.01 if len(self._flying) >= IN_FLIGHT else min(0.01, self._pace.until_ready()))
            self._turn_over(-1.0)

    def _knock(self, number: int) -> None:
        port, host = divmod(number, len(self._hosts))
        name = (self._hosts[host], self._ports[port])
        one = self._free.pop() if self._free else self._socket()
        at = time.monotonic()
        self._pace.spend(1)
        code = one.connect_ex(name)
        if code in _WAITING:
            code = one.connect_ex(name)  # how did it go, if that is known by now
        if code in _WAITING:
            self.sent += 1
            self._epoll.register(one.fileno(), select.EPOLLOUT | select.EPOLLERR | select.EPOLLHUP)
            self._flying[one.fileno()] = (one, number, name, at)
        else:
            self._decided(one, number, code, at)

    def _decided(self, one: socket.SocketType, number: int, code: int, at: float) -> None:
        if code in _NOWHERE:
            self.unsendable += 1
        else:
            self.sent += 1
        if code in _TAKEN or code == errno.ECONNREFUSED:
            seconds = time.monotonic() - at
            self.received += 1
            self._slowest = max(self._slowest, seconds)
            self._seen(number, code != errno.ECONNREFUSED, seconds)
        if code == errno.ECONNREFUSED:
            self._free.append(one)
        else:
            _end(one)

    def _gather(self, seconds: float) -> None:
        """Take what is decided, give up what took too long."""
        for descriptor, _ in self._epoll.poll(seconds, 1024):
            one, number, name, at = self._flying.pop(descriptor)
            self._epoll.unregister(descriptor)
            self.sent -= 1
            self._decided(one, number, one.connect_ex(name), at)
        for descriptor, late in list(self._late()):
            self._epoll.unregister(descriptor)
            del self._flying[descriptor]
            _end(late)

    def _late(self) -> Iterator[tuple[int, socket.SocketType]]:
        """The oldest come first: they are in the order in which they were asked."""
        before = time.monotonic() - min(MAX_WAIT_S, max(WAIT_S, 4 * self._slowest))
        for descriptor, (one, _, _, at) in self._flying.items():
            if at > before:
                return
            yield descriptor, one

    def _socket(self) -> socket.SocketType:
        return socket.SocketType(
            self._family.family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
        )

    def _close(self) -> None:
        for one, *_ in self._flying.values():
            _end(one)
        for one in self._free:
            one.close()
        self._epoll.close()


def _end(one: socket.SocketType) -> None:
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER)
    one.close()
