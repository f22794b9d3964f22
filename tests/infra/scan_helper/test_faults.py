"""nmap at its worst, through the helper: killed, hung, flooding, missing, lying; and clients that go away."""

import asyncio
import os
import resource
import signal
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

import pytest

from backend.domain.discovery.job import NmapJob, OutputLimits
from backend.domain.discovery.options import PROFILES
from backend.domain.discovery.ports import HelperGone
from backend.domain.discovery.report import ArtifactWritten, HostFinished, RunnerEvent
from backend.infra.clients.nmap_process import NmapProgram
from backend.infra.clients.scan_helper import ScanHelperProcesses
from backend.infra.scan_helper.protocol import MAX_JOB_BYTES, encode_job
from backend.infra.scan_helper.server import ScanHelper
from tests.domain.discovery.jobs import make_job
from tests.infra.scan_helper.cage import alive, wait_for
from tests.infra.scan_helper.scans import Told, code, folder, runner, scan

StartHelper = Callable[[str], Awaitable[ScanHelperProcesses]]
WHOLE = "xml(HEAD, host('10.0.0.1'), host('10.0.0.2', 'down'), TAIL)\n"
TELL_PID = "say('pid %d' % os.getpid())\n"
HANG = "time.sleep(600)\n"


@pytest.fixture
def job(tmp_path: Path) -> NmapJob:
    return make_job(artifact_dir=folder(tmp_path))


def pid_told(lines: list[str]) -> int:
    return next(int(line.split()[1]) for line in lines if line.startswith("pid "))


async def test_a_whole_run_leaves_three_files(start_helper: StartHelper, job: NmapJob) -> None:
    told = await scan(await start_helper("say('hello')\nNMAP.write('n')\nGNMAP.write('g')\n" + WHOLE), job)
    assert code(told) == "success"
    assert told.up() == ["10.0.0.1"]
    assert told.lines == ["hello"]
    assert {Path(artifact.path).name for artifact in told.artifacts} == {
        f"{job.uid}.{kind}" for kind in ("xml", "nmap", "gnmap")
    }
    assert all(artifact.complete and artifact.size == size_of(artifact) for artifact in told.artifacts)


def size_of(artifact: ArtifactWritten) -> int:
    return Path(artifact.path).stat().st_size


async def test_targets_come_on_stdin(start_helper: StartHelper, job: NmapJob) -> None:
    told = await scan(await start_helper("say(sys.stdin.read().replace('\\n', ' '))\n" + WHOLE), job)
    assert told.lines == ["10.0.0.0/30 "]


async def test_the_cage_around_nmap(start_helper: StartHelper, job: NmapJob) -> None:
    body = """
status = dict(l.split(":\\t") for l in open("/proc/self/status").read().splitlines() if ":\\t" in l)
say("privs " + status["NoNewPrivs"])
say("env " + " ".join(sorted(os.environ)))
say("files " + repr(os.listdir(".")))
say("group " + str(os.getpgid(0) == os.getpid() == os.getsid(0)))
say("fds " + str(len(os.listdir("/proc/self/fd"))))
try:
    os.write(os.open("grow", os.O_CREAT | os.O_WRONLY), b"x"); say("wrote")
except OSError as error:
    say("file " + str(error.errno))
"""
    signals = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    told = await scan(await start_helper(signals + body + WHOLE), job)
    words = dict(line.partition(" ")[::2] for line in told.lines)
    assert words["privs"] == "1"
    assert words["env"] == "HOME LC_ALL PATH"
    assert words["files"] == "[]"
    assert words["group"] == "True"
    assert words["file"] == "27"  # EFBIG
    assert int(words["fds"]) <= 10  # three streams, three pipes twice, the listing itself


async def test_killed_in_mid_chunk_keeps_finished_hosts(start_helper: StartHelper, job: NmapJob) -> None:
    """F05."""
    helper = await start_helper(TELL_PID + "xml(HEAD, host('10.0.0.1'), '<host><status state=\"up\"/>')\n" + HANG)
    lines: list[str] = []

    def kill(event: RunnerEvent) -> None:
        lines.append(getattr(event, "text", ""))
        if isinstance(event, HostFinished):
            os.kill(pid_told(lines), signal.SIGKILL)

    told = await scan(helper, job, watch=kill)
    assert told.outcome is not None
    assert (told.outcome.status, told.outcome.code, told.outcome.params) == (
        "partial",
        "nmap_killed",
        {"signal": 9},
    )
    assert told.up() == ["10.0.0.1"]
    assert not any(artifact.complete for artifact in told.artifacts)


