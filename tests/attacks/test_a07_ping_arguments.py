"""A07: what ping forms were fed with is no target, and starts nothing."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx2

from backend.domain.monitoring.echoes import Echoed, EchoPlan
from backend.infra.clients.nmap_process import NmapProgram
from backend.infra.scan_helper.echo_protocol import packed_question
from tests.attacks.checking import ALLOWED, OneSite, Poller, TurningNames
from tests.attacks.payloads import PINGS
from tests.attacks.recorder import started_processes
from tests.attacks.scanning import field_refuses, helper, helper_refuses
from tests.attacks.test_a02_command_injection import breaches
from tests.attacks.twins.pinging import ping_by_shell
from tests.attacks.twins.scanners import trusting_field

NAMES = {"ѕh"}  # a name in another script: legal, turned into punycode, and resolved before anything is sent


def test_refused_or_a_plain_name() -> None:
    assert breaches(field_refuses, tuple(text for text in PINGS if text not in NAMES)) == []
    with started_processes() as started:
        assert not field_refuses("targets", "ѕh")
    assert started == []


def test_the_twin_is_caught() -> None:
    assert breaches(trusting_field, PINGS[:1])


async def test_the_helper_takes_addresses_only(tmp_path: Path) -> None:
    async with helper(tmp_path, NmapProgram()) as client:
        with started_processes() as started:
            taken = [text for text in PINGS if not await helper_refuses(client, text)]
    assert (taken, started) == ([], [])


Ping = Callable[[str], Awaitable[None]]


class _Wire:
    """What would go to the scan helper."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def echo(self, address: str, plan: EchoPlan) -> Echoed:
        packed_question(1, address, plan)  # raises for what is no address
        self.asked.append(address)
        return Echoed("", 1, 1, 1.0, 1.0, 1.0, 0.0)


async def started_by(ping: Ping) -> list[tuple[str, ...]]:
    with started_processes() as started:
        for text in PINGS:
            await ping(text)
    return started


async def test_a_monitor_that_pings_takes_no_such_address(as_admin: httpx2.AsyncClient) -> None:
    plugin = await as_admin.post("/api/v1/plugins", json={"name": "Ping", "type": "ping", "config": {}})
    taken = []
    with started_processes() as started:
        for text in PINGS:
            body = {"plugin_id": plugin.json()["id"], "address": text}
            answer = await as_admin.post("/api/v1/monitors", json=body)
            if answer.status_code != 422:
                taken.append(text)
    assert (taken, started) == ([], [])


async def test_a_stored_one_starts_nothing_and_only_addresses_are_sent() -> None:
    wire = _Wire()
    poller = Poller(OneSite(TurningNames(((ALLOWED,),))), wire)

    async def ping(text: str) -> None:
        await poller.poll("ping", text)

    assert await started_by(ping) == []
    assert set(wire.asked) <= {ALLOWED}


async def test_the_twin_that_calls_ping_is_caught() -> None:
    assert await started_by(ping_by_shell)
