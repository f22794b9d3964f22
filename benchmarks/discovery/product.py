"""The real product, run by `lanarium up` inside a namespace, for benchmarks that go through its API."""

import json
import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
from http.client import HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any, Self

from tests.lab.program import lanarium

PORT = 8443
PASSWORD = "slow-lantern-over-water-41"
START_S = 300.0
STOP_S = 20.0


class Client:
    """Talks to the product over one HTTPS connection."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPSConnection(address, PORT, timeout=60, context=ssl._create_unverified_context())
        self._headers = {"Content-Type": "application/json"}

    def login(self) -> None:
        """Log in as the first admin."""
        answer = self.call("POST", "/auth/login", {"username": "admin", "password": PASSWORD})
        self._headers["Authorization"] = f"Bearer {answer['token']}"

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """One call; raises RuntimeError with what the product said for anything but success."""
        text = None if body is None else json.dumps(body)
        self._connection.request(method, f"/api/v1{path}", text, self._headers)
        answer = self._connection.getresponse()
        data = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {data[:500]!r}")
        return json.loads(data) if data else None

    def scanned(self, pause_s: float = 0.1, **wanted: Any) -> dict[str, Any]:
        """Start a scan and wait for its end."""
        scan: dict[str, Any] = self.call("POST", "/scans/start", wanted)
        while not scan["finished_at"]:
            time.sleep(pause_s)
            scan = self.call("GET", f"/scans/{scan['id']}")
        return scan


class Product:
    """`lanarium up` in a namespace while the block lasts, with a data folder of its own."""

    def __init__(self, namespace: str, address: str) -> None:
        self._namespace = namespace
        self._address = address
        self._folder = Path(tempfile.mkdtemp(prefix="lanarium-bench-", dir="/var/tmp"))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self._folder.chmod(0o755)
        with (self._folder / "output.log").open("ab") as output:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "TERM", "ip", "netns", "exec", self._namespace, *lanarium(), "up"],
                cwd="/",
                env={
                    **os.environ,
                    "LANARIUM_DATA_DIR": str(self._folder / "data"),
                    "LANARIUM_HTTPS_PORT": str(PORT),
                    "AUTH_USERNAME": "admin",
                    "AUTH_PASSWORD": PASSWORD,
                },
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait(self._process)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_S
        while not self._ready():
            if process.poll() is not None or time.monotonic() > deadline:
                said = (self._folder / "output.log").read_text(errors="replace")[-3000:]
                raise RuntimeError(f"the product is not ready: {said}")
            time.sleep(1.0)

    def _ready(self) -> bool:
        ask = (
            "import ssl,sys,http.client as h;"
            "c=h.HTTPSConnection(sys.argv[1],int(sys.argv[2]),timeout=5,context=ssl._create_unverified_context());"
            "c.request('GET','/ready');sys.exit(c.getresponse().status!=200)"
        )
        command = ["ip", "netns", "exec", self._namespace, "python3", "-I", "-c", ask, self._address, str(PORT)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


__all__ = ["Client", "HTTPException", "Product"]
