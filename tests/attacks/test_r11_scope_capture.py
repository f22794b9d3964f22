"""R11: a capture on the scanner's own card holds no packet to an address outside what was allowed."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.domain.discovery.addresses import AddressRange, AddressSet
from backend.domain.discovery.options import PROFILES, ScanOptions
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.discovery.scripts import ALLOWED_SCRIPTS
from backend.domain.discovery.sweep import SweepJob
from backend.infra.clients.scan_helper import ScanHelperProcesses
from tests.domain.discovery.jobs import make_job
from tests.infra.scan_helper.cage import CagedHelper, caged_helper
from tests.infra.scan_helper.scans import code, folder, scan
from tests.infra.sweep.sweeping import sweep
from tests.lab import netns
from tests.lab.capture import Capture
from tests.lab.lab import Lab

pytestmark = pytest.mark.lab
OFFICE, SERVERS, GATEWAY = "10.77.0.8/29", "10.77.1.8/30", "10.77.0.1"
# What a kernel sends by itself when a card comes up: group membership, router and neighbour solicitation.
KERNEL = ("ff02::16", "ff02::2", "ff02::1:ff")
SCOPE = Scope((AllowedNetwork(OFFICE), AllowedNetwork(SERVERS)), excluded=("10.77.0.11",))
TALKATIVE = ScanOptions(
    tcp_ports="22,80,443", udp_ports="161", service_versions=True, version_intensity=0, scripts=ALLOWED_SCRIPTS
)


@pytest.fixture(scope="module")
def lab_helper(lab: Lab) -> Iterator[CagedHelper]:
    with caged_helper(lab.namespace("scanner")) as helper:
        yield helper


def outside(destinations: set[str], allowed: AddressSet) -> set[str]:
    """The addresses that were sent to, or asked for, and that nobody allowed. The router is the way to others."""
    asked = {text for text in destinations - {GATEWAY} if not text.startswith(KERNEL)}
    return {text for text in asked if next(iter(AddressRange.parse(text))) not in allowed}


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("network", [OFFICE, SERVERS])
async def test_nothing_leaves_the_scope(
    lab_helper: CagedHelper, capture: Capture, tmp_path: Path, network: str, raw: bool
) -> None:
    job = make_job(
        targets=(network,),
        exclusions=("10.77.0.11",),
        scope=SCOPE,
        options=TALKATIVE if raw and network == OFFICE else PROFILES["quick"],
        raw=raw,
        artifact_dir=folder(tmp_path),
    )
    told = await scan(ScanHelperProcesses(lab_helper.socket), job)
    assert code(told) == "success"
    assert told.up()
    allowed = AddressSet.parse([OFFICE, SERVERS]) - AddressSet.parse(["10.77.0.11"])
    destinations = capture.destinations()
    assert destinations
    assert outside(destinations, allowed) == set()


@pytest.mark.parametrize("raw", [True, False])
@pytest.mark.parametrize("network", [OFFICE, SERVERS])
async def test_a_sweep_stays_in_the_scope(
    lab_helper: CagedHelper, capture: Capture, network: str, raw: bool
) -> None:
    wanted = SweepJob(
        "sweep",
        (network,),
        SCOPE,
        exclusions=("10.77.0.11",),
        probes=("arp", "echo", "syn"),
        tcp_ports=(22, 80, 443),
        udp_ports=(53, 137, 161, 1900, 5353),
        raw=raw,
    )
    told = await sweep(ScanHelperProcesses(lab_helper.socket), wanted)
    assert told.code == "success"
    assert told.alive
    allowed = AddressSet.parse([OFFICE, SERVERS]) - AddressSet.parse(["10.77.0.11"])
    destinations = capture.destinations()
    assert destinations
    assert outside(destinations, allowed) == set()


def test_the_twin_is_caught(lab: Lab, capture: Capture) -> None:
    """nmap with a person's words on its command line, where a list means more than was allowed."""
    argv = netns.argv_inside(lab.namespace("scanner"), ["nmap", "-n", "-sn", "10.77.0.9,10-12"])
    subprocess.run(argv, capture_output=True, check=True, timeout=60)
    assert outside(capture.destinations(), AddressSet.parse(["10.77.0.9", "10.77.0.10"]))
