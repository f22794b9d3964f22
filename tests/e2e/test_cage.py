"""Every process has the rights that its work needs, and no more (R15), read from the kernel while a scan runs."""

from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.e2e.survey import slow_scan
from tests.e2e.waiting import until
from tests.lab.inhabitants import Inhabitant, inhabitants, named, with_words
from tests.lab.product import INSIDE_PORT, Product

pytestmark = pytest.mark.lab

NET_RAW = 1 << 13  # capability.h: CAP_NET_RAW
LISTENING = "0A"  # tcp_states.h: TCP_LISTEN


def test_r15_each_process_has_only_the_rights_it_needs(product: Product, person: Person) -> None:
    scan = slow_scan(person)
    nmap = until(lambda: named(product.namespace, "nmap"), "nmap runs")[0]
    status = _status(nmap)
    assert int(status["CapEff"], 16) == NET_RAW
    assert status["NoNewPrivs"] == "1"
    for each in _of_product(product):
        assert "0" not in _status(each)["Uid"].split(), f"runs as root: {each}"
        if each.name != "nmap" and "scan_helper" not in each.command:
            assert int(_status(each)["CapEff"], 16) == 0, each
    person.post(f"/scans/{scan['id']}/stop")
    person.ended_scan(scan["id"])


def test_r15_the_parts_run_as_users_of_their_own(product: Product) -> None:
    database = named(product.namespace, "postgres")[0]
    web = named(product.namespace, "nginx")[0]
    application = with_words(product.namespace, "backend.cli serve")[-1]
    helper = with_words(product.namespace, "scan_helper")[-1]
    users = {_status(each)["Uid"].split()[0] for each in (database, web, application, helper)}
    assert len(users) == 4


def test_r15_one_port_listens_in_total(product: Product) -> None:
    web = named(product.namespace, "nginx")[0]
    assert _listening_tcp(web) == {INSIDE_PORT}
    assert _bound_udp(web) == set()


def _of_product(product: Product) -> list[Inhabitant]:
    """Everything that the product started: its processes, not the relay, the capture or the lab's own commands."""
    top = with_words(product.namespace, "backend.cli up")
    family = {each.pid for each in top}
    everyone = inhabitants(product.namespace)
    while more := {each.pid for each in everyone if each.parent in family} - family:
        family |= more
    return [each for each in everyone if each.pid in family]


def _status(process: Inhabitant) -> dict[str, str]:
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _sockets(process: Inhabitant, table: str) -> list[tuple[int, str]]:
    """(local port, state) of every socket in the process's network namespace."""
    lines = Path(f"/proc/{process.pid}/net/{table}").read_text().splitlines()[1:]
    return [(int(line.split()[1].rpartition(":")[2], 16), line.split()[3]) for line in lines]


def _listening_tcp(process: Inhabitant) -> set[int]:
    sockets = _sockets(process, "tcp") + _sockets(process, "tcp6")
    return {port for port, state in sockets if state == LISTENING}


def _bound_udp(process: Inhabitant) -> set[int]:
    return {port for port, _ in _sockets(process, "udp") + _sockets(process, "udp6")}
