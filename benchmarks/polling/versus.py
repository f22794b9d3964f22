"""Ours and theirs on the same targets in the same minutes, in turns: checks per CPU-second of whoever checks."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.discovery.network import inside
from benchmarks.polling.lab import CHECKER, cpu_seconds, lab, running, wait_for
from benchmarks.polling.ours import OFFERED
from benchmarks.polling.pipeline import ROOT
from benchmarks.polling.theirs import MODULES, Blackbox, blackbox, icinga_per_second
from tests import postgres

SETTLE_S = 1.5


class Ours:
    """The whole pipeline of one kind of check, in a process of its own that stands still between its turns."""

    def __init__(self, kind: str, url: str, helper: subprocess.Popen[bytes], socket: Path) -> None:
        self._helper = helper if kind == "ping" else None
        argv = inside(CHECKER, [sys.executable, "-m", "benchmarks.polling.ours", kind, url, str(socket)])
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            argv, env=env, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=sys.stderr
        )
        # What is done once for each monitor (options read, target judged) is over when everyone had a turn.
        wait_for(lambda: self.ask("count")["answered"] >= OFFERED[kind] * 1.2, f"{kind} does not get going", 120)
        self.go(on=False)

    def ask(self, words: str) -> dict[str, Any]:
        """How it stands; raises RuntimeError where it is gone."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        told: dict[str, Any] = json.loads(self.process.stdout.readline() or "{}")
        if not told:
            raise RuntimeError("our process is gone")
        return told

    def go(self, *, on: bool) -> None:
        """Let it run, or stand still."""
        os.kill(self.process.pid, signal.SIGCONT if on else signal.SIGSTOP)

    def whole(self, seconds: float) -> tuple[float, float, float]:
        """Checks that were answered, CPU-seconds and seconds, of a while in which it is busy."""
        self.go(on=True)
        time.sleep(SETTLE_S)
        before, helped = self.ask("count"), self._helped()
        time.sleep(seconds)
        after, helped = self.ask("count"), self._helped() - helped
        self.go(on=False)
        if after["failed"] - before["failed"] > (after["answered"] - before["answered"]) / 1000:
            raise RuntimeError(f"checks fail: {after}")
        cpu = after["cpu"] - before["cpu"] + helped
        return after["answered"] - before["answered"], cpu, after["at"] - before["at"]

    def alone(self, seconds: float) -> tuple[float, float]:
        """Checks and CPU-seconds of the collector without anything around it."""
        self.go(on=True)
        before, helped = self.ask("idle"), self._helped()
        after = self.ask(f"engine {seconds}")
        self.go(on=False)
        return after["checks"], after["cpu"] - before["cpu"] + self._helped() - helped

    def lost(self) -> int:
        """Answers that never became rows."""
        self.go(on=True)
        told = self.ask("end")
        return int(told["answered"] + told["failed"] - told["stored"])

    def close(self) -> None:
        """End it."""
        self.go(on=True)
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _helped(self) -> float:
        return cpu_seconds(self._helper.pid) if self._helper else 0.0


@contextmanager
def helper() -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """The scan helper, which sends the pings."""
    with tempfile.TemporaryDirectory(prefix="lbpoll-") as folder:
        socket = Path(folder) / "scan.sock"
        argv = [sys.executable, "-m", "backend.infra.scan_helper", "--socket", str(socket)]
        with running(CHECKER, argv, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as process:
            wait_for(socket.exists, "the scan helper did not start")
            yield process, socket


def compare(kinds: tuple[str, ...], rounds: int, seconds: float, *, icinga: bool) -> dict[str, float]:
    """All of it; the ratios, ours / theirs, of medians."""
    found: dict[str, float] = {}
    with lab() as peers, blackbox(peers) as theirs, helper() as (helping, socket):
        for kind in kinds:
            if not theirs.succeeds(kind):
                raise RuntimeError(f"the blackbox exporter does not come to {kind}")
            found |= _one_kind(kind, theirs, helping, socket, rounds, seconds)
        if icinga:
            slow = icinga_per_second(peers, seconds * 2)
            found["checks_vs_icinga2"] = round(found["http_per_s"] / slow, 1)
            print(f"icinga2: {slow:,.0f} HTTP checks/s, ours {found['http_per_s']:,.0f}", flush=True)
    return {name: value for name, value in found.items() if not name.endswith("_per_s")}


def _one_kind(
    kind: str, theirs: Blackbox, helping: subprocess.Popen[bytes], socket: Path, rounds: int, seconds: float
) -> dict[str, float]:
    whole, alone, blacks, per_s = [], [], [], []
    with ExitStack() as stack:
        ours = Ours(kind, stack.enter_context(postgres.cluster()), helping, socket)
        stack.callback(ours.close)
        for _ in range(rounds):
            checks, cpu, took = ours.whole(seconds)
            whole.append(checks / cpu)
            per_s.append(checks / took)
            probes, used = theirs.probe(kind, seconds)
            blacks.append(probes / used)
        lost = ours.lost()
        ours.go(on=False)
        for _ in range(rounds):
            checks, cpu = ours.alone(seconds / 2)
            alone.append(checks / cpu)
    stored, engine, peer = median(whole), median(alone), median(blacks)
    print(
        f"{kind}: {stored:,.0f} checks per CPU-s with rows ({stored / peer:.2f} x), engine alone {engine:,.0f}"
        f" ({engine / peer:.2f} x), {MODULES[kind]} {peer:,.0f}; {median(per_s):,.0f} checks/s, {lost} lost",
        flush=True,
    )
    return {
        f"{kind}_vs_blackbox": round(stored / peer, 2),
        f"{kind}_engine_vs_blackbox": round(engine / peer, 2),
        f"{kind}_lost": lost,
        f"{kind}_per_s": median(per_s),
    }
