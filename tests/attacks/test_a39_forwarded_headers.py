"""A39: what a client claims about its own address must not reach the application (CVE-2022-46169)."""

from tests.attacks.twins import web_server as twins
from tests.infra.system.world import Site, web_server

CLAIMS = {
    "X-Forwarded-For": "10.9.8.7",
    "X-Real-IP": "10.9.8.7",
    "Forwarded": "for=10.9.8.7",
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
    "X-Original-URL": "/metrics",
    "X-Rewrite-URL": "/metrics",
    "X-HTTP-Method-Override": "DELETE",
}
ADDRESSES = {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", "x-forwarded-proto": "https"}


def claims_that_arrive(site: Site) -> list[str]:
    """Which claims the application saw, or saw anything but the truth instead of."""
    seen = site.get("/api/who", headers=CLAIMS).json["headers"]
    assert isinstance(seen, list)
    arrived = [f"{name}: {value}" for name, value in seen if value in CLAIMS.values()]
    wrong = [name for name, truth in ADDRESSES.items() if [name, truth] not in seen]
    appended = [f"{name}: {value}" for name, value in seen if "10.9.8.7" in value]
    return arrived + wrong + appended


def test_no_claim_arrives() -> None:
    with web_server() as site:
        assert claims_that_arrive(site) == []


def test_the_check_sees_a_server_that_believes_them() -> None:
    with web_server(twins.believes_the_client) as site:
        assert claims_that_arrive(site)
