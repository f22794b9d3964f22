"""Our side as the benchmark sees it: the real helper in the scanner's namespace, and a client beside it."""

import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from benchmarks.discovery.network import SCANNER, inside

READY_S = 30.0


class Ours:
    """The helper and its client, while the block lasts."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._ends = ExitStack()
        self.helper_pid = 0

    def __enter__(self) -> Self:
        """Start both."""
        folder = Path(self._ends.enter_context(tempfile.TemporaryDirectory(prefix="lanarium-bench-")))
        path = folder / "scan.sock"
        helper = self._start(["-m", "backend.infra.scan_helper", "--socket", str(path)])
        deadline = time.monotonic() + READY_S
        while not path.is_socket():
            assert helper.poll() is None, "the scan helper ended"
            assert time.monotonic() < deadline, "the scan helper did not start"
            time.sleep(0.02)
        self._client = self._start(["-m", "benchmarks.discovery.client", str(path)], piped=True)
        assert self._client.stdout is not None
        assert self._client.stdout.readline() == "ready\n", "the client did not start"
        return self

    def __exit__(self, *_: object) -> None:
        """End both."""
        self._ends.close()

    def sweep(self, target: str, **wanted: Any) -> dict[str, Any]:
        """One sweep, to its end."""
        assert self._client.stdin is not None
        assert self._client.stdout is not None
        self._client.stdin.write(json.dumps({"target": target, **wanted}) + "\n")
        self._client.stdin.flush()
        told: dict[str, Any] = json.loads(self._client.stdout.readline())
        return told

    def _start(self, arguments: list[str], *, piped: bool = False) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE if piped else subprocess.DEVNULL
        process = subprocess.Popen(
            inside(SCANNER, [sys.executable, *arguments]),
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self._ends.callback(process.wait)
        self._ends.callback(process.kill)
        return process
