"""Windows hosts through the whole program: each thing that goes wrong has a sentence of its own in last_error."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from backend.bootstrap import Lanarium, Stand, build
from backend.infra.collectors import windows as collector
from backend.runtime import Runtime
from simulators.windows.machine import GIB
from tests import people
from tests.api.monitoring.test_monitors import API, made
from tests.api.monitoring.test_polling import LOOPS
from tests.certificates import make
from tests.egress import Anywhere
from tests.windows import DOMAIN, PASSWORD, USER, windows

WRONG = "not-the-lighthouse"


@pytest.fixture
async def program(database_url: str, tmp_path: Path) -> AsyncIterator[Lanarium]:
    """The program as it polls; its targets are on loopback."""
    built = build(people.settings(database_url, tmp_path), stand=Stand(egress=Anywhere()))
    runtime = Runtime([loop for loop in built.runtime.loops if loop.name in LOOPS])
    await runtime.start()
    yield built
    await runtime.stop()
    await built.engine.dispose()


@contextmanager
def deaf() -> Iterator[int]:
    """A port whose connections never come about: its queue is full, so that what knocks is dropped."""
    with socket.socket() as listening, _Queue() as knocking:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        port: int = listening.getsockname()[1]
        for _ in range(4):
            knocking.knock(port)
        yield port


class _Queue:
    """Connections that fill a queue."""

    def __init__(self) -> None:
        self._held: list[socket.socket] = []

    def __enter__(self) -> "_Queue":
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._held:
            each.close()

    def knock(self, port: int) -> None:
        """Connect without waiting for it."""
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(("127.0.0.1", port))
        self._held.append(one)


async def watched(client: httpx2.AsyncClient, name: str, port: int, **login: Any) -> int:
    """A monitor of a Windows host with a credential profile of its own; answers its number."""
    body = {"name": name, "type": "winrm", "username": USER, "domain": DOMAIN, "password": PASSWORD, "port": port}
    profile = await made(client, "credential-profiles", {**body, **login})
    plugin = await made(client, "plugins", {"name": name, "type": "windows", "config": {"timeout_s": 1.5}})
    about = {"plugin_id": plugin["id"], "credential_profile_id": profile["id"], "address": "127.0.0.1"}
    number: int = (await made(client, "monitors", {**about, "polling_interval": 10}))["id"]
    return number


async def polled(client: httpx2.AsyncClient, number: int) -> dict[str, Any]:
    """The monitor, once it was polled."""
    async with asyncio.timeout(30):
        while True:
            found: dict[str, Any] = (await client.get(f"{API}/monitors/{number}")).json()
            if found["last_polled"] or found["last_error"]:
                return found
            await asyncio.sleep(0.1)


async def test_each_has_its_own_sentence(
    program: Lanarium, as_admin: httpx2.AsyncClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collector, "FIRST_PAUSE_S", 0.51)
    authority = make(tmp_path, "authority")
    old = make(tmp_path, "win.test", days=-2, issuer=authority, address="127.0.0.1")
    async with AsyncExitStack() as stack:
        good = await stack.enter_async_context(windows())
        expired = await stack.enter_async_context(windows(pair=old))
        hung = await stack.enter_async_context(windows())
        hung.tricks.what = "stops"
        silent = await stack.enter_async_context(windows())
        silent.tricks.what = "silent"
        unreachable = stack.enter_context(deaf())
        trust = {"use_ssl": True, "ca_certificate": authority.cert_file.read_text()}
        numbers = {
            "good": await watched(as_admin, "good", good.port),
            "wrong password": await watched(as_admin, "wrong", good.port, password=WRONG),
            "expired": await watched(as_admin, "expired", expired.port, **trust),
            "unreachable": await watched(as_admin, "unreachable", unreachable),
            "hung": await watched(as_admin, "hung", hung.port),
            "silent": await watched(as_admin, "silent", silent.port),
        }
        found = dict(
            zip(numbers, await asyncio.gather(*(polled(as_admin, each) for each in numbers.values())), strict=True)
        )
    sentences = {name: monitor["last_error"] for name, monitor in found.items()}
    assert sentences["good"] is None
    assert sentences["wrong password"] == f"127.0.0.1 refused the login of {DOMAIN}\\{USER}"
    assert sentences["expired"] == "The certificate of 127.0.0.1 has expired"
    assert sentences["unreachable"] == f"127.0.0.1 did not answer at port {unreachable}"
    assert sentences["hung"].startswith("127.0.0.1 stopped in the middle of its answer, after ")
    assert sentences["silent"] == (
        f"127.0.0.1 took the connection at port {silent.port} and did not answer in time"
    )
    assert len(set(sentences.values())) == len(sentences)
    await _kept(as_admin, numbers)


async def _kept(client: httpx2.AsyncClient, numbers: dict[str, int]) -> None:
    """What was stored: values in their columns, reasons with codes, and no secret."""
    latest = (await client.get(f"{API}/monitors/{numbers['good']}/metrics")).json()
    known = {"memory_total": 16 * GIB, "disk_used": 165 * GIB, "process_count": 5, "net_capacity_ps": 125_000_000}
    assert {name: latest[name] for name in known} == known
    assert latest["memory_percent"] == 62.5
    assert {each["name"] for each in latest["samples"]} >= {"uptime_s", "cpu_core_percent", "if_in_bytes_ps"}
    codes = {}
    for name in ("wrong password", "expired", "unreachable", "hung", "silent"):
        listed = (await client.get(f"{API}/monitors/{numbers[name]}/failures")).text
        codes[name] = (await client.get(f"{API}/monitors/{numbers[name]}/failures")).json()["items"][0]["code"]
        assert PASSWORD not in listed
        assert WRONG not in listed
    assert codes == {
        "wrong password": "winrm_login_refused",
        "expired": "certificate_expired",
        "unreachable": "connect_timeout",
        "hung": "winrm_stopped",
        "silent": "winrm_silent",
    }
    refused = (await client.get(f"{API}/monitors/{numbers['wrong password']}")).json()
    assert refused["state"] == "unknown"  # a password that is ours says nothing of the host
