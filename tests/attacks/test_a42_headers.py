"""A42: the headers that keep browsers safe are on every answer, whoever made it (CVE-2023-41897)."""

from collections.abc import Callable

import pytest

from backend.infra.system.nginx import CSP
from tests.attacks.twins import web_server as twins
from tests.infra.system.world import Reply, Site, web_server

WANTED = {
    "content-security-policy": CSP,
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
ASKS: dict[str, tuple[int, Callable[[Site], Reply]]] = {
    "page": (200, lambda site: site.get("/inventory")),
    "asset": (200, lambda site: site.get("/assets/index-abc123.js")),
    "asset that is not there": (404, lambda site: site.get("/assets/gone.js")),
    "page by POST": (405, lambda site: site.get("/login", "POST", body=b"x")),
    "application": (200, lambda site: site.get("/api/v1/x")),
    "refused by the application": (401, lambda site: site.get("/api/v1/status-401")),
    "not found by the application": (404, lambda site: site.get("/api/v1/status-404")),
    "failed in the application": (500, lambda site: site.get("/api/v1/status-500")),
    "odd path": (400, lambda site: site.get("/api/../x")),
    "body too large": (413, lambda site: site.get("/api/v1/x", "POST", body=b"x" * 1_200_000)),
    "address too long": (414, lambda site: site.get("/api/v1/" + "x" * 9000)),
}


def bare_answers(site: Site, asks: dict[str, tuple[int, Callable[[Site], Reply]]]) -> list[str]:
    """Which answers miss which header."""
    missing = []
    for name, (status, ask) in asks.items():
        reply = ask(site)
        assert reply.status == status, name
        missing += [f"{name}: {header}" for header, value in WANTED.items() if reply.headers.get(header) != value]
    return missing


def test_the_headers_are_on_every_status() -> None:
    with web_server() as site:
        assert bare_answers(site, ASKS) == []


def test_the_headers_are_there_while_the_application_is_away() -> None:
    with web_server(app=False) as site:
        assert bare_answers(site, {"away": (503, lambda one: one.get("/api/v1/x"))}) == []
        answer = site.get("/api/v1/x")
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert answer.json["code"] == "unavailable"


@pytest.mark.parametrize("twin", [twins.headers_only_on_success, twins.a_location_with_its_own_header])
def test_the_check_sees_a_server_that_forgets_them(twin: Callable[[str], str]) -> None:
    with web_server(twin) as site:
        assert bare_answers(site, ASKS)


def test_only_what_cannot_change_is_kept_by_browsers() -> None:
    with web_server() as site:
        kept = {name: ask(site).headers["cache-control"] for name, (_, ask) in ASKS.items()}
    assert kept.pop("asset") == "public, max-age=31536000, immutable"
    assert kept.pop("page") == "no-cache"
    assert set(kept.values()) == {"no-store"}


def test_the_application_may_lock_a_file_up_tighter() -> None:
    with web_server() as site:
        assert site.get("/api/v1/file").headers["content-security-policy"] == "sandbox"


def test_the_policy_has_no_way_around() -> None:
    assert "unsafe" not in CSP
    assert "*" not in CSP
    assert CSP.startswith("default-src 'none'")
