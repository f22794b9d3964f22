"""The coordinator: lives of scans, with storage and scanner that break when they are told to."""

import asyncio
import math
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace

import pytest

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.difficult import TargetState
from backend.domain.discovery.events import PauseRequested, ScanQueued, StopRequested
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.report import (
    ChunkFinished,
    ChunkOutcome,
    HostFinished,
    HostReport,
    Line,
    PortReport,
    RunnerEvent,
)
from backend.domain.discovery.report import ChunkStatus as OutcomeStatus
from backend.domain.discovery.scan import ChunkStatus, Scan, ScanStatus
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


async def test_shutting_down_leaves_a_scan_that_goes_on_at_the_next_start() -> None:
    world = World(one_then_wait)
    world.add_scan()
    async with world.running():
        await world.until(lambda: len(world.tables.hosts) == 2)
    scan = world.scan()
    assert (scan.status, scan.finished_at) == (ScanStatus.QUEUED, None)
    assert scan.message
    assert (scan.message.code, scan.message.params) == ("app_stopped_goes_on", {"done": 0, "total": 4})
    assert world.statuses() == ["queued"] * 4
    await _goes_on(world)


async def test_what_a_dead_process_left_goes_on_by_itself() -> None:
    world = World(deaf)
    world.add_scan()
    await _killed(world, lambda: len(world.tables.hosts) == 2 and world.scan().last_seq > 1)
    assert world.scan().status is ScanStatus.RUNNING
    scan = await _goes_on(world)
    texts = [line.text for _, line in sorted(world.tables.lines.items())]
    assert sum(text.startswith("Lanarium stopped while this scan ran") for text in texts) == 1
    assert sorted(world.tables.lines) == [(1, seq) for seq in range(1, scan.last_seq + 1)]


async def _killed(world: World, when: Callable[[], bool]) -> None:
    """The coordinator goes as after kill -9: from one moment on nothing more is written."""
    task = asyncio.create_task(world.coordinator.run())
    await world.until(when)
    world.away = True
    for life in world.coordinator._tasks.values():
        life.cancel()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    world.away = False


async def _goes_on(world: World) -> Scan:
    """The next start finishes the scan, and asks nobody who was finished."""
    known = {address for _, address in world.tables.hosts}
    world.script = finds_everyone
    world.jobs.clear()
    async with world.running(world.restarted()):
        scan = await world.until_ended()
    asked = {str(address) for job in world.jobs for address in AddressSet.parse(job.targets)}
    assert (scan.status, scan.hosts_up, scan.hosts_done) == (ScanStatus.COMPLETED, 16, 16)
    assert not known & asked
    assert len(asked) == 16 - len(known)
    return scan


async def test_paused_stays_paused_and_stopping_becomes_stopped_after_a_kill() -> None:
    for before, after in ((ScanStatus.PAUSING, ScanStatus.PAUSED), (ScanStatus.STOPPING, ScanStatus.STOPPED)):
        world = World(deaf)
        world.add_scan()
        await _killed(world, lambda world=world: len(world.tables.hosts) == 2)  # type: ignore[misc]
        world.tables.scans[1] = replace(world.scan(), status=before)
        async with world.running(world.restarted()):
            await world.until(lambda world=world, after=after: world.scan().status is after)  # type: ignore[misc]
        assert world.scan().status is after, "and a shutdown leaves it so"
        assert (world.scan().finished_at is None) is (after is ScanStatus.PAUSED)


async def test_a_pause_ends_what_runs_and_a_resume_asks_only_for_the_rest() -> None:
    world = World(one_then_wait)
    world.add_scan()
    async with world.running():
        await world.until(lambda: len(world.tables.hosts) == 2)
        world.tables.scans[1] = replace(world.scan(), status=ScanStatus.PAUSING)
        world.bus.publish(PauseRequested(1))
        await world.until(lambda: world.scan().status is ScanStatus.PAUSED)
        assert world.statuses() == ["queued"] * 4
        assert world.scan().finished_at is None
        world.tables.scans[1] = replace(world.scan(), status=ScanStatus.QUEUED)
    await _goes_on(world)


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


def kills_nmap(*bad: str, after: int = 1000) -> Script:
    """These addresses take nmap down before it tells of any host; others are found."""

    async def script(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        addresses = [str(address) for address in AddressSet.parse(job.targets)]
        if set(bad) & set(addresses):
            for address in addresses[:after]:
                if address in bad:
                    break
                yield HostFinished(HostReport(address, "up"))
            yield ChunkFinished(
                ChunkOutcome("failed", "nmap_killed", {"signal": 9}, "nmap was killed by signal 9")
            )
            return
        async for event in finds_everyone(job, stop):
            yield event

    return script


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 16, 40, 64])
@pytest.mark.parametrize("after", [0, 1000])
async def test_one_bad_host_is_parked_and_the_rest_is_found(size: int, after: int) -> None:
    bad = f"10.0.1.{size - 1}"
    world = World(kills_nmap(bad, after=after))
    world.add_scan(chunks=2, size=size)
    async with world.running():
        scan = await world.until_ended()
    assert scan.status is ScanStatus.COMPLETED
    assert scan.message
    assert (scan.message.code, scan.message.params) == ("targets_parked", {"parked": 1})
    assert world.tables.difficult == {bad: TargetState.PARKED}
    assert world.tables.reasons == {bad: "scan_fault"}
    assert {address for _, address in world.tables.hosts} == {f"10.0.1.{n}" for n in range(2 * size)} - {bad}
    assert scan.hosts_done == 2 * size
    tries = Counter(str(address) for job in world.jobs for address in AddressSet.parse(job.targets))
    assert max(tries.values()) <= math.log2(size) + 2, "never more than log2(n) + 2 attempts of one host"
    done = AddressSet.parse(text for chunk in world.tables.chunks.values() for text in chunk.targets)
    assert done.count == sum(chunk.target_count for chunk in world.tables.chunks.values()) == 2 * size


