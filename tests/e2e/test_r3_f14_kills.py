"""R3 and F14: the application killed again and again in mid-scan; the scan goes on by itself and nothing is lost.

`LANARIUM_KILLS=20 pytest -s tests/e2e/test_r3_f14_kills.py` is the whole of R3; its last line is its figures.
"""

import json
import os
import random
import signal
import time
from dataclasses import dataclass, field

import pytest

from tests.e2e.person import ENDED, Json, Person
from tests.e2e.survey import Inventory, forget_devices, inventory
from tests.e2e.waiting import until
from tests.lab.inhabitants import Inhabitant, named, with_words
from tests.lab.product import Product

pytestmark = [pytest.mark.lab, pytest.mark.timeout(900)]
KILLS = int(os.environ.get("LANARIUM_KILLS", "4"))
ORPHAN_LIMIT_S = 2.0
# 256 addresses in 16 chunks, one at a time, slowly enough that there is always something to interrupt.
RUN = {
    "targets": "10.77.0.0/24",
    "profile": "custom",
    "options": {"tcp_ports": "1-120,443,445,3306,5432,8080", "resolve_names": False, "max_rate": 200},
    "chunk_size": 16,
    "concurrency": 1,
}


@dataclass
class Storm:
    """What was seen of a run under kills."""

    control: Inventory
    after: Inventory
    kills: int = 0
    redone: int = 0
    orphans: list[int] = field(default_factory=list)
    status: str = ""

    def problems(self) -> list[str]:
        """Everything that R3 does not allow."""
        found = [f"{address} differs" for address in sorted(self.control.keys() | self.after.keys())
                 if self.control.get(address) != self.after.get(address)]  # fmt: skip
        if not self.control:
            found.append("nothing to compare with")
        if self.redone > self.kills:
            found.append(f"{self.redone} chunks redone for {self.kills} kills")
        if self.orphans:
            found.append(f"orphans: {self.orphans}")
        if self.status != "completed":
            found.append(f"the scan ended {self.status}")
        return found


def _engines(product: Product) -> set[int]:
    """The runs of nmap; not a question for its version."""
    return {each.pid for each in named(product.namespace, "nmap") if "-iL" in each.command}


def _application(product: Product) -> Inhabitant | None:
    serving = [each for each in with_words(product.namespace, "backend.cli serve") if "keeper" not in each.command]
    return serving[0] if serving else None


def _kill(product: Product) -> list[int]:
    """Kill the application; answers what is left of its runs of nmap after the limit."""
    application = until(lambda: _application(product), "the application runs")
    before = _engines(product)
    os.kill(application.pid, signal.SIGKILL)
    deadline = time.monotonic() + ORPHAN_LIMIT_S
    while before & _engines(product) and time.monotonic() < deadline:
        time.sleep(0.02)
    return sorted(before & _engines(product))


def _storm(person: Person, product: Product, scan_id: int, storm: Storm) -> None:
    dice = random.Random(20)
    while storm.kills < KILLS:
        running = until(lambda: _running(person, product, scan_id), "the scan runs again")
        if running["status"] in ENDED:
            return
        time.sleep(dice.uniform(0.1, 1.5))  # when the blow falls is the point
        if person.scan(scan_id)["status"] in ENDED:
            return
        storm.orphans += _kill(product)
        storm.kills += 1


def _running(person: Person, product: Product, scan_id: int) -> Json | None:
    if not product.ready():
        return None
    scan = person.scan(scan_id)
    return scan if scan["status"] in ENDED or scan["chunks"]["running"] else None


def test_r3_the_inventory_after_kills_is_that_of_an_undisturbed_run(person: Person, product: Product) -> None:
    forget_devices(person)
    started = time.monotonic()
    control = person.ended_scan(person.start_scan(**RUN)["id"], within_s=300)
    undisturbed_s = time.monotonic() - started
    assert control["status"] == "completed", control["message"]
    storm = Storm(inventory(person), {})
    forget_devices(person)
    scan_id = person.start_scan(**RUN)["id"]
    _storm(person, product, scan_id, storm)
    until(product.ready, "the application is back")
    ended = person.ended_scan(scan_id, within_s=300)
    storm.status, storm.after = ended["status"], inventory(person)
    chunks = person.items(f"/scans/{scan_id}/chunks")
    storm.redone = sum(max(0, chunk["attempts"] - 1) for chunk in chunks)
    figures = {
        "kills": storm.kills,
        "addresses": ended["address_count"],
        "devices": len(storm.after),
        "inventory_equal": storm.control == storm.after,
        "chunks_redone": storm.redone,
        "orphans_after_2s": len(storm.orphans),
        "undisturbed_s": round(undisturbed_s, 1),
    }
    print(json.dumps(figures))  # noqa: T201 - the figures are what this run is for
    assert storm.problems() == []
    assert storm.kills >= min(KILLS, 3), "the run was over before it was disturbed"


@pytest.mark.parametrize(
    "broken",
    [
        Storm({"10.0.0.1": (None, ("tcp/22",))}, {"10.0.0.1": (None, ())}, 5, 5, [], "completed"),
        Storm({"10.0.0.1": (None, ())}, {"10.0.0.1": (None, ()), "10.0.0.2": (None, ())}, 5, 0, [], "completed"),
        Storm({"10.0.0.1": (None, ())}, {"10.0.0.1": (None, ())}, 5, 6, [], "completed"),
        Storm({"10.0.0.1": (None, ())}, {"10.0.0.1": (None, ())}, 5, 0, [4711], "completed"),
        Storm({"10.0.0.1": (None, ())}, {"10.0.0.1": (None, ())}, 5, 0, [], "interrupted"),
        Storm({}, {}, 5, 0, [], "completed"),
    ],
)
def test_r3_the_check_sees_what_it_must_not_miss(broken: Storm) -> None:
    assert broken.problems()
