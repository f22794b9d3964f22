"""One port of loopback that leads into a lab, for a person's browser and for tests.

The listening socket is opened on the machine itself and inherited by a program inside the namespace: a
socket stays where it was born, so connections come in, and still no route leads out.
"""

import socket
import subprocess
import sys
from pathlib import Path
from typing import Self

from tests.lab import netns

SERVER = Path(__file__).with_name("relay_server.py")
PATIENCE_S = 5.0


class Relay:
    """127.0.0.1:`port` leads to `target` in a namespace while the block lasts."""

    def __init__(self, namespace: str, target: tuple[str, int], port: int = 0) -> None:
        """Take the port at once (0: any free one), so that its number is known before anything runs."""
        self._namespace = namespace
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start to carry."""
        descriptor = self._listener.fileno()
        address, port = self._target
        argv = [sys.executable, "-I", "-S", str(SERVER), str(descriptor), address, str(port)]
        self._process = subprocess.Popen(
            netns.argv_inside(self._namespace, argv),
            pass_fds=[descriptor],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._listener.close()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop carrying; open connections end."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(PATIENCE_S)
