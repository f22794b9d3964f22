"""`lanarium user`: people from the command line."""

import asyncio

import httpx2
import pytest
from typer.testing import CliRunner, Result

from backend.cli import app as cli
from backend.settings import Settings
from tests.people import Person


@pytest.fixture
def _environment(monkeypatch: pytest.MonkeyPatch, database_url: str) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert Settings().database_url == database_url


async def _lanarium(*arguments: str, typed: str = "") -> Result:
    return await asyncio.to_thread(lambda: CliRunner().invoke(cli, ["user", *arguments], input=typed))


async def _login(client: httpx2.AsyncClient, username: str, password: str) -> int:
    body = {"username": username, "password": password}
    return (await client.post("/api/v1/auth/login", json=body)).status_code


@pytest.mark.usefixtures("_environment")
async def test_an_account_is_made_listed_and_locked(client: httpx2.AsyncClient) -> None:
    made = await _lanarium("create", "olav", "--role", "operator", "--generate")
    assert made.exit_code == 0, made.output
    password = made.output.rpartition("Password: ")[2].strip()
    assert await _login(client, "olav", password) == 200
    listed = await _lanarium("list")
    assert "olav" in listed.output
    assert "operator" in listed.output
    assert (await _lanarium("disable", "olav")).exit_code == 0
    assert await _login(client, "olav", password) == 401
    assert (await _lanarium("enable", "olav")).exit_code == 0
    assert await _login(client, "olav", password) == 200


@pytest.mark.usefixtures("_environment")
async def test_a_forgotten_password_is_replaced(
    client: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient, viewer: Person
) -> None:
    typed = "orchard-copper-58-tide\n" * 2
    reset = await _lanarium("reset-password", "vera", typed=typed)
    assert reset.exit_code == 0, reset.output
    assert "orchard" not in reset.output
    assert await _login(client, "vera", "orchard-copper-58-tide") == 200


@pytest.mark.usefixtures("_environment")
async def test_refusals_are_sentences(admin: Person) -> None:
    for arguments, said in (
        (("disable", "nobody"), "User not found"),
        (("disable", "ada"), "last admin"),
        (("create", "ada", "--generate"), "has this name"),
    ):
        refused = await _lanarium(*arguments)
        assert refused.exit_code == 1
        assert said in refused.output
        assert "Traceback" not in refused.output
