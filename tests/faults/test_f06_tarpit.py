"""F06: tarpits in a network cost a scan its budget at most; they are put aside, and nobody else's results change.

Real traps run in machines of the lab: one says the same on 300 ports, one drips for ever on 60.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.e2e.person import Json, Person
from tests.e2e.survey import NETWORKS
from tests.lab import netns
from tests.lab.lab import Lab
from tests.lab.product import Product

pytestmark = [pytest.mark.lab, pytest.mark.timeout(400)]
PROGRAM = Path(__file__).with_name("tarpit.py")
TRAPS = {"quiet": ("10.77.0.30", "banner", 1, 300), "phone": ("10.77.0.50", "drip", 1, 60)}
ADDRESSES = frozenset(address for address, *_ in TRAPS.values())
BUDGET_S = 60
SLACK = 1.1
RUN: Json = {
    "targets": "10.77.0.10-12, 10.77.0.30, 10.77.0.50",
    "profile": "custom",
    # Neither of the traps is asked gently, so that they can do their worst.
    "options": {
        "tcp_ports": "1-300,443,445",
        "service_versions": True,
        "timing": "aggressive",
        "etiquette": False,
    },
    "host_timeout_s": BUDGET_S,
    "chunk_timeout_s": BUDGET_S,
    "concurrency": 1,
}
# Of ports that it never asked a scan cannot tell that they are open too: too few to know a trap by.
BLIND = {**RUN, "options": {**RUN["options"], "tcp_ports": "1-100,443,445", "service_versions": False}}
Ports = dict[str, frozenset[str]]


@dataclass(frozen=True)
class Outcome:
    """What is to be seen of a scan."""

    status: str
    seconds: float
    ports: Ports
    parked: dict[str, str] = field(default_factory=dict)

    def problems(self, control: "Outcome") -> list[str]:
        """Everything that F06 does not allow, beside the same scan before there were traps."""
        found = []
        if self.status != "completed":
            found.append(f"the scan ended {self.status}")
        if self.seconds > BUDGET_S * SLACK:
            found.append(f"it took {self.seconds:.0f} s")
        for address in sorted(ADDRESSES):
            if self.parked.get(address) != "tarpit":
                found.append(f"{address} is {self.parked.get(address, 'not put aside')}")
            if self.ports.get(address):
                found.append(f"{address} has {len(self.ports[address])} ports")
        others = self.parked.keys() - ADDRESSES
        if others:
            found.append(f"put aside as well: {sorted(others)}")
        if not any(control.ports.values()):
            found.append("nothing to compare with")
        others_before = sorted(control.ports.keys() - ADDRESSES)
        return found + [f"{item} differs" for item in others_before if self.ports.get(item) != control.ports[item]]


@pytest.fixture(scope="module")
def story() -> Iterator[tuple[Lab, Person]]:
    """In a lab of this module's own: what its machines run is changed."""
    if os.geteuid() != 0:
        pytest.skip("the lab needs root")
    with Lab(f"p{os.getpid()}") as lab, Product(lab) as product, Person(product) as admin:
        admin.allow(*NETWORKS)
        yield lab, admin


@contextmanager
def trap(lab: Lab, machine: str) -> Iterator[None]:
    """A trap in a machine while the block lasts."""
    _, *words = TRAPS[machine]
    argv = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, words)]
    program = subprocess.Popen(netns.argv_inside(lab.namespace(machine), argv), stdout=subprocess.PIPE, text=True)
    try:
        assert program.stdout
        assert program.stdout.readline() == "ready\n"
        yield
    finally:
        program.terminate()
        program.communicate(timeout=10)


def run(person: Person, wanted: Json) -> Outcome:
    """Scan, and tell what the scan and the inventory say; the inventory is emptied first."""
    for device in person.items("/devices"):
        person.delete(f"/devices/{device['id']}")
    started = person.start_scan(**wanted)
    scan = person.ended_scan(started["id"], within_s=BUDGET_S * 2)
    begun, over = (datetime.fromisoformat(scan[name]) for name in ("started_at", "finished_at"))
    ports: Ports = {}
    for device in person.items("/devices"):
        known = person.items(f"/devices/{device['id']}/ports")
        ports[device["primary_address"]] = frozenset(
            f"{port['protocol']}/{port['port']} {port['service']} {port['product']} {port['version']}"
            for port in known
            if port["state"] == "open"
        )
    parked = person.items(f"/scans/{scan['id']}/difficult-targets")
    codes = {target["address"]: target["code"] for target in parked if target["state"] == "parked"}
    return Outcome(scan["status"], (over - begun).total_seconds(), ports, codes)


def test_f06_tarpits_are_put_aside_within_the_budget_and_change_nothing_else(story: tuple[Lab, Person]) -> None:
    lab, person = story
    control = run(person, RUN)
    with trap(lab, "quiet"), trap(lab, "phone"):
        trapped = run(person, RUN)
        blind = run(person, BLIND)
    assert trapped.problems(control) == []
    # The same check fails a scan that is not able to know a trap.
    assert any("not put aside" in problem for problem in blind.problems(control))
    assert any("has" in problem and "ports" in problem for problem in blind.problems(control))


GOOD = Outcome(
    "completed",
    20,
    {"10.77.0.10": frozenset({"tcp/22 ssh"}), "10.77.0.30": frozenset()},
    dict.fromkeys(ADDRESSES, "tarpit"),
)


def test_f06_the_check_passes_what_is_right() -> None:
    assert GOOD.problems(GOOD) == []


@pytest.mark.parametrize(
    "broken",
    [
        replace(GOOD, status="partial"),
        replace(GOOD, seconds=BUDGET_S * 1.2),
        replace(GOOD, parked={}),
        replace(GOOD, parked=dict.fromkeys(ADDRESSES, "timed_out")),
        replace(GOOD, parked={**GOOD.parked, "10.77.0.10": "tarpit"}),
        replace(GOOD, ports={**GOOD.ports, "10.77.0.30": frozenset({"tcp/1 ssh"})}),
        replace(GOOD, ports={"10.77.0.10": frozenset()}),
    ],
)
def test_f06_the_check_sees_what_it_must_not_miss(broken: Outcome) -> None:
    assert broken.problems(GOOD)
