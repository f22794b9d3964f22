"""The runner over fakes: from frames to events and to an outcome in words."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from backend.domain.discovery.job import NmapJob, OutputLimits
from backend.domain.discovery.options import ScanOptions
from backend.domain.discovery.ports import (
    Exited,
    Frame,
    HelperGone,
    Output,
    Refused,
    ReportRefused,
    ScanPowers,
    Truncated,
)
from backend.domain.discovery.report import (
    ArtifactKind,
    ArtifactWritten,
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    Progress,
    RunnerEvent,
)
from backend.domain.discovery.runner import NmapRunner
from tests.domain.discovery.jobs import make_job

WAIT = Output("out", b"<wait for stop>\n")


class FakeRun:
    """Gives frames; after WAIT it gives nothing until it is stopped."""

    def __init__(self, frames: list[Frame | Exception]) -> None:
        self._frames = frames
        self.stopped = asyncio.Event()

    async def frames(self) -> AsyncIterator[Frame]:
        for frame in self._frames:
            if isinstance(frame, Exception):
                raise frame
            yield frame
            if frame is WAIT:
                await self.stopped.wait()

    async def stop(self) -> None:
        self.stopped.set()


class FakeProcesses:
    def __init__(self, *frames: Frame | Exception, gone: bool = False) -> None:
        self.run = FakeRun(list(frames))
        self.gone = gone
        self.left = False

    @asynccontextmanager
    async def start(self, job: NmapJob) -> AsyncIterator[FakeRun]:
        if self.gone:
            raise HelperGone("no socket")
        try:
            yield self.run
        finally:
            self.left = True

    async def powers(self) -> ScanPowers:
        return ScanPowers(True, "7.93")


class FakeReader:
    """Reads `host A`, `host A down`, `progress N`, `finished`, `bad`."""

    def __init__(self) -> None:
        self.complete = False

    def feed(self, data: bytes) -> list[HostReport | Progress]:
        found: list[HostReport | Progress] = []
        for line in data.decode().splitlines():
            kind, _, rest = line.partition(" ")
            if kind == "host":
                address, _, state = rest.partition(" ")
                found.append(HostReport(address, "down" if state else "up"))
            elif kind == "progress":
                found.append(Progress(float(rest)))
            elif kind == "bad":
                raise ReportRefused("too_deep")
            self.complete |= kind == "finished"
        return found


class FakeArtifact:
    def __init__(self, kind: ArtifactKind, full: bool) -> None:
        self.kind = kind
        self.disk_full = full
        self.data = b""

    async def write(self, data: bytes) -> None:
        self.data += data

    async def close(self, *, whole: bool) -> ArtifactWritten:
        return ArtifactWritten(self.kind, f"x.{self.kind}", len(self.data), whole and not self.disk_full)


class FakeArtifacts:
    def __init__(self, full: bool = False) -> None:
        self.full = full

    async def open(self, job: NmapJob, kind: ArtifactKind) -> FakeArtifact:
        return FakeArtifact(kind, self.full)


class FakeNames:
    async def addresses(self, name: str) -> tuple[str, ...]:
        return ()

    async def name(self, address: str) -> str | None:
        return "printer.example" if address.endswith(".1") else None


async def run(
    processes: FakeProcesses,
    stop: asyncio.Event | None = None,
    full: bool = False,
    **changes: Any,
) -> list[RunnerEvent]:
    runner = NmapRunner(processes, FakeArtifacts(full), FakeReader, FakeNames())
    return [event async for event in runner.run(make_job(**changes), stop)]


def outcome(events: list[RunnerEvent]) -> ChunkOutcome:
    last = events[-1]
    assert isinstance(last, ChunkFinished)
    return last.outcome


def hosts(events: list[RunnerEvent]) -> list[str]:
    return [event.report.address for event in events if isinstance(event, HostFinished)]


async def test_a_whole_chunk() -> None:
    processes = FakeProcesses(
        Output("out", b"Starting\nStats: 0:00:01 elapsed\nSYN Timing: About 5% done\nNmap sc"),
        Output("xml", b"progress 5\nhost 10.0.0.1\nhost 10.0.0.2 down\n"),
        Output("out", b"an report\n"),
        Output("err", b"careful\n"),
        Output("xml", b"finished\n"),
        Output("gnmap", b"x"),
        Exited(0, None),
    )
    events = await run(processes)
    assert [event for event in events if isinstance(event, Line)] == [
        Line("Starting"),
        Line("Nmap scan report"),
        Line("careful", "err"),
    ]
    assert Progress(5.0) in events
    assert hosts(events) == ["10.0.0.1", "10.0.0.2"]
    assert ArtifactWritten("gnmap", "x.gnmap", 1, True) in events
    assert outcome(events) == ChunkOutcome("done", "success", {}, "Finished", 2)
    assert processes.left


async def test_names_come_from_dns_where_asked() -> None:
    frames = (Output("xml", b"host 10.0.0.1\nhost 10.0.0.2\nfinished\n"), Exited(0, None))
    named = [
        event.report.hostnames for event in await run(FakeProcesses(*frames)) if isinstance(event, HostFinished)
    ]
    assert named == [("printer.example",), ()]
    plain = await run(FakeProcesses(*frames), options=ScanOptions(tcp_ports="22", resolve_names=False))
    assert [event.report.hostnames for event in plain if isinstance(event, HostFinished)] == [(), ()]


async def test_hosts_that_nobody_asked_for_are_not_believed() -> None:
    events = await run(FakeProcesses(Output("xml", b"host 10.9.9.9\nhost 10.0.0.3\nfinished\n"), Exited(0, None)))
    assert hosts(events) == ["10.0.0.3"]


@pytest.mark.parametrize(
    ("frames", "status", "code", "params"),
    [
        ([Exited(0, None)], "failed", "nmap_failed", {"exit_code": 0, "stderr": "no reason given"}),
        (
            [Output("err", b"QUITTING!\n"), Exited(1, None)],
            "failed",
            "nmap_failed",
            {"exit_code": 1, "stderr": "QUITTING!"},
        ),
        ([Output("xml", b"host 10.0.0.1\n"), Exited(None, 9)], "partial", "nmap_killed", {"signal": 9}),
        ([Exited(None, 15)], "failed", "nmap_killed", {"signal": 15}),
        ([Refused("nmap_missing", {})], "failed", "nmap_missing", {}),
        ([Refused("scope_refused", {"reason": "x"})], "failed", "scope_refused", {"reason": "x"}),
        ([Output("xml", b"host 10.0.0.1\n"), HelperGone("died")], "partial", "helper_gone", {}),
        (
            [Output("xml", b"host 10.0.0.1\nbad\n"), WAIT, Exited(None, 9)],
            "failed",
            "xml_refused",
            {"reason": "too_deep"},
        ),
        (
            [Output("xml", b"host 10.0.0.1\n"), Truncated("xml", 99), WAIT, Exited(None, 9)],
            "partial",
            "output_quota",
            {"limit": 99},
        ),
    ],
)
async def test_outcomes(
    frames: list[Frame | Exception], status: str, code: str, params: dict[str, object]
) -> None:
    found = outcome(await run(FakeProcesses(*frames)))
    assert (found.status, found.code, found.params) == (status, code, params)
    assert found.text


async def test_no_helper_at_all() -> None:
    assert outcome(await run(FakeProcesses(gone=True))).code == "helper_gone"


async def test_a_deadline_keeps_what_is_done() -> None:
    processes = FakeProcesses(Output("xml", b"host 10.0.0.1\n"), WAIT, Exited(None, 9))
    found = outcome(await run(processes, chunk_timeout_s=1))
    assert found == ChunkOutcome(
        "partial",
        "chunk_deadline",
        {"seconds": 1},
        "Stopped after 1 s, the longest time a chunk may take",
        1,
    )


async def test_a_person_stops_it() -> None:
    stop = asyncio.Event()
    processes = FakeProcesses(Output("xml", b"host 10.0.0.1\n"), WAIT, Exited(None, 9))
    events: list[RunnerEvent] = []
    async for event in NmapRunner(processes, FakeArtifacts(), FakeReader).run(make_job(), stop):
        events.append(event)
        stop.set()
    assert outcome(events).status == "stopped"
    assert hosts(events) == ["10.0.0.1"]


async def test_closing_the_iterator_leaves_the_run() -> None:
    processes = FakeProcesses(WAIT, Exited(0, None))
    events = NmapRunner(processes, FakeArtifacts(), FakeReader).run(make_job())
    assert isinstance(await anext(events), Line)
    await events.aclose()
    assert processes.left


async def test_a_full_disk_marks_the_file_not_the_scan() -> None:
    events = await run(FakeProcesses(Output("xml", b"host 10.0.0.1\nfinished\n"), Exited(0, None)), full=True)
    assert outcome(events).status == "done"
    assert outcome(events).code == "artifact_disk_full"
    assert [event.complete for event in events if isinstance(event, ArtifactWritten)] == [False]


async def test_a_cut_stream_is_said_once_and_its_file_is_incomplete() -> None:
    frames = (
        Output("out", b"one\n"),
        Truncated("out", 4),
        Output("gnmap", b"g"),
        Truncated("gnmap", 1),
        Output("nmap", b"n"),
        Output("xml", b"finished\n"),
        Exited(0, None),
    )
    events = await run(FakeProcesses(*frames), limits=OutputLimits(text_bytes=100))
    notes = [event.text for event in events if isinstance(event, Line)]
    assert notes[0] == "one"
    assert len([note for note in notes if "shortened" in note]) == 2
    complete = {event.kind: event.complete for event in events if isinstance(event, ArtifactWritten)}
    assert complete == {"gnmap": False, "nmap": True, "xml": True}
