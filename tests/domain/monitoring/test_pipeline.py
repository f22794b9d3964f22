"""Scheduler and pool together, on fakes: everyone in their turn, hung ones delay nobody, nothing is made up."""

import asyncio
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.monitoring.collector import CheckFailed, Reading, Sample, Target
from backend.domain.monitoring.jobs import Recheck
from backend.domain.monitoring.measuring import Measurer, Tries
from backend.domain.monitoring.monitors import MonitorChanged
from backend.domain.monitoring.poller import PoolLimits, clean_samples, clean_values, failure_of
from tests.domain.monitoring.making import Desk, Fakes, Pipeline, answering, refusing, watched


async def test_everyone_is_polled_once_an_interval() -> None:
    line = Pipeline([watched(number, interval=1) for number in range(50)], answering)
    entries = await line.run(3.2)
    polls = Counter(entry.monitor_id for entry in entries)
    assert set(polls) == set(range(50))
    assert all(2 <= count <= 4 for count in polls.values())
    assert (line.scheduler.skipped, line.scheduler.missed) == (0, 0)
    assert set(line.attempts) == set(range(50))
    first = entries[0]
    assert (first.up, first.condition.state, first.values["latency_ms"]) == (True, "up", 1.0)


async def test_no_monitor_is_polled_twice_at_once_and_what_was_left_out_is_counted() -> None:
    running: Counter[str] = Counter()
    most = 0

    async def slow(target: Target) -> Reading:
        nonlocal most
        running[target.address] += 1
        most = max(most, running[target.address])
        await asyncio.sleep(2.5)
        running[target.address] -= 1
        return Reading()

    line = Pipeline([watched(1, interval=1)], slow)
    await line.run(4.2)
    assert most == 1
    assert line.scheduler.turn(1).skipped == line.scheduler.skipped >= 2


async def test_a_failure_is_confirmed_by_a_second_method_before_a_state_turns() -> None:
    line = Pipeline([watched(1, interval=1)], refusing, recheck=Recheck("icmp", True))
    entries = await line.run(3.5)
    assert [entry.condition.state for entry in entries[:2]] == ["pending", "down"]
    assert entries[1].transition is not None
    assert entries[0].failure is not None
    assert entries[0].failure.recheck == Recheck("icmp", True)
    # Once it is down nobody needs to be asked any more.
    assert len(line.silence.asked) == 2


async def test_a_device_is_asked_by_few_at_a_time() -> None:
    running, most = 0, 0

    async def slow(target: Target) -> Reading:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        return Reading()

    line = Pipeline([watched(n, interval=1, address="10.80.0.9") for n in range(40)], slow)
    await line.run(2.2)
    assert most == PoolLimits().device


async def test_three_tries_with_growing_pauses_unless_the_failure_is_final() -> None:
    pauses: list[float] = []

    async def note(seconds: float) -> None:
        pauses.append(seconds)

    fakes = Fakes(refusing)
    measurer = Measurer(fakes, fakes, fakes, sleep=note)
    measured = await measurer.measure(watched(interval=60))
    assert (measured.attempts, len(pauses)) == (3, 2)
    assert 0.25 <= pauses[0] <= 0.75
    assert 0.5 <= pauses[1] <= 1.5

    async def final(target: Target) -> Reading:
        raise CheckFailed("login_refused", "no", phase="login", final=True)

    fakes.check = final
    assert (await measurer.measure(watched(interval=60))).attempts == 1
    measurer.close()


async def test_a_poll_ends_at_its_deadline_and_says_in_which_phase() -> None:
    async def hung(target: Target) -> Reading:
        await asyncio.sleep(3600)
        return Reading()

    fakes = Fakes(hung, timeout_s=0.1)
    measurer = Measurer(fakes, fakes, fakes, tries=Tries(pause_s=0.01))
    began = time.monotonic()
    measured = await measurer.measure(watched(interval=1))
    assert time.monotonic() - began < 1.5
    assert measured.failed is not None
    assert (measured.failed.code, measured.failed.phase) == ("timeout", "ask")
    assert [phase.name for phase in measured.phases] == ["ask"]
    measurer.close()


