"""R12: sixty canaries in credentials; none shows in an answer, a frame, a log, a row, a file or a process."""

import asyncio
import contextlib
import io
import logging
import os
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from backend.bootstrap import KeyRing, Lanarium, Stand, build
from backend.commands.keys import _rotate
from backend.domain.monitoring.credentials import CredentialService, SealBroken
from backend.infra import logging as own_logging
from backend.infra.security.vault import FileVault
from backend.runtime import Runtime
from tests import people
from tests.api.monitoring.test_polling import LOOPS
from tests.api.policies import routes_of
from tests.api.serving import following, serving
from tests.egress import Anywhere

API = "/api/v1"
# LANARIUM_SECRETS=10000 is the whole of R12, for whoever has a minute.
SECRETS = int(os.environ.get("LANARIUM_SECRETS", "300"))
SHAPES: tuple[tuple[str, dict[str, Any], tuple[str, ...]], ...] = (
    ("winrm", {"username": "svc", "domain": "CORP"}, ("password",)),
    ("ssh", {"username": "root"}, ("private_key", "passphrase")),
    ("ssh", {"username": "root"}, ("password",)),
    ("snmp_v2c", {}, ("community",)),
    ("snmp_v3", {"username": "mon"}, ("auth_key", "priv_key")),
    ("http_basic", {"username": "u"}, ("password",)),
    ("http_bearer", {}, ("token",)),
    ("proxmox", {"username": "mon@pve", "token_name": "lana"}, ("token",)),
)


def canary() -> str:
    return f"canary-{secrets.token_hex(12)}"


class Sightings:
    """Where canaries were seen."""

    def __init__(self, canaries: list[str]) -> None:
        self._canaries = [each.encode() for each in canaries]
        self.seen: list[str] = []

    def look(self, where: str, text: str | bytes) -> None:
        data = text.encode() if isinstance(text, str) else text
        if any(each in data for each in self._canaries):
            self.seen.append(where)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that would be logged, down to debug, as the product writes it."""
    own_logging.configure("debug")
    kept, handlers = io.StringIO(), logging.getLogger().handlers
    streams = [(each, each.setStream(kept)) for each in handlers if isinstance(each, logging.StreamHandler)]
    yield kept
    for handler, old in streams:
        if old is not None:
            handler.setStream(old)


@pytest.fixture
async def program(database_url: str, tmp_path: Path) -> AsyncIterator[Lanarium]:
    """The program as it polls; its targets are on loopback."""
    built = build(people.settings(database_url, tmp_path), stand=Stand(egress=Anywhere()))
    runtime = Runtime([loop for loop in built.runtime.loops if loop.name in LOOPS])
    await runtime.start()
    yield built
    await runtime.stop()
    await built.engine.dispose()


@pytest.fixture
async def stranger() -> AsyncIterator[int]:
    """A server that takes whatever comes, and answers with what it was told."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            heard = await reader.read(4096)
            writer.write(b"HTTP/1.1 401 " + heard[:900].replace(b"\r\n", b" ") + b"\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


async def profiles(calling: httpx2.AsyncClient) -> tuple[list[str], dict[str, int]]:
    """Sixty canaries and the profiles in which they are, one of each type by its name."""
    canaries: list[str] = []
    made: dict[str, int] = {}
    while len(canaries) < 60:
        for kind, plain, fields in SHAPES:
            given = {name: canary() for name in fields}
            canaries += given.values()
            body = {"name": f"{kind} {len(canaries)}", "type": kind, **plain, **given}
            answer = await calling.post(f"{API}/credential-profiles", json=body)
            assert answer.status_code == 201, answer.text
            assert not [each for each in canaries if each in answer.text]
            made[kind] = answer.json()["id"]
    return canaries, made


async def watched_by(calling: httpx2.AsyncClient, made: dict[str, int], port: int) -> list[int]:
    """A monitor for each collector that logs in, at the stranger's."""
    ids = []
    plugins = (await calling.get(f"{API}/extensions?limit=100")).json()["items"]
    for collector in [each["name"] for each in plugins if each["kind"] == "collector"]:
        config: dict[str, Any] = {"port": port} | ({"scheme": "http"} if collector == "http" else {})
        body = {"name": f"At the stranger's: {collector}", "type": collector, "config": config}
        plugin = await calling.post(f"{API}/plugins", json=body)
        if plugin.status_code != 201:
            continue
        for profile in made.values():
            wanted = {"plugin_id": plugin.json()["id"], "address": "127.0.0.1", "polling_interval": 1}
            answer = await calling.post(f"{API}/monitors", json={**wanted, "credential_profile_id": profile})
            if answer.status_code == 201:
                ids.append(answer.json()["id"])
    return ids


async def failed(calling: httpx2.AsyncClient, ids: list[int]) -> None:
    async with asyncio.timeout(60):
        for monitor in ids:
            while not (await calling.get(f"{API}/monitors/{monitor}")).json()["last_error"]:  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.1)


