"""A17: nmap's files carry no instruction to the program that opens them."""

import re
import subprocess
from collections.abc import Sequence

from backend.domain.discovery.nmap_arguments import arguments
from tests.attacks.test_a03_option_injection import common_ports
from tests.domain.discovery.jobs import make_job

INSTRUCTION = re.compile(rb"<\?(?!xml )")


def listing(flags: Sequence[str]) -> bytes:
    """The XML of a list scan, which sends nothing."""
    argv = ["nmap", "-sL", "-n", "-oX", "-", *flags, "10.199.0.10"]
    return subprocess.run(argv, capture_output=True, check=True).stdout


def instructions(flags: Sequence[str]) -> list[bytes]:
    """Processing instructions in what nmap writes with these flags."""
    return INSTRUCTION.findall(listing(flags))


def test_no_processing_instruction() -> None:
    ours = [word for word in arguments(make_job(), {}, common_ports) if word == "--no-stylesheet"]
    assert instructions(ours) == []


def test_the_twin_is_caught() -> None:
    assert instructions([]) != []
