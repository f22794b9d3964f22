"""The resolver: answers, deadlines, memory."""

import socket
import threading
from collections.abc import Iterator

import pytest

from backend.infra.clients import resolver
from backend.infra.clients.resolver import SystemResolver


@pytest.fixture
def system() -> Iterator[SystemResolver]:
    made = SystemResolver(wait_s=0.2)
    yield made
    made.close()


async def test_localhost(system: SystemResolver) -> None:
    assert set(await system.addresses("localhost")) <= {"127.0.0.1", "::1"}
    assert await system.addresses("localhost")


async def test_an_address_resolves_to_itself(system: SystemResolver) -> None:
    assert await system.addresses("10.0.0.1") == ("10.0.0.1",)


async def test_a_dead_resolver_costs_the_deadline_once(
    system: SystemResolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    released = threading.Event()

    def hang(name: str) -> tuple[str, ...]:
        asked.append(name)
        released.wait(10)
        return ("10.0.0.1",)

    monkeypatch.setattr(resolver, "_addresses", hang)
    assert await system.addresses("printer.example") == ()
    assert await system.addresses("printer.example") == ()
    released.set()
    assert asked == ["printer.example"]


async def test_no_answer_is_none(system: SystemResolver, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    monkeypatch.setattr(socket, "getnameinfo", fail)
    assert await system.addresses("nobody.example") == ()
    assert await system.name("10.0.0.1") is None


async def test_names_of_addresses(system: SystemResolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getnameinfo", lambda *_: ("pi.example", "0"))
    assert await system.name("10.0.0.1") == "pi.example"