async def test_hung_meets_its_deadline(start_helper: StartHelper, job: NmapJob) -> None:
    """F06."""
    helper = await start_helper(
        TELL_PID + "xml(HEAD, host('10.0.0.1'))\nsignal.signal(15, signal.SIG_IGN)\n" + HANG
    )
    limited = make_job(artifact_dir=job.artifact_dir, chunk_timeout_s=1)
    async with asyncio.timeout(10):
        told = await scan(helper, limited)
    assert told.outcome is not None
    assert (told.outcome.status, told.outcome.code) == ("partial", "chunk_deadline")
    assert told.up() == ["10.0.0.1"]
    wait_for(lambda: not alive(pid_told(told.lines)), "nmap outlived its deadline")


async def test_a_child_that_holds_the_pipes_does_not_hold_the_run(start_helper: StartHelper, job: NmapJob) -> None:
    fork = "pid = os.fork()\nif pid == 0:\n    time.sleep(600)\nsay('pid %d' % pid)\n"
    helper = await start_helper(fork + WHOLE + "XML.close()\n")
    async with asyncio.timeout(15):
        told = await scan(helper, job)
    assert code(told) == "success"
    wait_for(lambda: not alive(pid_told(told.lines)), "a stray child was left")


@pytest.mark.parametrize("leave", ["close", "cancel"])
async def test_a_client_that_goes_takes_nmap_along(start_helper: StartHelper, job: NmapJob, leave: str) -> None:
    events = runner(await start_helper(TELL_PID + HANG)).run(job)
    first = await anext(events)
    pid = pid_told([getattr(first, "text", "")])
    if leave == "close":
        await events.aclose()
    else:
        waiting = asyncio.create_task(anext(events))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    await until(lambda: not alive(pid), 2)


async def until(condition: Callable[[], bool], patience_s: float) -> None:
    await asyncio.to_thread(wait_for, condition, "nmap outlived its client", patience_s)


async def test_stop_ends_it_kindly(start_helper: StartHelper, job: NmapJob) -> None:
    stop = asyncio.Event()

    def at_first_host(event: RunnerEvent) -> None:
        if isinstance(event, HostFinished):
            stop.set()

    told = await scan(await start_helper("xml(HEAD, host('10.0.0.1'))\n" + HANG), job, stop, at_first_host)
    assert told.outcome is not None
    assert (told.outcome.status, told.outcome.hosts_done) == ("stopped", 1)


async def test_flooding_text_is_cut_visibly_and_memory_stays(start_helper: StartHelper, job: NmapJob) -> None:
    """F07: 200 MB of text with long lines and bytes of every kind, while the results come through."""
    flood = (
        "for _ in range(200):\n    os.write(1, (b'A' * 1048575 + b'\\n'))\nos.write(1, bytes(range(256)) * 100)\n"
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = await scan(await start_helper(flood + WHOLE), job)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert code(told) == "success"
    assert told.up() == ["10.0.0.1"]
    assert "shortened" in told.lines[0]
    assert "shortened" in told.lines[-1]
    assert sum(map(len, told.lines)) < OutputLimits().text_bytes + 100_000
    assert grown < 64 * 1024


async def test_flooding_results_end_at_their_quota(start_helper: StartHelper, job: NmapJob) -> None:
    """F07 for the file that is parsed: what was read before the quota is kept."""
    body = "xml(HEAD, host('10.0.0.1'))\nwhile True:\n    xml('<taskprogress percent=\"1\"/>' * 1000)\n"
    small = make_job(artifact_dir=job.artifact_dir, limits=OutputLimits(xml_bytes=200_000))
    told = await scan(await start_helper(body), small)
    assert told.outcome is not None
    assert (told.outcome.status, told.outcome.code, told.outcome.params) == (
        "partial",
        "output_quota",
        {"limit": 200_000},
    )
    assert told.up() == ["10.0.0.1"]
    (artifact,) = told.artifacts
    assert (artifact.size, artifact.complete) == (200_000, False)


async def test_flooding_files_are_cut_and_the_scan_goes_on(start_helper: StartHelper, job: NmapJob) -> None:
    small = make_job(artifact_dir=job.artifact_dir, limits=OutputLimits(artifact_bytes=100_000))
    told = await scan(await start_helper("NMAP.write('n' * 500000)\nGNMAP.write('g')\n" + WHOLE), small)
    assert code(told) == "success"
    found = {artifact.kind: (artifact.size, artifact.complete) for artifact in told.artifacts}
    assert found["nmap"] == (100_000, False)
    assert found["gnmap"] == (1, True)


async def test_a_full_disk_cuts_the_file_not_the_scan(start_helper: StartHelper, job: NmapJob) -> None:
    path = Path(job.artifact_dir) / f"{job.uid}.xml"
    path.parent.mkdir()
    path.symlink_to("/dev/full")
    told = await scan(await start_helper("GNMAP.write('g')\n" + WHOLE), job)
    assert told.outcome is not None
    assert (told.outcome.status, told.outcome.code) == ("done", "artifact_disk_full")
    assert told.up() == ["10.0.0.1"]
    assert {artifact.kind: artifact.complete for artifact in told.artifacts} == {"xml": False, "gnmap": True}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "nmap_failed"),
        ("xml(HEAD, host('10.0.0.1'))", "nmap_failed"),
        ("xml(HEAD, '<runstats><finished exit=\"error\"/></runstats></nmaprun>')", "nmap_failed"),
        ("xml('<!DOCTYPE nmaprun [<!ENTITY a \"b\">]><nmaprun>&a;')\n" + HANG, "xml_refused"),
    ],
)
async def test_exit_0_proves_nothing(start_helper: StartHelper, job: NmapJob, body: str, expected: str) -> None:
    assert code(await scan(await start_helper(body + "\n"), job)) == expected


