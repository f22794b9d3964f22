"""Credential profiles over the API: written, never read."""

from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import KeyRing, Lanarium
from backend.commands.keys import _rotate
from backend.domain.monitoring.credentials import CredentialService
from backend.infra.security.vault import FileVault

URL = "/api/v1/credential-profiles"
CANARY = "canary-7f3e-lighthouse"
BODIES: list[dict[str, Any]] = [
    {"type": "winrm", "username": "CORP\\svc", "password": CANARY, "domain": "CORP"},
    {"type": "ssh", "username": "root", "private_key": CANARY, "passphrase": CANARY},
    {"type": "snmp_v2c", "community": CANARY},
    {"type": "snmp_v3", "username": "mon", "auth_key": CANARY, "priv_key": CANARY},
    {"type": "http_basic", "username": "u", "password": CANARY},
    {"type": "http_bearer", "token": CANARY},
    {"type": "proxmox", "username": "mon@pve", "token_name": "lana", "token": CANARY},
]


async def create(client: httpx2.AsyncClient, **body: Any) -> dict[str, Any]:
    made = await client.post(URL, json={"name": "WindowsAdmin", **BODIES[0], **body})
    assert made.status_code == 201, made.text
    answer: dict[str, Any] = made.json()
    return answer


@pytest.mark.parametrize("body", BODIES, ids=lambda body: str(body["type"]))
async def test_every_type_goes_in_and_its_secrets_never_come_out(
    as_admin: httpx2.AsyncClient, program: Lanarium, body: dict[str, Any]
) -> None:
    made = await as_admin.post(URL, json={"name": "one", **body})
    assert made.status_code == 201, made.text
    secret = sorted(name for name, value in body.items() if value == CANARY)
    assert made.json()["secrets_set"] == secret
    listed = await as_admin.get(URL)
    for answer in (made, listed, await as_admin.get(f"{URL}/{made.json()['id']}")):
        assert CANARY not in answer.text
    assert listed.json()["total"] == 1
    async with program.engine.connect() as connection:
        row = (await connection.execute(sa.text("SELECT * FROM credential_profiles"))).one()
        audit = (await connection.execute(sa.text("SELECT detail::text FROM audit_events"))).scalars().all()
    assert CANARY not in repr(row) + repr(audit)
    assert CANARY.encode() not in row.encrypted_pass


async def test_the_secret_arrives_where_it_is_used(as_admin: httpx2.AsyncClient, program: Lanarium) -> None:
    odd = "p@ß'\"; $(id)\n\x00\u202e `|"
    made = await create(as_admin, password=odd)
    async with program.services.transactions() as work:
        profile = await work.credential_profiles.get(made["id"])
        assert profile
        opened = program.services.monitoring.credentials.opened(profile)
    assert opened.secret() == odd
    assert odd not in repr(opened)


async def test_a_put_keeps_the_secret_that_it_leaves_out(as_admin: httpx2.AsyncClient, program: Lanarium) -> None:
    made = await create(as_admin)
    changed = await as_admin.put(
        f"{URL}/{made['id']}", json={"name": "Renamed", "type": "winrm", "username": "svc", "domain": "CORP"}
    )
    assert changed.status_code == 200, changed.text
    assert changed.json()["name"] == "Renamed"
    assert changed.json()["version"] == made["version"] + 1
    async with program.services.transactions() as work:
        profile = await work.credential_profiles.get(made["id"])
        assert profile
        assert program.services.monitoring.credentials.opened(profile).secret() == CANARY


@pytest.mark.parametrize(
    "change", [{"port": 15985}, {"use_ssl": True}, {"transport": "kerberos"}, {"verify_certificate": False}]
)
async def test_another_place_needs_the_secret_again(as_admin: httpx2.AsyncClient, change: dict[str, Any]) -> None:
    made = await create(as_admin)
    body = {"name": "WindowsAdmin", "type": "winrm", "username": "CORP\\svc", "domain": "CORP", **change}
    refused = await as_admin.put(f"{URL}/{made['id']}", json=body)
    assert refused.status_code == 422
    assert refused.json()["code"] == "secret_needed_again"
    given = await as_admin.put(f"{URL}/{made['id']}", json={**body, "password": "again"})
    assert given.status_code == 200, given.text


async def test_an_older_version_is_a_conflict(as_admin: httpx2.AsyncClient) -> None:
    made = await create(as_admin)
    body = {"name": "A", **BODIES[0], "version": made["version"]}
    assert (await as_admin.put(f"{URL}/{made['id']}", json=body)).status_code == 200
    late = await as_admin.put(f"{URL}/{made['id']}", json=body)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")


