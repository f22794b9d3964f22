"""What naming takes, and how what it tells becomes an observation."""

import dataclasses
from datetime import UTC, datetime
from uuid import UUID

import pytest

from backend.domain.discovery.naming import HostPorts, Named, NamingJob, checked_hosts
from backend.domain.discovery.observed import observation
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.report import HostReport, OsGuess, PortReport, ScriptResult
from backend.domain.discovery.scan import Chunk, Scan, ScanStatus
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.errors import Invalid
from tests.domain.discovery.jobs import LAN

JOB = NamingJob("uid", (HostPorts("10.0.0.1", (22, 80)), HostPorts("10.0.0.2", (), (161,))), LAN)
NOW = datetime(2026, 1, 2, tzinfo=UTC)
CHUNK = Chunk(1, UUID(int=2), 3, 1, ("10.0.0.0/30",), 4)
SCAN = Scan(
    id=3,
    uid=UUID(int=3),
    site_id=1,
    project_id=1,
    project_name="",
    name="",
    status=ScanStatus.RUNNING,
    profile="custom",
    options=ScanOptions(tcp_ports="22,80"),
    targets=("10.0.0.0/30",),
    exclusions=(),
    ranges=("10.0.0.0/30",),
    names={},
    address_count=4,
    chunk_size=64,
    concurrency=1,
    host_timeout_s=60,
    chunk_timeout_s=60,
    raw_sockets=True,
    created_at=NOW,
)


def test_a_job_inside_its_scope_is_taken() -> None:
    assert checked_hosts(JOB) == JOB.hosts


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hosts": (HostPorts("192.168.7.1"),)}, "scope_refused"),
        ({"hosts": (HostPorts("127.0.0.1"),)}, "scope_refused"),
        ({"hosts": (HostPorts("10.0.0.0/30"),)}, "job_refused"),
        ({"hosts": (HostPorts("10.0.0.1"), HostPorts("10.0.0.1"))}, "job_refused"),
        ({"hosts": (HostPorts("router"),)}, "job_refused"),
        ({"hosts": (HostPorts("10.0.0.1", (0,)),)}, "job_refused"),
        ({"hosts": (HostPorts("10.0.0.1", (), (65_536,)),)}, "job_refused"),
        ({"scope": Scope((AllowedNetwork("10.0.0.0/8"),), ("10.0.0.2",))}, "scope_refused"),
        ({"scope": Scope((AllowedNetwork("10.0.0.0/8"),), (), ("10.0.0.1",))}, "scope_refused"),
        ({"deadline_s": 0.0}, "job_refused"),
        ({"per_host_s": 100.0}, "job_refused"),
        ({"per_host_limit": 0}, "job_refused"),
    ],
)
def test_any_other_job_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_hosts(dataclasses.replace(JOB, **changes))  # type: ignore[arg-type]  # wrong on purpose
    assert refused.value.code == code


def test_what_a_source_says_becomes_an_observation_of_that_source() -> None:
    named = Named(
        "10.0.0.1",
        "ssdp",
        hostnames=("tv.lan",),
        ports=(PortReport("tcp", 80, "open", service="http", confidence=10),),
        os=OsGuess("Linux", 80),
        vendor="Example",
        type_hint="tv",
        keys=("ssh:sha256:abc",),
        scripts=(ScriptResult("ssdp", "text"),),
        mac="02:00:00:00:00:01",
        display_name="Living room",
    )
    said = observation(SCAN, CHUNK, named.report(), NOW)
    assert (said.source, said.mac, said.facts.state) == ("ssdp", None, "up")
    assert (said.facts.name, said.facts.vendor, said.facts.type) == ("Living room", "Example", "tv")
    assert [(name.name, name.source) for name in said.facts.hostnames] == [("tv.lan", "ssdp")]
    assert said.facts.keys == ("ssh:sha256:abc",)
    assert said.facts.covered == ()


def test_names_from_dns_and_keys_from_nmaps_scripts() -> None:
    dns = observation(SCAN, CHUNK, Named("10.0.0.1", "dns", ("a.lan",)).report(), NOW)
    assert dns.facts.hostnames[0].source == "ptr"
    digest = ":".join(["0f"] * 16)
    port = PortReport("tcp", 22, "open", scripts=(ScriptResult("ssh-hostkey", f" 256 {digest} (ED25519)"),))
    nmap = observation(SCAN, CHUNK, HostReport("10.0.0.1", "up", ports=(port,)), NOW)
    assert nmap.facts.keys == (f"ssh:ed25519:{'0f' * 16}",)
