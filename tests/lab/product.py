"""The real product, run inside a lab as `lanarium up` runs it, with a data folder of its own."""

import os
import shutil
import signal
import ssl
import subprocess
import time
from http.client import HTTPException, HTTPSConnection
from typing import Self

from tests.lab import netns
from tests.lab.errors import LabError
from tests.lab.lab import Lab
from tests.lab.program import lanarium
from tests.lab.relay import Relay
from tests.lab.wiring import card_addresses

INSIDE_PORT = 8443
START_PATIENCE_S = 120.0
STOP_PATIENCE_S = 20.0
PAUSE_S = 0.1
USERNAME = "admin"
PASSWORD = "glass-house-at-dusk-77"


class ProductError(LabError):
    """The product did not start or ended by itself; the text ends with its last lines."""


class Product:
    """`lanarium up` on the lab's scanner, reachable at `url` on this machine's loopback while the block lasts."""

    def __init__(self, lab: Lab, *, port: int = 0, password: str = PASSWORD) -> None:
        """Take the port; nothing runs yet."""
        scanner = lab.plan.scanner
        address = str(card_addresses(lab.plan, scanner.interfaces[0])[0])
        self.namespace = lab.namespace(scanner.name)
        self.password = password
        self._relay = Relay(self.namespace, (address, INSIDE_PORT), port)
        self.url = f"https://127.0.0.1:{self._relay.port}"
        self.inside_url = f"https://{address}:{INSIDE_PORT}"
        self.folder = lab.folder.product
        self.output = self.folder / "output.log"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start, and wait until the product says that it is ready."""
        self.folder.mkdir(mode=0o755)
        try:
            self._relay.__enter__()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the product as Ctrl-C does, and forget its data."""
        self.stop()
        self._relay.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self) -> None:
        """Run `lanarium up`; returns when `/ready` answers 200. Raises ProductError."""
        with self.output.open("ab") as output:
            self._process = subprocess.Popen(
                netns.argv_inside(self.namespace, [*lanarium(), "up"]),
                cwd="/",
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_ready(self._process)

    def stop(self) -> None:
        """End the product as Ctrl-C does; one that does not end in time is killed."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(STOP_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def ready(self) -> bool:
        """Whether the product says that all of it works."""
        connection = HTTPSConnection("127.0.0.1", self._relay.port, timeout=5, context=_trusting())
        try:
            connection.request("GET", "/ready")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "LANARIUM_DATA_DIR": str(self.folder / "data"),
            "LANARIUM_HTTPS_PORT": str(INSIDE_PORT),
            "LANARIUM_PUBLIC_ORIGIN": self.url,
            "AUTH_USERNAME": USERNAME,
            "AUTH_PASSWORD": self.password,
        }

    def _wait_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_PATIENCE_S
        while not self.ready():
            if process.poll() is not None or time.monotonic() > deadline:
                said = self.output.read_text(errors="replace")[-4000:]
                raise ProductError(f"the product is not ready (exit code {process.returncode}):\n{said}")
            time.sleep(PAUSE_S)


def _trusting() -> ssl.SSLContext:
    """The product signs its own certificate; that it shows the right one is tested elsewhere."""
    return ssl._create_unverified_context()
