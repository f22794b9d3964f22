"""A real `lanarium up` in a process of its own, on a made-up program folder."""

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.infra.system.world import (
    ROOT,
    Site,
    as_nobody_special,
    free_port,
    make_program_folder,
    short_folder,
    unprivileged_user,
    until,
)

# Throwaway system users, so that a test never touches those of a Lanarium installed on this machine.
USERS = ("lntest-app", "lntest-db", "lntest-web", "lntest-scan")


class Up:
    """A running `lanarium up`."""

    def __init__(self, home: Path, *, as_user: bool, environment: dict[str, str] | None = None) -> None:
        self.home = home
        self.port = free_port()
        self.users = None if as_user or os.geteuid() else USERS
        self.lines: list[str] = []
        self._said: queue.Queue[str | None] = queue.Queue()
        given = {
            "data_dir": str(home / "data"),
            "app_dir": str(home / "program"),
            "port": self.port,
            "users": self.users,
            "environment": environment or {},
        }
        prefix = as_nobody_special() if as_user else []
        self.process = subprocess.Popen(
            [*prefix, sys.executable, "-m", "tests.infra.system.drive_up", json.dumps(given)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            for line in said:
                self._said.put(line.rstrip("\n"))
        self._said.put(None)

    def wait_for(self, text: str, timeout_s: float = 60.0) -> str:
        """The first line that holds the text."""
        limit = time.monotonic() + timeout_s
        while True:
            line = self._said.get(timeout=max(0.1, limit - time.monotonic()))
            assert line is not None, f"ended without {text!r}: {self.lines}"
            self.lines.append(line)
            if text in line:
                return line

    def refusal(self) -> str:
        """What it said when it would not start."""
        assert self.process.wait(30) == 3
        self._reading.join(10)
        while (line := self._said.get()) is not None:
            self.lines.append(line)
        until(lambda: not self.processes())
        return "\n".join(self.lines)

    @property
    def site(self) -> Site:
        """Its web page."""
        return Site(self.port, self.home)

    def stop(self) -> float:
        """Ask it to stop as Ctrl-C does; returns how many seconds that took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)
        self._reading.join(10)
        return time.monotonic() - began

    def processes(self) -> dict[int, str]:
        """Every process of this Lanarium, by id, found by its family and by its folder in the command line."""
        found = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    words = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    if str(self.home) in words or int(folder.name) in self._family():
                        found[int(folder.name)] = words
        return found

    def _family(self) -> set[int]:
        parents: dict[int, int] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    fields = (folder / "stat").read_text().rpartition(")")[2].split()
                    parents[int(folder.name)] = int(fields[1])
        family = {self.process.pid}
        while True:
            more = {child for child, parent in parents.items() if parent in family} - family
            if not more:
                return family
            family |= more


@contextmanager
def lanarium(*, as_user: bool = False, environment: dict[str, str] | None = None) -> Iterator[Up]:
    """A `lanarium up` that said that it is ready; stopped and gone at the end."""
    with short_folder() as home:
        make_program_folder(home / "program")
        user = unprivileged_user()
        if as_user and user:
            shutil.chown(home, user)
        running = Up(home, as_user=as_user, environment=environment)
        try:
            running.wait_for("Stop ")
            yield running
        finally:
            if running.process.poll() is None:
                running.stop()


def remove_users() -> None:
    """Remove the throwaway users again."""
    for name in USERS:
        subprocess.run(["userdel", name], capture_output=True, check=False)
