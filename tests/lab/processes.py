"""The programs of a lab: children of the lab's process, ended by their own process id and never by name."""

import os
import signal
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from tests.lab import netns
from tests.lab.daemons.place import Command

GRACE_S = 5.0
PAUSE_S = 0.02


class Children:
    """Starts programs in namespaces and ends them. Children die with the thread that started them."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, namespace: str, wanted: Command, log: Path) -> subprocess.Popen[bytes]:
        """Run a program in the foreground of a namespace, with its words going to a log file."""
        environment = {**os.environ, **dict(wanted.environment)}
        with log.open("ab") as output:
            child = subprocess.Popen(
                netns.argv_inside(namespace, wanted.argv),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                start_new_session=True,
            )
        self._running.append(child)
        return child

    def ended(self) -> list[tuple[int, int]]:
        """Children that are gone though nobody ended them: (pid, exit code)."""
        return [(child.pid, child.returncode) for child in self._running if child.poll() is not None]

    def end_all(self) -> None:
        """Ask every child to end, the newest first, and kill those that do not within the grace."""
        for child in reversed(self._running):
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + GRACE_S
        for child in reversed(self._running):
            _wait_or_kill(child, deadline)
        self._running.clear()


def _wait_or_kill(child: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        child.wait(max(deadline - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def end_inhabitants(namespaces: Iterable[str]) -> None:
    """End every process that lives in the given namespaces, whoever its parent is.

    The namespaces belong to one lab, so whatever runs in them was started for it. What ignores SIGTERM
    for the grace gets SIGKILL.
    """
    names = list(namespaces)
    deadline = time.monotonic() + GRACE_S
    asked: set[int] = set()
    while inhabitants := [pid for name in names for pid in netns.pids(name)]:
        late = time.monotonic() >= deadline
        for pid in inhabitants:
            if late or pid not in asked:
                _signal(pid, signal.SIGKILL if late else signal.SIGTERM)
        asked.update(inhabitants)
        time.sleep(PAUSE_S)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return  # ended by itself meanwhile