async def refusals(calling: httpx2.AsyncClient, found: Sightings, given: str) -> None:
    """What is wrong with a request is said without its secrets."""
    bodies: tuple[dict[str, Any], ...] = (
        {"name": "x", "type": "ssh", "password": given, "port": "wrong"},
        {"name": "x", "type": "nonsense", "password": given},
        {"name": "x", "type": "winrm", "username": "u", "password": [given]},
        {"type": "snmp_v2c", "community": {"a": given}},
        {"name": "x", "type": "ssh", "secret": given},
    )
    for body in bodies:
        answer = await calling.post(f"{API}/credential-profiles", json=body)
        assert answer.status_code == 422, answer.text
        found.look("refusal", answer.content)


async def answers(app: FastAPI, calling: httpx2.AsyncClient, found: Sightings) -> None:
    """Everything that can be read over the API."""
    for route in routes_of(app):
        if route.method == "GET":
            path = route.path
            while "{" in path:
                path = path[: path.index("{")] + "1" + path[path.index("}") + 1 :]
            found.look(path, (await calling.get(path)).content)


async def rows(program: Lanarium, found: Sightings) -> None:
    """A plain dump."""
    async with program.engine.connect() as connection:
        names = await connection.scalars(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        for name in list(names):
            for row in await connection.execute(sa.text(f'SELECT t::text FROM "{name}" AS t')):
                found.look(name, str(row[0]))


def files_and_processes(folder: Path, found: Sightings) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            found.look(str(path), path.read_bytes())
    for process in Path("/proc").glob("[0-9]*"):
        for name in ("cmdline", "environ"):
            with contextlib.suppress(OSError):
                found.look(str(process / name), (process / name).read_bytes())


async def test_no_canary_is_seen_anywhere(
    program: Lanarium,
    app: FastAPI,
    as_admin: httpx2.AsyncClient,
    stranger: int,
    log: io.StringIO,
    tmp_path: Path,
) -> None:
    canaries, made = await profiles(as_admin)
    found = Sightings(canaries)
    async with serving(app, tmp_path / "app.sock") as socket, following(socket, "/ws", as_admin) as client:
        await client.next()
        await client.say(type="subscribe", topics=["monitors"])
        ids = await watched_by(as_admin, made, stranger)
        assert len(ids) >= 2
        await failed(as_admin, ids)
        for monitor in ids:
            found.look("check", (await as_admin.post(f"{API}/monitors/{monitor}/check")).content)
        frame = await client.next(20)
        found.look("frame", repr(frame))
    await refusals(as_admin, found, canaries[0])
    await answers(app, as_admin, found)
    await rows(program, found)
    files_and_processes(tmp_path, found)
    assert log.getvalue()
    found.look("log", log.getvalue())
    assert found.seen == []


async def test_a_leak_is_seen(program: Lanarium, app: FastAPI, as_admin: httpx2.AsyncClient) -> None:
    """The twin: one name of a network is a canary, and a route tells it."""
    found = Sightings([leak := canary()])
    answer = await as_admin.post(f"{API}/networks", json={"cidr": "10.80.0.0/24", "name": leak})
    assert answer.status_code == 201
    await answers(app, as_admin, found)
    await rows(program, found)
    assert {f"{API}/networks", "networks"} <= set(found.seen)


async def test_keys_are_rotated_under_polling(program: Lanarium) -> None:
    """Logins go on while every secret is sealed anew, and while the old key is forgotten."""
    settings, monitoring = program.settings, program.services.monitoring
    vault = monitoring.credentials._vault
    await _fill(program, vault)
    stop, failures, opened = asyncio.Event(), [], 0

    async def polling() -> None:
        nonlocal opened
        number = 0
        while not stop.is_set():
            number = number % SECRETS + 1
            async with program.services.transactions() as work:
                profile = await work.credential_profiles.get(number)
            assert profile is not None
            try:
                opened += monitoring.credentials.opened(profile).secret() == f"secret {number}"
            except SealBroken as error:
                failures.append(error)
            await asyncio.sleep(0.001)

    task = asyncio.create_task(polling())
    other = FileVault(settings.vault_dir)
    ring = KeyRing(program.engine, program.services.transactions, other, CredentialService(other))
    began = time.monotonic()
    done, _, gone = await _rotate(ring, forget_old=True)
    took = time.monotonic() - began
    await asyncio.sleep(0.2)
    stop.set()
    await task
    assert (done, len(gone), failures) == (SECRETS, 1, [])
    assert opened > 0
    logging.getLogger(__name__).info("R12: %s secrets in %.1f s, %s logins meanwhile", done, took, opened)


async def _fill(program: Lanarium, vault: Any) -> None:
    values = []
    for number in range(1, SECRETS + 1):
        uid = uuid4()
        box = vault.seal(uid, {"password": f"secret {number}"})
        values.append({"n": number, "uid": uid, "box": box.data, "key": box.key_id})
    insert = (
        "INSERT INTO credential_profiles"
        " (id, uid, name, type, username, config, encrypted_pass, key_id, secrets_set)"
        " VALUES (CAST(:n AS bigint), :uid, :key || CAST(:n AS bigint), 'ssh', 'root', '{}', :box, :key,"
        " ARRAY['password'])"
    )
    async with program.engine.begin() as connection:
        await connection.execute(sa.text(insert), values)
