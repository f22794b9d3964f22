"""The only place that starts nmap. A fixed command line, a clean environment, a cage, and a sure end.

nmap writes its three files into pipes that it inherits, so what reads them decides about disks and quotas.
It cannot write files itself (RLIMIT_FSIZE 0), cannot gain rights (no_new_privs), and dies with us (pdeathsig).
"""

import asyncio
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, suppress
from functools import cache
from pathlib import Path

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.nmap_arguments import Protocol, arguments, stdin
from backend.domain.discovery.ports import Exited, Frame, Output, Stream, Truncated
from backend.domain.discovery.report import ARTIFACT_KINDS, ArtifactKind

READ_BYTES = 64 * 1024
_STREAMS: tuple[Stream, ...] = ("out", "err", *ARTIFACT_KINDS)
QUEUE_FRAMES = 16  # full means: stop reading, so nmap waits on its pipe
PIPE_GRACE_S = 2.0  # for what a dead nmap left in its pipes
MEMORY_BYTES = 4 * 1024**3
OPEN_FILES = 4096
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
LIMITS = ("prlimit", "--core=0", "--fsize=0", f"--as={MEMORY_BYTES}", f"--nofile={OPEN_FILES}", "--")
CAGE = ("setpriv", "--no-new-privs", "--pdeathsig", "KILL", "--")


class NmapMissing(Exception):
    """nmap, or its list of services, is not installed."""


class NmapProgram:
    """The installed nmap."""

    def __init__(self, program: str = "nmap") -> None:
        self._program = program

    def path(self) -> str:
        """Where it is; raises NmapMissing."""
        found = shutil.which(self._program, path=PATH)
        if found is None:
            raise NmapMissing("nmap is not installed")
        return found

    async def version(self) -> str | None:
        """Its version, such as 7.93; None where there is none that runs."""
        try:
            path = self.path()
        except NmapMissing:
            return None
        process = await asyncio.create_subprocess_exec(
            *LIMITS,
            *CAGE,
            path,
            "--version",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": PATH},
            cwd="/",
        )
        output, _ = await process.communicate()
        words = output[:200].decode("ascii", "replace").split()
        return words[2] if words[:2] == ["Nmap", "version"] and len(words) > 2 else None

    async def start(self, job: NmapJob) -> "NmapChild":
        """Start a job. Raises NmapMissing, and Invalid for a job that may not run."""
        path = self.path()
        with ExitStack() as passed, ExitStack() as kept:
            pipes = {stream: _pipe(passed) for stream in _STREAMS}
            outputs: dict[ArtifactKind, str] = {kind: f"/dev/fd/{pipes[kind][1]}" for kind in ARTIFACT_KINDS}
            command = arguments(job, outputs, _CommonPorts(path))
            folder = tempfile.mkdtemp(prefix="lanarium-nmap-")
            kept.callback(shutil.rmtree, folder, ignore_errors=True)
            process = await asyncio.create_subprocess_exec(
                *LIMITS,
                *CAGE,
                path,
                *command,
                stdin=_memory_file(passed, stdin(job)),
                stdout=pipes["out"][1],
                stderr=pipes["err"][1],
                pass_fds=[pipes[kind][1] for kind in ARTIFACT_KINDS],
                start_new_session=True,
                env={"PATH": PATH, "HOME": folder, "LC_ALL": "C"},
                cwd=folder,
            )
            readers = {stream: await _reader(os.dup(pipe[0]), kept) for stream, pipe in pipes.items()}
            return NmapChild(process, job, readers, kept.pop_all())


