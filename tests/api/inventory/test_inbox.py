"""The inbox over HTTP: finds, what people decide of them, and how every decision is taken back."""

from typing import Any

import httpx2
import pytest

from backend.domain.inventory.observation import NameFact
from tests.api.inventory.conftest import PHONE, PRINTER, SERVER, Observe, said

Client = httpx2.AsyncClient
Json = dict[str, Any]
KEY = "ssh:sha256:one"


@pytest.fixture
async def finds(observe: Observe) -> dict[str, int]:
    seen = await observe(PRINTER, SERVER, PHONE)
    return {str(item.address): item.device_id for item in seen}


async def listed(client: Client, path: str) -> list[Json]:
    answer = await client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.text
    items: list[Json] = answer.json()["items"]
    return items


async def act(client: Client, action: str, *ids: int, status: int = 201, **more: Any) -> Json:
    body = {"action": action, "device_ids": list(ids), **more}
    answer = await client.post("/api/v1/inbox/actions", json=body)
    assert answer.status_code == status, answer.text
    done: Json = answer.json()
    return done


async def undo(client: Client, done: Json, status: int = 201) -> Json:
    answer = await client.post(f"/api/v1/inbox/actions/{done['id']}/undo")
    assert answer.status_code == (200 if status == 201 else status), answer.text
    found: Json = answer.json()
    return found


async def portrait(client: Client, *ids: int) -> list[Json]:
    """Everything of these devices that people can see."""
    shown = []
    for device_id in ids:
        device = (await client.get(f"/api/v1/devices/{device_id}")).json()
        for address in device["addresses"]:
            address.pop("id")
        ports = await listed(client, f"/devices/{device_id}/ports")
        evidence = await listed(client, f"/devices/{device_id}/observations")
        shown.append({**device, "open": [{**p, "id": 0} for p in ports], "evidence": evidence})
    return shown


async def test_what_a_scan_finds_waits_in_the_inbox(as_viewer: Client, finds: dict[str, int]) -> None:
    items = await listed(as_viewer, "/inbox")
    assert {item["device"]["id"] for item in items} == set(finds.values())
    newest = items[0]
    assert newest["device"]["inbox_state"] == "new"
    assert newest["why"] == {"code": "found", "params": {"source": "nmap", "address": "10.0.5.9"}}


async def test_what_a_person_writes_down_needs_no_approval(as_operator: Client) -> None:
    made = (await as_operator.post("/api/v1/devices", json={"name": "Safe", "address": "10.9.9.9"})).json()
    assert made["inbox_state"] == "approved"
    assert await listed(as_operator, "/inbox") == []


@pytest.mark.parametrize(
    ("action", "state", "is_listed"),
    [("approve", "approved", True), ("hide", "hidden", False), ("ignore", "ignored", False)],
)
async def test_many_are_decided_at_once_and_undone_at_once(
    as_operator: Client, finds: dict[str, int], action: str, state: str, is_listed: bool
) -> None:
    one, two = finds["10.0.4.20"], finds["10.0.4.10"]
    done = await act(as_operator, action, one, two, reason="known")
    assert done["affected"] == 2
    assert [item["device"]["id"] for item in await listed(as_operator, "/inbox")] == [finds["10.0.5.9"]]
    assert ({d["id"] for d in await listed(as_operator, "/devices")} >= {one, two}) is is_listed
    assert {d["id"] for d in await listed(as_operator, f"/devices?inbox={state}")} == {one, two}
    overview = (await as_operator.get("/api/v1/overview")).json()["devices"]
    assert (overview["total"], overview["inbox"]) == (3 if is_listed else 1, 1)
    facets = (await as_operator.get("/api/v1/devices/facets")).json()["inbox"]
    assert {"value": state, "count": 2} in facets
    undone = await undo(as_operator, done)
    assert undone["undone_by"]
    assert len(await listed(as_operator, "/inbox")) == 3
    assert (await undo(as_operator, done, 409))["code"] == "undone_already"


async def test_what_is_ignored_is_not_found_again(
    as_operator: Client, observe: Observe, finds: dict[str, int]
) -> None:
    await act(as_operator, "ignore", finds["10.0.4.20"])
    await observe(said("10.0.4.77", PRINTER.mac, minute=9), said("10.0.4.20", minute=10))
    assert finds["10.0.4.20"] not in {i["device"]["id"] for i in await listed(as_operator, "/inbox")}
    assert {d["id"] for d in await listed(as_operator, "/devices?inbox=ignored")} == {finds["10.0.4.20"]}


