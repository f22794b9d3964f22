"""A03: no spelling of an nmap option, in any text of a job, changes a byte of the command line."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.nmap_arguments import TopPorts, arguments, stdin
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.report import ArtifactKind
from backend.domain.discovery.scope import AllowedNetwork
from backend.domain.errors import Invalid
from tests.attacks.payloads import SPELLINGS
from tests.attacks.twins.scanners import forwarding_arguments
from tests.domain.discovery.jobs import LAN, make_job

Build = Callable[[NmapJob, Mapping[ArtifactKind, str], TopPorts], tuple[str, ...]]
OUTPUTS: Mapping[ArtifactKind, str] = {"xml": "/dev/fd/7", "nmap": "/dev/fd/8", "gnmap": "/dev/fd/9"}
SAFE = make_job(targets=("10.0.0.1",))
EXPECTED = (
    *("--privileged", "-n", "-v", "-iL", "-", "--no-stylesheet", "--stats-every", "1s"),
    *("-oX", "/dev/fd/7", "-oN", "/dev/fd/8", "-oG", "/dev/fd/9", "-PS22,80,443,445,3389", "-PA80", "-PE"),
    *("-sS", "-p", "T:22,80", "-T3", "--max-hostgroup", "16", "--host-timeout", "900s"),
)


def common_ports(protocol: str, count: int) -> str:
    return f"{protocol}{count}"


def jobs_with(text: str) -> Iterator[NmapJob]:
    """The safe job with a text put into each of its text fields."""
    yield dataclasses.replace(SAFE, targets=(text,))
    yield dataclasses.replace(SAFE, targets=("10.0.0.1", text))
    yield dataclasses.replace(SAFE, exclusions=(text,))
    yield dataclasses.replace(SAFE, uid=text)
    yield dataclasses.replace(SAFE, artifact_dir=text)
    for network in (AllowedNetwork("10.0.0.0/8", text), AllowedNetwork(text)):
        yield dataclasses.replace(SAFE, scope=dataclasses.replace(LAN, allowed=(network,)))
    yield dataclasses.replace(SAFE, scope=dataclasses.replace(LAN, excluded=(text,)))
    yield dataclasses.replace(SAFE, scope=dataclasses.replace(LAN, own=(text,)))


def options_with(text: str) -> Iterator[dict[str, object]]:
    """Options with a text in each of their fields, and under a name of its own."""
    for field in dataclasses.fields(ScanOptions):
        yield {field.name: text}
        yield {field.name: [text]}
    yield {text: text}


def breaches(build: Build, spellings: tuple[str, ...]) -> list[str]:
    """The texts with which a command line came out that is not the expected one."""
    found = []
    for text in spellings:
        for job in jobs_with(text):
            try:
                words = build(job, OUTPUTS, common_ports)
            except Invalid:
                continue
            if words != EXPECTED:
                found.append(f"{text!r}: {words}")
    return found


def test_there_are_500_spellings() -> None:
    assert len(set(SPELLINGS)) >= 500


def test_the_command_line_is_the_same_byte_for_byte() -> None:
    assert arguments(SAFE, OUTPUTS, common_ports) == EXPECTED
    assert breaches(arguments, SPELLINGS) == []
    assert stdin(SAFE) == b"10.0.0.1\n"


def test_no_option_takes_a_spelling() -> None:
    taken = []
    for text in SPELLINGS:
        for values in options_with(text):
            try:
                taken.append(ScanOptions.from_mapping(values))
            except Invalid:
                continue
    assert taken == []


def test_the_twin_is_caught() -> None:
    assert breaches(forwarding_arguments, SPELLINGS[:10])
