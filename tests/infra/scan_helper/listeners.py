"""Services that greet whoever connects, on the target's machine."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from tests.infra.scan_helper.cage import Pair


@contextmanager
def serve(pair: Pair, greetings: Mapping[tuple[str, int], bytes]) -> Iterator[None]:
    """Answer every connection to these places with their greeting."""
    ended = threading.Event()
    sockets = {pair.listen(*place): text for place, text in greetings.items()}
    threads = [threading.Thread(target=_answer, args=(one, text, ended)) for one, text in sockets.items()]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
        for one in sockets:
            one.close()


def _answer(listener: socket.socket, text: bytes, ended: threading.Event) -> None:
    while not ended.is_set():
        with suppress(TimeoutError, OSError):
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(1)
                connection.sendall(text)
                connection.recv(1024)