async def test_an_undo_that_would_overwrite_a_later_decision_says_so(
    as_operator: Client, finds: dict[str, int]
) -> None:
    first = await act(as_operator, "hide", finds["10.0.4.20"])
    await act(as_operator, "approve", finds["10.0.4.20"])
    refused = await undo(as_operator, first, 409)
    assert refused["code"] == "undo_impossible"
    assert refused["errors"][0]["code"] == "device_filed_since"
    assert refused["errors"][0]["params"] == {"device_id": finds["10.0.4.20"]}


async def test_a_merge_takes_everything_and_an_undo_gives_it_back(
    as_operator: Client, finds: dict[str, int]
) -> None:
    into, gone = finds["10.0.4.10"], finds["10.0.4.20"]
    await as_operator.patch(f"/api/v1/devices/{gone}", json={"notes": "by the door", "tags": ["paper"]})
    await as_operator.patch(f"/api/v1/devices/{into}", json={"name": "Web", "tags": ["rack"]})
    await act(as_operator, "approve", into)
    before = await portrait(as_operator, into, gone)
    done = await act(as_operator, "merge", gone, into_id=into, reason="same box")
    assert (await as_operator.get(f"/api/v1/devices/{gone}")).status_code == 404
    (merged,) = await portrait(as_operator, into)
    assert {a["address"] for a in merged["addresses"]} >= {"10.0.4.10", "10.0.4.20", PRINTER.mac, SERVER.mac}
    assert (merged["name"], set(merged["tags"])) == ("Web", {"paper", "rack"})
    assert len(merged["evidence"]) == 2
    await undo(as_operator, done)
    assert await portrait(as_operator, into, gone) == before


async def test_a_merge_is_undone_after_further_scans_too(
    as_operator: Client, observe: Observe, finds: dict[str, int]
) -> None:
    into, gone = finds["10.0.4.10"], finds["10.0.4.20"]
    done = await act(as_operator, "merge", gone, into_id=into)
    later = await observe(said("10.0.4.20", PRINTER.mac, minute=60), said("10.0.4.10", SERVER.mac, minute=61))
    assert {item.device_id for item in later} == {into}
    await undo(as_operator, done)
    (one, two) = await portrait(as_operator, into, gone)
    assert {a["address"] for a in one["addresses"] if a["kind"] != "name"} == {"10.0.4.10", SERVER.mac}
    assert {a["address"] for a in two["addresses"] if a["kind"] != "name"} == {"10.0.4.20", PRINTER.mac}
    assert [len(d["evidence"]) for d in (one, two)] == [2, 2]


async def test_an_undo_of_a_merge_that_evidence_makes_too_says_why_not(
    as_operator: Client, observe: Observe, finds: dict[str, int]
) -> None:
    into, gone = finds["10.0.4.10"], finds["10.0.5.9"]
    done = await act(as_operator, "merge", gone, into_id=into)
    again = await act(as_operator, "merge", finds["10.0.4.20"], into_id=into)
    refused = await undo(as_operator, await act(as_operator, "hide", into), 201)
    assert refused["undone_at"]
    await as_operator.delete(f"/api/v1/devices/{into}")
    for action in (done, again):
        answer = await undo(as_operator, action, 409)
        assert (answer["code"], answer["errors"][0]["code"]) == ("undo_impossible", "device_gone")


async def test_a_split_holds_against_every_later_scan_and_is_undone(as_operator: Client, observe: Observe) -> None:
    mac = "00:1b:21:00:00:07"
    seen = await observe(said("10.0.6.1", mac, keys=(KEY,)), said("10.0.6.2", mac, minute=1, keys=(KEY,)))
    (device_id,) = {item.device_id for item in seen}
    device = (await as_operator.get(f"/api/v1/devices/{device_id}")).json()
    second = next(a["id"] for a in device["addresses"] if a["address"] == "10.0.6.2")
    before = await portrait(as_operator, device_id)
    answer = await as_operator.post(
        f"/api/v1/devices/{device_id}/split", json={"address_ids": [second], "reason": "a container"}
    )
    assert answer.status_code == 201, answer.text
    new_id = answer.json()["device"]["id"]
    for minute in (60, 120):
        later = await observe(
            said("10.0.6.1", mac, minute=minute, keys=(KEY,)),
            said("10.0.6.2", mac, minute=minute + 1, keys=(KEY,)),
        )
        assert {item.address: item.device_id for item in later} == {"10.0.6.1": device_id, "10.0.6.2": new_id}
    await undo(as_operator, answer.json()["action"])
    (joined,) = await portrait(as_operator, device_id)
    assert len(joined["evidence"]) == 6
    assert {a["address"] for a in joined["addresses"]} == {a["address"] for a in before[0]["addresses"]}
    assert (await as_operator.get(f"/api/v1/devices/{new_id}")).status_code == 404


