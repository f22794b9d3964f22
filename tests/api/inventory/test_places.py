"""Sites and networks over HTTP: the list of what may be scanned."""

import httpx2
import pytest

from backend.bootstrap import Lanarium
from backend.domain.inventory.proposals import HostNetworks, Interface, Neighbour, Route
from tests.api.inventory.conftest import PRINTER, Observe, said
from tests.people import add_person, client_of

Client = httpx2.AsyncClient

REFUSED = (
    ({"cidr": "10.0.0.1/24"}, "cidr", "cidr_host_bits"),
    ({"cidr": "10.0.0.0"}, "cidr", "cidr_host_bits"),
    ({"cidr": "300.1.1.0/24"}, "cidr", "cidr_invalid"),
    ({"cidr": "127.1"}, "cidr", "cidr_invalid"),
    ({"cidr": "-oN /etc/x"}, "cidr", "cidr_invalid"),
    ({"cidr": "127.0.0.0/8"}, "cidr", "network_forbidden"),
    ({"cidr": "169.254.0.0/16"}, "cidr", "network_forbidden"),
    ({"cidr": "224.0.0.0/4"}, "cidr", "network_forbidden"),
    ({"cidr": "fe80::/64"}, "cidr", "network_forbidden"),
    ({"cidr": "8.8.8.0/24", "scan_allowed": True}, "allow_public", "network_public"),
    ({"cidr": "0.0.0.0/0", "scan_allowed": True}, "allow_public", "network_public"),
    ({"cidr": "8.8.8.0/24", "scan_allowed": True, "allow_public": True}, "confirm_public", "confirmation_needed"),
    (
        {"cidr": "8.8.8.0/24", "scan_allowed": True, "allow_public": True, "confirm_public": "8.8.4.0/24"},
        "confirm_public",
        "confirmation_needed",
    ),
    ({"cidr": "10.0.0.0/24", "vlan": 4095}, "vlan", "less_than_equal"),
)


async def test_networks_that_cannot_be(as_admin: Client) -> None:
    for body, field, code in REFUSED:
        answer = await as_admin.post("/api/v1/networks", json=body)
        assert answer.status_code == 422, body
        assert [(e["field"], e["code"]) for e in answer.json()["errors"]] == [(field, code)], body
    assert (await as_admin.get("/api/v1/networks")).json()["total"] == 0


async def test_network_from_draft_to_confirmed(as_admin: Client, observe: Observe) -> None:
    await observe(PRINTER)
    made = await as_admin.post(
        "/api/v1/networks", json={"cidr": "10.0.4.0/22", "name": "Office", "tags": ["Main"]}
    )
    assert made.status_code == 201, made.text
    network = made.json()
    assert (network["scan_allowed"], network["confirmed_by"], network["device_count"]) == (False, None, 1)
    url = f"/api/v1/networks/{network['id']}"
    allowed = (await as_admin.patch(url, json={"scan_allowed": True, "vlan": 7})).json()
    assert (allowed["scan_allowed"], allowed["confirmed_by"], allowed["vlan"]) == (True, "ada", 7)
    assert allowed["confirmed_at"] is not None
    assert allowed["tags"] == ["Main"]
    again = await as_admin.post("/api/v1/networks", json={"cidr": "10.0.4.0/22"})
    assert (again.status_code, again.json()["code"]) == (409, "network_exists")
    forbidden = (await as_admin.patch(url, json={"scan_allowed": False, "vlan": None})).json()
    assert (forbidden["confirmed_by"], forbidden["vlan"]) == (None, None)
    assert (await as_admin.delete(url)).status_code == 204
    assert (await as_admin.get(url)).status_code == 404
    events = (await as_admin.get("/api/v1/audit-events?entity=network")).json()["items"]
    assert [e["action"] for e in events] == ["delete", "update", "update", "create"]


async def test_public_network_needs_its_name_typed(as_admin: Client) -> None:
    body = {"cidr": "8.8.8.0/24", "scan_allowed": True, "allow_public": True, "confirm_public": "8.8.8.0/24"}
    assert (await as_admin.post("/api/v1/networks", json=body)).status_code == 201
    draft = (await as_admin.post("/api/v1/networks", json={"cidr": "9.9.9.0/24"})).json()
    url = f"/api/v1/networks/{draft['id']}"
    assert (await as_admin.patch(url, json={"scan_allowed": True})).status_code == 422
    confirmed = {"scan_allowed": True, "allow_public": True, "confirm_public": "9.9.9.0/24"}
    assert (await as_admin.patch(url, json=confirmed)).status_code == 200


async def test_only_admins_decide(as_operator: Client, as_viewer: Client) -> None:
    for client in (as_operator, as_viewer):
        assert (await client.post("/api/v1/networks", json={"cidr": "10.0.0.0/24"})).status_code == 403
        assert (await client.post("/api/v1/sites", json={"name": "x"})).status_code == 403
        assert (await client.get("/api/v1/networks")).status_code == 200


