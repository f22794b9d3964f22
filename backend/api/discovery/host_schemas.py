"""Hosts as one scan saw them. Every text in them comes from a stranger's device."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from backend.api.fields import UtcTime
from backend.domain.discovery.storage import HostRow

Json = Mapping[str, Any]


class ScriptOut(BaseModel):
    """What one script printed."""

    name: str
    output: str


class HostPortOut(BaseModel):
    """A port that was open, or may have been."""

    protocol: str
    port: int
    state: str
    service: str | None
    product: str | None
    version: str | None
    extra: str | None
    tunnel: str | None
    scripts: list[ScriptOut]


class HostOut(BaseModel):
    """What one scan saw of one address at one time."""

    id: int
    scan_id: int | None
    address: str | None
    hostname: str | None
    mac: str | None
    vendor: str | None
    os: str | None
    device_id: int | None
    ports_open: int
    observed_at: UtcTime
    ports: list[HostPortOut]

    @classmethod
    def of(cls, row: HostRow) -> "HostOut":
        """The answer for an observation."""
        facts = row.facts
        ports = [_port(item) for item in _list(facts, "ports")]
        names = _list(facts, "hostnames")
        os_guess = facts.get("os")
        return cls(
            id=row.id,
            scan_id=row.scan_id,
            address=row.address,
            hostname=names[0]["name"] if names else None,
            mac=row.mac,
            vendor=_text(facts, "vendor"),
            os=os_guess.get("name") if isinstance(os_guess, Mapping) else None,
            device_id=row.device_id,
            ports_open=sum(port.state == "open" for port in ports),
            observed_at=row.observed_at,
            ports=ports,
        )


def _port(item: Json) -> HostPortOut:
    texts = ("service", "product", "version", "extra", "tunnel")
    return HostPortOut(
        protocol=item["protocol"],
        port=item["port"],
        state=item.get("state", "open"),
        **{name: _text(item, name) for name in texts},
        scripts=[ScriptOut(name=s["name"], output=s["output"]) for s in _list(item, "scripts")],
    )


def _list(facts: Json, name: str) -> Sequence[Json]:
    found = facts.get(name, ())
    return found if isinstance(found, list) else ()


def _text(facts: Json, name: str) -> str | None:
    found = facts.get(name)
    return found if isinstance(found, str) else None
