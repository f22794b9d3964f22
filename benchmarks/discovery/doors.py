"""Listens on the doors of many machines at once: `python -m benchmarks.discovery.doors`, JSON on stdin."""

import json
import resource
import select
import socket
import sys


def main() -> None:
    """Listen, say `ready`, take and drop every visitor until standard input ends."""
    doors: dict[str, list[int]] = json.loads(sys.stdin.readline())
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    poll = select.epoll()
    poll.register(sys.stdin.fileno(), select.EPOLLHUP | select.EPOLLIN)
    listening = {}
    for address, ports in doors.items():
        for port in ports:
            listener = socket.create_server((address, port), backlog=64)
            listener.setblocking(False)
            listening[listener.fileno()] = listener
            poll.register(listener, select.EPOLLIN)
    print("ready", flush=True)
    while True:
        for descriptor, _ in poll.poll():
            if descriptor not in listening:
                return
            try:
                listening[descriptor].accept()[0].close()
            except OSError:
                continue


if __name__ == "__main__":
    main()
