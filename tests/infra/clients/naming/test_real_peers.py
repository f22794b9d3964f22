"""The same product and version as nmap, from the real programs; and their names and keys as in their files."""

import asyncio
import base64
import hashlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.domain.discovery.naming import HostPorts
from backend.domain.discovery.report import HostReport, PortReport
from backend.infra.clients.naming.reverse import Resolvers
from backend.infra.nmap_xml import NmapXml
from tests.infra.clients.naming.peers import ADDRESS, DOMAIN, SSH_KEYS, TCP, UDP, real_peers
from tests.infra.clients.naming.strangers import Heard, ask
from tests.infra.scan_helper.cage import TARGETS, Pair, namespace_pair
from tests.lab import netns

pytestmark = pytest.mark.lab
# What must be told exactly as nmap tells it.
SAME = {"ssh", "http", "ftp", "domain", "netbios-ssn"}


@pytest.fixture(scope="module")
def machines() -> Iterator[tuple[Pair, Path]]:
    with namespace_pair() as pair, real_peers(pair) as folder:
        yield pair, folder


def asked(pair: Pair, *hosts: HostPorts) -> Heard:
    """What the engine hears on the scanner's machine."""
    resolvers = Resolvers((ADDRESS,))
    return netns.inside(pair.scanner, lambda: asyncio.run(ask(*hosts, resolvers=resolvers, names=True)))


@pytest.fixture(scope="module")
def heard(machines: tuple[Pair, Path]) -> Heard:
    return asked(machines[0], HostPorts(ADDRESS, TCP, UDP))


@pytest.fixture(scope="module")
def nmap(machines: tuple[Pair, Path]) -> HostReport:
    ports = ",".join(map(str, TCP))
    inside = netns.argv_inside(
        machines[0].scanner, ("nmap", "-n", "-Pn", "-T4", "-sV", "-p", ports, "-oX", "-", ADDRESS)
    )
    reader = NmapXml()
    found = reader.feed(subprocess.run(inside, capture_output=True, check=True, timeout=120).stdout)
    return next(item for item in found if isinstance(item, HostReport))


def shown(port: PortReport) -> tuple[object, ...]:
    """What must be the same. Samba keeps its version quiet: nmap tells the major number, or a lower bound."""
    version = (port.version or "").split(".")[0] if port.product == "Samba smbd" else port.version
    return (port.port, port.service, port.tunnel, port.product, version)


def test_product_and_version_as_nmap_tells_them(heard: Heard, nmap: HostReport) -> None:
    theirs = {port.port: port for port in nmap.ports}
    assert {port.service for port in theirs.values()} >= SAME
    banner = heard.of("banner")
    assert banner is not None
    ours = {port.port: port for port in banner.ports if port.protocol == "tcp"}
    assert [shown(ours[number]) for number in TCP] == [shown(theirs[number]) for number in TCP]


def test_ssh_keys_are_those_of_the_files(heard: Heard, machines: tuple[Pair, Path]) -> None:
    blobs = [base64.b64decode((machines[1] / f"host_{kind}.pub").read_text().split()[1]) for kind in SSH_KEYS]
    digests = {base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=") for blob in blobs}
    banner = heard.of("banner")
    assert banner is not None
    assert {key for key in banner.keys if key.startswith("ssh:sha256:")} == {f"ssh:sha256:{d}" for d in digests}
    old = {f"ssh:{kind}:{hashlib.md5(blob).hexdigest()}" for kind, blob in zip(SSH_KEYS, blobs, strict=True)}
    assert old <= set(banner.keys)


def test_the_certificate_gives_name_and_key(heard: Heard, machines: tuple[Pair, Path]) -> None:
    text = netns.command(
        "openssl", "x509", "-in", str(machines[1] / "host.crt"), "-noout", "-fingerprint", "-sha1"
    )
    digest = text.strip().partition("=")[2].replace(":", "").lower()
    tls = heard.of("tls")
    assert tls is not None
    assert (tls.hostnames, tls.keys) == ((f"web.{DOMAIN}",), (f"tls:{digest}",))


def test_names_by_every_source(heard: Heard) -> None:
    assert {item.source: item.hostnames for item in heard.named if item.source in {"dns", "netbios", "snmp"}} == {
        "dns": (f"peer.{DOMAIN}",),
        "netbios": ("FILER",),
        "snmp": (f"agent.{DOMAIN}",),
    }
    snmp, banner = heard.of("snmp"), heard.of("banner")
    assert snmp is not None
    assert snmp.keys[0].startswith("snmp:80001f88")  # Net-SNMP's number at IANA is 8072
    assert snmp.os is not None
    assert snmp.os.family == "Linux"
    assert banner is not None
    assert "FILER" in banner.hostnames
    assert [(port.protocol, port.product) for port in banner.ports if port.port == 53] == [
        ("tcp", "dnsmasq"),
        ("udp", "dnsmasq"),
    ]


def test_it_takes_a_moment(machines: tuple[Pair, Path]) -> None:
    """Three hosts with five ports each, all of them named, in about the time that a silent port is waited for."""
    ports = (21, 22, 80, 139, 445)
    begun = time.monotonic()
    found = asked(machines[0], *(HostPorts(address, ports) for address in TARGETS))
    assert time.monotonic() - begun < 6
    banners = [item for item in found.named if item.source == "banner"]
    assert len(banners) == len(TARGETS)
    assert all(port.product for item in banners for port in item.ports)
