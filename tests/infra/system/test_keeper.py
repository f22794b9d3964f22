"""The keeper against real programs: restarts, stops, and what it leaves behind (nothing)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backend.infra.system import keeper

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);print('up', flush=True); time.sleep(60)"
)
WITH_WORKER = (
    "import subprocess, sys, time;"
    "worker = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
    "print(worker.pid, flush=True); time.sleep(60)"
)


def until(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    """Wait for a condition; fails with its name when it never comes."""
    limit = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < limit, "the condition never came"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def kept(code: str, log: Path, *options: str) -> "Iterator[subprocess.Popen[bytes]]":
    """A keeper that keeps a small Python program, whose output goes to a file."""
    argv = [sys.executable, "-I", "-S", keeper.__file__, *options, "--", sys.executable, "-c", code]
    with log.open("wb") as stream:
        process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=stream, stderr=stream)
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Where the program's output goes."""
    return tmp_path / "log"


def test_a_program_that_ends_is_started_again_with_growing_pauses(log: Path) -> None:
    with kept("print('hello', flush=True)", log):
        until(lambda: log.read_text().count("hello") >= 3)
    assert "again in 0.2 s" in log.read_text()
    assert "again in 0.4 s" in log.read_text()


def test_closing_the_control_pipe_ends_the_program(log: Path) -> None:
    with kept("import os,time; print(os.getpid(), flush=True); time.sleep(60)", log) as process:
        until(lambda: log.read_text().strip().isdigit())
        program = int(log.read_text())
        assert alive(program)
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(5) == 0
        assert not alive(program)


def test_a_stop_signal_ends_the_program(log: Path) -> None:
    with kept("import os,time; print(os.getpid(), flush=True); time.sleep(60)", log) as process:
        until(lambda: log.read_text().strip().isdigit())
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        assert not alive(int(log.read_text()))


def test_a_program_that_ignores_the_signal_is_killed_after_the_grace(log: Path) -> None:
    with kept(STUBBORN, log, "--grace", "0.3") as process:
        until(lambda: "up" in log.read_text())
        assert process.stdin is not None
        began = time.monotonic()
        process.stdin.close()
        assert process.wait(5) == 0
        assert 0.3 <= time.monotonic() - began < 2


def test_workers_of_a_killed_master_are_ended_before_the_next_start(log: Path) -> None:
    with kept(WITH_WORKER, log) as process:
        until(lambda: log.read_text().strip().isdigit())
        worker = int(log.read_text())
        master = int(Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(master, signal.SIGKILL)
        until(lambda: "again in" in log.read_text())
        assert not alive(worker)
        assert process.poll() is None


def test_a_killed_keeper_takes_its_program_along(log: Path) -> None:
    with kept("import os,time; print(os.getpid(), flush=True); time.sleep(60)", log) as process:
        until(lambda: log.read_text().strip().isdigit())
        process.kill()
        process.wait()
        until(lambda: not alive(int(log.read_text())))
