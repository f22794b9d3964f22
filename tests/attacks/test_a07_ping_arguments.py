"""A07: what ping forms were fed with is no target, and starts nothing."""

from pathlib import Path

from backend.infra.clients.nmap_process import NmapProgram
from tests.attacks.payloads import PINGS
from tests.attacks.recorder import started_processes
from tests.attacks.scanning import field_refuses, helper, helper_refuses
from tests.attacks.test_a02_command_injection import breaches
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
