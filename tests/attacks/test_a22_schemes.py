"""A22: a web check speaks http and https, whatever else an address may begin with."""

import httpx2
import pytest

from backend.domain.monitoring.collector import CheckFailed, Target, Trace
from backend.infra.collectors.http import HttpOptions, ask
from tests.attacks.recorder import connections
from tests.attacks.web import redirecting

OTHERS = ("file", "gopher", "ftp", "dict", "data", "unix", "jar", "ws", "FILE", "javascript", "")


@pytest.mark.parametrize("scheme", OTHERS)
async def test_refused_when_saved(as_admin: httpx2.AsyncClient, scheme: str) -> None:
    body = {"name": "Web", "type": "http", "config": {"scheme": scheme}}
    answer = await as_admin.post("/api/v1/plugins", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "config.scheme"


@pytest.mark.parametrize("path", ["file:///etc/passwd", "//evil.test/", "http://evil.test/", "@evil.test/"])
async def test_a_path_is_only_a_path(as_admin: httpx2.AsyncClient, path: str) -> None:
    with connections() as seen:
        options = {"name": "Web", "type": "http", "config": {"path": path}}
        answer = await as_admin.post("/api/v1/plugins", json=options)
        if answer.status_code == 201:  # a path may begin with two slashes; it names no host
            with pytest.raises(CheckFailed):
                await ask(Target("10.80.0.7"), HttpOptions(scheme="http", port=80, path=path), None, Trace())
    assert {address for address, _ in seen} <= {"10.80.0.7"}


@pytest.mark.parametrize("scheme", [each for each in OTHERS if each])
async def test_refused_again_when_connecting(scheme: str) -> None:
    async with redirecting(f"{scheme}://evil.test/x") as port:
        with connections(("127.0.0.1", port)) as seen, pytest.raises(CheckFailed) as caught:
            await ask(Target("127.0.0.1"), HttpOptions(scheme="http", port=port), None, Trace())
    assert caught.value.code == "redirect_refused"
    assert seen == []
