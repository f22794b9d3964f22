"""One host for people, from all that a scan's sources said."""

from datetime import UTC, datetime

from backend.domain.discovery.merged import merged_hosts
from backend.domain.discovery.storage import HostRow

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def row(number: int, address: str, **facts: object) -> HostRow:
    return HostRow(number, 1, 1, address, None, 7, NOW, facts)


def port(number: int, confidence: int, product: str | None = None, scripts: object = ()) -> dict[str, object]:
    more = {"product": product} if product else {}
    return {"protocol": "tcp", "port": number, "confidence": confidence, "scripts": list(scripts), **more}  # type: ignore[call-overload]


def test_each_address_is_one_host_that_knows_the_best_of_every_source() -> None:
    script = {"name": "http-title", "output": "x"}
    said = [
        ("sweep", row(1, "10.0.0.1", ports=[port(22, 3), port(80, 3)])),
        ("banner", row(2, "10.0.0.1", ports=[port(22, 10, "OpenSSH")], os={"name": "Linux", "accuracy": 60})),
        ("tls", row(3, "10.0.0.1", hostnames=[{"name": "proxy.lan"}])),
        ("dns", row(4, "10.0.0.1", hostnames=[{"name": "a.lan"}])),
        ("nmap", row(5, "10.0.0.1", ports=[port(22, 3, None, [script])], os={"name": "Linux 6", "accuracy": 95})),
        ("sweep", row(6, "10.0.0.2", vendor="Siemens")),
    ]
    first, second = merged_hosts(said)
    assert (first.id, first.address, second.address) == (1, "10.0.0.1", "10.0.0.2")
    assert [name["name"] for name in first.facts["hostnames"]] == ["a.lan", "proxy.lan"]  # type: ignore[attr-defined]
    ports = first.facts["ports"]
    assert [(item["port"], item.get("product")) for item in ports] == [(22, "OpenSSH"), (80, None)]  # type: ignore[attr-defined]
    assert ports[0]["scripts"] == [script]  # type: ignore[index]
    assert first.facts["os"] == {"name": "Linux 6", "accuracy": 95}
    assert second.facts["vendor"] == "Siemens"
