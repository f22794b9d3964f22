"""Fixtures: a scan helper in this process, and the real one in a cage of its own."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from backend.infra.clients.nmap_process import NmapProgram
from backend.infra.clients.scan_helper import ScanHelperProcesses
from backend.infra.scan_helper.server import ScanHelper
from tests.infra.scan_helper.cage import CagedHelper, Pair, caged_helper, namespace_pair
from tests.infra.scan_helper.fake_nmap import write_fake_nmap


@pytest.fixture
async def start_helper(tmp_path: Path) -> AsyncIterator[Callable[[str], Awaitable[ScanHelperProcesses]]]:
    """Serve in this process with a fake nmap of the given body; answers the client's side."""
    async with AsyncExitStack() as servers:

        async def start(body: str) -> ScanHelperProcesses:
            program = NmapProgram(write_fake_nmap(tmp_path, body))
            path = tmp_path / "scan.sock"
            server = await ScanHelper(program, {os.getuid()}).listen(path)
            servers.callback(server.close)
            return ScanHelperProcesses(path)

        yield start


@pytest.fixture(scope="session")
def pair() -> Iterator[Pair]:
    """Two machines on a cable."""
    if os.geteuid() != 0:
        pytest.skip("namespaces need root")
    with namespace_pair() as built:
        yield built


@pytest.fixture
def helper(pair: Pair) -> Iterator[CagedHelper]:
    """The real helper on the scanner's machine."""
    with caged_helper(pair.scanner) as started:
        yield started
