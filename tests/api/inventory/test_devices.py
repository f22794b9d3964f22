"""Devices over HTTP: lists, filters, one device, and what people fix."""

import httpx2
import pytest

from tests.api.inventory.conftest import PHONE, PRINTER, SERVER, Observe, said

Client = httpx2.AsyncClient


@pytest.fixture
async def devices(observe: Observe) -> dict[str, int]:
    seen = await observe(PRINTER, SERVER, PHONE)
    by_address = {item.address: item.device_id for item in seen}
    return {"printer": by_address["10.0.4.20"], "server": by_address["10.0.4.10"], "phone": by_address["10.0.5.9"]}


async def names(client: Client, query: str = "") -> list[str]:
    answer = await client.get(f"/api/v1/devices?{query}")
    assert answer.status_code == 200, answer.text
    return [item["name"] for item in answer.json()["items"]]


async def test_list_shows_what_was_said(as_viewer: Client, devices: dict[str, int]) -> None:
    body = (await as_viewer.get("/api/v1/devices")).json()
    assert body["total"] == 3
    assert body["next"] is None
    printer = next(item for item in body["items"] if item["name"] == "printer.lan")
    assert printer["type"] == "printer"
    assert printer["vendor"] == "Brother industries, LTD."
    assert printer["primary_address"] == "10.0.4.20"
    assert printer["mac"] == "00:1b:a9:00:00:14"
    assert printer["ports_open"] == 2
    assert [item["port"] for item in printer["ports"]] == sorted(item["port"] for item in printer["ports"])
    assert len(printer["ports"]) == 2
    assert printer["status"] == "up"
    assert printer["sources"] == ["nmap"]
    assert printer["first_seen"] == "2026-03-01T12:00:00.000000Z"


FILTERS: tuple[tuple[str, list[str]], ...] = (
    ("q=printer", ["printer.lan"]),
    ("q=PRINTER.lan", ["printer.lan"]),
    ("q=10.0.4.10", ["web.lan"]),
    ("q=10.0.4.0/24", ["printer.lan", "web.lan"]),
    ("q=001ba9", ["printer.lan"]),
    ("q=00-1B-A9-00-00-14", ["printer.lan"]),
    ("q=001b.a900.0014", ["printer.lan"]),
    ("q=a9:00:00:14", ["printer.lan"]),
    ("q=brother", ["printer.lan"]),
    ("q=port:22", ["web.lan"]),
    ("q=port:22 linux", ["web.lan"]),
    ("q=port:22 printer", []),
    ("q=100%25", []),
    ("type=printer&type=phone", ["annas-iphone.lan", "printer.lan"]),
    ("port=80", ["web.lan"]),
    ("service=ipp", ["printer.lan"]),
    ("os=Linux 6.1", ["web.lan"]),
    ("source=nmap", ["annas-iphone.lan", "printer.lan", "web.lan"]),
    ("source=person", []),
    ("has_open_ports=false", ["annas-iphone.lan"]),
    ("seen_since=2026-03-01T12:00:30Z", ["annas-iphone.lan", "web.lan"]),
    ("sort=-address", ["annas-iphone.lan", "printer.lan", "web.lan"]),
    ("sort=-ports", ["printer.lan", "web.lan", "annas-iphone.lan"]),
    ("sort=first_seen&limit=1", ["printer.lan"]),
    ("site_id=99", []),
)


async def test_filters(as_viewer: Client, devices: dict[str, int]) -> None:
    found = {query: await names(as_viewer, query) for query, _ in FILTERS}
    assert found == dict(FILTERS)


async def test_network_filter(as_admin: Client, devices: dict[str, int]) -> None:
    made = await as_admin.post("/api/v1/networks", json={"cidr": "10.0.5.0/24", "name": "Guests"})
    assert await names(as_admin, f"network={made.json()['id']}") == ["annas-iphone.lan"]


async def test_pages_do_not_overlap(as_viewer: Client, devices: dict[str, int]) -> None:
    first = (await as_viewer.get("/api/v1/devices?limit=2&sort=type")).json()
    second = (await as_viewer.get(f"/api/v1/devices?limit=2&sort=type&cursor={first['next']}")).json()
    seen = [item["id"] for item in first["items"] + second["items"]]
    assert sorted(seen) == sorted(devices.values())
    assert second["next"] is None


