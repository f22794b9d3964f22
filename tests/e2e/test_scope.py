"""Nothing outside the allowed networks is ever scanned (R11): hostile targets against the whole product.

The parser and the argument builder meet millions of these by themselves; here the answer is what leaves the wire.
"""

import ipaddress
import random
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.e2e.survey import NETWORKS
from tests.lab.capture import Capture
from tests.lab.lab import Lab

pytestmark = pytest.mark.lab

SEED = 11
ROUNDS = 80
ONE_PORT = {"profile": "custom", "options": {"tcp_ports": "22", "resolve_names": False}}
GOOD = ("10.77.0.10", "10.77.1.11-12", "10.77.0.12/31", "web.lab.lanarium.test", "10.77.0.250-10.77.1.1")
# The scanner's own: alone they are refused, in a list with others they are left out.
OWN = ("127.0.0.1", "localhost", "::1", "10.77.0.2")
BAD = (
    # Outside of what was confirmed, near and far.
    *("10.77.2.1", "10.78.0.1", "10.76.255.255", "198.51.100.77", "0.0.0.0/0", "10.0.0.0/8", "10.77.0.0/15"),
    *(
        "10.77.1.250-10.77.2.5",
        "10.77.1-2.10",
        "10.77.*.10",
        "outside.lab.lanarium.test",
        "OUTSIDE.lab.lanarium.test.",
    ),
    # A name of two addresses, one of them in an IPv6 network that nobody confirmed.
    "nas.lab.lanarium.test",
    # Never scanned, whoever allows it.
    *("127.0.0.2", "169.254.1.1", "224.0.0.1", "255.255.255.255", "fe80::1", "ff02::1"),
    *("fd77::a", "2001:db8::/64", "::ffff:10.78.0.1", "10.77.0.10%eth0"),
    # Numbers that some parsers read as an address.
    *("127.1", "0x0a.77.0.1", "012.77.0.1", "172818433", "300.1.1.1", "10.77.0", "10.77.0.１０", "10.77.0.0/33"),
    # Words that are meant for nmap.
    *(
        "-oN /tmp/x",
        "--script=default",
        "-iL /etc/passwd",
        "10.77.0.10 -oN /tmp/x",
        "-6",
        "--excludefile=/dev/null",
    ),
    *(
        "10.77.0.10;id",
        "$(id)",
        "`id`",
        "10.77.0.10\n-sU",
        "10.77.0.10\x0010.78.0.1",
        "no-such-name.lab.lanarium.test",
    ),
)


@pytest.mark.parametrize("targets", [*BAD, *OWN])
def test_each_bad_target_is_refused_by_its_field(person: Person, targets: str) -> None:
    status, problem = person.refused("/scans/start", {"targets": [targets], **ONE_PORT})
    assert status == 422
    assert problem["errors"][0]["field"].startswith("targets")


def test_r11_whatever_is_asked_for_no_packet_leaves_the_scope(lab: Lab, person: Person, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    started = []
    with Capture(lab, tmp_path / "scope.pcap") as capture:
        for _ in range(ROUNDS):
            targets, is_good = _mixed(chance)
            body = {"targets": targets, **ONE_PORT}
            if is_good:
                started.append(person.start_scan(**body)["id"])
            else:
                person.refused("/scans/start", body)
        for scan_id in started:
            person.ended_scan(scan_id)
        packets = capture.packets()
    assert started
    assert packets
    allowed = [ipaddress.ip_network(network) for network in NETWORKS]
    asked = {ipaddress.ip_address(packet.destination) for packet in packets if packet.destination}
    assert {str(each) for each in asked if not any(each in network for network in allowed)} == set()


def _mixed(chance: random.Random) -> tuple[list[str], bool]:
    """A few targets of which, mostly, one is bad; and whether none is."""
    targets = chance.sample(GOOD, chance.randint(1, 2))
    is_good = chance.random() < 0.15
    if not is_good:
        targets.insert(chance.randint(0, len(targets)), chance.choice(BAD))
    return targets, is_good