async def test_a_collector_that_blocks_has_a_thread_and_the_loop_goes_on() -> None:
    seen: set[int] = set()

    class Blocking(Fakes):
        def ready(self, name: str, config: object):  # type: ignore[no-untyped-def]
            ready = super().ready(name, config)
            assert ready is not None

            def function(*_: object) -> Reading:
                seen.add(threading.get_ident())
                time.sleep(0.05)
                return Reading(values={"latency_ms": 50.0})

            return type(ready)(function, ready.options, self.traits)

    fakes = Blocking(answering, blocking=True)
    measurer = Measurer(fakes, fakes, fakes)
    found = await asyncio.gather(*(measurer.measure(watched(n)) for n in range(4)))
    assert all(measured.reading for measured in found)
    assert threading.get_ident() not in seen
    measurer.close()


async def test_a_collector_with_a_fault_of_its_own_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(target: Target) -> Reading:
        if target.monitor_id == 1:
            raise ZeroDivisionError
        return Reading()

    line = Pipeline([watched(1, interval=1), watched(2, interval=1)], broken)
    entries = await line.run(1.5)
    states = {entry.monitor_id: entry.condition.state for entry in entries}
    assert states == {1: "unknown", 2: "up"}


async def test_changes_on_the_bus_take_effect_at_once() -> None:
    line = Pipeline([], answering, tick_s=60)
    task = asyncio.create_task(line.run(1.5))
    await asyncio.sleep(0.2)
    line.desk.monitors[7] = watched(7, interval=3600)
    line.bus.publish(MonitorChanged(7, 1))
    await asyncio.sleep(0.4)
    assert line.scheduler.timeliness.polls == 1
    line.desk.monitors[7] = watched(7, interval=3600, uid=line.desk.monitors[7].uid, enabled=False, version=2)
    line.bus.publish(MonitorChanged(7, 1))
    await asyncio.sleep(0.2)
    assert len(line.scheduler) == 0
    line.bus.publish(MonitorChanged(7, 1, gone=True))
    entries = await task
    assert [entry.condition.state for entry in entries] == ["up", "paused"]


async def test_polling_goes_on_while_the_database_is_away() -> None:
    line = Pipeline([watched(1, interval=1)], answering, tick_s=0.1)
    task = asyncio.create_task(line.run(3.0))
    await asyncio.sleep(0.3)
    line.desk.away = True
    before = line.scheduler.timeliness.polls
    await asyncio.sleep(2.2)
    assert line.scheduler.timeliness.polls >= before + 2
    await task


async def test_f10_three_hundred_hung_targets_delay_none_of_seven_hundred() -> None:
    assert await share_on_time(PoolLimits(polls=600, failing=100)) >= 0.995


async def test_f10_a_pool_without_places_for_the_good_ones_is_noticed() -> None:
    """The twin: hung targets may take every place."""
    assert await share_on_time(PoolLimits(polls=100, failing=100)) < 0.995


async def share_on_time(limits: PoolLimits) -> float:
    """The share of polls of good targets that began within half a second of their time, beside 300 that hang."""

    async def check(target: Target) -> Reading:
        if target.monitor_id < 300:
            await asyncio.sleep(3600)
        return Reading()

    line = Pipeline([watched(n, interval=4) for n in range(1000)], check, timeout_s=3.0, limits=limits)
    late: list[float] = []
    began = line.scheduler.timeliness.began

    def note(monitor_id: int, late_s: float, interval_s: float) -> None:
        began(monitor_id, late_s, interval_s)
        if monitor_id >= 300:
            late.append(late_s)

    line.scheduler.timeliness.began = note  # type: ignore[method-assign]
    await line.run(10)
    turns = 700 * 2  # at least two turns each, those that never came count as late
    return sum(seconds <= 0.5 for seconds in late) / max(turns, len(late))