async def test_names_are_taken_once(as_admin: httpx2.AsyncClient) -> None:
    await create(as_admin)
    again = await as_admin.post(URL, json={**BODIES[2], "name": "windowsADMIN"})
    assert (again.status_code, again.json()["code"]) == (409, "credential_profile_name_taken")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "winrm", "username": "u"}, "password"),
        ({"type": "snmp_v2c"}, "community"),
        ({"type": "snmp_v3", "username": "u", "auth_key": "longenough"}, "priv_key"),
        ({"type": "proxmox", "username": "u"}, "password"),
    ],
)
async def test_a_missing_secret_is_named(as_admin: httpx2.AsyncClient, body: dict[str, Any], field: str) -> None:
    refused = await as_admin.post(URL, json={"name": "x", **body})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


async def test_only_admins_write_and_viewers_see_nothing(
    as_operator: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient
) -> None:
    assert (await as_viewer.get(URL)).status_code == 403
    assert (await as_operator.get(URL)).status_code == 200
    assert (await as_operator.post(URL, json={"name": "x", **BODIES[0]})).status_code == 403


async def test_deleting_what_is_used_names_who_uses_it(as_admin: httpx2.AsyncClient, program: Lanarium) -> None:
    made = await create(as_admin)
    values = {"id": made["id"]}
    async with program.engine.begin() as connection:
        await connection.execute(
            sa.text(
                "INSERT INTO discovery_profiles (site_id, name, credential_profile_id, subnet)"
                " SELECT id, 'Office', :id, '10.80.0.0/24' FROM sites WHERE is_default"
            ),
            values,
        )
    blocked = await as_admin.delete(f"{URL}/{made['id']}")
    assert blocked.status_code == 400
    assert blocked.json()["detail"] == "Credential Profile in use by 1 discovery profile(s)"
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("DELETE FROM discovery_profiles"))
    assert (await as_admin.delete(f"{URL}/{made['id']}")).status_code == 204
    gone = await as_admin.get(f"{URL}/{made['id']}")
    assert (gone.status_code, gone.json()["detail"]) == (404, "Credential Profile not found")


async def test_a_box_moved_to_another_row_does_not_open(as_admin: httpx2.AsyncClient, program: Lanarium) -> None:
    one, two = await create(as_admin), await create(as_admin, name="Other", password="other")
    move = (
        "UPDATE credential_profiles b SET encrypted_pass = a.encrypted_pass"
        " FROM credential_profiles a WHERE a.id = :a AND b.id = :b"
    )
    async with program.engine.begin() as connection:
        await connection.execute(sa.text(move), {"a": one["id"], "b": two["id"]})
    async with program.services.transactions() as work:
        profile = await work.credential_profiles.get(two["id"])
        assert profile
        with pytest.raises(Exception, match="another row"):
            program.services.monitoring.credentials.opened(profile)


async def test_keys_are_rotated_while_the_program_runs(as_admin: httpx2.AsyncClient, program: Lanarium) -> None:
    made = [await create(as_admin, name=f"n{number}", password=f"secret {number}") for number in range(5)]
    vault = FileVault(program.settings.vault_dir)
    ring = KeyRing(program.engine, program.services.transactions, vault, CredentialService(vault))
    done, key_id, gone = await _rotate(ring, forget_old=True)
    assert (done, len(gone)) == (5, 1)
    async with program.services.transactions() as work:
        for number, profile in enumerate(made):
            found = await work.credential_profiles.get(profile["id"])
            assert found
            assert found.box.key_id == key_id
            assert program.services.monitoring.credentials.opened(found).secret() == f"secret {number}"


async def test_each_type_says_what_it_asks_for(as_admin: httpx2.AsyncClient) -> None:
    """Forms are drawn from it: every field that a body may have is there, and which of them are secret."""
    types = {item["type"]: item for item in (await as_admin.get(f"{URL}/types")).json()["items"]}
    assert list(types) == [body["type"] for body in BODIES]
    for body in BODIES:
        found = types[body["type"]]
        fields = set(found["options_schema"]["properties"])
        assert body.keys() - {"type"} <= fields
        assert {name for name, value in body.items() if value == CANARY} <= set(found["secrets"]) <= fields
        assert not fields & {"type", "name", "site_id", "version"}
    assert "http" in types["http_basic"]["collectors"]
