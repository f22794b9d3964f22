"""The application with what can go wrong beside it: a name server that hangs, and a scanner that shouts.

`python -m benchmarks.isolation.program SOCKET`: settings come from the environment. Checks may go to loopback,
where their targets are; everything else is the product as it runs.
"""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator
from pathlib import Path

from backend.bootstrap import Stand, build
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import ChunkFinished, ChunkOutcome, Line, RunnerEvent
from backend.domain.monitoring.collector import CheckFailed, Ways
from backend.domain.monitoring.egress import is_address
from backend.infra.clients import resolver
from backend.main import create_app
from backend.settings import Settings
from tests.api.discovery.conftest import FakeScanner
from tests.api.serving import serving

LINES_PER_S = 10_000
SECONDS = 40


def hang(name: str) -> tuple[str, ...]:
    """A name server that takes questions and never answers."""
    time.sleep(3600)
    return ()


class LoopbackAndDeadNames:
    """Addresses are allowed; names are asked for, of a name server that is dead."""

    def __init__(self) -> None:
        self._names = resolver.SystemResolver()

    def of(self, site_id: int) -> Ways:
        """The same for every site."""
        return self

    async def addresses(self, host: str, *, allow_public: bool = False) -> tuple[str, ...]:
        """Raises CheckFailed for every name, when the resolver gives up."""
        found = (host,) if is_address(host) else await self._names.addresses(host)
        if not found:
            raise CheckFailed("name_not_found", f"The name {host} has no address", phase="dns")
        return found


async def shout(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    """10,000 lines a second by the clock, or as many as are taken."""
    started = time.monotonic()
    number = 0
    while time.monotonic() - started < SECONDS:
        yield Line(f"{number:07d} " + "x" * 120)
        number += 1
        ahead = number / LINES_PER_S - (time.monotonic() - started)
        if ahead > 0.01:
            await asyncio.sleep(ahead)
    yield ChunkFinished(ChunkOutcome("done", "success"))


async def main(socket: Path) -> None:
    """Serve until killed."""
    resolver._addresses = hang
    scanner = FakeScanner(script=shout)
    stand = Stand(runner=scanner, processes=scanner, resolver=scanner, egress=LoopbackAndDeadNames())
    program = build(Settings(), stand=stand)
    await program.start()
    async with serving(create_app(program), socket):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
