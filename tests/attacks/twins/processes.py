"""Processes that are wrong in one way each; the checks of A04 must go red on them."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SAY_AND_WAIT = "print('up', flush=True); import sys; sys.stdin.read()"


@contextmanager
def _running(code: str) -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid
        process.kill()


@contextmanager
def stays_root() -> Iterator[int]:
    """A supervisor that never gives root up."""
    with _running(SAY_AND_WAIT) as pid:
        yield pid


@contextmanager
def with_a_tcp_port() -> Iterator[int]:
    """A helper that takes jobs over TCP, on loopback "only"."""
    listen = "import socket; s = socket.create_server(('127.0.0.1', 0)); "
    with _running(listen + SAY_AND_WAIT) as pid:
        yield pid
