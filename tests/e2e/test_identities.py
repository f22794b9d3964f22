"""Five scans of a network in which machines move, swap, change a private MAC and take more addresses.

No duplicate, no ghost: every machine is one device, the same one from the first scan to the last.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from tests.e2e.person import Json, Person
from tests.e2e.survey import NETWORKS, TARGETS
from tests.lab import netns
from tests.lab.lab import Lab
from tests.lab.product import Product

pytestmark = pytest.mark.lab

LENGTH = "/24"


@dataclass
class Network:
    """Which machine has which addresses now, and the commands that change it."""

    lab: Lab
    addresses: dict[str, set[str]] = field(default_factory=dict)

    def give(self, machine: str, *addresses: str) -> None:
        """Let the machine have these addresses on its first card, and no others there."""
        name = self.lab.namespace(machine)
        lines = [f"address add {address}{LENGTH} dev eth0" for address in addresses]
        kept = [f"route add {r['dst']} via {r['gateway']}" for r in netns.query(name, "route") if "gateway" in r]
        netns.command("ip", "-n", name, "-4", "address", "flush", "dev", "eth0")
        netns.batch(name, [*lines, *kept])
        self.addresses[machine] = set(addresses)
        self._announce()

    def new_mac(self, machine: str, mac: str) -> None:
        """Let the machine's first card have another MAC."""
        netns.batch(self.lab.namespace(machine), [f"link set eth0 address {mac}"])
        self._announce()

    def _announce(self) -> None:
        """What a gratuitous ARP does on real machines: nobody goes on sending to who was there before."""
        for machine in (*self.addresses, "scanner"):
            netns.command("ip", "-n", self.lab.namespace(machine), "neighbour", "flush", "all")


def _machines_move(network: Network) -> None:
    network.give("pi", "10.77.0.25")
    network.give("web", "10.77.1.25")


def _machines_swap(network: Network) -> None:
    network.give("desk", "10.77.0.12")
    network.give("nas", "10.77.0.11")
    network.give("web", "10.77.1.11")
    network.give("files", "10.77.1.25")


def _a_phone_changes_its_mac(network: Network) -> None:
    network.new_mac("phone", "da:a1:19:77:99:51")


def _a_machine_takes_two_more_addresses(network: Network) -> None:
    network.give("nas", "10.77.0.11", "10.77.0.13", "10.77.0.14")
    network.new_mac("phone", "d2:00:5e:10:00:52")


CHANGES: tuple[Callable[[Network], None], ...] = (
    _machines_move,
    _machines_swap,
    _a_phone_changes_its_mac,
    _a_machine_takes_two_more_addresses,
)


@contextmanager
def _lab() -> Iterator[tuple[Network, Person]]:
    with Lab(f"i{os.getpid()}") as lab, Product(lab) as product, Person(product) as person:
        person.allow(*NETWORKS)
        network = Network(lab)
        for host in lab.truth()["hosts"]:
            network.addresses[host["name"]] = {card["ipv4"] for card in host["interfaces"]}
        yield network, person


def _scan(person: Person, number: int) -> None:
    started = person.start_scan(targets=TARGETS, profile="standard", name=f"Scan {number}")
    scan = person.ended_scan(started["id"], within_s=240)
    assert scan["status"] == "completed", scan["message"]


def _devices(person: Person) -> list[Json]:
    """Every device but the scanner itself, with its addresses."""
    whole = [person.get(f"/devices/{device['id']}") for device in person.items("/devices")]
    return [device for device in whole if "10.77.0.2" not in _current(device)]


def _current(device: Json) -> set[str]:
    return {a["address"] for a in device["addresses"] if a["current"] and a["kind"] == "ipv4"}


def _whose(network: Network, devices: list[Json]) -> dict[str, set[int]]:
    """By machine, the devices that have its addresses."""
    holders = {address: device["id"] for device in devices for address in _current(device)}
    found: dict[str, set[int]] = defaultdict(set)
    for machine, addresses in network.addresses.items():
        found[machine] = {holders.get(address, 0) for address in addresses}
    return found


@pytest.mark.timeout(900)
def test_every_machine_stays_itself_through_five_scans() -> None:
    with _lab() as (network, person):
        _scan(person, 1)
        first = _whose(network, _devices(person))
        assert all(len(ids) == 1 and 0 not in ids for ids in first.values()), first
        for number, change in enumerate(CHANGES, start=2):
            change(network)
            _scan(person, number)
            devices = _devices(person)
            assert _whose(network, devices) == first, change.__name__
            assert len(devices) == len(network.addresses), [(d["name"], _current(d)) for d in devices]
            places = {frozenset(_current(d)) for d in devices}
            assert places == {frozenset(a) for a in network.addresses.values()}, change.__name__
        why = person.get(f"/devices/{next(iter(first['web']))}/identity")["reasons"]
        assert {"moved"} <= {reason["code"] for reason in why}, why
