"""Coverage over HTTP: asked, never asked, known only indirectly; and the kernel's neighbours on request."""

from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from backend.domain.inventory.proposals import HostNetworks, Interface, Neighbour
from backend.infra.db.tables.discovery import projects, scan_chunks, scans
from tests.api.inventory.conftest import Observe, said
from tests.people import add_person, client_of

Client = httpx2.AsyncClient
NAS, TV = "00:11:32:00:00:01", "00:16:3e:00:00:02"
NOW = datetime.now(UTC)


class Kernel:
    """The neighbour tables of a machine with one network."""

    def __init__(self, *neighbours: Neighbour) -> None:
        self.neighbours = neighbours

    async def read(self) -> HostNetworks:
        return HostNetworks((Interface("eth0", ("10.0.0.2/24", "fd00::2/64")),), (), self.neighbours, ())


def use(program: Lanarium, kernel: Kernel) -> None:
    program.services.inventory.neighbours.listen = kernel.read
    object.__setattr__(program.services.inventory, "surroundings", kernel)


async def allow(client: Client, *networks: str) -> None:
    for cidr in networks:
        made = await client.post("/api/v1/networks", json={"cidr": cidr, "scan_allowed": True})
        assert made.status_code == 201, made.text


async def write_scan(
    program: Lanarium, status: str, ranges: list[str], chunks: dict[str, str], hours: float
) -> None:
    """A scan that ended so, with chunks of these targets and statuses."""
    at = NOW - timedelta(hours=hours)
    fields = {"address_count": 1, "chunk_size": 64, "concurrency": 1, "host_timeout_s": 1, "chunk_timeout_s": 1}
    async with program.engine.begin() as connection:
        project = await connection.scalar(sa.select(sa.func.min(projects.c.id)))
        scan = await connection.scalar(
            scans.insert()
            .values(
                site_id=1,
                project_id=project,
                status=status,
                profile="quick",
                ranges=ranges,
                finished_at=at,
                **fields,
            )
            .returning(scans.c.id)
        )
        for number, (targets, state) in enumerate(chunks.items()):
            await connection.execute(
                scan_chunks.insert().values(
                    scan_id=scan, number=number, targets=[targets], target_count=1, status=state, finished_at=at
                )
            )


async def test_coverage_of_whole_and_broken_scans(program: Lanarium, as_admin: Client) -> None:
    await allow(as_admin, "10.0.0.0/24", "10.0.1.0/24")
    await write_scan(program, "completed", ["10.0.0.0/25"], {"10.0.0.0/25": "done"}, hours=50)
    broken = {"10.0.0.128/26": "done", "10.0.0.192/26": "partial", "10.0.1.0/24": "failed"}
    await write_scan(program, "partial", ["10.0.0.0/23"], broken, hours=1)
    first, second = (await as_admin.get("/api/v1/coverage")).json()["items"]
    assert (first["asked_24h"], first["asked_ever"], first["never_asked"]) == (64, 192, 64)
    assert [(r["first"], r["state"]) for r in first["ranges"]] == [
        ("10.0.0.0", "scanned"),
        ("10.0.0.128", "scanned"),
        ("10.0.0.192", "never"),
    ]
    assert (second["asked_ever"], second["last_scan_at"], second["ranges"][0]["state"]) == (0, None, "never")


async def test_neighbours_become_devices_known_only_indirectly(
    program: Lanarium, as_admin: Client, observe: Observe
) -> None:
    use(
        program,
        Kernel(
            Neighbour("10.0.0.11", NAS, "eth0", reachable=True),
            Neighbour("fd00::11", NAS, "eth0", reachable=True),
            Neighbour("10.0.0.12", TV, "eth0"),
        ),
    )
    assert (await as_admin.post("/api/v1/coverage/neighbours")).json()["heard"] == 0
    assert (await as_admin.get("/api/v1/devices")).json()["total"] == 0, "nothing before a network is confirmed"
    await allow(as_admin, "10.0.0.0/24")
    looked = (await as_admin.post("/api/v1/coverage/neighbours")).json()
    assert (looked["heard"], looked["stored"]) == (2, 2)
    again = (await as_admin.post("/api/v1/coverage/neighbours")).json()
    assert (again["heard"], again["stored"]) == (2, 0), "saying it twice says nothing new"

    items = (await as_admin.get("/api/v1/coverage/indirect?sort=address")).json()["items"]
    assert [(i["address"], i["mac"], i["source"], i["interface"], i["network"]) for i in items] == [
        ("10.0.0.11", NAS, "neighbours", "eth0", "10.0.0.0/24"),
        ("10.0.0.12", TV, "neighbours", "eth0", "10.0.0.0/24"),
        ("fd00::11", NAS, "neighbours", "eth0", None),
    ]
    assert items[0]["device_id"] == items[2]["device_id"], "one device, by its MAC"
    assert (await as_admin.get("/api/v1/coverage/indirect?version=6")).json()["total"] == 1
    assert (await as_admin.get("/api/v1/coverage")).json()["items"][0]["indirect"] == 2


async def test_an_old_entry_takes_no_address_away(program: Lanarium, as_admin: Client, observe: Observe) -> None:
    await allow(as_admin, "10.0.0.0/24")
    [seen] = await observe(said("10.0.0.11", NAS))
    use(program, Kernel(Neighbour("10.0.0.11", TV, "eth0"), Neighbour("10.0.0.30", TV, "eth0")))
    await as_admin.post("/api/v1/coverage/neighbours")
    device = (await as_admin.get(f"/api/v1/devices/{seen.device_id}")).json()
    assert device["primary_address"] == "10.0.0.11"
    tv = (await as_admin.get("/api/v1/devices?q=10.0.0.30")).json()["items"][0]
    assert tv["mac"] == TV


async def test_proposals_say_hosts_time_packets_and_ipv6(program: Lanarium, as_admin: Client) -> None:
    use(program, Kernel(Neighbour("10.0.0.11", NAS, "eth0"), Neighbour("fd00::11", NAS, "eth0")))
    four, six = (await as_admin.get("/api/v1/networks/proposals")).json()["items"]
    assert (four["cidr"], four["preselected"], four["hosts_known"], four["hosts_expected"]) == (
        "10.0.0.0/24",
        True,
        1,
        64,
    )
    assert four["packets_estimated"] > 256
    assert (six["cidr"], six["preselected"], six["ipv6_seen"]) == ("fd00::/64", True, ["fd00::11"])
    assert 0 < six["packets_estimated"] < four["packets_estimated"]


async def test_another_site_is_not_shown(program: Lanarium, as_admin: Client, observe: Observe, app) -> None:  # type: ignore[no-untyped-def]
    oslo = (await as_admin.post("/api/v1/sites", json={"name": "Oslo"})).json()["id"]
    await allow(as_admin, "10.0.0.0/24")
    use(program, Kernel(Neighbour("10.0.0.11", NAS, "eth0", reachable=True)))
    await as_admin.post("/api/v1/coverage/neighbours")
    limited = await add_person(program, "olga", "viewer", site_ids=frozenset({oslo}))
    async with client_of(app, limited) as olga:
        assert (await olga.get("/api/v1/coverage")).json()["total"] == 0
        assert (await olga.get("/api/v1/coverage/indirect")).json()["total"] == 0
        assert (await olga.post("/api/v1/coverage/neighbours")).status_code == 403


@pytest.mark.parametrize("path", ["/coverage", "/coverage/indirect"])
async def test_a_sort_that_is_none(as_viewer: Client, path: str) -> None:
    assert (await as_viewer.get(f"/api/v1{path}?sort=colour")).status_code == 422