async def test_a_split_leaves_something_and_takes_something(as_operator: Client, finds: dict[str, int]) -> None:
    device = (await as_operator.get(f"/api/v1/devices/{finds['10.0.4.20']}")).json()
    everything = [a["id"] for a in device["addresses"]]
    path = f"/api/v1/devices/{finds['10.0.4.20']}/split"
    refused = await as_operator.post(path, json={"address_ids": everything})
    assert (refused.status_code, refused.json()["code"]) == (409, "split_everything")
    assert (await as_operator.post(path, json={"address_ids": [99_999_999]})).status_code == 404


async def test_merges_that_cannot_be_are_refused(as_operator: Client, finds: dict[str, int]) -> None:
    one = finds["10.0.4.20"]
    assert (await act(as_operator, "merge", one, status=422))["errors"][0]["code"] == "into_required"
    assert (await act(as_operator, "merge", one, into_id=one, status=422))["errors"][0][
        "code"
    ] == "merge_with_itself"
    assert (await act(as_operator, "approve", one, 99_999_999, status=404))["code"] == "device_not_found"
    assert len(await listed(as_operator, "/inbox")) == 3


async def test_every_action_is_in_the_audit_log(
    as_operator: Client, as_admin: Client, finds: dict[str, int]
) -> None:
    done = await act(as_operator, "hide", finds["10.0.4.20"], reason="noise")
    await undo(as_operator, done)
    undone, hidden = (await listed(as_admin, "/audit-events"))[:2]
    assert (hidden["action"], hidden["detail"]["reason"], hidden["detail"]["inbox_action"]) == (
        "hide",
        "noise",
        done["id"],
    )
    assert (undone["action"], undone["entity"], undone["entity_id"]) == ("undo", "inbox_action", str(done["id"]))
    kept = (await listed(as_operator, "/inbox/actions"))[0]
    assert (kept["id"], kept["reason"], kept["device_ids"]) == (done["id"], "noise", [finds["10.0.4.20"]])


async def test_viewers_look_and_do_not_touch(as_viewer: Client, finds: dict[str, int]) -> None:
    assert len(await listed(as_viewer, "/inbox")) == 3
    await act(as_viewer, "approve", finds["10.0.4.20"], status=403)


async def test_clones_are_two_devices_and_suggested_as_one(as_viewer: Client, observe: Observe) -> None:
    seen = await observe(said("10.0.7.1", keys=(KEY,)), said("10.0.7.2", minute=1, keys=(KEY,)))
    one, two = (item.device_id for item in seen)
    found = {i["device"]["id"]: i["suggestions"] for i in await listed(as_viewer, "/inbox")}
    (suggestion,) = found[two]
    assert suggestion["device_id"] == one
    assert suggestion["reason"] == {"code": "same_ssh", "params": {"value": "sha256:one"}}
    assert 0 < suggestion["confidence"] < 100


async def test_a_device_says_why_it_is_one(as_viewer: Client, observe: Observe) -> None:
    name = (NameFact("edge", "snmp"),)
    seen = await observe(
        said("10.0.8.1", keys=(KEY, "snmp:80001"), hostnames=name),
        said("10.0.9.1", minute=1, keys=(KEY, "snmp:80001"), hostnames=name),
        said("10.0.8.7", minute=2, keys=(KEY,)),
    )
    router, again, clone = (item.device_id for item in seen)
    assert router == again != clone
    why = (await as_viewer.get(f"/api/v1/devices/{router}/identity")).json()
    second = next(r for r in why["reasons"] if r["address"] == "10.0.9.1")
    assert second["code"] == "several_addresses"
    assert {e["kind"] for e in second["evidence"]} == {"ssh", "snmp", "name"}
    assert 0 < second["confidence"] < 100
    (lonely,) = (await as_viewer.get(f"/api/v1/devices/{clone}/identity")).json()["reasons"]
    assert lonely["code"] == "new"
    (rival,) = lonely["rivals"]
    assert (rival["device_id"], rival["evidence"][0]["kind"]) == (router, "ssh")
