"""Sees every process and every connection that Python starts, by the interpreter's own audit events."""

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from backend.domain.monitoring.egress import is_address

_LISTENERS: list[list[tuple[str, ...]]] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if not _LISTENERS or event not in {"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}:
        return
    words = arguments[1] if event != "os.system" and len(arguments) > 1 else arguments
    shown = tuple(map(str, words)) if isinstance(words, list | tuple) else (str(words),)
    for listener in _LISTENERS:
        listener.append(shown)


sys.addaudithook(_hear)


@contextmanager
def started_processes() -> Iterator[list[tuple[str, ...]]]:
    """The command lines started inside the block."""
    seen: list[tuple[str, ...]] = []
    _LISTENERS.append(seen)
    try:
        yield seen
    finally:
        _LISTENERS.remove(seen)


Place = tuple[str, int]
_RECORDERS: list[tuple[list[Place], frozenset[Place]]] = []


def _hear_connect(event: str, arguments: tuple[object, ...]) -> None:
    place = _place(event, arguments) if _RECORDERS else None
    for seen, let in _RECORDERS:
        if place and place not in let:
            seen.append(place)
            raise ConnectionRefusedError(errno.ECONNREFUSED, "the recorder lets nothing out")


def _place(event: str, arguments: tuple[object, ...]) -> Place | None:
    """Where an event leads; a name that is asked for counts as a place without a port."""
    if event == "socket.getaddrinfo":
        asked = arguments[0].decode() if isinstance(arguments[0], bytes) else str(arguments[0])
        return None if is_address(asked) else (asked, 0)
    if event not in {"socket.connect", "socket.sendto"}:
        return None
    link, where = arguments
    if not isinstance(link, socket.socket) or link.family not in {socket.AF_INET, socket.AF_INET6}:
        return None
    return (str(where[0]), int(where[1])) if isinstance(where, tuple) else ("", 0)


sys.addaudithook(_hear_connect)


@contextmanager
def connections(*let: Place) -> Iterator[list[Place]]:
    """Where the block tried to connect to, besides what is let; not a packet leaves."""
    seen: list[Place] = []
    recorder = (seen, frozenset(let))
    _RECORDERS.append(recorder)
    try:
        yield seen
    finally:
        _RECORDERS.remove(recorder)
