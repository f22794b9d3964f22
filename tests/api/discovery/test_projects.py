"""Projects."""

import httpx2

from backend.bootstrap import Lanarium
from tests.api.discovery.conftest import other_site

Client = httpx2.AsyncClient


async def test_a_project_lives(as_operator: Client, as_viewer: Client, lab_network: str) -> None:
    made = await as_operator.post("/api/v1/projects", json={"name": "Warehouse", "description": "cold"})
    assert made.status_code == 201
    project = made.json()
    assert (await as_viewer.get(f"/api/projects/{project['id']}")).json() == project
    twice = await as_operator.post("/api/v1/projects", json={"name": "warehouse"})
    assert (twice.status_code, twice.json()["code"]) == (409, "project_name_taken")
    changed = await as_operator.patch(f"/api/v1/projects/{project['id']}", json={"name": "Hall 3"})
    assert (changed.json()["name"], changed.json()["description"]) == ("Hall 3", "cold")
    clash = await as_operator.patch(f"/api/v1/projects/{project['id']}", json={"name": "General"})
    assert clash.status_code == 409
    started = await as_operator.post(
        "/api/scans/start", json={"targets": "10.77.0.1", "project_id": project["id"]}
    )
    assert started.json()["project_name"] == "Hall 3"
    listed = (await as_viewer.get(f"/api/v1/projects/{project['id']}/scans")).json()
    assert [scan["id"] for scan in listed["items"]] == [started.json()["id"]]
    blocked = await as_operator.delete(f"/api/v1/projects/{project['id']}")
    assert (blocked.status_code, blocked.json()["code"]) == (400, "project_in_use")
    assert blocked.json()["detail"] == "Project in use by 1 scan(s)"


async def test_an_empty_project_goes(as_operator: Client) -> None:
    project = (await as_operator.post("/api/v1/projects", json={"name": "Empty"})).json()
    assert (await as_operator.delete(f"/api/v1/projects/{project['id']}")).status_code == 204
    assert (await as_operator.get(f"/api/v1/projects/{project['id']}")).status_code == 404


async def test_viewers_change_nothing(as_viewer: Client) -> None:
    assert (await as_viewer.post("/api/v1/projects", json={"name": "X"})).status_code == 403
    assert (await as_viewer.patch("/api/v1/projects/1", json={"name": "X"})).status_code == 403
    assert (await as_viewer.delete("/api/v1/projects/1")).status_code == 403


async def test_sort_and_cursor_are_checked(as_viewer: Client) -> None:
    assert (await as_viewer.get("/api/v1/projects?sort=-name&limit=1")).json()["total"] == 1
    assert (await as_viewer.get("/api/v1/projects?sort=uid")).json()["code"] == "sort_unknown"
    assert (await as_viewer.get("/api/v1/scans?sort=;drop")).status_code == 422
    assert (await as_viewer.get("/api/v1/scans?status=odd")).status_code == 422


async def test_sites_are_apart(program: Lanarium, as_operator: Client) -> None:
    site = await other_site(program)
    project = (await as_operator.post("/api/v1/projects", json={"name": "There", "site_id": site})).json()
    assert project["site_id"] == site
    assert (await as_operator.post("/api/v1/projects", json={"name": "X", "site_id": 4711})).status_code == 404
