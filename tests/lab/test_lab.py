"""The lab keeps its own promises: real services, a truth that holds, no way out, nothing left behind."""

import os
import signal
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.lab import netns, wiring
from tests.lab.capture import Capture
from tests.lab.errors import IsolationError, LabError
from tests.lab.isolation import require_isolation
from tests.lab.lab import Lab
from tests.lab.network import PLAN
from tests.lab.relay import Relay
from tests.lab.state import ROOT

pytestmark = pytest.mark.lab


@pytest.fixture(scope="module")
def scanned(lab: Lab) -> dict[str, dict[int, dict[str, str]]]:
    """What plain nmap finds at every port of the truth: address -> port -> attributes."""
    ports = sorted({port.number for host in PLAN.hosts for program in host.programs for port in program.ports})
    wanted = ",".join(map(str, ports))
    quarters = [segment.ipv4.replace("/24", "/26") for segment in PLAN.segments]  # the rest is as empty
    argv = ["nmap", "-sV", "-n", "-T4", "-p", wanted, "-oX", "-"]
    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda quarter: lab.run([*argv, quarter]).stdout, quarters))
    hosts = [host for answer in answers for host in ElementTree.fromstring(answer).iter("host")]
    return {_address(host): _ports(host) for host in hosts}


def _address(host: ElementTree.Element) -> str:
    return next(item.attrib["addr"] for item in host.iter("address") if item.attrib["addrtype"] == "ipv4")


def _ports(host: ElementTree.Element) -> dict[int, dict[str, str]]:
    found = {}
    for port in host.iter("port"):
        state = port.find("state")
        if state is not None and state.attrib["state"] == "open":
            service = port.find("service")
            found[int(port.attrib["portid"])] = dict(service.attrib) if service is not None else {}
    return found


def test_nmap_finds_every_host_of_the_truth_and_no_ghost(scanned: dict[str, Any], truth: dict[str, Any]) -> None:
    cards = [card for host in [*truth["hosts"], truth["scanner"]] for card in host["interfaces"]]
    assert set(scanned) == {card["ipv4"] for card in cards}


def test_nmap_agrees_on_ports_services_and_products(scanned: dict[str, Any], truth: dict[str, Any]) -> None:
    for host in truth["hosts"]:
        expected = {p["port"]: p for p in host["ports"] if p["protocol"] == "tcp" and p["state"] == "open"}
        for card in host["interfaces"]:
            found = scanned[card["ipv4"]]
            assert set(found) == set(expected), host["name"]
            for number, service in found.items():
                assert service["name"] in expected[number]["services"], (host["name"], number)
                assert (expected[number]["product"] or "") in service.get("product", ""), (host["name"], number)
                assert service.get("tunnel") == expected[number]["tunnel"], (host["name"], number)


def test_names_lead_to_addresses_and_back(lab: Lab) -> None:
    answer = lab.run(["getent", "ahostsv4", f"nas.{PLAN.zone}"]).stdout
    assert answer.startswith("10.77.0.12 ")
    assert f"nas.{PLAN.zone}" in lab.run(["getent", "hosts", "10.77.0.12"]).stdout


def test_the_truth_is_for_root_only(lab: Lab, truth: dict[str, Any]) -> None:
    assert truth["hosts"]
    reader = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "cat", str(lab.folder.truth)]
    refused = subprocess.run(reader, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert "Permission denied" in refused.stderr


def test_a_capture_holds_what_was_sent_and_nothing_else(lab: Lab, capture: Capture) -> None:
    assert capture.packets() == []
    lab.run(["nmap", "-sn", "-n", "--send-ip", "-PS22", "10.77.1.10-12"])
    asked = {packet.destination for packet in capture.packets() if packet.kind == "ipv4"}
    assert asked == {"10.77.1.10", "10.77.1.11", "10.77.1.12"}


def test_a_relay_lets_a_browser_in(lab: Lab) -> None:
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    with Relay(lab.namespace("scanner"), ("10.77.1.10", 443)) as relay:
        address = f"https://127.0.0.1:{relay.port}/"
        with urllib.request.urlopen(address, timeout=10, context=trusting) as page:
            assert b"Intranet" in page.read()


@pytest.fixture
def bare() -> Iterator[list[str]]:
    """The wires of a lab without any program."""
    names = wiring.namespaces(f"b{os.getpid()}", PLAN)
    wiring.build(f"b{os.getpid()}", PLAN)
    yield names
    for name in names:
        netns.delete(name)


def test_a_planted_default_route_is_noticed(bare: list[str]) -> None:
    require_isolation(bare)
    netns.batch(bare[-1], ["route add default via 10.77.0.1"])
    with pytest.raises(IsolationError, match="default route"):
        require_isolation(bare)


def test_a_planted_cable_to_the_machine_itself_is_noticed(bare: list[str]) -> None:
    outside = f"out{os.getpid()}"[:15]
    netns.command("ip", "link", "add", outside, "type", "veth", "peer", "name", "planted", "netns", bare[1])
    with pytest.raises(IsolationError, match="planted"):
        require_isolation(bare)
    netns.command("ip", "link", "del", outside)


def test_a_second_lab_lives_beside_the_first_and_starts_in_time(lab: Lab) -> None:
    started = time.monotonic()
    with Lab(f"s{os.getpid()}") as second:
        assert time.monotonic() - started < 15
        assert second.silent_ports() == []
        assert lab.silent_ports() == []
    assert not second.folder.exists()


def test_the_same_lab_is_not_brought_up_twice(lab: Lab) -> None:
    with pytest.raises(LabError, match="up already"):
        Lab(lab.prefix).up()


@pytest.mark.parametrize("cleaner", ["down", "the next lab"])
def test_nothing_stays_of_a_lab_whose_owner_was_killed(cleaner: str) -> None:
    prefix = f"k{os.getpid()}"
    argv = [sys.executable, "-m", "tests.lab", "--prefix", prefix]
    with subprocess.Popen([*argv, "up"], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert any("The lab is up" in line for line in owner.stdout)
        owner.send_signal(signal.SIGKILL)
    if cleaner == "down":
        subprocess.run([*argv, "down"], check=True, timeout=30)
    else:
        with Lab(f"n{os.getpid()}"):
            pass
    assert not (ROOT / prefix).exists()
    assert not [name for name in wiring.namespaces(prefix, PLAN) if (netns.NAMESPACES / name).exists()]
    assert not _mentions(prefix)


def _mentions(prefix: str) -> list[str]:
    """Command lines that still name the lab's folder or namespaces."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if str(ROOT / prefix) in line or f"{prefix}-" in line:
            found.append(line)
    return found