async def test_unknown_sort_names_what_is_allowed(as_viewer: Client) -> None:
    answer = await as_viewer.get("/api/v1/devices?sort=colour")
    assert answer.status_code == 422
    assert answer.json()["code"] == "sort_unknown"
    assert "last_seen" in answer.json()["errors"][0]["params"]["allowed"]


async def test_facets_count_what_fits(as_viewer: Client, devices: dict[str, int]) -> None:
    body = (await as_viewer.get("/api/v1/devices/facets?q=10.0.4.0/24")).json()
    assert {"value": "printer", "count": 1} in body["type"]
    assert {"value": "22", "count": 1} in body["port"]
    assert body["source"] == [{"value": "nmap", "count": 2}]
    assert body["tag"] == []


async def test_one_device_says_where_each_fact_comes_from(as_viewer: Client, devices: dict[str, int]) -> None:
    body = (await as_viewer.get(f"/api/v1/devices/{devices['server']}")).json()
    assert body["facts"]["os"]["value"] == "Linux 6.1"
    assert body["facts"]["os"]["confidence"] == 96
    assert body["facts"]["hostname"]["source"] == "nmap"
    assert {a["kind"] for a in body["addresses"]} == {"ipv4", "mac", "name"}


async def test_ports_and_evidence(as_viewer: Client, devices: dict[str, int]) -> None:
    ports = (await as_viewer.get(f"/api/v1/devices/{devices['server']}/ports")).json()
    assert [(p["port"], p["service"]) for p in ports["items"]] == [(22, "ssh"), (80, "http")]
    assert ports["items"][0]["scripts"] == [{"name": "ssh-hostkey", "output": "256 aa (ED25519)"}]
    evidence = (await as_viewer.get(f"/api/v1/devices/{devices['server']}/observations")).json()
    assert evidence["total"] == 1
    assert evidence["items"][0]["facts"]["os"]["name"] == "Linux 6.1"


