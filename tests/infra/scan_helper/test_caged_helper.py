"""The real helper under its own uid, real nmap, two machines without a way out."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.options import PROFILES, ScanOptions
from backend.domain.discovery.ports import HelperGone
from backend.domain.discovery.report import HostFinished, RunnerEvent
from backend.infra.clients.scan_helper import ScanHelperProcesses
from tests.domain.discovery.jobs import make_job
from tests.infra.scan_helper.cage import (
    HELPER_UID,
    SCOPE,
    TARGETS,
    CagedHelper,
    Pair,
    alive,
    caged_helper,
    command_name,
    wait_for,
)
from tests.infra.scan_helper.listeners import serve
from tests.infra.scan_helper.scans import code, folder, scan

pytestmark = pytest.mark.lab
SLOW = ScanOptions(tcp_ports="1-2000", max_rate=20)


@pytest.fixture(scope="module")
def listeners(pair: Pair) -> Iterator[None]:
    """Two services that greet, one of them with bytes that no text should hold."""
    greetings = {
        (TARGETS[0], 22): b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
        (TARGETS[0], 8080): b"220 \x1b[31m\x00\xff<script>&#x1b; FTP ready\r\n",
        (TARGETS[1], 2222): b"SSH-2.0-dropbear_2022.83\r\n",
    }
    with serve(pair, greetings):
        yield


def cable_job(tmp_path: Path, **changes: object) -> NmapJob:
    given = {"targets": TARGETS, "scope": SCOPE, "artifact_dir": folder(tmp_path), **changes}
    return make_job(**given)


def status_of(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


async def nmap_of(helper: CagedHelper) -> int:
    def found() -> list[int]:
        return [pid for pid in helper.children() if command_name(pid) == "nmap"]

    await asyncio.to_thread(wait_for, lambda: bool(found()), "nmap did not start")
    return found()[0]


@pytest.mark.usefixtures("listeners")
@pytest.mark.parametrize("raw", [True, False])
async def test_a_scan_finds_what_is_there(helper: CagedHelper, tmp_path: Path, raw: bool) -> None:
    options = ScanOptions(tcp_ports="22,80,2222,8080", service_versions=True, scripts=("banner", "ssl-cert"))
    told = await scan(
        ScanHelperProcesses(helper.socket),
        cable_job(tmp_path, options=options, raw=raw, targets=("10.199.0.8/29",)),
    )
    assert code(told) == "success"
    assert told.up() == list(TARGETS)
    assert sorted(host.address for host in told.hosts if host.state == "down") == [
        *("10.199.0.13", "10.199.0.14", "10.199.0.15", "10.199.0.8", "10.199.0.9")
    ]
    found = {(host.address, port.port): port for host in told.hosts for port in host.ports if port.state == "open"}
    assert set(found) == {(TARGETS[0], 22), (TARGETS[0], 8080), (TARGETS[1], 2222)}
    assert (found[TARGETS[0], 22].service, found[TARGETS[0], 22].product) == ("ssh", "OpenSSH")
    assert found[TARGETS[1], 2222].product == "Dropbear sshd"
    assert all((host.mac is not None) == raw for host in told.hosts if host.state == "up")
    assert all(artifact.complete for artifact in told.artifacts)
    assert {artifact.kind for artifact in told.artifacts} == {"xml", "nmap", "gnmap"}
    texts = [script.output for port in found.values() for script in port.scripts] + told.lines
    assert not any("\x1b" in text or "\x00" in text for text in texts)


@pytest.mark.usefixtures("listeners")
@pytest.mark.parametrize("profile", ["quick", "standard"])
async def test_the_profiles_run_with_one_capability(helper: CagedHelper, tmp_path: Path, profile: str) -> None:
    told = await scan(
        ScanHelperProcesses(helper.socket), cable_job(tmp_path, options=PROFILES[profile], targets=TARGETS[1:])
    )
    assert code(told) == "success"
    assert told.up() == list(TARGETS[1:])


async def test_the_helper_knows_its_powers(helper: CagedHelper) -> None:
    powers = await ScanHelperProcesses(helper.socket).powers()
    assert powers.raw_sockets
    assert powers.nmap_version


async def test_a_helper_without_the_capability_says_so(pair: Pair) -> None:
    with caged_helper(pair.scanner, rights="-all") as powerless:
        assert not (await ScanHelperProcesses(powerless.socket).powers()).raw_sockets


async def test_who_is_not_on_the_list_gets_nothing(pair: Pair) -> None:
    with caged_helper(pair.scanner, allowed_uids=(HELPER_UID + 1,)) as closed, pytest.raises(HelperGone):
        await ScanHelperProcesses(closed.socket).powers()


async def test_nmap_runs_as_nobody_with_one_right(helper: CagedHelper, tmp_path: Path) -> None:
    """R15, A06: what the kernel says of the nmap that runs."""
    running = asyncio.create_task(scan(ScanHelperProcesses(helper.socket), cable_job(tmp_path, options=SLOW)))
    status = status_of(await nmap_of(helper))
    running.cancel()
    net_raw = f"{1 << 13:016x}"
    assert status["Uid"].split() == [str(HELPER_UID)] * 4
    assert status["Groups"] == ""
    assert (status["CapEff"], status["CapPrm"], status["CapBnd"]) == (net_raw, net_raw, net_raw)
    assert status["NoNewPrivs"] == "1"


async def test_nmap_killed_keeps_finished_hosts(helper: CagedHelper, tmp_path: Path) -> None:
    """F05 with the real one: hosts that are down are finished first."""

    def kill(event: RunnerEvent) -> None:
        if isinstance(event, HostFinished):
            for pid in helper.children():
                os.kill(pid, signal.SIGKILL)

    job = cable_job(tmp_path, options=SLOW, targets=("10.199.0.8/29",))
    told = await scan(ScanHelperProcesses(helper.socket), job, watch=kill)
    assert told.outcome is not None
    assert (told.outcome.status, told.outcome.code) == ("partial", "nmap_killed")
    assert told.outcome.params == {"signal": 9}
    assert told.outcome.hosts_done >= 1


@pytest.mark.parametrize("victim", ["helper", "client"])
async def test_no_nmap_outlives_its_owner(helper: CagedHelper, tmp_path: Path, victim: str) -> None:
    running = asyncio.create_task(scan(ScanHelperProcesses(helper.socket), cable_job(tmp_path, options=SLOW)))
    pid = await nmap_of(helper)
    if victim == "helper":
        helper.process.kill()
        assert code(await running) == "helper_gone"
    else:
        running.cancel()
    await asyncio.to_thread(wait_for, lambda: not alive(pid), "nmap outlived its owner", 2)
