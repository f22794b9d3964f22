"""What the kernel heard, as observations: by MAC, evidence apart from old entries, routers for others left out."""

from datetime import UTC, datetime

from backend.domain.inventory.neighbours import MOST_PER_MAC, heard, observation
from backend.domain.inventory.proposals import HostNetworks, Interface, Neighbour

NAS, PHONE, GUEST, ROUTER = "00:11:32:00:00:01", "00:16:3e:00:00:02", "00:16:3e:00:00:03", "00:16:3e:00:00:04"
AROUND = HostNetworks(
    interfaces=(Interface("eth0", ("10.0.0.2/24",)), Interface("docker0", ("172.17.0.1/16",), virtual=True)),
    neighbours=(
        Neighbour("fe80::1", NAS, "eth0", reachable=True),
        Neighbour("fd00::11", NAS, "eth0", reachable=True),
        Neighbour("10.0.0.11", NAS, "eth0", reachable=True),
        Neighbour("10.0.0.99", NAS, "eth0", reachable=False),
        Neighbour("10.9.9.9", PHONE, "eth0", reachable=True),
        Neighbour("172.17.0.2", GUEST, "docker0", reachable=True),
        Neighbour("10.0.0.50", "00:00:00:00:00:00", "eth0", reachable=True),
        *(Neighbour(f"10.0.0.{100 + n}", ROUTER, "eth0", reachable=True) for n in range(MOST_PER_MAC + 1)),
    ),
)
LISTED = ("10.0.0.0/24", "172.17.0.0/16")


def test_one_observation_a_mac_with_ipv6_beside_ipv4() -> None:
    old, confirmed = heard(AROUND, LISTED)
    assert (old.mac, old.addresses, old.confirmed) == (NAS, ("10.0.0.99",), False)
    assert confirmed.addresses == ("10.0.0.11", "fd00::11", "fe80::1")
    said = observation(confirmed, 1, datetime(2026, 3, 1, tzinfo=UTC))
    assert (said.source, said.address, said.mac) == ("neighbours", "10.0.0.11", NAS)
    assert said.facts.addresses == ("fd00::11", "fe80::1")


def test_this_machines_own_guests_only_when_asked() -> None:
    assert GUEST not in {item.mac for item in heard(AROUND, LISTED)}
    assert GUEST in {item.mac for item in heard(AROUND, LISTED, virtual=True)}


def test_nothing_before_a_network_is_written_down() -> None:
    assert heard(AROUND, ()) == ()
