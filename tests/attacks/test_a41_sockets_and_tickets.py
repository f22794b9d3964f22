"""A41: a WebSocket opens for our own pages, with a ticket that works once and is in no log (CVE-2023-49805)."""

import io
import logging
from collections.abc import Callable

import httpx2
import pytest
import structlog
from fastapi import FastAPI
from starlette.requests import HTTPConnection

from backend.api.origin import is_foreign
from backend.bootstrap import Lanarium
from backend.domain.accounts.keys import TicketService
from backend.infra.logging import configure
from tests.api.policies import routes_of
from tests.attacks.twins.accounts import LastingTickets, origin_by_prefix
from tests.people import PASSWORD, Person

FOREIGN = (
    "https://evil.example",
    "http://lanarium.test",
    "https://lanarium.test:444",
    "https://lanarium.test.evil.example",
    "https://lanarium.test@evil.example",
    "https://evil.example/lanarium.test",
    "https://evillanarium.test",
    "null",
    "",
    "file://",
    "https://[::1",
    "https://lanarium.test:99999999",
)
OURS = (
    "https://lanarium.test",
    "https://LANARIUM.test",
    "https://lanarium.test:443",
    "https://public.example:8443",
)
Check = Callable[[HTTPConnection, str], bool]


def _connection(origin: str) -> HTTPConnection:
    headers = [(b"host", b"lanarium.test"), (b"origin", origin.encode())]
    return HTTPConnection(
        {"type": "websocket", "scheme": "wss", "path": "/ws", "headers": headers, "query_string": b""}
    )


def let_in(check: Check, origins: tuple[str, ...]) -> list[str]:
    """The origins that a check takes for ours."""
    return [origin for origin in origins if not check(_connection(origin), "https://public.example:8443")]


def test_pages_of_others_are_foreign() -> None:
    assert let_in(is_foreign, FOREIGN) == []
    assert let_in(is_foreign, OURS) == list(OURS)


def test_the_check_sees_a_comparison_of_beginnings() -> None:
    assert "https://lanarium.test.evil.example" in let_in(origin_by_prefix, FOREIGN)


async def times_that_a_ticket_opens(tickets: TicketService, client: httpx2.AsyncClient) -> int:
    """How often one ticket lets somebody in."""
    ticket = (await client.post("/api/v1/auth/ws-ticket")).json()["ticket"]
    return sum([await tickets.redeem(ticket, None) is not None for _ in range(3)])


async def test_a_ticket_opens_once(program: Lanarium, as_viewer: httpx2.AsyncClient) -> None:
    assert await times_that_a_ticket_opens(program.services.accounts.tickets, as_viewer) == 1


async def test_the_check_sees_tickets_that_last(program: Lanarium, as_viewer: httpx2.AsyncClient) -> None:
    real = program.services.accounts.tickets
    lasting = LastingTickets(real._transactions, real._authenticator, real._secrets, real._clock)
    assert await times_that_a_ticket_opens(lasting, as_viewer) == 3


def test_no_route_takes_a_secret_in_its_address(app: FastAPI) -> None:
    telling = ("token", "ticket", "password", "secret", "key")
    parameters = [part for route in routes_of(app) for part in route.path.split("/") if part.startswith("{")]
    assert [part for part in parameters if any(word in part and "_id" not in part for word in telling)] == []


@pytest.fixture
def log() -> io.StringIO:
    """Everything that the application logs, as it logs in production."""
    configure("debug")
    written = io.StringIO()
    handler = logging.getLogger().handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    structlog.configure(cache_logger_on_first_use=False)
    return written


async def test_no_secret_is_in_the_log(
    log: io.StringIO, client: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient, viewer: Person
) -> None:
    login = await client.post("/api/v1/auth/login", json={"username": "vera", "password": PASSWORD})
    await client.post("/api/v1/auth/refresh", headers={"X-Lanarium-Refresh": "1"})
    ticket = (await as_viewer.post("/api/v1/auth/ws-ticket")).json()["ticket"]
    made = (await as_viewer.post("/api/v1/api-tokens", json={"name": "x", "role": "viewer"})).json()["token"]
    await client.get("/api/v1/auth/me", headers={"Authorization": f"Bearer {made}"})
    secrets = (PASSWORD, login.json()["token"], login.cookies["lanarium_refresh"], ticket, made, viewer.token)
    logging.getLogger("probe").error("a line that has to be there %s", viewer.token)
    text = log.getvalue()
    assert "a line that has to be there" in text
    assert [secret[:12] for secret in secrets if secret in text] == []