async def test_what_nmap_said_last_is_the_reason(start_helper: StartHelper, job: NmapJob) -> None:
    told = await scan(await start_helper("sys.exit('QUITTING: no such thing')\n"), job)
    assert told.outcome is not None
    assert told.outcome.params == {"exit_code": 1, "stderr": "QUITTING: no such thing"}


async def told_by(program: NmapProgram, tmp_path: Path, job: NmapJob) -> Told:
    server = await ScanHelper(program, {os.getuid()}).listen(tmp_path / "other.sock")
    try:
        return await scan(ScanHelperProcesses(tmp_path / "other.sock"), job)
    finally:
        server.close()


async def test_missing_nmap(tmp_path: Path, job: NmapJob) -> None:
    program = NmapProgram("no-such-nmap")
    assert await program.version() is None
    told = await told_by(program, tmp_path, job)
    assert code(told) == "nmap_missing"
    assert told.artifacts == []


async def test_no_helper(tmp_path: Path, job: NmapJob) -> None:
    nobody = ScanHelperProcesses(tmp_path / "nobody.sock")
    assert code(await scan(nobody, job)) == "helper_gone"
    with pytest.raises(HelperGone):
        await nobody.powers()


async def test_powers(start_helper: StartHelper) -> None:
    powers = await (await start_helper("")).powers()
    assert powers.nmap_version == "7.99"
    assert powers.raw_sockets == (os.geteuid() == 0)


async def test_out_of_scope_is_refused_by_the_helper_too(start_helper: StartHelper, job: NmapJob) -> None:
    for targets in (("192.168.1.1",), ("127.0.0.1",), ("-oN",), ("10.0.0.0/15",)):
        told = await scan_raw(await start_helper(TELL_PID + WHOLE), make_job(targets=targets))
        assert told in {"scope_refused", "job_refused"}


async def scan_raw(processes: ScanHelperProcesses, job: NmapJob) -> str:
    async with processes.start(job) as run:
        return ",".join([str(getattr(frame, "code", frame)) async for frame in run.frames()])


async def test_both_protocols_use_nmaps_own_list(start_helper: StartHelper, job: NmapJob) -> None:
    body = "say(sys.argv[sys.argv.index('-p') + 1])\n" + WHOLE
    told = await scan(
        await start_helper(body), make_job(artifact_dir=job.artifact_dir, options=PROFILES["standard"])
    )
    tcp, _, udp = told.lines[0].removeprefix("T:").partition(",U:")
    assert udp == "53,137,161,5353"
    assert len(tcp.split(",")) == 1000
    assert {"22", "80", "443", "445"} <= set(tcp.split(","))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\n\r\n",
        struct.pack(">cI", b"J", MAX_JOB_BYTES + 1) + b"x",
        struct.pack(">cI", b"J", 10) + b"short",
        struct.pack(">cI", b"S", 0),
        struct.pack(">cI", b"Z", 0),
    ],
)
async def test_what_is_no_job_is_not_answered(start_helper: StartHelper, tmp_path: Path, sent: bytes) -> None:
    helper = await start_helper("")
    reader, writer = await asyncio.open_unix_connection(tmp_path / "scan.sock")
    writer.write(sent)
    writer.write_eof()
    assert await reader.read() == b""
    writer.close()
    assert (await helper.powers()).nmap_version


async def test_only_known_users_are_served(tmp_path: Path, job: NmapJob) -> None:
    server = await ScanHelper(NmapProgram(), {os.getuid() + 1}).listen(tmp_path / "s")
    reader, writer = await asyncio.open_unix_connection(tmp_path / "s")
    writer.write(encode_job(job))
    with suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()
    server.close()
