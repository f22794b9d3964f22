"""Health, readiness, status, metrics, extensions."""

import httpx2
import sqlalchemy as sa
from fastapi import FastAPI

from backend.bootstrap import Lanarium
from tests.people import client_of

Client = httpx2.AsyncClient


async def test_ready_is_degraded_without_a_scan_helper(client: Client) -> None:
    answer = await client.get("/ready")
    assert answer.status_code == 200
    checks = answer.json()["checks"]
    assert answer.json()["status"] == "degraded"
    assert checks["scan_helper"] == {"ok": False, "code": "helper_gone"}
    assert checks["database"]["ok"]
    assert checks["migrations"]["ok"]


async def test_ready_refuses_a_database_of_another_version(client: Client, program: Lanarium) -> None:
    async with program.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    answer = await client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == {"ok": False, "code": "not_at_newest_version"}


async def test_status_says_little_to_strangers(client: Client, as_viewer: Client) -> None:
    stranger = (await client.get("/status")).json()
    assert {name for name, value in stranger.items() if value is not None} == {"version"}
    known = (await as_viewer.get("/api/v1/status")).json()
    assert known["storage"]["engine"] == "PostgreSQL"
    assert known["capabilities"] == {"raw_sockets": False, "nmap_version": None, "limitations": ["helper_gone"]}
    assert known["limits"]["max_addresses"] == 65536


async def test_metrics_count_requests_by_route_template(client: Client, as_viewer: Client) -> None:
    await as_viewer.get("/api/v1/scans/4711")
    await client.get("/no/such/page")
    text = (await client.get("/metrics")).text
    wanted = 'lanarium_http_request_seconds_count{method="GET",route="/scans/{scan_id}",status="404"} 1.0'
    assert wanted in text
    assert 'route="unknown",status="404"' in text
    assert 'lanarium_scans{status="running"} 0.0' in text
    assert "lanarium_storage_up 1.0" in text
    assert "4711" not in text


async def test_metrics_are_for_this_machine_or_an_admin(app: FastAPI, as_admin: Client, as_viewer: Client) -> None:
    async with client_of(app, address="192.0.2.7") as stranger:
        assert (await stranger.get("/metrics")).status_code == 401
    forwarded = {"X-Forwarded-For": "192.0.2.7"}
    assert (await as_viewer.get("/metrics", headers=forwarded)).status_code == 403
    assert (await as_admin.get("/metrics", headers=forwarded)).status_code == 200


async def test_extensions_come_with_the_schema_of_their_options(as_viewer: Client, client: Client) -> None:
    assert (await client.get("/api/v1/extensions")).status_code == 401
    items = (await as_viewer.get("/api/v1/extensions")).json()["items"]
    nmap = next(item for item in items if (item["kind"], item["name"]) == ("source", "nmap"))
    assert nmap["summary"].startswith("Scans networks")
    assert "tcp_ports" in nmap["options_schema"]["properties"]
