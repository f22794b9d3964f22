"""A new installation meets a network: nothing is sent before a person says so, then everything is found.

One story in one lab, told once for all tests: the recording starts before the product does.
"""

import ipaddress
import os
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.e2e.person import Json, Person
from tests.e2e.survey import NETWORKS, TARGETS
from tests.lab import pcap
from tests.lab.capture import Capture
from tests.lab.lab import Lab
from tests.lab.product import Product

pytestmark = pytest.mark.lab

EXCLUDED = "10.77.0.60-63"


@dataclass
class Story:
    """What the one scan showed, in the order in which it was seen."""

    proposals: list[Json]
    refusal: tuple[int, Json]
    before_consent: list[pcap.Packet]
    expected: Json
    scan: Json
    hosts: list[Json]
    devices: list[Json]
    frames: list[Json]
    lines_while_running: int
    packets: list[pcap.Packet] = field(default_factory=list)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Start, look at the proposals, be refused, confirm, scan and watch; in a lab that nobody used before."""
    file = tmp_path_factory.mktemp("capture") / "first.pcap"
    with Lab(f"f{os.getpid()}") as lab, Capture(lab, file) as capture, Product(lab) as product:
        return _told(Person(product), capture)


def _told(admin: Person, capture: Capture) -> Story:
    with admin as person:
        proposals = person.items("/networks/proposals")
        refusal = person.refused("/scans/start", {"targets": TARGETS, "profile": "quick"})
        silence = capture.packets()
        person.allow(*NETWORKS)
        story = _scan(person, proposals, refusal, silence)
        story.packets = capture.packets()
        return story


def _scan(person: Person, proposals: list[Json], refusal: tuple[int, Json], silence: list[pcap.Packet]) -> Story:
    wanted = {"targets": TARGETS, "exclusions": EXCLUDED, "profile": "standard"}
    expected = person.post("/targets/expand", wanted)
    started = person.start_scan(**wanted, name="First scan")
    frames: list[Json] = []
    lines_while_running = 0
    with person.watching(started["id"]) as stream:
        for frame in stream:
            frames.append(frame)
            if frame["type"] == "lines" and lines_while_running == 0:
                running = person.scan(started["id"])["status"] == "running"
                lines_while_running = len(frame["lines"]) if running else 0
            if frame["type"] == "finished":
                break
    scan = person.ended_scan(started["id"])
    hosts = [person.get(f"/hosts/{host['id']}") for host in person.items(f"/scans/{scan['id']}/hosts")]
    devices = person.items("/devices")
    return Story(proposals, refusal, silence, expected, scan, hosts, devices, frames, lines_while_running)


def test_proposals_name_the_networks_that_the_machine_can_see(story: Story) -> None:
    proposed = {proposal["cidr"]: proposal for proposal in story.proposals}
    assert set(NETWORKS) <= set(proposed)
    assert not proposed["10.77.0.0/24"]["already_allowed"]


def test_no_packet_leaves_before_a_person_confirms_a_network(story: Story) -> None:
    assert story.before_consent == []


def test_a_scan_of_a_network_that_nobody_confirmed_is_refused(story: Story) -> None:
    status, problem = story.refusal
    assert status == 422
    assert problem["errors"][0]["field"].startswith("targets")


def test_the_scan_completes(story: Story) -> None:
    assert story.scan["status"] == "completed", story.scan["message"]
    assert story.scan["progress"] == 1
    assert story.scan["chunks"]["done"] == story.scan["chunks"]["total"]


def test_every_live_host_is_found_and_no_ghost(story: Story, truth: dict[str, Any]) -> None:
    alive = {card["ipv4"] for host in truth["hosts"] for card in host["interfaces"]}
    scanner = truth["scanner"]["interfaces"][0]["ipv4"]
    assert {host["address"] for host in story.hosts} - {scanner} == alive


def test_every_open_port_is_found_and_no_other(story: Story, truth: dict[str, Any]) -> None:
    found = {host["address"]: _open(host, "tcp") for host in story.hosts}
    for host in truth["hosts"]:
        expected = set(_open(host, "tcp"))
        for card in host["interfaces"]:
            assert set(found[card["ipv4"]]) == expected, host["name"]


def test_open_udp_ports_are_found(story: Story, truth: dict[str, Any]) -> None:
    found = {host["address"]: set(_open(host, "udp")) for host in story.hosts}
    for host in truth["hosts"]:
        expected = set(_open(host, "udp"))
        for card in host["interfaces"]:
            assert found[card["ipv4"]] == expected, host["name"]


def test_services_have_their_right_names(story: Story, truth: dict[str, Any]) -> None:
    found = {host["address"]: _open(host, "tcp") for host in story.hosts}
    for host in truth["hosts"]:
        for card in host["interfaces"]:
            for port in _open(host, "tcp").values():
                service = found[card["ipv4"]][port["port"]]
                assert service["service"] in port["services"], (host["name"], service)
                assert (port["product"] or "") in (service["product"] or ""), (host["name"], service)


def test_mac_addresses_and_vendors_are_those_of_the_cards(story: Story, truth: dict[str, Any]) -> None:
    found = {host["address"]: host for host in story.hosts}
    for host in truth["hosts"]:
        card = host["interfaces"][0]
        if card["segment"] == "office":
            seen = found[card["ipv4"]]
            assert seen["mac"].lower() == card["mac"], host["name"]
            assert (host["vendor"] or "").lower() in (seen["vendor"] or "").lower(), host["name"]


def test_lines_arrive_while_nmap_runs_and_none_is_missing(story: Story) -> None:
    assert story.lines_while_running > 0
    chunk_ends = [i for i, frame in enumerate(story.frames) if frame["type"] == "chunk" and _is_over(frame)]
    lines = [i for i, frame in enumerate(story.frames) if frame["type"] == "lines"]
    assert lines[0] < chunk_ends[0]
    sequence = [line["seq"] for frame in story.frames if frame["type"] == "lines" for line in frame["lines"]]
    assert sequence == list(range(sequence[0], sequence[0] + len(sequence)))


def test_it_cost_about_what_was_said_before(story: Story) -> None:
    """Within a factor of three: how many live and what they have open is not known beforehand."""
    assert 1 / 3 <= story.expected["packets_estimated"] / len(story.packets) <= 3
    assert story.expected["address_count"] == story.scan["address_count"]


def test_every_host_became_a_device(story: Story, truth: dict[str, Any]) -> None:
    addresses = {device["primary_address"] for device in story.devices}
    assert {host["interfaces"][0]["ipv4"] for host in truth["hosts"]} <= addresses


def test_r11_no_packet_leaves_the_scope(story: Story) -> None:
    assert story.packets
    assert outside_scope(story.packets) == set()


def test_r11_the_check_notices_a_packet_outside(story: Story) -> None:
    stray = pcap.Packet("ipv4", "10.77.0.2", "10.77.2.1", 6, 22)
    excluded = pcap.Packet("arp", "10.77.0.2", "10.77.0.61")
    assert outside_scope([*story.packets, stray, excluded]) == {"10.77.2.1", "10.77.0.61"}


def outside_scope(packets: list[pcap.Packet]) -> set[str]:
    """Destinations that the scan's targets do not cover, or that were excluded."""
    scope = [ipaddress.ip_network(target) for target in TARGETS]
    first, last = ipaddress.ip_address("10.77.0.60"), ipaddress.ip_address("10.77.0.63")
    found = set()
    for packet in packets:
        address = ipaddress.ip_address(packet.destination or "0.0.0.0")
        inside = any(address in network for network in scope)
        if not inside or first <= address <= last:  # type: ignore[operator]
            found.add(str(address))
    return found


def _open(host: Json, protocol: str) -> dict[int, Json]:
    ports = [port for port in host["ports"] if port["protocol"] == protocol and port["state"] == "open"]
    return {port["port"]: port for port in ports}


def _is_over(frame: Json) -> bool:
    return frame["chunk"]["status"] in {"done", "partial", "failed", "stopped"}
