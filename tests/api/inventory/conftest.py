"""Devices to look at, said by the writer as a scan would say them."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from backend.bootstrap import Lanarium
from backend.domain.inventory.observation import (
    Coverage,
    Facts,
    NameFact,
    Observation,
    OsFact,
    PortFact,
    ScriptFact,
)
from backend.domain.inventory.writer import DeviceSeen, InventoryWriter
from backend.infra.oui import OuiTable

T0 = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
Observe = Callable[..., Awaitable[list[DeviceSeen]]]


@pytest.fixture
def observe(program: Lanarium) -> Observe:
    """Say something of the network, in a transaction of its own."""

    async def say(*said: Observation) -> list[DeviceSeen]:
        async with program.services.transactions() as work:
            seen = await InventoryWriter(OuiTable()).observe(work, said)
            await work.commit()
        return seen

    return say


def said(
    address: str | None, mac: str | None = None, *, minute: float = 0, site_id: int = 1, **facts: object
) -> Observation:
    """An observation of a scan, so many minutes after the beginning."""
    return Observation(site_id, "nmap", address, mac, T0 + timedelta(minutes=minute), Facts(**facts))  # type: ignore[arg-type]


PRINTER = said(
    "10.0.4.20",
    "00:1b:a9:00:00:14",
    hostnames=(NameFact("printer.lan"),),
    ports=(
        PortFact("tcp", 9100, service="jetdirect", confidence=3),
        PortFact("tcp", 631, service="ipp", product="CUPS", version="2.4", confidence=10),
    ),
    covered=(Coverage("tcp", "1-10000"),),
)
SERVER = said(
    "10.0.4.10",
    "52:54:00:aa:bb:01",
    minute=1,
    hostnames=(NameFact("web.lan"),),
    os=OsFact("Linux 6.1", 96, "Linux"),
    ports=(
        PortFact(
            "tcp",
            22,
            service="ssh",
            product="OpenSSH",
            version="9.2",
            confidence=10,
            scripts=(ScriptFact("ssh-hostkey", "256 aa (ED25519)"),),
        ),
        PortFact("tcp", 80, service="http", product="nginx", version="1.22", confidence=10),
    ),
    covered=(Coverage("tcp", "1-10000"),),
)
PHONE = said("10.0.5.9", "da:a1:19:00:00:01", minute=2, hostnames=(NameFact("annas-iphone.lan"),))