class NmapChild:
    """One nmap at work. Whoever starts it calls `close` in the end."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        job: NmapJob,
        readers: dict[Stream, asyncio.StreamReader],
        cleanup: ExitStack,
    ) -> None:
        self._process = process
        self._limits = job.limits
        self._readers = readers
        self._cleanup = cleanup
        self._frames: asyncio.Queue[Frame] = asyncio.Queue(QUEUE_FRAMES)
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def pid(self) -> int:
        """The process id, which is also that of its group."""
        return self._process.pid

    async def frames(self) -> AsyncIterator[Frame]:
        """What it writes, in order for each stream, then Exited. Not reading makes nmap wait."""
        self._tasks.append(asyncio.create_task(self._watch()))
        while True:
            frame = await self._frames.get()
            yield frame
            if isinstance(frame, Exited):
                return

    def kill(self) -> None:
        """Kill it and whatever it started, at once."""
        if self._process.returncode is None:
            self._kill_group()

    async def close(self) -> None:
        """Kill what still runs, close every pipe, remove the folder."""
        self.kill()
        for task in self._tasks:
            task.cancel()
        await self._process.wait()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._cleanup.close()

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)

    async def _watch(self) -> None:
        """Read all streams to their end, or a moment longer than the process lives."""
        pumps = [
            asyncio.create_task(self._pump(stream, reader, self._quota(stream)))
            for stream, reader in self._readers.items()
        ]
        self._tasks += pumps
        code = await self._process.wait()
        self._kill_group()  # nmap starts nothing, but whatever took its place may have
        await self._let_finish(pumps)
        await self._frames.put(Exited(code if code >= 0 else None, -code if code < 0 else None))

    def _quota(self, stream: Stream) -> int:
        if stream == "xml":
            return self._limits.xml_bytes
        return self._limits.text_bytes if stream in {"out", "err"} else self._limits.artifact_bytes

    async def _let_finish(self, readers: list[asyncio.Task[None]]) -> None:
        """Wait for the pipes' ends while they still give something; a stray child must not hold them open."""
        pending: set[asyncio.Task[None]] = set(readers)
        while pending:
            done, pending = await asyncio.wait(pending, timeout=PIPE_GRACE_S)
            if not done and self._frames.empty():
                break
        for task in pending:
            task.cancel()

    async def _pump(self, name: Stream, reader: asyncio.StreamReader, limit: int) -> None:
        """Pass a stream on in pieces up to its quota, then read it into nothing."""
        left = limit
        while data := await reader.read(READ_BYTES):
            if left > 0:
                await self._frames.put(Output(name, data[:left]))
            if left >= 0 and len(data) > left:
                await self._frames.put(Truncated(name, limit))
                left = -1
            elif left > 0:
                left -= len(data)


def _pipe(cleanup: ExitStack) -> tuple[int, int]:
    ends = os.pipe()
    for end in ends:
        cleanup.callback(_close, end)
    return ends


def _close(descriptor: int) -> None:
    with suppress(OSError):
        os.close(descriptor)


def _memory_file(cleanup: ExitStack, data: bytes) -> int:
    """A file without a place; unlike a pipe, nobody has to stay and fill it."""
    descriptor = os.memfd_create("targets")
    cleanup.callback(_close, descriptor)
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


async def _reader(descriptor: int, cleanup: ExitStack) -> asyncio.StreamReader:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=READ_BYTES)
    transport, _ = await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(descriptor, "rb", buffering=0)
    )
    cleanup.callback(transport.close)
    return reader


class _CommonPorts:
    """nmap's own list of ports by how often they are open; read where nmap lies, for it may not be copied."""

    def __init__(self, program: str) -> None:
        self._program = program

    def __call__(self, protocol: Protocol, count: int) -> str:
        """The most common ports, as a list. Raises NmapMissing."""
        return ",".join(map(str, sorted(_by_frequency(self._program, protocol)[:count])))


@cache
def _by_frequency(program: str, protocol: Protocol) -> tuple[int, ...]:
    for folder in (Path(program).resolve().parent.parent / "share/nmap", Path("/usr/share/nmap")):
        services = folder / "nmap-services"
        if services.is_file():
            return _read_services(services, protocol)
    raise NmapMissing("nmap's list of services is missing")


def _read_services(path: Path, protocol: Protocol) -> tuple[int, ...]:
    found: list[tuple[float, int]] = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        words = line.split("\t")
        number, _, name = words[1].partition("/") if len(words) > 2 and line[0] != "#" else ("", "", "")
        if name == protocol and number.isdecimal():
            found.append((-float(words[2]), int(number)))
    return tuple(number for _, number in sorted(found))
