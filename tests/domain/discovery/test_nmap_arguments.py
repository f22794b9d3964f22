"""What nmap is told, word by word."""

import pytest

from backend.domain.discovery.job import MAX_TIMEOUT_S, NmapJob
from backend.domain.discovery.nmap_arguments import Protocol, arguments, stdin
from backend.domain.discovery.options import PROFILES, ScanOptions
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.errors import Invalid
from tests.domain.discovery.jobs import make_job

COMMON = ["-n", "-v", "-iL", "-", "--no-stylesheet", "--stats-every", "1s", "-oX", "/dev/fd/7"]
END = ["--max-hostgroup", "16", "--host-timeout", "900s"]


def common_ports(protocol: Protocol, count: int) -> str:
    return f"{protocol}{count}"


def words(job: NmapJob) -> list[str]:
    return list(arguments(job, {"xml": "/dev/fd/7"}, common_ports))


def test_connect_scan_of_two_ports() -> None:
    job = make_job(raw=False)
    assert words(job) == [
        *("--unprivileged", *COMMON, "-PS22,80,443,445,3389", "-sT", "-p", "T:22,80", "-T3", *END)
    ]
    assert stdin(job) == b"10.0.0.0/30\n"


def test_the_standard_profile_with_raw_sockets() -> None:
    scripts = ",".join(PROFILES["standard"].scripts)
    assert words(make_job(options=PROFILES["standard"])) == [
        *("--privileged", *COMMON, "-PS22,80,443,445,3389", "-PA80", "-PE", "-sS", "-sU"),
        *("-p", "T:tcp1000,U:53,137,161,5353", "-sV", "--version-intensity", "2"),
        *(
            "-O",
            "--osscan-limit",
            "--max-os-tries",
            "2",
            "--script",
            scripts,
            "--script-timeout",
            "60s",
            "-T4",
            *END,
        ),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (ScanOptions(host_discovery="all_up"), ["-Pn"]),
        (ScanOptions(host_discovery="arp"), ["-PR"]),
        (ScanOptions(host_discovery="tcp"), ["-PS22,80,443,445,3389", "-PA80"]),
        (ScanOptions(tcp_ports=None), ["-sn"]),
        (ScanOptions(tcp_ports=None, os_detection=True, service_versions=True), ["-sn", "-T3"]),
        (ScanOptions(tcp_ports="top:100"), ["-sS", "--top-ports", "100"]),
        (ScanOptions(tcp_ports="top:9", udp_ports="top:9"), ["-sU", "--top-ports", "9"]),
        (ScanOptions(tcp_ports=None, udp_ports="161"), ["-sU", "-p", "U:161"]),
        (ScanOptions(max_rate=50, timing="polite"), ["-T2", "--max-rate", "50"]),
    ],
)
def test_options_become_flags(options: ScanOptions, expected: list[str]) -> None:
    found = words(make_job(options=options))
    start = found.index(expected[0])
    assert found[start : start + len(expected)] == expected


def test_ipv6_has_its_own_switch_and_exclusions_are_cut_out() -> None:
    job = make_job(targets=("fd00::/126",), exclusions=("fd00::2",))
    assert words(job)[1] == "-6"
    assert stdin(job) == b"fd00::/127\nfd00::3\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"targets": ()},
        {"targets": ("-oN",)},
        {"targets": ("printer.example",)},
        {"targets": ("10.0.0.1", "fd00::1")},
        {"targets": ("10.0.0.0/15",)},
        {"targets": ("192.168.0.1",)},
        {"targets": ("127.0.0.1",)},
        {"targets": ("10.0.0.1",), "exclusions": ("10.0.0.1",)},
        {"exclusions": ("--datadir",)},
        {"scope": Scope((AllowedNetwork("10.0.0.0/8"),), own=("10.0.0.1",))},
        {"scope": Scope((AllowedNetwork("10.0.0.0/8"),), excluded=("10.0.0.1",))},
        {"scope": Scope((AllowedNetwork("everywhere"),))},
        {"scope": Scope()},
        {"host_timeout_s": 0},
        {"chunk_timeout_s": MAX_TIMEOUT_S + 1},
    ],
)
def test_a_job_that_may_not_run_gives_no_arguments(changes: dict[str, object]) -> None:
    job = make_job(**changes)
    with pytest.raises(Invalid):
        words(job)
    with pytest.raises(Invalid):
        stdin(job)
