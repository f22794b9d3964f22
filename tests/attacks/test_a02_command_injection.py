"""A02: a command hidden in any text about a scan is refused, and nothing is started."""

from collections.abc import Callable
from pathlib import Path

from backend.infra.clients.nmap_process import NmapProgram
from tests.attacks.payloads import COMMANDS
from tests.attacks.recorder import started_processes
from tests.attacks.scanning import FIELDS, field_refuses, helper, helper_refuses
from tests.attacks.twins.scanners import trusting_field


def breaches(refuses: Callable[[str, str], bool], payloads: tuple[str, ...]) -> list[str]:
    """The payloads that were taken, and the processes that were started meanwhile."""
    with started_processes() as started:
        taken = [f"{field}: {text!r}" for text in payloads for field in FIELDS if not refuses(field, text)]
    return [*taken, *map(repr, started)]


def test_there_are_300_payloads() -> None:
    assert len(COMMANDS) == 300


def test_every_field_refuses_every_command() -> None:
    assert breaches(field_refuses, COMMANDS) == []


def test_the_twin_is_caught() -> None:
    assert len(breaches(trusting_field, COMMANDS[:3])) == 2 * 3 * len(FIELDS)


async def test_the_helper_refuses_them_too(tmp_path: Path) -> None:
    async with helper(tmp_path, NmapProgram()) as client:
        with started_processes() as started:
            taken = [text for text in COMMANDS if not await helper_refuses(client, text)]
    assert (taken, started) == ([], [])
