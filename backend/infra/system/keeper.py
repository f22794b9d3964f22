"""Keeps one program running, under the user it was started as, for as long as somebody holds its stdin.

    supervisor --control pipe (stdin)--> keeper --fork, exec--> program

The supervisor gives up root after the start, so it can neither restart nor signal programs of other users. A
keeper can: it has its program's user. It restarts the program with growing pauses, and when the control pipe
closes (a stop, or a supervisor that was killed) it ends the program and everything the program left behind.

Started as a file with `python -I -S`, hence only the standard library, and nothing of Lanarium, is imported.
"""

import argparse
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
SHORTEST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 10.0
# A program that ran this long was healthy: the next failure starts again with the shortest pause.
HEALTHY_AFTER_S = 30.0
ORPHAN_GRACE_S = 2.0
# How each line of a keeper's own begins; the supervisor counts failures by it while it starts things.
MARK = "keeper: "
STOPS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Keeper:
    """One program, its restarts and its end."""

    def __init__(self, argv: list[str], stop_signal: signal.Signals, grace_s: float) -> None:
        self._argv = argv
        self._stop_signal = stop_signal
        self._grace_s = grace_s
        self._stopping = False
        self._events = selectors.DefaultSelector()
        self._wakeup = _signals_as_bytes()
        self._events.register(sys.stdin.fileno(), selectors.EVENT_READ)
        self._events.register(self._wakeup, selectors.EVENT_READ)
        _prctl(PR_SET_CHILD_SUBREAPER, 1)

    def run(self) -> int:
        """Keep the program running until told to stop; always 0, because a stop is what was asked for."""
        pause = SHORTEST_PAUSE_S
        while not self._stopping:
            began = time.monotonic()
            child = self._spawn()
            self._watch(child)
            self._end(child)
            if time.monotonic() - began > HEALTHY_AFTER_S:
                pause = SHORTEST_PAUSE_S
            if not self._stopping:
                _say(f"{Path(self._argv[0]).name} ended with {child.returncode}, again in {pause:.1f} s")
                self._wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE_S)
        return 0

    def _spawn(self) -> "subprocess.Popen[bytes]":
        # The program dies with its keeper even when the keeper is killed; the signal is the gentle one, since
        # a master killed outright (nginx, PostgreSQL) could not end its own workers.
        signal_number = int(self._stop_signal)
        return subprocess.Popen(  # noqa: S603 - the supervisor's own command line
            self._argv,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=lambda: _prctl(PR_SET_PDEATHSIG, signal_number),  # noqa: PLW1509 - one thread only
        )

    def _watch(self, child: "subprocess.Popen[bytes]") -> None:
        """Return when the program ended or a stop was asked for."""
        while not self._stopping and child.poll() is None:
            self._wait(None)
            _reap([adopted for adopted in _children() if adopted != child.pid])

    def _end(self, child: "subprocess.Popen[bytes]") -> None:
        """End the program if it still runs, then whatever it left behind."""
        if child.poll() is None:
            child.send_signal(self._stop_signal)
            self._wait_for(child, self._grace_s)
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self._sweep()

    def _wait_for(self, child: "subprocess.Popen[bytes]", seconds: float) -> None:
        limit = time.monotonic() + seconds
        while child.poll() is None and (left := limit - time.monotonic()) > 0:
            # SIGCHLD wakes this up; the control pipe is at its end by now and would do so for ever.
            self._wait(min(left, 0.5), only_signals=True)

    def _sweep(self) -> None:
        """Workers of a master that died become our children: give them a moment, then kill them."""
        limit = time.monotonic() + ORPHAN_GRACE_S
        while orphans := _reap(_children()):
            if time.monotonic() > limit:
                for orphan in orphans:
                    os.kill(orphan, signal.SIGKILL)
            time.sleep(0.02)

    def _wait(self, seconds: float | None, *, only_signals: bool = False) -> None:
        if only_signals and self._events.get_map().get(sys.stdin.fileno()):
            self._events.unregister(sys.stdin.fileno())
        for key, _ in self._events.select(seconds):
            data = os.read(key.fd, 4096)
            if key.fd != self._wakeup:
                self._stopping = self._stopping or not data
            elif any(number in data for number in STOPS):
                self._stopping = True


def _signals_as_bytes() -> int:
    """Turn signals into bytes on a pipe, so that one wait sees them and the control pipe alike."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    for number in (*STOPS, signal.SIGCHLD):
        signal.signal(number, lambda *_: None)
    return reading


def _children() -> list[int]:
    """The process ids of this process's children, adopted ones included."""
    me = str(os.getpid())
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                # The name in the second field may hold anything, so count from its closing bracket.
                parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            except OSError:
                continue
            if parent == me:
                found.append(int(folder.name))
    return found


def _reap(children: list[int]) -> list[int]:
    """Collect those that ended; returns those that still run."""
    return [child for child in children if os.waitpid(child, os.WNOHANG)[0] == 0]


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def _say(text: str) -> None:
    sys.stderr.write(f"{MARK}{text}\n")
    sys.stderr.flush()


def main() -> int:
    """Read the command line and keep its program."""
    parser = argparse.ArgumentParser(prog="keeper")
    parser.add_argument("--stop-signal", default="SIGTERM", choices=("SIGTERM", "SIGINT", "SIGQUIT"))
    parser.add_argument("--grace", type=float, default=5.0)
    parser.add_argument("argv", nargs="+")
    options = parser.parse_args()
    return Keeper(options.argv, signal.Signals[options.stop_signal], options.grace).run()


if __name__ == "__main__":
    sys.exit(main())
