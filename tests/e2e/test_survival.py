"""What is found stays found: nmap killed, the application killed, the database away, all in mid-scan."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.e2e.person import Json, Person
from tests.e2e.waiting import until
from tests.lab.inhabitants import Inhabitant, named, with_words
from tests.lab.product import Product

pytestmark = pytest.mark.lab

# Cut so small that some chunks end before the blow and some are left for after it.
TARGETS = "10.77.0.8-23, 10.77.1.8-15"
ALIVE = {"10.77.0.10", "10.77.0.11", "10.77.0.12", "10.77.0.20"} | {f"10.77.1.{last}" for last in range(10, 14)}
ORPHAN_LIMIT_S = 2.0
DATABASE_AWAY_S = 30.0


@pytest.fixture(scope="module")
def allowed(product: Product) -> Product:
    """A product that may scan the lab."""
    with Person(product) as admin:
        admin.allow("10.77.0.0/24", "10.77.1.0/24")
    return product


@pytest.fixture
def operator(allowed: Product) -> Iterator[Person]:
    """A person who may scan the lab."""
    with Person(allowed) as person:
        yield person


def _start(person: Person, chunk_size: int = 8) -> Json:
    scan = person.start_scan(targets=TARGETS, profile="standard", chunk_size=chunk_size, concurrency=1)
    return until(lambda: _with_first_hosts(person, scan["id"]), "first hosts are stored")


def _with_first_hosts(person: Person, scan_id: int) -> Json | None:
    scan = person.scan(scan_id)
    return scan if scan["hosts_done"] > 0 and scan["status"] == "running" else None


def _found(person: Person, scan_id: int) -> set[str]:
    return {host["address"] for host in person.items(f"/scans/{scan_id}/hosts")}


def _nmap(product: Product) -> list[Inhabitant]:
    return named(product.namespace, "nmap")


def _application(product: Product) -> Inhabitant | None:
    """The process that serves; not the keeper, whose command line names it too."""
    serving = [
        found for found in with_words(product.namespace, "backend.cli serve") if "keeper" not in found.command
    ]
    return serving[0] if serving else None


def test_a_killed_nmap_costs_at_most_the_host_it_was_at(operator: Person, allowed: Product) -> None:
    scan = _start(operator)
    kept = _found(operator, scan["id"])
    victim = until(lambda: _nmap(allowed), "nmap runs")[0]
    os.kill(victim.pid, signal.SIGKILL)
    ended = operator.ended_scan(scan["id"])
    assert ended["status"] in {"completed", "partial"}
    assert kept <= _found(operator, scan["id"])
    chunks = operator.items(f"/scans/{scan['id']}/chunks")
    assert any(chunk["attempts"] > 1 or chunk["message"] for chunk in chunks)
    _finish(operator, ended)


def test_f14_a_killed_application_leaves_no_orphan_and_the_rest_can_be_done(
    operator: Person, allowed: Product
) -> None:
    scan = _start(operator)
    kept = _found(operator, scan["id"])
    until(lambda: _nmap(allowed), "nmap runs")
    application = until(lambda: _application(allowed), "the application runs")
    os.kill(application.pid, signal.SIGKILL)
    # Only the helper can notice: nobody restarts anything so fast that a new nmap could be mistaken for the old.
    until(lambda: not _nmap(allowed), "no nmap is left", within_s=ORPHAN_LIMIT_S)
    until(allowed.ready, "the application is back")
    ended = until(lambda: _not_running(operator, scan["id"]), "the scan says what happened")
    assert ended["status"] in {"interrupted", "completed"}
    assert kept <= _found(operator, scan["id"])
    if ended["status"] == "interrupted":
        assert ended["message"]["text"]
        assert ended["can"]["resume"]
    _finish(operator, ended)


def test_a_database_that_stands_still_costs_no_finding(operator: Person, allowed: Product) -> None:
    scan = _start(operator)
    kept = _found(operator, scan["id"])
    with _frozen_database(allowed):
        until(lambda: not allowed.ready(), "the product says that it is not ready")
        time.sleep(DATABASE_AWAY_S)  # the outage is a length of time, not a wait for something
    until(allowed.ready, "the database answers again")
    ended = operator.ended_scan(scan["id"])
    assert kept <= _found(operator, scan["id"])
    _finish(operator, ended)


def test_a_killed_database_comes_back_and_the_scan_goes_on(operator: Person, allowed: Product) -> None:
    scan = _start(operator)
    kept = _found(operator, scan["id"])
    os.kill(_postmaster(allowed).pid, signal.SIGKILL)
    until(allowed.ready, "the keeper has brought the database back")
    ended = operator.ended_scan(scan["id"])
    assert kept <= _found(operator, scan["id"])
    _finish(operator, ended)


def test_stopping_ends_nmap_and_keeps_what_was_found(operator: Person, allowed: Product) -> None:
    scan = _start(operator)
    kept = _found(operator, scan["id"])
    operator.post(f"/scans/{scan['id']}/stop")
    until(lambda: not _nmap(allowed), "no nmap is left", within_s=ORPHAN_LIMIT_S + 3)
    ended = operator.ended_scan(scan["id"])
    assert ended["status"] == "stopped"
    assert kept <= _found(operator, scan["id"])
    _finish(operator, ended)


def _finish(person: Person, ended: Json) -> None:
    """Whatever a blow left undone is done by `resume`; then nothing is missing."""
    if ended["status"] != "completed":
        person.post(f"/scans/{ended['id']}/resume")
        ended = person.ended_scan(ended["id"])
    assert ended["status"] == "completed", ended["message"]
    assert _found(person, ended["id"]) >= ALIVE


def _not_running(person: Person, scan_id: int) -> Json | None:
    scan = person.scan(scan_id)
    return None if scan["status"] in {"queued", "running", "stopping"} else scan


def _postmaster(product: Product) -> Inhabitant:
    """The PostgreSQL process whose parent is no PostgreSQL."""
    servers = named(product.namespace, "postgres")
    return next(found for found in servers if found.parent not in {other.pid for other in servers})


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
