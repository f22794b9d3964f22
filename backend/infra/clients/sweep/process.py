"""Starts the engine of a sweep as a child: caged as nmap is, killed with whoever started it."""

import asyncio
import marshal
import os
import signal
import struct
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import msgspec

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.sweep import SweepJob
from backend.infra.clients.sweep.news import ENDED

ROOT = Path(__file__).resolve().parents[4]
PYTHON = str(Path(sys.executable).resolve())
MEMORY_BYTES = 512 * 1024**2
OPEN_FILES = 8192
STOP_GRACE_S = 2.0
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LIMITS = ("prlimit", "--core=0", "--fsize=0", f"--as={MEMORY_BYTES}", f"--nofile={OPEN_FILES}", "--")
CAGE = ("setpriv", "--no-new-privs", "--pdeathsig", "KILL", "--")
START = "import sys; sys.path.insert(0, sys.argv[1]); from backend.infra.clients.sweep.engine import main; main()"
_HEADER = struct.Struct(">cI")
_READ_BYTES = 512 * 1024


class SweepProgram:
    """Our own prober."""

    async def start(self, job: SweepJob, targets: AddressSet) -> "SweepChild":
        """Start sweeping exactly these addresses."""
        process = await asyncio.create_subprocess_exec(
            *LIMITS,
            *CAGE,
            *(PYTHON, "-I", "-S", "-c", START, str(ROOT)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=None,  # ours: what breaks it stands in our log
            start_new_session=True,
            env={"PATH": PATH, "LC_ALL": "C"},
            cwd="/",
            limit=_READ_BYTES,
        )
        assert process.stdin is not None
        with suppress(ConnectionError):
            process.stdin.write(orders(job, targets))
            await process.stdin.drain()
        process.stdin.close()
        return SweepChild(process)


class SweepChild:
    """One engine at work. Whoever starts it calls `close` in the end."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._stopping = False

    @property
    def pid(self) -> int:
        """The process id, which is also that of its group."""
        return self._process.pid

    async def frames(self) -> AsyncIterator[bytes]:
        """Its news as frames of the helper's protocol, the last one how it ended. Not reading makes it wait."""
        assert self._process.stdout is not None
        while True:
            try:
                head = await self._process.stdout.readexactly(_HEADER.size)
                kind, length = _HEADER.unpack(head)
                data = await self._process.stdout.readexactly(length)
            except asyncio.IncompleteReadError:
                yield self._fault()
                return
            yield head + data
            if kind == ENDED:
                return

    def stop(self) -> None:
        """Have it end with what was found; killed if it does not."""
        if not self._stopping and self._process.returncode is None:
            self._stopping = True
            self._process.terminate()
            asyncio.get_running_loop().call_later(STOP_GRACE_S, self.kill)

    def kill(self) -> None:
        """Kill it, at once."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    async def close(self) -> None:
        """Kill what still runs."""
        self.kill()
        await self._process.wait()

    def _fault(self) -> bytes:
        code = "stopped" if self._stopping else "fault"
        params = {} if self._stopping else {"reason": "the engine went away"}
        data = msgspec.json.encode({"code": code, "params": params})
        return _HEADER.pack(ENDED, len(data)) + data


def orders(job: SweepJob, targets: AddressSet) -> bytes:
    """The job as the engine reads it, which is the same Python as we are: numbers and words only."""
    return marshal.dumps(
        {
            "ranges": [(item.version, item.first, item.last) for item in targets.ranges],
            "probes": job.probes,
            "syn_probe_ports": job.syn_probe_ports,
            "tcp_ports": job.tcp_ports,
            "udp_ports": job.udp_ports,
            "rate": job.rate,
            "max_passes": job.max_passes,
            "deadline_s": job.deadline_s,
            "raw": job.raw,
        }
    )
