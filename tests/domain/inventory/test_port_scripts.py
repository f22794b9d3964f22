"""What scripts printed about a port stays, whichever source knows best what is behind the port."""

from datetime import timedelta

import pytest

from backend.domain.inventory.observation import Coverage, Facts, Observation, PortFact, ScriptFact
from tests.domain.inventory.fakes import MemoryDevices
from tests.domain.inventory.strategies import T0
from tests.domain.inventory.test_writer import observe

TITLE = (ScriptFact("http-title", "Welcome"),)
NEWER = (ScriptFact("http-title", "Hello"),)


def said(minute: int, source: str, *ports: PortFact) -> Observation:
    facts = Facts(ports=ports, covered=(Coverage("tcp", "80"),))
    return Observation(1, source, "10.0.0.1", None, T0 + timedelta(minutes=minute), facts)


def port(product: str | None, confidence: int, scripts: tuple[ScriptFact, ...] = ()) -> PortFact:
    return PortFact("tcp", 80, service="http", product=product, confidence=confidence, scripts=scripts)


BANNER = port("nginx", 10)
UNSURE = port(None, 3, TITLE)


@pytest.mark.parametrize(
    ("told", "product", "scripts"),
    [
        ([("banner", BANNER), ("nmap", UNSURE)], "nginx", TITLE),
        ([("nmap", UNSURE), ("banner", BANNER)], "nginx", TITLE),
        ([("nmap", port("nginx", 10, TITLE)), ("banner", BANNER)], "nginx", TITLE),
        ([("banner", BANNER), ("nmap", UNSURE), ("nmap", port(None, 3, NEWER))], "nginx", NEWER),
        ([("banner", BANNER), ("nmap", UNSURE), ("sweep", port(None, 3))], "nginx", TITLE),
        ([("nmap", port("nginx", 10, TITLE)), ("nmap", port("nginx", 10))], "nginx", ()),
        ([("nmap", port("nginx", 10, TITLE)), ("banner", port("Apache httpd", 10))], "Apache httpd", ()),
    ],
)
def test_scripts_come_along(
    told: list[tuple[str, PortFact]], product: str, scripts: tuple[ScriptFact, ...]
) -> None:
    store = MemoryDevices()
    observe(store, [said(minute, source, fact) for minute, (source, fact) in enumerate(told)])
    (device,) = store.devices.values()
    (kept,) = device.ports.values()
    assert (kept.product, kept.scripts) == (product, scripts)


def test_of_a_port_that_was_closed_nothing_is_kept() -> None:
    store = MemoryDevices()
    observe(store, [said(0, "nmap", port("nginx", 10, TITLE)), said(1, "sweep"), said(2, "banner", BANNER)])
    (device,) = store.devices.values()
    assert [kept.scripts for kept in device.ports.values()] == [()]
