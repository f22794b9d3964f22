"""From discovered to monitored: what open ports suggest, accepted, put aside, or accepted by a rule."""

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from backend.domain.inventory.observation import Facts, Observation, PortFact
from backend.domain.monitoring.rules import Provisioning
from tests.people import add_person, client_of

Client = httpx2.AsyncClient
API = "/api/v1"
URL = f"{API}/monitor-suggestions"


def web(port: int, **more: Any) -> PortFact:
    return PortFact("tcp", port, "open", **more)


async def see(program: Lanarium, address: str, *ports: PortFact) -> int:
    """A device with these open ports; answers its id."""
    runs = program.services.monitoring.profile_runs
    said = Observation(1, "nmap", address, None, datetime.now(UTC), Facts(ports=ports))
    async with program.services.transactions() as work:
        await program.services.monitoring.plugins.ensure_built_in(work)
        seen = await runs._hands.writer.observe(work, [said])
        await work.commit()
    return seen[0].device_id


async def suggested(client: Client, query: str = "") -> list[tuple[str, int]]:
    answer = await client.get(f"{URL}?sort=port{query}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == len(answer.json()["items"])
    return [(item["collector"], item["port"]) for item in answer.json()["items"]]


async def key_of(client: Client, collector: str) -> str:
    items = (await client.get(f"{URL}?collector={collector}")).json()["items"]
    return str(items[0]["key"])


async def accept(client: Client, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"{URL}/accept", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def login(client: Client, name: str = "Servers", **more: Any) -> int:
    body = {"name": name, "type": "winrm", "username": "svc", "password": "s3cret-word", **more}
    made = await client.post(f"{API}/credential-profiles", json=body)
    assert made.status_code == 201, made.text
    return int(made.json()["id"])


async def test_open_ports_suggest_what_watches_them(as_operator: Client, program: Lanarium) -> None:
    udp = (PortFact("udp", 53, "open"), PortFact("udp", 161, "open"))
    await see(program, "10.77.0.1", web(22), web(80), web(135), web(443), web(5985), web(5986), *udp)
    assert await suggested(as_operator) == [
        ("ssh", 22),
        ("dns", 53),
        ("snmp", 161),
        ("http", 443),
        ("tls", 443),
        ("windows", 5985),
    ]
    answer = (await as_operator.get(f"{URL}?collector=http")).json()["items"][0]
    assert answer["reason"] == {"code": "port_open", "params": {"protocol": "tcp", "port": 443}}
    assert (answer["config"], answer["credential_needed"], answer["address"]) == ({}, False, "10.77.0.1")
    assert answer["plugin_id"] is not None


async def test_what_listens_counts_more_than_its_number(as_operator: Client, program: Lanarium) -> None:
    strange = (
        web(443, service="ssh", confidence=10),
        web(2222, service="ssh", confidence=10),
        web(8081, service="http", confidence=10),
        web(9443, service="http", tunnel="ssl", confidence=10),
    )
    await see(program, "10.77.0.1", *strange)
    assert await suggested(as_operator) == [("ssh", 443), ("http", 8081), ("http", 9443), ("tls", 9443)]
    items = {item["port"]: item for item in (await as_operator.get(f"{URL}?collector=http")).json()["items"]}
    assert items[8081]["config"] == {"scheme": "http", "port": 8081}
    assert items[9443]["config"] == {"port": 9443}
    assert items[8081]["reason"]["code"] == "service_understood"


async def test_accepting_makes_the_monitor_and_the_plugin_once(as_operator: Client, program: Lanarium) -> None:
    one = await see(program, "10.77.0.1", web(8081, service="http", confidence=10))
    await see(program, "10.77.0.2", web(8081, service="http", confidence=10), web(443))
    made = await accept(as_operator, all={"collectors": ["http"]}, interval=30)
    assert (made["created"], made["skipped"], made["more"]) == (3, [], False)
    monitors = (await as_operator.get(f"{API}/monitors?device_id={one}")).json()["items"]
    assert [(item["plugin_name"], item["polling_interval"]) for item in monitors] == [("http 8081", 30)]
    plugins = (await as_operator.get(f"{API}/plugins?limit=500")).json()["items"]
    assert [item["name"] for item in plugins if item["type"] == "http"] == ["http", "http 8081"]
    assert await suggested(as_operator, "&collector=http") == []
    assert (await accept(as_operator, all={"collectors": ["http"]}))["created"] == 0


async def test_what_is_watched_by_hand_is_not_suggested(as_operator: Client, program: Lanarium) -> None:
    device = await see(program, "10.77.0.1", web(443), web(8443))
    plugins = (await as_operator.get(f"{API}/plugins?limit=500")).json()["items"]
    tls = next(item["id"] for item in plugins if item["type"] == "tls")
    http = next(item["id"] for item in plugins if item["type"] == "http")
    body = {"plugin_id": tls, "device_id": device, "config": {"port": 8443}}
    assert (await as_operator.post(f"{API}/monitors", json=body)).status_code == 201
    by_address = {"plugin_id": http, "address": "10.77.0.1"}
    assert (await as_operator.post(f"{API}/monitors", json=by_address)).status_code == 201
    assert await suggested(as_operator) == [("tls", 443), ("http", 8443)]


async def test_a_login_is_offered_and_needed(as_operator: Client, as_admin: Client, program: Lanarium) -> None:
    device = await see(program, "10.77.0.1", web(5985))
    key = await key_of(as_operator, "windows")
    bare = await accept(as_operator, keys=[key])
    assert (bare["created"], [item["code"] for item in bare["skipped"]]) == (0, ["credential_needed"])
    first = await login(as_admin)
    item = (await as_operator.get(f"{URL}?device_id={device}")).json()["items"][0]
    assert (item["credential_profile_id"], item["credential_types"]) == (first, ["winrm"])
    second = await login(as_admin, "Others")
    item = (await as_operator.get(f"{URL}?device_id={device}")).json()["items"][0]
    assert item["credential_profile_id"] is None
    made = await accept(as_operator, keys=[key, "4711-http-80"], credential_profile_ids={"winrm": second})
    assert made["created"] == 1
    assert [(item["key"], item["code"]) for item in made["skipped"]] == [("4711-http-80", "suggestion_gone")]
    monitor = (await as_operator.get(f"{API}/monitors/{made['monitor_ids'][0]}")).json()
    assert (monitor["credential_profile_id"], monitor["type"]) == (second, "windows")


async def test_put_aside_it_stays_aside_until_it_is_taken_back(as_operator: Client, program: Lanarium) -> None:
    await see(program, "10.77.0.1", web(22), web(443))
    keys = {"keys": [await key_of(as_operator, "tls")]}
    assert (await as_operator.post(f"{URL}/dismiss", json=keys)).json() == {"changed": 1}
    await see(program, "10.77.0.1", web(22), web(443))
    assert await suggested(as_operator) == [("ssh", 22), ("http", 443)]
    assert await suggested(as_operator, "&dismissed=true") == [("tls", 443)]
    assert (await as_operator.post(f"{URL}/restore", json=keys)).json() == {"changed": 1}
    assert ("tls", 443) in await suggested(as_operator)


@pytest.mark.parametrize("body", [{}, {"keys": ["1-http-80"], "all": {}}, {"keys": ["x"]}, {"keys": []}])
async def test_accepting_says_which(as_operator: Client, body: dict[str, Any]) -> None:
    assert (await as_operator.post(f"{URL}/accept", json=body)).status_code == 422


async def test_other_sites_are_not_seen(app: Any, program: Lanarium, as_admin: Client) -> None:
    await see(program, "10.77.0.1", web(443))
    async with program.engine.begin() as connection:
        insert = sa.text("INSERT INTO sites (name) VALUES ('Annex') RETURNING id")
        annex = int((await connection.execute(insert)).scalar_one())
    stranger = await add_person(program, "stranger", "operator", site_ids=frozenset({annex}))
    key = await key_of(as_admin, "http")
    async with client_of(app, stranger) as client:
        assert await suggested(client) == []
        assert (await accept(client, keys=[key]))["skipped"][0]["code"] == "suggestion_gone"
        assert (await client.post(f"{URL}/dismiss", json={"keys": [key]})).json() == {"changed": 0}
    assert ("http", 443) in await suggested(as_admin)


async def test_a_rule_accepts_by_itself_what_fits_its_network(
    as_operator: Client, as_admin: Client, program: Lanarium
) -> None:
    await see(program, "10.77.0.1", web(22), web(443), web(5985))
    await see(program, "10.78.0.1", web(443))
    body = {"cidr": "10.77.0.0/16", "name": "Lab", "scan_allowed": True}
    network = (await as_admin.post(f"{API}/networks", json=body)).json()["id"]
    servers = await login(as_admin)
    rule = {"name": "Web", "network_id": network, "collectors": ["http", "windows"], "interval": 120}
    made = await as_operator.post(f"{API}/provisioning-rules", json={**rule, "credential_profile_ids": [servers]})
    assert made.status_code == 201, made.text
    path = f"{API}/provisioning-rules/{made.json()['id']}"
    services = program.services
    loop = Provisioning(services.transactions, services.monitoring.suggestions, program.bus)
    for _ in range(2):
        await loop.look()
    monitors = (await as_operator.get(f"{API}/monitors?sort=type")).json()["items"]
    assert [(m["type"], m["polling_interval"], m["credential_profile_id"]) for m in monitors] == [
        ("http", 120, None),
        ("windows", 120, servers),
    ]
    assert {m["address"] for m in monitors} == {"10.77.0.1"}
    off = await as_operator.put(path, json={**rule, "collectors": [], "enabled": False})
    assert off.json()["credential_profile_ids"] == []
    await loop.look()
    assert (await as_operator.get(f"{API}/monitors")).json()["total"] == 2
    assert (await as_operator.get(f"{API}/provisioning-rules")).json()["items"] == [off.json()]
    assert (await as_operator.delete(path)).status_code == 204
    assert (await as_operator.get(f"{API}/monitors")).json()["total"] == 2
    actions = [
        e["action"] for e in (await as_admin.get(f"{API}/audit-events?entity=provisioning_rule")).json()["items"]
    ]
    assert actions == ["delete", "update", "apply", "create"]


async def test_a_rule_makes_no_monitor_again_that_a_person_deleted(
    as_operator: Client, as_admin: Client, program: Lanarium
) -> None:
    await see(program, "10.77.0.1", web(443))
    network = (await as_admin.post(f"{API}/networks", json={"cidr": "10.77.0.0/16", "name": "Lab"})).json()["id"]
    rule = {"name": "Web", "network_id": network, "collectors": ["http"]}
    assert (await as_operator.post(f"{API}/provisioning-rules", json=rule)).status_code == 201
    loop = Provisioning(program.services.transactions, program.services.monitoring.suggestions, program.bus)
    await loop.look()
    monitor = (await as_operator.get(f"{API}/monitors")).json()["items"][0]["id"]
    assert (await as_operator.delete(f"{API}/monitors/{monitor}")).status_code == 204
    await loop.look()
    assert (await as_operator.get(f"{API}/monitors")).json()["total"] == 0
    assert await suggested(as_operator, "&dismissed=true") == [("http", 443)]


async def test_a_login_that_goes_leaves_the_rules(
    as_operator: Client, as_admin: Client, program: Lanarium
) -> None:
    network = (await as_admin.post(f"{API}/networks", json={"cidr": "10.77.0.0/16", "name": "Lab"})).json()["id"]
    servers = await login(as_admin)
    rule = {"name": "Web", "network_id": network, "credential_profile_ids": [servers]}
    made = (await as_operator.post(f"{API}/provisioning-rules", json=rule)).json()
    assert (await as_admin.delete(f"{API}/credential-profiles/{servers}")).status_code == 204
    after = (await as_operator.get(f"{API}/provisioning-rules/{made['id']}")).json()
    assert after["credential_profile_ids"] == []
    refused = await as_operator.post(f"{API}/provisioning-rules", json={**rule, "name": "x"})
    assert (refused.status_code, refused.json()["code"]) == (404, "credential_profile_not_found")