async def test_sites(as_admin: Client, observe: Observe) -> None:
    made = (await as_admin.post("/api/v1/sites", json={"name": "Oslo"})).json()
    url = f"/api/v1/sites/{made['id']}"
    taken = await as_admin.post("/api/v1/sites", json={"name": "OSLO"})
    assert (taken.status_code, taken.json()["code"]) == (409, "site_name_taken")
    assert (await as_admin.patch(url, json={"description": "north"})).json()["description"] == "north"
    await observe(said("10.0.0.1", site_id=made["id"]))
    blocked = await as_admin.delete(url)
    assert (blocked.status_code, blocked.json()["code"]) == (400, "site_in_use")
    assert blocked.json()["errors"] == [
        {"field": "device", "code": "in_use_by", "params": {"count": 1, "kind": "device"}, "detail": ""}
    ]
    device = (await as_admin.get("/api/v1/devices")).json()["items"][0]
    await as_admin.delete(f"/api/v1/devices/{device['id']}")
    assert (await as_admin.delete(url)).status_code == 204
    # The default site has the project that every scan without one belongs to.
    assert (await as_admin.delete("/api/v1/sites/1")).status_code == 400


async def test_people_of_one_site_see_no_other(program: Lanarium, as_admin: Client, observe: Observe, app) -> None:  # type: ignore[no-untyped-def]
    oslo = (await as_admin.post("/api/v1/sites", json={"name": "Oslo"})).json()["id"]
    theirs = (await as_admin.post("/api/v1/networks", json={"cidr": "10.0.0.0/24"})).json()
    seen = await observe(said("10.0.0.1"), said("10.0.0.1", site_id=oslo))
    assert seen[0].device_id != seen[1].device_id
    limited = await add_person(program, "olga", "admin", site_ids=frozenset({oslo}))
    async with client_of(app, limited) as olga:
        devices = (await olga.get("/api/v1/devices")).json()
        assert [d["site_id"] for d in devices["items"]] == [oslo]
        assert (await olga.get("/api/v1/networks")).json()["total"] == 0
        assert [s["name"] for s in (await olga.get("/api/v1/sites")).json()["items"]] == ["Oslo"]
        hidden = next(s.device_id for s in seen if s.device_id != devices["items"][0]["id"])
        for call in (
            olga.get(f"/api/v1/devices/{hidden}"),
            olga.patch(f"/api/v1/devices/{hidden}", json={"name": "mine"}),
            olga.delete(f"/api/v1/devices/{hidden}"),
            olga.get(f"/api/v1/networks/{theirs['id']}"),
            olga.patch(f"/api/v1/networks/{theirs['id']}", json={"name": "mine"}),
            olga.delete(f"/api/v1/networks/{theirs['id']}"),
            olga.get("/api/v1/sites/1"),
            olga.post("/api/v1/networks", json={"cidr": "10.9.0.0/24", "site_id": 1}),
            olga.post("/api/v1/devices", json={"name": "x", "site_id": 1}),
        ):
            assert (await call).status_code == 404
        facets = (await olga.get("/api/v1/devices/facets")).json()
        assert facets["source"] == [{"value": "nmap", "count": 1}]
        assert (await olga.get("/api/v1/overview")).json()["devices"]["total"] == 1
        assert (await olga.get("/api/v1/search?q=10.0.0.1")).json()["total"] == 2
        assert (await olga.get("/api/v1/devices/export.csv")).text.count("\n") == 2


class Around:
    """A machine with a network, a bridge for guests and a far route."""

    async def read(self) -> HostNetworks:
        return HostNetworks(
            interfaces=(
                Interface("eth0", ("10.1.2.3/24",)),
                Interface("docker0", ("172.17.0.1/16",), virtual=True),
            ),
            routes=(Route("default", "eth0", "10.1.2.1"), Route("10.9.0.0/24", "eth0", "10.1.2.1")),
            neighbours=(Neighbour("10.1.2.1", "00:1b:21:00:00:01", "eth0", reachable=True),),
            resolvers=("10.1.2.1", "127.0.0.53"),
        )


async def test_proposals(program: Lanarium, as_admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    object.__setattr__(program.services.inventory, "surroundings", Around())
    items = (await as_admin.get("/api/v1/networks/proposals")).json()["items"]
    assert [(i["cidr"], i["source"], i["preselected"]) for i in items] == [
        ("10.1.2.0/24", "interface", True),
        ("10.9.0.0/24", "route", False),
        ("172.17.0.0/16", "interface", False),
    ]
    assert (items[0]["gateway"], items[0]["hosts_known"], items[0]["addresses"]) == ("10.1.2.1", 1, 256)
    assert items[0]["seconds_estimated"] > 0
    await as_admin.post("/api/v1/networks", json={"cidr": "10.1.0.0/16", "scan_allowed": True})
    again = (await as_admin.get("/api/v1/networks/proposals")).json()["items"]
    first = next(i for i in again if i["cidr"] == "10.1.2.0/24")
    assert (first["already_allowed"], first["preselected"]) == (True, False)


async def test_a_site_stays_while_somebody_is_limited_to_it(as_admin: Client) -> None:
    site = (await as_admin.post("/api/v1/sites", json={"name": "Attic"})).json()["id"]
    person = {"username": "anna", "password": "a long enough pass phrase", "role": "viewer", "site_ids": [site]}
    user = (await as_admin.post("/api/v1/users", json=person)).json()["id"]
    blocked = await as_admin.delete(f"/api/v1/sites/{site}")
    assert (blocked.status_code, blocked.json()["params"]) == (400, {"user": 1})
    await as_admin.delete(f"/api/v1/users/{user}")
    assert (await as_admin.delete(f"/api/v1/sites/{site}")).status_code == 204
