"""A39, inside the application: a forwarded header counts only from our own socket or a named proxy."""

from collections.abc import Callable

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from backend.api.client_address import Networks, parse_networks, resolve
from backend.bootstrap import Lanarium
from tests.attacks.twins.accounts import first_of_forwarded
from tests.people import Person

PROXIES = parse_networks("10.0.0.0/8, 2001:db8::/32")
Resolve = Callable[[str | None, str, Networks], str | None]
# peer (None is our socket), X-Forwarded-For, trusted, the truth
CASES: tuple[tuple[str | None, str, Networks, str | None], ...] = (
    ("203.0.113.5", "198.51.100.1", (), "203.0.113.5"),
    ("127.0.0.1", "198.51.100.1", (), "127.0.0.1"),
    ("203.0.113.5", "198.51.100.1", PROXIES, "203.0.113.5"),
    (None, "203.0.113.5", (), "203.0.113.5"),
    (None, "198.51.100.1, 203.0.113.5", (), "203.0.113.5"),
    (None, "198.51.100.1, 203.0.113.5, 10.1.1.1", PROXIES, "203.0.113.5"),
    (None, "127.0.0.1, 10.2.2.2, 203.0.113.5, 10.1.1.1", PROXIES, "203.0.113.5"),
    ("10.1.1.1", "198.51.100.1, 203.0.113.5", PROXIES, "203.0.113.5"),
    ("2001:db8::1", "2a00::7", PROXIES, "2a00::7"),
    (None, "unknown, 10.1.1.1", PROXIES, "10.1.1.1"),
    (None, "", (), None),
    (None, "' OR 1=1 --", (), None),
    (None, ", ".join(["203.0.113.9"] + ["10.1.1.1"] * 40), PROXIES, "10.1.1.1"),
)


def wrong(found_by: Resolve) -> list[str]:
    """The cases in which somebody else than the truth is found."""
    return [f"{peer} {said}" for peer, said, trusted, truth in CASES if found_by(peer, said, trusted) != truth]


def test_the_client_is_who_it_is() -> None:
    assert wrong(resolve) == []


def test_the_check_sees_a_program_that_believes_the_first() -> None:
    assert wrong(first_of_forwarded)


@pytest.mark.parametrize("listed", ["10.0.0.0/8,nonsense", "10.0.0.1/8", "*"])
def test_a_bad_list_of_proxies_is_refused_at_start(listed: str) -> None:
    with pytest.raises(ValueError):
        parse_networks(listed)


async def test_claims_change_neither_audit_nor_throttle(
    app: FastAPI, client: httpx2.AsyncClient, program: Lanarium, viewer: Person
) -> None:
    answers = []
    for n in range(8):
        claims = {
            "X-Forwarded-For": f"198.51.100.{n}",
            "X-Real-IP": "198.51.100.9",
            "Forwarded": "for=198.51.100.9",
        }
        body = {"username": f"nobody{n % 2}", "password": "a guess"}
        answers.append((await client.post("/api/v1/auth/login", json=body, headers=claims)).status_code)
    async with program.engine.connect() as connection:
        addresses = await connection.scalars(sa.text("SELECT DISTINCT host(address) FROM audit_events"))
        keys = await connection.scalars(sa.text("SELECT key FROM login_throttles WHERE key LIKE 'address:%'"))
        assert (addresses.all(), keys.all()) == (["127.0.0.1"], ["address:127.0.0.1"])
    assert set(answers) == {401}