async def test_hosts_that_are_finished_are_not_asked_again() -> None:
    world = World(kills_nmap("10.0.1.6"))
    world.add_scan()
    async with world.running():
        await world.until_ended()
    tries = Counter(str(address) for job in world.jobs for address in AddressSet.parse(job.targets))
    assert tries["10.0.1.4"] == tries["10.0.1.5"] == 1
    assert 2 <= tries["10.0.1.6"] <= 4


async def test_when_nothing_works_not_every_address_is_blamed() -> None:
    world = World(ends_with("nmap_failed"))
    world.add_scan(chunks=4, size=64)
    async with world.running():
        scan = await world.until_ended()
    assert scan.status is ScanStatus.FAILED
    assert scan.message
    assert scan.message.code == "scan_futile"
    assert len(world.jobs) <= 30
    assert not world.tables.difficult
    assert scan.can.resume


async def test_a_helper_that_comes_back_is_waited_for() -> None:
    world = World(helper_patience_s=5)
    gone = True

    async def while_gone(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        if gone:
            yield ChunkFinished(ChunkOutcome("failed", "helper_gone", {}, "The scan helper went away"))
            return
        async for event in finds_everyone(job, stop):
            yield event

    world.script = while_gone
    world.powers_known = False
    world.add_scan()
    async with world.running():
        await world.until(lambda: any("waits for it" in line.text for line in world.tables.lines.values()))
        gone, world.powers_known = False, True
        scan = await world.until_ended()
    assert (scan.status, scan.hosts_done) == (ScanStatus.COMPLETED, 16)
    assert any(line.text.startswith("The scan helper is back") for line in world.tables.lines.values())
    assert not world.tables.difficult


async def test_a_tarpit_is_parked_and_none_of_its_ports_is_kept() -> None:
    doors = tuple(PortReport("tcp", port, "open") for port in range(1, 301))
    alike = tuple(replace(port, product="nothing", confidence=10) for port in doors)

    async def sweeps_then_asks(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        trap = "10.0.1.1"
        for address in map(str, AddressSet.parse(job.targets)):
            ports = doors if address == trap else ()
            yield HostFinished(HostReport(address, "up", ports=ports, source="sweep"), final=False)
        for address in map(str, AddressSet.parse(job.targets)):
            yield HostFinished(HostReport(address, "up", ports=alike if address == trap else ()))
        yield ChunkFinished(ChunkOutcome("done", "success"))

    world = World(sweeps_then_asks)
    world.add_scan(chunks=1)
    async with world.running():
        scan = await world.until_ended()
    assert world.tables.reasons == {"10.0.1.1": "tarpit"}
    assert (scan.hosts_up, scan.hosts_done, scan.ports_open) == (4, 4, 0)
    assert all(
        not report.ports for report in world.said if report.address == "10.0.1.1" and report.source == "nmap"
    )
    last = {report.source: report for report in world.said if report.address == "10.0.1.1"}
    assert not any(report.ports for report in last.values()), "what the sweep said is said again without ports"


async def test_a_host_that_takes_too_long_is_parked_and_counts_as_done() -> None:
    async def one_lags(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        for address in map(str, AddressSet.parse(job.targets)):
            yield HostFinished(HostReport(address, "up", timed_out=address == "10.0.1.2"))
        yield ChunkFinished(ChunkOutcome("done", "success"))

    world = World(one_lags)
    world.add_scan()
    async with world.running():
        scan = await world.until_ended()
    assert (scan.status, scan.hosts_done) == (ScanStatus.COMPLETED, 16)
    assert world.tables.reasons == {"10.0.1.2": "timed_out"}


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


async def test_a_runner_that_breaks_costs_the_one_host_it_breaks_on() -> None:
    async def breaks(job: NmapJob, stop: asyncio.Event) -> AsyncGenerator[RunnerEvent, None]:
        if _first(job) == "10.0.1.0":
            raise ZeroDivisionError
        async for event in finds_everyone(job, stop):
            yield event

    world = World(breaks)
    world.add_scan()
    async with world.running():
        scan = await world.until_ended()
    assert scan.status is ScanStatus.COMPLETED
    assert world.tables.difficult == {"10.0.1.0": TargetState.PARKED}
    assert len(world.tables.hosts) == 15
