"""A16: no answer holds a link that a device chose (Alertmanager CVE-2023-40577)."""

import re

import httpx2

from tests.api.inventory.conftest import Observe, said
from tests.attacks.corpus import TEXTS
from tests.attacks.twins.inventory import link_from_data

OURS = re.compile(r"/(inventory|scans)(/\d+)?(\?(tab=ports|network=\d+|project_id=\d+))?")
HOSTILE = [text for text in TEXTS if ":" in text and len(text) < 100 and text.isprintable()]


def foreign(links: list[str]) -> list[str]:
    """Links that are not a place of our own pages."""
    return [link for link in links if not OURS.fullmatch(link)]


def test_the_twin_is_caught() -> None:
    assert foreign([link_from_data(text) for text in HOSTILE])


async def test_links_of_the_search_are_ours(as_admin: httpx2.AsyncClient, observe: Observe) -> None:
    await observe(*(said(f"10.8.0.{n + 1}", name=text, minute=n) for n, text in enumerate(HOSTILE)))
    await as_admin.post("/api/v1/networks", json={"cidr": "10.8.0.0/24", "name": "javascript:alert(1)"})
    links: list[str] = []
    for query in ("javascript", "data:", "10.8.0", "alert", "general"):
        found = (await as_admin.get("/api/v1/search", params={"q": query, "limit": 50})).json()["items"]
        links += [item["link"] for item in found]
    assert len(links) > 20
    assert foreign(links) == []
