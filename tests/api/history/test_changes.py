"""The change feed: each change once, whoever made it, and nothing that only flickered."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from backend.bootstrap import Lanarium
from backend.domain.history.historian import Historian
from backend.domain.inventory.observation import Coverage, Facts, NameFact, Observation, PortFact
from tests.api.inventory.conftest import Observe, observe, said
from tests.people import add_person, client_of

__all__ = ["observe"]
API = "/api/v1"
MAC = "00:1b:a9:00:00:05"
WEB = PortFact("tcp", 80, service="http", product="nginx", version="1.24", confidence=10)
SSH = PortFact("tcp", 22, service="ssh", product="OpenSSH", version="9.2", confidence=10)
ASKED = (Coverage("tcp", "1-1000"),)
Settle = Callable[[], Awaitable[int]]


@pytest.fixture
def settle(program: Lanarium) -> Settle:
    """Everybody is done moving things."""
    historian = Historian(program.services.transactions, program.bus, quiet_s=0.0)

    async def settle() -> int:
        return await historian.settle()

    return settle


def server(minute: float, *ports: PortFact, address: str = "10.0.4.5", **facts: Any) -> Observation:
    facts = {"state": "up", "covered": ASKED, "hostnames": (NameFact("web.lan"),), **facts}
    return said(address, MAC, minute=minute, ports=ports, **facts)


async def scan_of(program: Lanarium, status: str = "running") -> int:
    async with program.engine.begin() as connection:
        project = await connection.scalar(
            sa.text(
                "INSERT INTO projects (site_id, name) SELECT id, 'p' || gen_random_uuid() FROM sites"
                " WHERE is_default RETURNING id"
            )
        )
        made = await connection.scalar(
            sa.text(
                "INSERT INTO scans (project_id, site_id, name, status, profile, address_count, chunk_size,"
                " concurrency, host_timeout_s, chunk_timeout_s)"
                " SELECT :project, site_id, 'Nightly', :status, 'quick', 1, 64, 2, 60, 600 FROM projects"
                " WHERE id = :project RETURNING id"
            ),
            {"project": project, "status": status},
        )
    return int(made or 0)


async def over(program: Lanarium, scan_id: int) -> None:
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE scans SET status = 'completed' WHERE id = :id"), {"id": scan_id})


async def feed(calling: httpx2.AsyncClient, path: str = "/changes", **query: Any) -> list[dict[str, Any]]:
    answer = await calling.get(f"{API}{path}", params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def told(items: list[dict[str, Any]]) -> list[tuple[str, str, str | None, str | None]]:
    return sorted((item["kind"], item["key"], item["old"], item["new"]) for item in items)


async def test_each_change_is_told_once(as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle) -> None:
    await observe(server(0, WEB))
    assert await settle() == 1
    assert told(await feed(as_viewer)) == [("device_new", "", None, "web.lan")]
    await observe(server(60, replace(WEB, version="1.26"), SSH))
    assert await settle() == 1
    assert await settle() == 0
    newest = await feed(as_viewer, snapshot_id=(await feed(as_viewer))[0]["snapshot_id"])
    assert told(newest) == [
        ("port_opened", "port:tcp:22", None, "ssh"),
        ("version_changed", "version:tcp:80", "nginx 1.24", "nginx 1.26"),
    ]
    assert {item["source"] for item in newest} == {"nmap"}


async def test_saying_the_same_again_is_no_snapshot(
    as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    await observe(server(0, WEB))
    await settle()
    await observe(server(60, WEB))
    assert await settle() == 0
    assert len((await as_viewer.get(f"{API}/snapshots")).json()["items"]) == 1


async def test_what_a_scan_learns_on_its_way_is_one_change(
    program: Lanarium, as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    """First that somebody is there, then a port, then its name: a device that is new, and no more."""
    scan = await scan_of(program)
    for minute, ports in enumerate(((), (replace(SSH, service=None, product=None, version=None),), (SSH,))):
        await observe(replace(server(minute, *ports), scan_id=scan))
        assert await settle() == 0, "the scan is under way"
    await over(program, scan)
    assert await settle() == 1
    (only,) = await feed(as_viewer)
    assert (only["kind"], only["scan_id"], only["scan_name"]) == ("device_new", scan, "Nightly")


async def test_what_is_only_perhaps_open_is_no_change(
    as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    dns = PortFact("udp", 53, state="open|filtered")
    await observe(server(0, WEB))
    await settle()
    await observe(server(60, WEB, dns))
    await observe(server(120, WEB))
    assert await settle() == 0


async def test_what_flaps_is_hidden_unless_asked_for(
    as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    await observe(server(0, WEB))
    await settle()
    for turn in range(1, 9):
        await observe(server(turn * 60, *((WEB, SSH) if turn % 2 else (WEB,))))
        await settle()
    shown = [item for item in await feed(as_viewer) if item["key"] == "port:tcp:22"]
    everything = [item for item in await feed(as_viewer, noise=True) if item["key"] == "port:tcp:22"]
    assert (len(shown), len(everything)) == (4, 8)
    assert everything[0]["noise"] == "flapping"


async def test_what_people_do_is_history_too(
    as_operator: httpx2.AsyncClient, as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    (seen,) = await observe(server(0, WEB))
    await settle()
    path = f"/devices/{seen.device_id}"
    await as_operator.patch(f"{API}{path}", json={"name": "Shop", "type": "server"})
    await settle()
    newest = [item for item in await feed(as_viewer, f"{path}/changes") if item["kind"] != "device_new"]
    assert ("name_changed", "name", "web.lan", "Shop") in told(newest)
    assert (await as_operator.delete(f"{API}{path}")).status_code == 204
    await settle()
    gone = (await feed(as_viewer))[0]
    assert (gone["kind"], gone["device_id"], gone["device_name"]) == ("device_removed", None, "Shop")


async def test_since_when_and_who_saw_it_first(
    program: Lanarium, as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    (seen,) = await observe(server(0, WEB))
    await settle()
    scan = await scan_of(program, "completed")
    await observe(replace(server(60, WEB, SSH), scan_id=scan))
    await settle()
    items = {item["key"]: item for item in await feed(as_viewer, f"/devices/{seen.device_id}/since")}
    opened = items["port:tcp:22"]
    assert (opened["value"], opened["scan_id"], opened["source"]) == ("ssh", scan, "nmap")
    assert items["port:tcp:80"]["at"] < opened["at"]


async def test_two_points_in_time_are_compared(
    as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    await observe(server(0, WEB))
    await settle()
    await observe(server(60, WEB, SSH))
    await settle()
    await observe(server(120, SSH))
    await settle()
    third, second, first = [item["id"] for item in (await as_viewer.get(f"{API}/snapshots")).json()["items"]]
    path = f"{API}/changes/compare"
    answer = (await as_viewer.get(path, params={"from_snapshot": first, "to_snapshot": third})).json()
    assert answer["counts"] == {"port_opened": 1, "port_closed": 1}
    back = (await as_viewer.get(path, params={"from_snapshot": third, "to_snapshot": second})).json()
    assert [(item["kind"], item["key"]) for item in back["items"]] == [("port_opened", "port:tcp:80")]
    whole = (await as_viewer.get(path)).json()
    assert (whole["from_snapshot"], whole["counts"]) == (None, {"device_new": 1})


async def test_a_history_that_begins_late_begins_with_what_is_there(
    program: Lanarium, as_viewer: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    await observe(server(0, WEB))
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("DELETE FROM unsettled_devices"))
    historian = Historian(program.services.transactions, program.bus, quiet_s=0.0)
    assert (await historian.baseline(), await historian.baseline()) == (1, 0)
    assert await feed(as_viewer) == []
    await observe(server(60, WEB, SSH))
    await settle()
    assert [item["kind"] for item in await feed(as_viewer)] == ["port_opened"]


async def test_nobody_reads_the_history_of_another_site(
    program: Lanarium, app: FastAPI, as_admin: httpx2.AsyncClient, observe: Observe, settle: Settle
) -> None:
    site = (await as_admin.post(f"{API}/sites", json={"name": "Branch"})).json()["id"]
    await observe(Observation(site, "nmap", "10.9.0.1", None, server(0).observed_at, Facts(state="up")))
    await settle()
    snapshot = (await feed(as_admin))[0]["snapshot_id"]
    sites = (await as_admin.get(f"{API}/sites")).json()["items"]
    home = next(each["id"] for each in sites if each["is_default"])
    async with client_of(app, await add_person(program, "hans", "viewer", site_ids=frozenset({home}))) as stranger:
        assert await feed(stranger) == []
        assert (await stranger.get(f"{API}/snapshots/{snapshot}")).status_code == 404
        assert (await stranger.get(f"{API}/changes", params={"site_id": site})).status_code == 404
        assert (await stranger.get(f"{API}/changes/compare", params={"site_id": site})).status_code == 404
