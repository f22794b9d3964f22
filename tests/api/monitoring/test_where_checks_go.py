"""Checks go to networks that were declared, from the moment that they are until they are no longer."""

import httpx2
import sqlalchemy as sa

from backend.bootstrap import Lanarium
from tests.api.monitoring.test_monitors import API, tcp_plugin
from tests.attacks.recorder import Place, connections

HOST = "10.80.0.7"


async def tried(calling: httpx2.AsyncClient, plugin_id: int, database: Place) -> tuple[str, list[Place]]:
    with connections(database) as seen:
        body = {"plugin_id": plugin_id, "address": HOST, "polling_interval": 60}
        answer = await calling.post(f"{API}/monitors/test", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()["failure"]["code"], seen


async def test_a_network_opens_and_closes(
    program: Lanarium, as_admin: httpx2.AsyncClient, database_url: str
) -> None:
    url = sa.make_url(database_url)
    database = (url.host or "", url.port or 5432)
    plugin = (await tcp_plugin(as_admin, port=443))["id"]
    assert await tried(as_admin, plugin, database) == ("target_forbidden", [])
    made = await as_admin.post(
        f"{API}/networks", json={"cidr": "10.80.0.0/24", "name": "Lab", "scan_allowed": True}
    )
    assert made.status_code == 201, made.text
    code, seen = await tried(as_admin, plugin, database)
    assert (code, seen[0]) == ("connection_refused", (HOST, 443))
    assert (await as_admin.delete(f"{API}/networks/{made.json()['id']}")).status_code == 204
    assert await tried(as_admin, plugin, database) == ("target_forbidden", [])
