"""A14: "cannot delete, in use by" carries kinds and counts, never the name of anything (NetBox CVE-2025-69848)."""

import httpx2

from backend.domain.errors import Blocked
from tests.api.inventory.conftest import Observe, said
from tests.attacks.twins.inventory import chatty_refusal

NAME = "<img src=x onerror=alert(1)>"


def names_in(refusal: Blocked) -> bool:
    """Whether the name got into any part of a refusal."""
    parts = [refusal.detail, refusal.code, *map(str, refusal.params.values())]
    parts += [f"{e.field}{e.code}{e.detail}{dict(e.params)}" for e in refusal.errors]
    return any(NAME in part for part in parts)


def test_refusals_hold_no_names() -> None:
    assert not names_in(Blocked.by("site", {"device": 2, "network": 1}))
    assert names_in(chatty_refusal(NAME, {"device": 2}))


async def test_a_site_with_a_hostile_name(as_admin: httpx2.AsyncClient, observe: Observe) -> None:
    site = (await as_admin.post("/api/v1/sites", json={"name": NAME})).json()
    assert site["name"] == NAME
    await observe(said("10.0.0.1", name=NAME, site_id=site["id"]))
    refused = await as_admin.delete(f"/api/v1/sites/{site['id']}")
    assert refused.status_code == 400
    assert NAME not in refused.text
    assert refused.json()["params"] == {"device": 1}
    assert refused.headers["content-type"].startswith("application/problem+json")
