"""The overview, the search of the palette, tags, and the table for spreadsheets."""

import csv
import io
from dataclasses import replace

import httpx2

from backend.domain.inventory.observation import PortFact
from tests.api.inventory.conftest import PHONE, PRINTER, SERVER, Observe

Client = httpx2.AsyncClient


async def test_overview_of_nothing(as_viewer: Client) -> None:
    body = (await as_viewer.get("/api/v1/overview")).json()
    assert body["needs_setup"] is True
    assert body["devices"] == {"total": 0, "up": 0, "new_24h": 0, "inbox": 0, "named": 0, "by_type": []}
    assert body["scans"] == {"running": [], "recent": []}
    assert (await as_viewer.get("/api/dashboard")).json() == body


async def test_overview_of_a_network(as_admin: Client, observe: Observe) -> None:
    behind_tls = (PortFact("tcp", 443, service="http", tunnel="ssl", confidence=10),)
    await observe(PRINTER, SERVER, replace(PHONE, facts=replace(PHONE.facts, ports=behind_tls)))
    await as_admin.post("/api/v1/networks", json={"cidr": "10.0.4.0/24", "scan_allowed": True})
    body = (await as_admin.get("/api/v1/overview")).json()
    assert body["needs_setup"] is False
    assert (body["devices"]["total"], body["devices"]["up"]) == (3, 3)
    assert {"type": "printer", "count": 1} in body["devices"]["by_type"]
    assert body["ports"]["open"] == 5
    assert {"port": 22, "service": "ssh", "count": 1} in body["ports"]["top"]
    assert {"port": 443, "service": "https", "count": 1} in body["ports"]["top"]
    coverage = body["networks"]["coverage"]
    assert [(c["cidr"], c["addresses"], c["devices"]) for c in coverage] == [("10.0.4.0/24", 256, 2)]
    assert len(body["recent_devices"]) == 3


async def finds(client: Client, query: str) -> list[tuple[str, str]]:
    body = (await client.get("/api/v1/search", params={"q": query})).json()
    return [(item["kind"], item["title"]) for item in body["items"]]


async def test_search_finds_everything_by_its_name(as_admin: Client, observe: Observe) -> None:
    await observe(PRINTER, SERVER)
    await as_admin.post("/api/v1/networks", json={"cidr": "10.0.4.0/24", "name": "Office"})
    assert await finds(as_admin, "printer") == [("device", "printer.lan")]
    assert ("address", "10.0.4.10") in await finds(as_admin, "10.0.4.10")
    assert ("address", "00:1b:a9:00:00:14") in await finds(as_admin, "a9-00-00-14")
    assert ("port", "22/tcp") in await finds(as_admin, "port:22")
    assert await finds(as_admin, "office") == [("network", "Office")]
    assert await finds(as_admin, "general") == [("project", "General")]
    assert await finds(as_admin, "") == []
    assert await finds(as_admin, "%") == []


async def test_tags(as_operator: Client, observe: Observe) -> None:
    seen = await observe(PRINTER, SERVER)
    for item in seen:
        await as_operator.patch(f"/api/v1/devices/{item.device_id}", json={"tags": ["Floor 2"]})
    url = f"/api/v1/devices/{seen[0].device_id}"
    await as_operator.patch(url, json={"tags": ["floor 2", "old"]})
    tags = (await as_operator.get("/api/v1/tags")).json()["items"]
    assert [(t["name"], t["count"]) for t in tags] == [("Floor 2", 2), ("old", 1)]
    await as_operator.patch(url, json={"tags": []})
    assert [t["name"] for t in (await as_operator.get("/api/v1/tags")).json()["items"]] == ["Floor 2"]
    found = (await as_operator.get("/api/v1/devices?tag=FLOOR 2")).json()["items"]
    assert [d["id"] for d in found] == [seen[1].device_id]


async def test_table(as_viewer: Client, observe: Observe) -> None:
    await observe(PRINTER, SERVER)
    answer = await as_viewer.get("/api/v1/devices/export.csv?type=printer")
    assert answer.headers["content-disposition"] == 'attachment; filename="devices.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(r["name"], r["primary_address"], r["mac"]) for r in rows] == [
        ("printer.lan", "10.0.4.20", "00:1b:a9:00:00:14")
    ]
