"""Starts one program under its keeper, as its own user, and copies what it says into its log."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from backend.infra.system import keeper
from backend.infra.system.log_files import LogFile
from backend.infra.system.service_users import Identity, privileges

StopSignal = Literal["SIGTERM", "SIGINT", "SIGQUIT"]
# What a keeper may need on top of its program's grace: ending the workers that a killed master left.
KEEPER_SLACK_S = 3.0


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, as whom, and how to stop it."""

    name: str
    argv: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    identity: Identity | None = None
    raw_sockets: bool = False
    stop_signal: StopSignal = "SIGTERM"
    grace_s: float = 2.0
    umask: int = 0o077
    folder: Path = Path("/")

    def as_user(self, argv: list[str]) -> list[str]:
        """The same command line, but under this program's user."""
        if self.identity is None:
            return argv
        return [*privileges(self.identity, raw_sockets=self.raw_sockets), *argv]


class KeptProgram:
    """A program that runs until `stop`, whatever happens to it in between."""

    def __init__(self, program: Program, log: LogFile, echo: Callable[[str, bytes], None] | None = None) -> None:
        self.program = program
        self.log = log
        self.failures = 0
        self._echo = echo
        self._keeper: asyncio.subprocess.Process | None = None
        self._copying: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the keeper, which starts the program."""
        reading, writing = _pipe_of(self.program.identity)
        try:
            self._keeper = await asyncio.create_subprocess_exec(
                *self.program.as_user(self._keeper_command()),
                stdin=asyncio.subprocess.PIPE,
                stdout=writing,
                stderr=writing,
                # Ctrl-C in a terminal reaches only the supervisor, which stops things in their order.
                start_new_session=True,
                env=dict(self.program.environment),
                cwd=self.program.folder,
                umask=self.program.umask,
            )
        finally:
            os.close(writing)
        self._copying = asyncio.create_task(self._copy(reading))

    async def ended(self) -> None:
        """Return when the keeper itself is gone, which happens only when it was told to or killed."""
        if self._keeper:
            await self._keeper.wait()

    async def stop(self) -> None:
        """Close the control pipe and wait until nothing of the program is left."""
        if self._keeper is None:
            return
        if self._keeper.stdin:
            self._keeper.stdin.close()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._keeper.wait(), self.program.grace_s + KEEPER_SLACK_S)
        if self._copying:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._copying, 1.0)
        self.log.close()

    def _keeper_command(self) -> list[str]:
        options = ["--stop-signal", self.program.stop_signal, "--grace", str(self.program.grace_s)]
        return [sys.executable, "-I", "-S", keeper.__file__, *options, "--", *self.program.argv]

    async def _copy(self, reading: int) -> None:
        """Copy until every writer has closed its end."""
        reader, transport = await _reader(reading)
        try:
            while data := await reader.read(65_536):
                self.failures += data.count(keeper.MARK.encode())
                self.log.write(data)
                if self._echo:
                    self._echo(self.program.name, data)
        finally:
            transport.close()


async def run_once(program: Program) -> tuple[int, str]:
    """Run a program to its end under its user; returns its exit code and the end of what it said."""
    reading, writing = _pipe_of(program.identity)
    reader, transport = await _reader(reading)
    try:
        process = await asyncio.create_subprocess_exec(
            *program.as_user(program.argv),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=writing,
            stderr=writing,
            env=dict(program.environment),
            cwd=program.folder,
            umask=program.umask,
        )
    finally:
        os.close(writing)
    said = await reader.read()
    transport.close()
    return await process.wait(), said.decode(errors="replace")[-4000:].strip()


def _pipe_of(identity: Identity | None) -> tuple[int, int]:
    """A pipe that belongs to the program: one that opens /dev/stdout by name (nginx) opens the pipe anew."""
    reading, writing = os.pipe()
    if identity:
        os.fchown(writing, identity.uid, identity.gid)
    return reading, writing


async def _reader(reading: int) -> tuple[asyncio.StreamReader, asyncio.ReadTransport]:
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(reading, "rb", 0)
    )
    return reader, transport