async def test_no_such_device(as_viewer: Client) -> None:
    for path in ("", "/ports", "/observations"):
        answer = await as_viewer.get(f"/api/v1/devices/4711{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "device_not_found")


async def test_what_a_person_fixed_wins_until_it_is_let_go(
    as_operator: Client, observe: Observe, devices: dict[str, int]
) -> None:
    url = f"/api/v1/devices/{devices['printer']}"
    changed = await as_operator.patch(
        url, json={"name": "Front desk", "vendor": "Ours", "tags": ["desk", "Paper"]}
    )
    assert changed.status_code == 200, changed.text
    await observe(said("10.0.4.20", "00:1b:a9:00:00:14", minute=60, vendor="Theirs"))
    body = (await as_operator.get(url)).json()
    assert (body["name"], body["vendor"], body["tags"]) == ("Front desk", "Ours", ["desk", "Paper"])
    fact = body["facts"]["vendor"]
    assert (fact["pinned"], fact["pinned_by"], fact["value"]) == (True, "otto", "Ours")
    assert {"Theirs", "Brother industries, LTD."} <= {item["value"] for item in fact["losing"]}
    await as_operator.patch(url, json={"name": None, "vendor": None})
    body = (await as_operator.get(url)).json()
    assert (body["name"], body["vendor"]) == ("printer.lan", "Theirs")
    assert body["version"] == 3


async def test_two_people_edit_at_the_same_time(as_operator: Client, devices: dict[str, int]) -> None:
    url = f"/api/v1/devices/{devices['printer']}"
    await as_operator.patch(url, json={"notes": "mine", "version": 1})
    late = await as_operator.patch(url, json={"notes": "theirs", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "device_changed")
    assert (await as_operator.get(url)).json()["notes"] == "mine"


async def test_unknown_type_is_refused(as_operator: Client, devices: dict[str, int]) -> None:
    answer = await as_operator.patch(f"/api/v1/devices/{devices['phone']}", json={"type": "toaster"})
    assert (answer.status_code, answer.json()["code"]) == (422, "type_unknown")


async def test_device_by_hand(as_operator: Client, observe: Observe) -> None:
    body = {
        "name": "Patch panel",
        "addresses": ["10.0.9.1", "fd00::9"],
        "mac": "00-1B-21-00-00-09",
        "type": "switch",
        "notes": "rack 2",
        "tags": ["rack"],
    }
    made = await as_operator.post("/api/v1/devices", json=body)
    assert made.status_code == 201, made.text
    device = made.json()
    assert (device["manual"], device["status"], device["type"]) == (True, "unknown", "switch")
    seen = await observe(said("10.0.9.1", "00:1b:21:00:00:09", minute=900_000, hostnames=()))
    assert [(s.device_id, s.created) for s in seen] == [(device["id"], False)]
    body = (await as_operator.get(f"/api/v1/devices/{device['id']}")).json()
    assert (body["name"], body["status"]) == ("Patch panel", "up")


async def test_device_by_hand_without_any_address(as_operator: Client) -> None:
    made = await as_operator.post("/api/v1/devices", json={"name": "UPS in the cellar"})
    assert made.status_code == 201
    assert made.json()["primary_address"] is None


async def test_address_that_another_device_holds(as_operator: Client, devices: dict[str, int]) -> None:
    answer = await as_operator.post("/api/v1/devices", json={"name": "Twin", "addresses": ["10.0.4.20"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "address_in_use")
    assert answer.json()["errors"][0]["params"]["device_id"] == devices["printer"]


BAD = (
    ({"name": ""}, "name"),
    ({"name": "x", "addresses": ["300.1.1.1"]}, "addresses.0"),
    ({"name": "x", "addresses": ["127.1"]}, "addresses.0"),
    ({"name": "x", "mac": "zz"}, "mac"),
    ({"name": "x", "mac": "ff:ff:ff:ff:ff:ff"}, "mac"),
    ({"name": "x", "type": "toaster"}, "type"),
    ({"name": "x\u0000"}, "name"),
    ({"name": "x", "tags": ["a,b"]}, "tags.0"),
    ({"name": "x", "role": "admin"}, "role"),
)


async def test_bad_devices_are_refused_with_the_field(as_operator: Client) -> None:
    for body, field in BAD:
        answer = await as_operator.post("/api/v1/devices", json=body)
        assert answer.status_code == 422
        assert [e["field"] for e in answer.json()["errors"]] == [field], body


async def test_delete_keeps_evidence_and_comes_back_as_new(
    as_operator: Client, observe: Observe, devices: dict[str, int]
) -> None:
    assert (await as_operator.delete(f"/api/v1/devices/{devices['printer']}")).status_code == 204
    assert (await as_operator.get(f"/api/v1/devices/{devices['printer']}")).status_code == 404
    seen = await observe(said("10.0.4.20", "00:1b:a9:00:00:14", minute=5))
    assert seen[0].created
    assert seen[0].device_id != devices["printer"]


async def test_everything_written_is_in_the_audit_log(
    as_admin: Client, as_operator: Client, devices: dict[str, int]
) -> None:
    await as_operator.post("/api/v1/devices", json={"name": "By hand"})
    await as_operator.patch(f"/api/v1/devices/{devices['phone']}", json={"notes": "hers"})
    await as_operator.delete(f"/api/v1/devices/{devices['server']}")
    events = (await as_admin.get("/api/v1/audit-events?entity=device")).json()["items"]
    assert [e["action"] for e in events] == ["delete", "update", "create"]
    assert {e["actor"] for e in events} == {"otto"}


async def test_viewers_change_nothing(as_viewer: Client, devices: dict[str, int]) -> None:
    url = f"/api/v1/devices/{devices['phone']}"
    assert (await as_viewer.patch(url, json={"name": "x"})).status_code == 403
    assert (await as_viewer.delete(url)).status_code == 403
    assert (await as_viewer.post("/api/v1/devices", json={"name": "x"})).status_code == 403


async def test_what_no_database_could_hold_is_refused_in_every_filter(as_viewer: Client) -> None:
    for name in ("vendor", "tag", "type", "os", "service", "source", "q"):
        for path in ("/api/v1/devices", "/api/v1/devices/facets"):
            answer = await as_viewer.get(path, params={name: "a\0b"})
            assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "control_characters"), name
