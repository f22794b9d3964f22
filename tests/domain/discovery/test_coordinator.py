"""The coordinator: lives of scans, with storage and scanner that break when they are told to."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

from backend.domain.discovery.events import ScanQueued, StopRequested
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    RunnerEvent,
)
from backend.domain.discovery.report import ChunkStatus as OutcomeStatus
from backend.domain.discovery.scan import ChunkStatus, ScanStatus
from tests.domain.discovery.world import Script, World, finds_everyone


def _first(job: NmapJob) -> str:
    return job.targets[0].partition("/")[0].partition("-")[0]


async def one_then_wait(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    yield HostFinished(HostReport(_first(job), "up"))
    await stop.wait()
    yield ChunkFinished(ChunkOutcome("stopped", "stopped", hosts_done=1))


async def deaf(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
    yield HostFinished(HostReport(_first(job), "up"))
    await asyncio.Event().wait()


def ends_with(code: str, status: OutcomeStatus = "failed", **params: str) -> Script:
    async def script(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        yield ChunkFinished(ChunkOutcome(status, code, params, f"because of {code}"))

    return script


async def test_a_scan_runs_chunk_by_chunk_to_its_end() -> None:
    world = World()
    world.add_scan(chunks=5)
    async with world.running():
        scan = await world.until_ended()
    assert (scan.status, scan.hosts_up, scan.hosts_done) == (ScanStatus.COMPLETED, 20, 20)
    assert world.statuses() == ["done"] * 5
    assert sorted(world.tables.lines) == [(1, seq) for seq in range(1, scan.last_seq + 1)]
    assert len(world.tables.hosts) == 20
    assert next(iter(world.tables.files.values())).path.startswith(f"{scan.uid}/")
    assert world.jobs[0].scope.allowed[0].cidr == "10.0.0.0/8", "the helper judges by the list once more"


async def test_no_more_scans_and_chunks_at_once_than_allowed() -> None:
    at_once: set[str] = set()
    most = 0

    async def counting(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        nonlocal most
        at_once.add(job.uid)
        most = max(most, len(at_once))
        await asyncio.sleep(0.005)
        at_once.discard(job.uid)
        yield ChunkFinished(ChunkOutcome("done", "success"))

    world = World(counting, max_scans=2)
    for scan_id in (1, 2, 3):
        world.add_scan(scan_id, chunks=6, concurrency=2)
    async with world.running():
        for scan_id in (1, 2, 3):
            await world.until_ended(scan_id)
    assert most == 4


async def test_stop_keeps_what_is_done_and_resume_does_the_rest() -> None:
    world = World(one_then_wait)
    world.add_scan()
    async with world.running():
        await world.until(lambda: len(world.tables.hosts) == 2)
        world.tables.scans[1] = replace(world.scan(), status=ScanStatus.STOPPING)
        world.bus.publish(StopRequested(1))
        scan = await world.until_ended()
        assert scan.status is ScanStatus.STOPPED
        assert world.statuses() == ["stopped"] * 4
        assert len(world.tables.hosts) == 2
        world.script = finds_everyone
        for key, chunk in world.tables.chunks.items():
            world.tables.chunks[key] = replace(chunk, status=ChunkStatus.QUEUED)
        world.tables.scans[1] = replace(scan, status=ScanStatus.QUEUED, finished_at=None)
        world.bus.publish(ScanQueued(1))
        scan = await world.until_ended()
    assert (scan.status, scan.hosts_up, len(world.tables.hosts)) == (ScanStatus.COMPLETED, 16, 16)


async def test_a_scanner_that_does_not_stop_is_abandoned() -> None:
    world = World(deaf, stop_patience_s=0.05)
    world.add_scan()
    async with world.running():
        await world.until(lambda: len(world.tables.hosts) == 2)
        world.bus.publish(StopRequested(1))
        scan = await world.until_ended()
    assert scan.status is ScanStatus.STOPPED
    assert len(world.tables.hosts) == 2


async def test_shutting_down_interrupts_and_the_next_start_can_resume() -> None:
    world = World(one_then_wait)
    world.add_scan()
    async with world.running():
        await world.until(lambda: len(world.tables.hosts) == 2)
    scan = world.scan()
    assert scan.status is ScanStatus.INTERRUPTED
    assert scan.message
    assert (scan.message.code, scan.message.params) == ("app_stopped", {"done": 0, "total": 4})
    assert world.statuses() == ["partial", "partial", "queued", "queued"]
    assert scan.can.resume


async def test_what_a_dead_process_left_is_found_and_marked() -> None:
    world = World(deaf)
    world.add_scan()
    task = asyncio.create_task(world.coordinator.run())
    await world.until(lambda: len(world.tables.hosts) == 2 and world.scan().last_seq > 1)
    world.away = True  # from here on nothing more is written: as after kill -9
    for life in world.coordinator._tasks.values():
        life.cancel()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert world.scan().status is ScanStatus.RUNNING
    world.away = False
    async with world.running(world.restarted()):
        scan = await world.until_ended()
    assert scan.status is ScanStatus.INTERRUPTED
    assert world.statuses() == ["partial", "partial", "queued", "queued"]
    assert len(world.tables.hosts) == 2
    assert world.tables.lines[1, scan.last_seq].text.startswith("Lanarium stopped while this scan ran")


async def test_storage_away_loses_nothing_and_tells_those_who_watch() -> None:
    world = World(queue=50, batch=20)
    away = asyncio.Event()

    async def talkative(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        for number in range(500):
            if number == 100 and not away.is_set():
                world.away = True
                away.set()
                asyncio.get_running_loop().call_later(0.2, lambda: setattr(world, "away", False))
            yield Line(f"{job.uid} {number}")
        async for event in finds_everyone(job, stop):
            yield event

    world.script = talkative
    world.add_scan()
    async with world.running():
        await away.wait()
        await world.until(lambda: any("Storage is away" in e.lines[-1].text for e in world.announced))
        assert world.away, "those who watch are told while it is away"
        life = world.coordinator.lives[0]
        assert life.recorder.waiting <= 51, "memory is bounded: the scanner waits"
        scan = await world.until_ended()
    texts = [line.text for _, line in sorted(world.tables.lines.items())]
    assert scan.status is ScanStatus.COMPLETED
    assert sum(text.startswith("found") for text in texts) == 16
    assert len(texts) == scan.last_seq
    for job in world.jobs:
        assert [t for t in texts if t.startswith(job.uid)] == [f"{job.uid} {n}" for n in range(500)]
    assert (
        sum("Storage is away" in text for text in texts) == sum("Storage is back" in text for text in texts) >= 1
    )
    announced = sorted(line.seq for event in world.announced for line in event.lines)
    assert announced == list(range(1, scan.last_seq + 1)), "every line goes out live once"


async def test_one_host_that_cannot_be_stored_takes_no_other_with_it() -> None:
    world = World()
    world.poison = "10.0.1.5"
    world.add_scan()
    async with world.running():
        scan = await world.until_ended()
    assert scan.status is ScanStatus.COMPLETED
    assert len(world.tables.hosts) == 15
    lost = "The result of 10.0.1.5 could not be stored; the files of the chunk hold it."
    assert [line.text for line in world.tables.lines.values()].count(lost) == 1


async def test_nmap_missing_and_helper_gone_fail_at_once_with_a_remedy() -> None:
    for code, remedy in (("nmap_missing", "apt install nmap"), ("helper_gone", "lanarium doctor")):
        world = World(ends_with(code))
        world.powers_known = code != "helper_gone"
        world.add_scan(chunks=8, concurrency=1)
        async with world.running():
            scan = await world.until_ended()
        assert scan.status is ScanStatus.FAILED
        assert scan.message
        assert scan.message.code == code
        assert remedy in scan.message.text
        assert len(world.jobs) == 1, "the other chunks would fail as well"
        assert scan.can.resume


async def test_a_chunk_that_fails_leaves_the_others_alone() -> None:
    async def second_fails(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        if _first(job) == "10.0.1.4":
            yield HostFinished(HostReport("10.0.1.4", "up"))
            yield ChunkFinished(
                ChunkOutcome("partial", "nmap_killed", {"signal": 9}, "nmap was killed by signal 9")
            )
            return
        async for event in finds_everyone(job, stop):
            yield event

    world = World(second_fails)
    world.add_scan()
    async with world.running():
        scan = await world.until_ended()
    assert scan.status is ScanStatus.PARTIAL
    assert scan.message
    assert scan.message.params == {"done": 3, "total": 4, "hosts": 13}
    assert world.statuses() == ["done", "partial", "done", "done"]


async def test_a_disk_that_is_full_for_files_does_not_end_the_scan() -> None:
    world = World(ends_with("artifact_disk_full", "done"))
    world.add_scan()
    async with world.running():
        scan = await world.until_ended()
    assert scan.status is ScanStatus.COMPLETED
    assert scan.message
    assert scan.message.code == "artifact_disk_full"


async def test_a_network_that_is_taken_off_the_list_is_not_scanned_any_more() -> None:
    world = World()

    async def then_forbidden(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        world.allowed = ()
        async for event in finds_everyone(job, stop):
            yield event

    world.script = then_forbidden
    world.add_scan(concurrency=1)
    async with world.running():
        scan = await world.until_ended()
    assert len(world.jobs) == 1
    assert world.statuses() == ["done", "failed", "failed", "failed"]
    assert scan.status is ScanStatus.PARTIAL
    messages = [chunk.message.code for chunk in world.tables.chunks.values() if chunk.message]
    assert messages == ["scope_refused"] * 3


async def test_a_runner_that_breaks_costs_its_chunk_only() -> None:
    async def breaks(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        if _first(job) == "10.0.1.0":
            raise ZeroDivisionError
        async for event in finds_everyone(job, stop):
            yield event

    world = World(breaks)
    world.add_scan()
    async with world.running():
        scan = await world.until_ended()
    assert world.statuses() == ["failed", "done", "done", "done"]
    assert scan.status is ScanStatus.PARTIAL
