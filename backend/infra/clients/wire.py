"""Many short connections on one loop: sockets of our own behind one epoll that the loop looks after.

A check opens a connection, says a line and hangs up; a transport for each costs more than all of that. TLS and
whoever wants streams take the loop's transports, on a socket that was connected here.
"""

import asyncio
import errno
import os
import select
import socket
from collections.abc import Callable
from weakref import WeakKeyDictionary

AT_ONCE = 256
_WAITING = frozenset({errno.EINPROGRESS, errno.EALREADY, errno.EWOULDBLOCK})
Call = Callable[[], None]


class Watch:
    """The sockets of one loop that wait for something."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._epoll = select.epoll()
        self._calls: dict[int, Call] = {}
        loop.add_reader(self._epoll.fileno(), self._ready)

    def __len__(self) -> int:
        return len(self._calls)

    def writable(self, number: int, call: Call) -> None:
        """Call when there is room, or an error."""
        self._calls[number] = call
        self._epoll.register(number, select.EPOLLOUT)

    def readable(self, number: int, call: Call) -> None:
        """From now on call when there is something to read instead."""
        self._calls[number] = call
        self._epoll.modify(number, select.EPOLLIN)

    def forget(self, number: int) -> None:
        """Nobody waits any more; to be told before the socket is closed."""
        if self._calls.pop(number, None) is not None:
            self._epoll.unregister(number)

    def forget_closing(self, number: int) -> None:
        """As `forget`, for a socket that is closed right after: the kernel takes it off by itself."""
        self._calls.pop(number, None)

    def _ready(self) -> None:
        calls = self._calls
        for number, _ in self._epoll.poll(0, AT_ONCE):
            call = calls.get(number)
            if call is not None:
                call()


_WATCHES: "WeakKeyDictionary[asyncio.AbstractEventLoop, Watch]" = WeakKeyDictionary()


def watch(loop: asyncio.AbstractEventLoop) -> Watch:
    """The one of this loop."""
    found = _WATCHES.get(loop)
    if found is None:
        found = _WATCHES[loop] = Watch(loop)
    return found


def begin(address: str, port: int) -> tuple[socket.socket, bool]:
    """A socket on its way to an address, and whether it is there already; raises OSError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    opened = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
    try:
        error = opened.connect_ex((address, port))
    except BaseException:
        opened.close()
        raise
    if error and error not in _WAITING:
        opened.close()
        raise OSError(error, os.strerror(error))
    return opened, not error


async def connected(address: str, port: int) -> socket.socket:
    """A socket that is connected; raises OSError."""
    opened, there = begin(address, port)
    if there:
        return opened
    loop = asyncio.get_running_loop()
    watching, done = watch(loop), loop.create_future()

    def ended() -> None:
        if not done.done():
            done.set_result(None)

    watching.writable(opened.fileno(), ended)
    try:
        await done
        watching.forget(opened.fileno())
        check(opened)
    except BaseException:
        watching.forget(opened.fileno())
        opened.close()
        raise
    return opened


def check(opened: socket.socket) -> None:
    """Raise the OSError by which a connection did not come about."""
    if error := opened.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
        raise OSError(error, os.strerror(error))
