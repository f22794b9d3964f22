"""Plugins and monitors over the API: the document's steps 4 and 5, and every deletion rule of its section 12."""

from typing import Any

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium

API = "/api/v1"
WINRM = {"name": "WindowsAdmin", "type": "winrm", "username": "svc", "password": "lighthouse-7"}


@pytest.fixture(autouse=True)
async def _built_in(program: Lanarium) -> None:
    async with program.services.transactions() as work:
        await program.services.monitoring.plugins.ensure_built_in(work)
        await work.commit()


async def made(client: httpx2.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(f"{API}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def device(client: httpx2.AsyncClient, address: str = "10.80.0.7") -> dict[str, Any]:
    return await made(client, "devices", {"name": "web", "address": address})


async def tcp_plugin(client: httpx2.AsyncClient, **config: Any) -> dict[str, Any]:
    return await made(client, "plugins", {"name": "Web port", "type": "tcp", "config": config or {"port": 8080}})


async def monitor(client: httpx2.AsyncClient, **more: Any) -> dict[str, Any]:
    plugin_id = more.pop("plugin_id", None) or (await tcp_plugin(client))["id"]
    if "device_id" not in more and "address" not in more:
        more["device_id"] = (await device(client))["id"]
    return await made(client, "monitors", {"plugin_id": plugin_id, **more})


async def test_every_collector_has_its_built_in_plugin(as_viewer: httpx2.AsyncClient) -> None:
    listed = (await as_viewer.get(f"{API}/plugins")).json()
    built_in = {item["type"] for item in listed["items"] if item["built_in"]}
    collectors = {
        item["name"]
        for item in (await as_viewer.get(f"{API}/extensions")).json()["items"]
        if item["kind"] == "collector"
    }
    assert built_in == collectors != set()


async def test_a_plugin_is_made_changed_and_deleted(as_admin: httpx2.AsyncClient) -> None:
    plugin = await tcp_plugin(as_admin, port=8443)
    assert plugin["config"] == {"port": 8443, "allow_public": False, "timeout_s": None}
    url = f"{API}/plugins/{plugin['id']}"
    changed = await as_admin.put(url, json={"name": "Other", "type": "tcp", "config": {"port": 25}})
    assert (changed.json()["name"], changed.json()["config"]["port"]) == ("Other", 25)
    assert (await as_admin.delete(url)).status_code == 204
    gone = await as_admin.get(url)
    assert (gone.status_code, gone.json()["detail"]) == (404, "Plugin not found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "nobody"}, "type"),
        ({"type": "tcp", "config": {"port": 0}}, "config.port"),
        ({"type": "tcp", "config": {"port": "80"}}, "config.port"),
        ({"type": "tcp", "config": {"command": "id"}}, "config.command"),
    ],
)
async def test_a_wrong_configuration_is_named(
    as_admin: httpx2.AsyncClient, body: dict[str, Any], field: str
) -> None:
    refused = await as_admin.post(f"{API}/plugins", json={"name": "x", **body})
    assert refused.status_code == 422, refused.text
    assert refused.json()["errors"][0]["field"] == field


async def test_a_monitor_is_provisioned(as_operator: httpx2.AsyncClient, as_admin: httpx2.AsyncClient) -> None:
    plugin, on = await tcp_plugin(as_admin), await device(as_admin)
    body = {"device_id": on["id"], "plugin_id": plugin["id"], "polling_interval": 30, "tags": ["web"]}
    found = await made(as_operator, "monitors", body)
    assert found["enabled"] is True
    assert (found["state"], found["polling_interval"], found["name"]) == ("pending", 30, "web")
    assert (found["address"], found["type"], found["tags"]) == ("10.80.0.7", "tcp", ["web"])
    listed = (await as_operator.get(f"{API}/monitors", params={"tag": "WEB", "state": "pending"})).json()
    assert [item["id"] for item in listed["items"]] == [found["id"]]


async def test_the_documents_word_interval_is_understood(as_admin: httpx2.AsyncClient) -> None:
    assert (await monitor(as_admin, interval=15))["polling_interval"] == 15


async def test_a_monitor_needs_no_device(as_admin: httpx2.AsyncClient) -> None:
    found = await monitor(as_admin, address="status.example", name="Status page")
    assert (found["device_id"], found["address"], found["name"]) == (None, "status.example", "Status page")


@pytest.mark.parametrize(
    ("missing", "detail"),
    [
        ({"device_id": 999, "credential_profile_id": 999, "plugin_id": 999}, "Device not found"),
        ({"credential_profile_id": 999, "plugin_id": 999}, "Credential Profile not found"),
        ({"plugin_id": 999}, "Plugin not found"),
    ],
)
async def test_what_is_not_there_is_named_in_the_documents_order(
    as_admin: httpx2.AsyncClient, missing: dict[str, int], detail: str
) -> None:
    on, plugin = await device(as_admin), await tcp_plugin(as_admin)
    answer = await as_admin.post(
        f"{API}/monitors", json={"device_id": on["id"], "plugin_id": plugin["id"], **missing}
    )
    assert (answer.status_code, answer.json()["detail"]) == (404, detail)


async def test_a_credential_that_the_collector_cannot_use_is_refused(as_admin: httpx2.AsyncClient) -> None:
    profile = await made(as_admin, "credential-profiles", WINRM)
    plugin, on = await tcp_plugin(as_admin), await device(as_admin)
    body = {"device_id": on["id"], "plugin_id": plugin["id"], "credential_profile_id": profile["id"]}
    refused = await as_admin.post(f"{API}/monitors", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "credential_type_wrong")


async def test_a_monitor_is_replaced_and_an_older_version_is_a_conflict(as_admin: httpx2.AsyncClient) -> None:
    found = await monitor(as_admin)
    body = {"plugin_id": found["plugin_id"], "device_id": found["device_id"], "name": "New", "version": 1}
    url = f"{API}/monitors/{found['id']}"
    changed = await as_admin.put(url, json={**body, "config": {"port": 81}})
    assert (changed.json()["name"], changed.json()["version"], changed.json()["config"]) == (
        "New",
        2,
        {"port": 81},
    )
    late = await as_admin.put(url, json=body)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")


async def test_many_are_paused_together_or_none(as_admin: httpx2.AsyncClient) -> None:
    plugin = (await tcp_plugin(as_admin))["id"]
    ids = [(await monitor(as_admin, address=f"h{n}", plugin_id=plugin))["id"] for n in range(3)]
    wrong = await as_admin.post(f"{API}/monitors/bulk", json={"ids": [*ids, 999], "enabled": False})
    assert wrong.status_code == 404
    assert (await as_admin.get(f"{API}/monitors", params={"enabled": True})).json()["total"] == 3
    done = await as_admin.post(f"{API}/monitors/bulk", json={"ids": ids, "enabled": False, "polling_interval": 5})
    assert done.json() == {"changed": 3}
    listed = (await as_admin.get(f"{API}/monitors")).json()["items"]
    assert {(item["enabled"], item["polling_interval"]) for item in listed} == {(False, 5)}


class TestDeletionRules:
    """Section 12 of the NMSlite document, with its texts."""

    async def test_a_credential_profile_that_monitors_use_stays(
        self, as_admin: httpx2.AsyncClient, program: Lanarium
    ) -> None:
        profile, found = await made(as_admin, "credential-profiles", WINRM), await monitor(as_admin)
        other = await monitor(as_admin, address="other", plugin_id=found["plugin_id"])
        async with program.engine.begin() as connection:
            use = "UPDATE monitors SET credential_profile_id = :profile"
            await connection.execute(sa.text(use), {"profile": profile["id"]})
        blocked = await as_admin.delete(f"{API}/credential-profiles/{profile['id']}")
        assert (blocked.status_code, blocked.json()["detail"]) == (
            400,
            "Credential Profile in use by 2 monitor(s)",
        )
        for item in (found, other):
            assert (await as_admin.delete(f"{API}/monitors/{item['id']}")).status_code == 204
        assert (await as_admin.delete(f"{API}/credential-profiles/{profile['id']}")).status_code == 204

    async def test_a_device_that_a_monitor_watches_stays(self, as_admin: httpx2.AsyncClient) -> None:
        found = await monitor(as_admin)
        blocked = await as_admin.delete(f"{API}/devices/{found['device_id']}")
        assert (blocked.status_code, blocked.json()["detail"]) == (400, "Device in use by 1 monitor(s)")
        assert blocked.json()["errors"][0]["params"]["count"] == 1
        await as_admin.delete(f"{API}/monitors/{found['id']}")
        assert (await as_admin.delete(f"{API}/devices/{found['device_id']}")).status_code == 204

    async def test_a_plugin_that_a_monitor_uses_stays(self, as_admin: httpx2.AsyncClient) -> None:
        found = await monitor(as_admin)
        blocked = await as_admin.delete(f"{API}/plugins/{found['plugin_id']}")
        assert (blocked.status_code, blocked.json()["detail"]) == (400, "Plugin in use by 1 monitor(s)")

    async def test_a_monitor_always_goes_and_takes_its_metrics_along(
        self, as_admin: httpx2.AsyncClient, program: Lanarium
    ) -> None:
        found, other = await monitor(as_admin), await monitor(as_admin, address="other", plugin_id=1)
        async with program.engine.begin() as connection:
            await connection.execute(
                sa.text("CREATE TABLE IF NOT EXISTS metrics_all PARTITION OF metrics DEFAULT")
            )
            rows = [{"id": found["id"]}, {"id": other["id"]}]
            await connection.execute(
                sa.text("INSERT INTO metrics (monitor_id, timestamp, up) VALUES (:id, now(), true)"), rows
            )
        assert (await as_admin.delete(f"{API}/monitors/{found['id']}")).status_code == 204
        async with program.engine.connect() as connection:
            left = (await connection.execute(sa.text("SELECT monitor_id FROM metrics"))).scalars().all()
        assert left == [other["id"]]

    async def test_a_built_in_plugin_stays(self, as_admin: httpx2.AsyncClient) -> None:
        listed = (await as_admin.get(f"{API}/plugins")).json()["items"]
        refused = await as_admin.delete(f"{API}/plugins/{listed[0]['id']}")
        assert (refused.status_code, refused.json()["code"]) == (409, "plugin_built_in")


async def test_monitors_are_counted_by_state_collector_network_and_tag(as_admin: httpx2.AsyncClient) -> None:
    network = await made(as_admin, "networks", {"cidr": "10.80.0.0/24", "name": "Lab", "scan_allowed": True})
    inside = await monitor(as_admin, tags=["web"])
    plugin = {"plugin_id": inside["plugin_id"]}
    await monitor(as_admin, **plugin, address="10.80.0.77", enabled=False)
    await monitor(as_admin, **plugin, address="10.81.0.77")
    await monitor(as_admin, **plugin, address="999.80.0.7")
    found = (await as_admin.get(f"{API}/monitors/facets")).json()
    assert {each["value"]: each["count"] for each in found["state"]} == {"pending": 3, "paused": 1}
    assert [(each["value"], each["count"]) for each in found["type"]] == [("tcp", 4)]
    assert [(each["value"], each["count"]) for each in found["tag"]] == [("web", 1)]
    place = {"value": str(network["id"]), "label": "Lab", "count": 2}
    assert found["network"] == [place]
    narrowed = (await as_admin.get(f"{API}/monitors", params={"network": network["id"]})).json()
    assert {item["address"] for item in narrowed["items"]} == {"10.80.0.7", "10.80.0.77"}
    narrowed = {"network": 1, "tag": "none", "q": "x", "state": "up"}
    assert (await as_admin.get(f"{API}/monitors/facets", params=narrowed)).json()["state"] == []
    paused = (await as_admin.get(f"{API}/monitors/facets", params={"state": "paused"})).json()
    assert [each["count"] for each in paused["network"]] == [1]
