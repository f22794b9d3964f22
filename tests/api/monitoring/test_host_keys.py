"""Host keys: pinned at the first contact, another one waits for an admin, and everything of it is on record."""

import hashlib
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from backend.domain.errors import Unavailable
from backend.domain.monitoring.collector import CheckFailed, KnownHosts, ServerKey
from backend.domain.monitoring.host_keys import KnownHostBook

URL = "/api/v1/host-keys"
OLD, NEW, THIRD = (ServerKey("ssh-ed25519", hashlib.sha256(name).digest()) for name in (b"old", b"new", b"third"))
PLACE = ("10.80.0.7", 22)


@pytest.fixture
async def book(program: Lanarium) -> KnownHosts:
    async with program.engine.connect() as connection:
        site = await connection.scalar(sa.text("SELECT id FROM sites"))
    return KnownHostBook(program.services.transactions, program.bus).of(site)


async def only(client: httpx2.AsyncClient, query: str = "") -> dict[str, Any]:
    listed = (await client.get(f"{URL}{query}")).json()
    assert listed["total"] == 1
    found: dict[str, Any] = listed["items"][0]
    return found


async def deeds(program: Lanarium) -> list[tuple[str, str]]:
    query = "SELECT action, actor FROM audit_events WHERE entity = 'host_key' ORDER BY id"
    async with program.engine.connect() as connection:
        return [(row.action, row.actor) for row in await connection.execute(sa.text(query))]


async def test_a_changed_key_waits_for_an_admin(
    program: Lanarium, as_admin: httpx2.AsyncClient, as_operator: httpx2.AsyncClient, book: KnownHosts
) -> None:
    assert await book.pinned(*PLACE) is None
    assert await book.pin(*PLACE, OLD) == OLD
    assert await book.pin(*PLACE, NEW) == OLD, "only the first contact pins"
    assert (await as_operator.get(f"{URL}?changed=true")).json()["total"] == 0
    for _ in range(3):
        await book.changed(*PLACE, NEW)
    shown = await only(as_operator, "?changed=true")
    assert (shown["fingerprint"], shown["offered"]["fingerprint"]) == (OLD.fingerprint, NEW.fingerprint)
    accept = f"{URL}/{shown['id']}/accept"
    refused = await as_operator.post(accept, json={"fingerprint": NEW.fingerprint})
    assert refused.status_code == 403
    other = await as_admin.post(accept, json={"fingerprint": THIRD.fingerprint})
    assert (other.status_code, other.json()["code"]) == (409, "host_key_not_offered")
    assert await book.pinned(*PLACE) == OLD
    taken = await as_admin.post(accept, json={"fingerprint": NEW.fingerprint})
    assert taken.status_code == 200
    assert (taken.json()["fingerprint"], taken.json()["offered"]) == (NEW.fingerprint, None)
    assert taken.json()["pinned_by"] == "ada"
    assert await book.pinned(*PLACE) == NEW, "what was remembered is forgotten"
    await book.changed(*PLACE, OLD)
    assert (await only(as_admin, "?changed=true"))["offered"]["fingerprint"] == OLD.fingerprint
    assert await deeds(program) == [
        ("pin", "lanarium"),
        ("changed", "lanarium"),
        ("accept", "ada"),
        ("changed", "lanarium"),
    ]


async def test_a_forgotten_key_is_a_first_contact_again(
    program: Lanarium, as_admin: httpx2.AsyncClient, book: KnownHosts
) -> None:
    await book.pin(*PLACE, OLD)
    number = (await only(as_admin))["id"]
    assert (await as_admin.delete(f"{URL}/{number}")).status_code == 204
    assert (await as_admin.delete(f"{URL}/{number}")).status_code == 404
    assert await book.pinned(*PLACE) is None
    assert await book.pin(*PLACE, NEW) == NEW
    assert ("delete", "ada") in await deeds(program)


async def test_while_the_database_is_away_nobody_is_trusted_anew(program: Lanarium, book: KnownHosts) -> None:
    await book.pin(*PLACE, OLD)

    class Away:
        def __call__(self) -> None:
            raise Unavailable("away")

    lost = KnownHostBook(Away(), program.bus).of(1)  # type: ignore[arg-type]
    for asking in (lost.pinned(*PLACE), lost.pin(*PLACE, NEW)):
        with pytest.raises(CheckFailed) as caught:
            await asking
        assert caught.value.code == "host_keys_away"