async def test_f12_a_clock_that_jumps_makes_no_burst_and_no_time_runs_back() -> None:
    line = Pipeline([watched(n, interval=1) for n in range(20)], answering)
    jumps = iter((0, 3600, -3600, 7200))
    offset = timedelta()

    async def jump() -> None:
        nonlocal offset
        for hours in jumps:
            offset = timedelta(seconds=hours)
            await asyncio.sleep(1)

    line.pool._clock = line.scheduler._clock = lambda: datetime.now(UTC) + offset
    jumping = asyncio.create_task(jump())
    entries = await line.run(4.3)
    await jumping
    polls = Counter(entry.monitor_id for entry in entries)
    assert all(3 <= count <= 5 for count in polls.values())
    assert line.scheduler.missed == 0
    assert max(entry.at for entry in entries) - min(entry.at for entry in entries) > timedelta(hours=2)


async def test_f20_ten_times_too_much_is_bounded_counted_and_fair() -> None:
    async def slow(target: Target) -> Reading:
        await asyncio.sleep(0.1)
        return Reading()

    line = Pipeline([watched(n, interval=1) for n in range(500)], slow, limits=PoolLimits(polls=5))
    began = asyncio.get_running_loop().time()
    task = asyncio.create_task(line.run(6))
    deepest = 0
    while not task.done():
        deepest = max(deepest, line.pool.polling)
        assert line.scheduler.jobs.qsize() <= 100
        await asyncio.sleep(0.05)
    entries = await task
    seconds = asyncio.get_running_loop().time() - began
    assert deepest <= 500  # one a monitor
    polls, skipped = Counter(entry.monitor_id for entry in entries), line.scheduler.skipped
    assert 5 * 10 * 4 <= len(entries) <= 5 * 10 * seconds + 5
    assert max(polls.values()) <= 2  # nobody twice before everybody's first
    per_monitor = sum(line.scheduler.turn(n).skipped for n in range(500))
    assert per_monitor == skipped > 0
    turns = len(entries) + skipped + line.scheduler.missed + 500
    assert turns >= 500 * 5  # every turn is somewhere


def test_values_and_texts_are_made_fit_for_storage() -> None:
    reading = Reading(
        values={"latency_ms": float("nan"), "cpu_percent": 3, "memory_total": 2.0**40, "disk_used": 2**70, "x": 1}
    )
    assert clean_values(reading) == {"cpu_percent": 3.0, "memory_total": 2**40}
    assert clean_samples((Sample("a\x00b", 1.0, {"k": "\x1b"}), Sample("n", float("inf")))) == (
        Sample("a\\x00b", 1.0, {"k": "\\x1b"}),
    )
    assert failure_of(CheckFailed("x", "a\x00b" * 400, params={"p": "\x00"}), ()).params == {"p": "\\x00"}


async def test_the_wanted_desk_is_enough_of_a_desk() -> None:
    async with Desk([watched(1)])() as work:
        assert [monitor.id for monitor in await work.watchlist.all()] == [1]


async def test_a_dead_resolver_does_not_make_everything_look_dead() -> None:
    fakes = Fakes(answering)
    measurer = Measurer(fakes, fakes, fakes)
    named = watched(address="web.test", interval=60)
    assert (await measurer.measure(named)).address == "10.80.0.1"
    fakes.names = False
    assert (await measurer.measure(named)).address == "10.80.0.1"
    stranger = await measurer.measure(watched(2, address="other.test", interval=60))
    assert stranger.failed is not None
    assert stranger.failed.code == "name_not_found"
    measurer.close()


async def test_a_collector_is_given_the_judge_for_where_it_is_sent_on() -> None:
    seen: list[Target] = []

    async def note(target: Target) -> Reading:
        seen.append(target)
        return Reading()

    fakes = Fakes(note)
    measurer = Measurer(fakes, fakes, fakes)
    await measurer.measure(watched(address="10.80.0.9", host_name="printer"))
    await measurer.measure(watched(2, address="web.test"))
    assert [(target.address, target.name) for target in seen] == [
        ("10.80.0.9", "printer"),
        ("10.80.0.1", "web.test"),
    ]
    assert all(target.ways is fakes for target in seen)
    measurer.close()
