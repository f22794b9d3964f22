"""Naming jobs through the real helper, in its cage: whole, refused, stopped, and left by their client."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from backend.domain.discovery.naming import HostPorts, Named, NamingEnded, NamingEvent, NamingJob
from backend.domain.discovery.ports import HelperGone, Refused
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.infra.clients.naming.codec import ASK, frame
from backend.infra.clients.scan_helper import HelperNaming, ScanHelperProcesses
from tests.infra.scan_helper.cage import NETWORK, SCANNER, SCOPE, TARGETS, CagedHelper, Pair, alive, wait_for
from tests.infra.scan_helper.listeners import serve

FIRST, SECOND, _ = TARGETS
JOB = NamingJob("naming", (HostPorts(FIRST, (21, 2121)),), SCOPE, names=False, deadline_s=20.0)
FTP = b"220 (vsFTPd 3.0.3)\r\n"


async def told(helper: CagedHelper, job: NamingJob) -> list[NamingEvent]:
    """Everything that a job told."""
    async with asyncio.timeout(30), ScanHelperProcesses(helper.socket).ask(job) as run:
        return [event async for event in run.events()]


async def test_ports_are_named(pair: Pair, helper: CagedHelper) -> None:
    with serve(pair, {(FIRST, 21): FTP, (FIRST, 2121): FTP}):
        *events, ended = await told(helper, JOB)
    assert isinstance(ended, NamingEnded)
    assert ended.code == "success"
    (named,) = events
    assert isinstance(named, Named)
    assert (named.address, named.source) == (FIRST, "banner")
    assert [(p.port, p.service, p.product, p.version) for p in named.ports] == [
        (21, "ftp", "vsftpd", "3.0.3"),
        (2121, "ftp", "vsftpd", "3.0.3"),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"hosts": (HostPorts("10.200.0.1", (21,)),)}, "scope_refused"),
        ({"hosts": (HostPorts("127.0.0.1", (21,)),)}, "scope_refused"),
        ({"hosts": (HostPorts("name.example", (21,)),)}, "job_refused"),
        ({"hosts": (HostPorts(FIRST, (99_999,)),)}, "job_refused"),
        ({"scope": replace(SCOPE, excluded=(FIRST,))}, "scope_refused"),
        # The helper's own address, where the application did not know it for one.
        (
            {"hosts": (HostPorts(SCANNER, (21,)),), "scope": Scope((AllowedNetwork(NETWORK),), (), (SCANNER,))},
            None,
        ),
        ({"per_host_limit": 1000}, "job_refused"),
    ],
)
async def test_the_helper_judges_once_more(
    helper: CagedHelper, changes: dict[str, object], code: str | None
) -> None:
    (refused,) = await told(helper, replace(JOB, **changes))  # type: ignore[arg-type]  # one of many fields
    assert isinstance(refused, Refused)
    assert refused.code == (code or "scope_refused")


async def test_broken_jobs_are_refused(helper: CagedHelper) -> None:
    for body in (b"", b"{}", b"[" * 100_000, b'{"uid": 1}', b"\xff\xfe"):
        reader, writer = await asyncio.open_unix_connection(helper.socket)
        writer.write(frame(ASK, body))
        async with asyncio.timeout(10):
            assert (await reader.read(1)) in {b"r", b""}
        writer.close()


@asynccontextmanager
async def hanging(pair: Pair, helper: CagedHelper) -> AsyncIterator[tuple[HelperNaming, list[int]]]:
    """A job whose second host never says a word, and the engine's process."""
    silent = pair.listen(SECOND, 23)
    hosts = (HostPorts(FIRST, (21,)), HostPorts(SECOND, (23,)))
    job = replace(JOB, hosts=hosts, per_host_s=20.0)
    with serve(pair, {(FIRST, 21): FTP}):
        async with ScanHelperProcesses(helper.socket).ask(job) as run:
            await asyncio.to_thread(wait_for, lambda: bool(helper.children()), "no engine was started")
            yield run, helper.children()
    silent.close()


async def test_stop_keeps_what_was_learnt(pair: Pair, helper: CagedHelper) -> None:
    async with asyncio.timeout(20), hanging(pair, helper) as (run, _):
        events = run.events()
        first = await anext(events)
        assert isinstance(first, Named)
        await run.stop()
        rest = [event async for event in events]
    assert isinstance(rest[-1], NamingEnded)
    assert rest[-1].code == "stopped"


async def test_a_client_that_goes_takes_the_engine_along(pair: Pair, helper: CagedHelper) -> None:
    async with asyncio.timeout(20):
        async with hanging(pair, helper) as (_, pids):
            assert pids
        await asyncio.to_thread(wait_for, lambda: not any(alive(pid) for pid in pids), "the engine lives on", 2.0)


async def test_the_engine_has_no_rights(pair: Pair, helper: CagedHelper) -> None:
    async with asyncio.timeout(20), hanging(pair, helper) as (_, (pid, *_rest)):
        await asyncio.to_thread(
            wait_for, lambda: status(pid)["CapPrm"].strip("0") == "", "the engine kept a right"
        )
        assert status(pid)["NoNewPrivs"] == "1"
        assert status(pid)["CapEff"].strip("0") == ""


def status(pid: int) -> dict[str, str]:
    """What the kernel says of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: text for name, _, text in (line.partition(":\t") for line in lines)}


async def test_nobody_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(HelperGone):
        async with ScanHelperProcesses(tmp_path / "scan.sock").ask(JOB):
            pass
