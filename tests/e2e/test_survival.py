"""What is found stays found: nmap killed, the application killed, the database away, all in mid-scan."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from tests.e2e.person import ENDED, Json, Person
from tests.e2e.survey import SLOW, SLOW_ALIVE, Inventory, differences, forget_devices, found, inventory, slow_scan
from tests.e2e.waiting import until
from tests.lab.inhabitants import Inhabitant, named, with_words
from tests.lab.product import Product

pytestmark = pytest.mark.lab

ORPHAN_LIMIT_S = 2.0
DATABASE_AWAY_S = 30.0
NMAP_KILLS = int(os.environ.get("LANARIUM_NMAP_KILLS", "5"))
# An nmap that nobody lets finish, attempt after attempt, ends the scan with a sentence, and that is right.
KILLS_A_SCAN = 8
DICE = random.Random(5)


def _nmap(product: Product) -> list[Inhabitant]:
    """The runs of nmap; not a question for its version."""
    return [each for each in named(product.namespace, "nmap") if "-iL" in each.command]


def _application(product: Product) -> Inhabitant | None:
    """The process that serves; not the keeper, whose command line names it too."""
    serving = [each for each in with_words(product.namespace, "backend.cli serve") if "keeper" not in each.command]
    return serving[0] if serving else None


@pytest.mark.timeout(180 + 20 * NMAP_KILLS)
def test_f05_a_killed_nmap_costs_nothing_but_time(person: Person, product: Product) -> None:
    """`LANARIUM_NMAP_KILLS=50` kills it that often; in the end everything is as after an undisturbed scan."""
    forget_devices(person)
    undisturbed = person.ended_scan(person.start_scan(**SLOW)["id"])
    assert undisturbed["status"] == "completed", undisturbed["message"]
    control = inventory(person)
    assert control.keys() >= SLOW_ALIVE
    killed = 0
    while killed < NMAP_KILLS:
        forget_devices(person)
        scan = slow_scan(person)
        kept = found(person, scan["id"])
        blows = _strike(person, product, scan["id"], min(KILLS_A_SCAN, NMAP_KILLS - killed))
        assert blows
        killed += blows
        _is_as_undisturbed(person, scan["id"], kept, control)


def _strike(person: Person, product: Product, scan_id: int, times: int) -> int:
    """Kill nmap so often, at any moment, unless the scan ends before."""
    killed = 0
    while killed < times and not _ended(person, scan_id):
        for victim in _nmap(product)[:1]:
            with suppress(ProcessLookupError):
                os.kill(victim.pid, signal.SIGKILL)
                killed += 1
        time.sleep(DICE.uniform(0.2, 1.0))  # when the blow falls is the point
    return killed


def _is_as_undisturbed(person: Person, scan_id: int, kept: set[str], control: Inventory) -> None:
    scan = {"id": scan_id}
    ended = person.ended_scan(scan_id)
    assert ended["status"] == "completed", ended["message"]
    parked = {target["address"] for target in person.items(f"/scans/{scan['id']}/difficult-targets")}
    assert kept <= found(person, scan["id"])
    assert found(person, scan["id"]) | parked >= SLOW_ALIVE
    assert differences(control, inventory(person), parked) == []
    assert any(chunk["attempts"] > 1 for chunk in person.items(f"/scans/{scan['id']}/chunks"))


def test_f05_the_check_sees_what_it_must_not_miss() -> None:
    control: Inventory = {"10.0.0.1": (None, ("tcp/22",)), "10.0.0.2": (None, ())}
    assert differences(control, dict(control), set()) == []
    assert differences(control, {"10.0.0.1": (None, ()), "10.0.0.2": (None, ())}, set()) == ["10.0.0.1"]
    assert differences(control, {"10.0.0.2": (None, ())}, set()) == ["10.0.0.1"]
    assert differences(control, {"10.0.0.2": (None, ())}, {"10.0.0.1"}) == []
    assert differences(control, {**control, "10.0.0.3": (None, ())}, {"10.0.0.1"}) == ["10.0.0.3"]


def test_f14_a_killed_application_leaves_no_orphan_and_the_scan_goes_on_by_itself(
    person: Person, product: Product
) -> None:
    scan = slow_scan(person)
    kept = found(person, scan["id"])
    until(lambda: _nmap(product), "nmap runs")
    application = until(lambda: _application(product), "the application runs")
    victims = {each.pid for each in _nmap(product)}
    os.kill(application.pid, signal.SIGKILL)
    until(lambda: not victims & {each.pid for each in _nmap(product)}, "no nmap is left", within_s=ORPHAN_LIMIT_S)
    until(product.ready, "the application is back")
    ended = person.ended_scan(scan["id"])
    assert ended["status"] == "completed", ended["message"]
    assert kept | SLOW_ALIVE <= found(person, scan["id"])
    assert sum(chunk["attempts"] for chunk in person.items(f"/scans/{scan['id']}/chunks")) <= 1 + len(
        person.items(f"/scans/{scan['id']}/chunks")
    ), "at most one chunk is redone"


def test_a_database_that_stands_still_costs_no_finding(person: Person, product: Product) -> None:
    scan = slow_scan(person)
    kept = found(person, scan["id"])
    with _frozen_database(product):
        until(lambda: not product.ready(), "the product says that it is not ready")
        time.sleep(DATABASE_AWAY_S)  # the outage is a length of time, not a wait for something
    until(product.ready, "the database answers again")
    ended = person.ended_scan(scan["id"])
    assert kept <= found(person, scan["id"])
    _finish(person, ended)


def test_a_killed_database_comes_back_and_the_scan_goes_on(person: Person, product: Product) -> None:
    scan = slow_scan(person)
    kept = found(person, scan["id"])
    os.kill(_postmaster(product).pid, signal.SIGKILL)
    until(product.ready, "the keeper has brought the database back")
    ended = person.ended_scan(scan["id"])
    assert kept <= found(person, scan["id"])
    _finish(person, ended)


def test_stopping_ends_nmap_and_keeps_what_was_found(person: Person, product: Product) -> None:
    scan = slow_scan(person)
    kept = found(person, scan["id"])
    person.post(f"/scans/{scan['id']}/stop")
    until(lambda: not _nmap(product), "no nmap is left", within_s=ORPHAN_LIMIT_S + 3)
    ended = person.ended_scan(scan["id"])
    assert ended["status"] == "stopped"
    assert kept <= found(person, scan["id"])
    _finish(person, ended)


def _finish(person: Person, ended: Json) -> None:
    """Whatever a blow left undone is done by `resume`; then nothing is missing."""
    if ended["status"] != "completed":
        person.post(f"/scans/{ended['id']}/resume")
        ended = person.ended_scan(ended["id"])
    assert ended["status"] == "completed", ended["message"]
    assert found(person, ended["id"]) >= SLOW_ALIVE


def _ended(person: Person, scan_id: int) -> bool:
    return person.scan(scan_id)["status"] in ENDED


def _postmaster(product: Product) -> Inhabitant:
    """The PostgreSQL process whose parent is no PostgreSQL."""
    servers = named(product.namespace, "postgres")
    return next(each for each in servers if each.parent not in {other.pid for other in servers})


@contextmanager
def _frozen_database(product: Product) -> Iterator[None]:
    """Every PostgreSQL process stands still while the block lasts."""
    frozen = named(product.namespace, "postgres")
    for process in frozen:
        os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in frozen:
            os.kill(process.pid, signal.SIGCONT)
