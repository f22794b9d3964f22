"""Starts the naming engine as a child: caged as nmap is, without any right, killed with whoever started it.

What strangers say is parsed in there, so that a parser's fault, or its hunger, harms nobody else.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from backend.domain.discovery.naming import NamingEnded, NamingJob
from backend.infra.clients.naming.codec import ENDED, HEADER, MAX_EVENT, encode_event, encode_job

ROOT = Path(__file__).resolve().parents[4]
MEMORY_BYTES = 1024**3
OPEN_FILES = 8192
GRACE_S = 3.0
MAX_FRAME = MAX_EVENT + 1024
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LIMITS = ("prlimit", "--core=0", "--fsize=0", f"--as={MEMORY_BYTES}", f"--nofile={OPEN_FILES}", "--")
# It opens ordinary sockets only: the right that the helper has to raw ones ends here.
CAGE = ("setpriv", "--no-new-privs", "--inh-caps=-all", "--ambient-caps=-all", "--pdeathsig", "KILL", "--")
START = "import sys; sys.path[:] = sys.argv[1:]; from backend.infra.clients.naming.main import main; main()"


class NamingProgram:
    """Our own engine."""

    async def start(self, job: NamingJob) -> "NamingChild":
        """Start asking exactly these hosts; the job has been judged."""
        process = await asyncio.create_subprocess_exec(
            *LIMITS,
            *CAGE,
            *(sys.executable, "-I", "-S", "-c", START, str(ROOT)),
            *(path for path in sys.path if path.startswith("/")),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            start_new_session=True,
            env={"PATH": PATH, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
            limit=2 * MAX_EVENT,
        )
        assert process.stdin is not None
        with suppress(ConnectionError):
            process.stdin.write(encode_job(job))
            await process.stdin.drain()
        process.stdin.close()
        return NamingChild(process, job.deadline_s)


class NamingChild:
    """One engine at work. Whoever starts it calls `close` in the end."""

    def __init__(self, process: asyncio.subprocess.Process, deadline_s: float) -> None:
        self._process = process
        self._stopping = False
        # The engine keeps its own deadline; this is for one that hangs.
        self._timer = asyncio.get_running_loop().call_later(deadline_s + GRACE_S, self.kill)

    @property
    def pid(self) -> int:
        """The process id, which is also that of its group."""
        return self._process.pid

    async def frames(self) -> AsyncIterator[bytes]:
        """Its events as frames, the last of them how it ended. Not reading makes it wait."""
        assert self._process.stdout is not None
        while (found := await next_frame(self._process.stdout)) is not None:
            yield found
            if found.startswith(ENDED):
                return
        yield encode_event(NamingEnded("stopped" if self._stopping else "fault"))

    def stop(self) -> None:
        """Have it end with what was learnt; killed if it does not."""
        if not self._stopping and self._process.returncode is None:
            self._stopping = True
            self._process.terminate()
            asyncio.get_running_loop().call_later(GRACE_S, self.kill)

    def kill(self) -> None:
        """Kill it, at once."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    async def close(self) -> None:
        """Kill what still runs."""
        self._timer.cancel()
        self.kill()
        await self._process.wait()


async def next_frame(reader: asyncio.StreamReader) -> bytes | None:
    """The next frame; None at the end, and for one longer than the engine writes: it is no longer ours then."""
    try:
        head = await reader.readexactly(HEADER.size)
        _, length = HEADER.unpack(head)
        return head + await reader.readexactly(length) if length <= MAX_FRAME else None
    except asyncio.IncompleteReadError:
        return None
