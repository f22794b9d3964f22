"""`lanarium scan` against the application, over its own socket."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from fastapi import FastAPI

from backend.bootstrap import Lanarium, open_pass
from backend.commands.api_client import ApiClient, Refused
from backend.commands.scan import _scan
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import ChunkFinished, ChunkOutcome, RunnerEvent
from tests.api.discovery.conftest import FakeScanner
from tests.api.serving import serving
from tests.people import Person

pytestmark = pytest.mark.usefixtures("lab_network")
BODY = {"targets": ["10.77.0.0/30"], "exclusions": [], "profile": "quick", "name": ""}


@asynccontextmanager
async def _api(app: FastAPI, program: Lanarium, socket: Path) -> AsyncIterator[ApiClient]:
    """A client with a token that was made from the key on this machine."""
    opened = open_pass(program.settings)
    async with (
        serving(app, socket),
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(path=str(socket))) as session,
    ):
        yield ApiClient(session, "http://lanarium", opened.access)
    await opened.access.end()
    await opened.engine.dispose()


@pytest.fixture
async def api(app: FastAPI, program: Lanarium, admin: Person, tmp_path: Path) -> AsyncIterator[ApiClient]:
    async with _api(app, program, tmp_path / "app.sock") as client:
        yield client


async def test_it_watches_a_scan_to_its_end(api: ApiClient, capsys: pytest.CaptureFixture[str]) -> None:
    assert await _scan(api, dict(BODY), "general", wait=True, lines=True) == 0
    said = capsys.readouterr().out
    assert "4 addresses in 1 chunks" in said
    assert "Nmap scan report for 10.77.0.2" in said
    assert "completed." in said


async def test_without_waiting_it_leaves_at_once(api: ApiClient, scanner: FakeScanner) -> None:
    async def for_ever(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        await stop.wait()
        yield ChunkFinished(ChunkOutcome("stopped", "stopped"))

    scanner.script = for_ever
    assert await _scan(api, dict(BODY), None, wait=False, lines=False) == 0


async def test_ctrl_c_stops_the_scan_and_says_so(
    api: ApiClient, scanner: FakeScanner, capsys: pytest.CaptureFixture[str]
) -> None:
    async def until_stopped(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        os.kill(os.getpid(), signal.SIGINT)
        await stop.wait()
        yield ChunkFinished(ChunkOutcome("stopped", "stopped"))

    scanner.script = until_stopped
    assert await _scan(api, dict(BODY), None, wait=True, lines=False) == 3
    assert "Stopped by ada: 0 of 1 chunks are done." in capsys.readouterr().out


async def test_a_refusal_is_a_sentence(api: ApiClient) -> None:
    with pytest.raises(Refused, match=r"192\.0\.2\.1 is in no network that may be scanned"):
        await _scan(api, {**BODY, "targets": ["192.0.2.1"]}, None, wait=True, lines=False)
    with pytest.raises(Refused, match="There is no project called Nowhere"):
        await _scan(api, dict(BODY), "Nowhere", wait=True, lines=False)


async def test_the_pass_ends_with_the_command(
    app: FastAPI, program: Lanarium, admin: Person, tmp_path: Path
) -> None:
    async with _api(app, program, tmp_path / "app.sock") as api:
        me = await api.call("GET", "/auth/me")
        assert me["username"] == "ada"
        token = await api._token.token()
    actor = await program.services.authenticator.authenticate(f"Bearer {token}", None)
    program.services.authenticator._known.clear()  # type: ignore[attr-defined]
    actor = await program.services.authenticator.authenticate(f"Bearer {token}", None)
    assert actor is None
