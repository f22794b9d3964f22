"""The timing wheel: fixed phases, no double polls, nothing made up."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from backend.domain.monitoring.jobs import Watched
from backend.domain.monitoring.wheel import Wheel, first_turn


def watched(number: int = 1, interval: int = 10, uid: UUID | None = None) -> Watched:
    return Watched(number, uid or uuid4(), 1, None, "10.0.0.1", None, "tcp", {}, None, interval, 1)


def drive(wheel: Wheel, start: float, end: float, step: float = 0.5) -> list[tuple[int, float]]:
    """Poll whoever is due, at once done, until the end; who was polled for which turn."""
    polled, now = [], start
    while now <= end:
        for job in wheel.take(now):
            polled.append((job.monitor.id, job.due))
            wheel.done(job.monitor.id)
        now += step
    return polled


@given(uid=st.uuids(), interval=st.integers(1, 86_400), now=st.floats(0, 1e9))
def test_a_phase_is_fixed_and_within_the_interval(uid: UUID, interval: int, now: float) -> None:
    monitor = watched(uid=uid, interval=interval)
    turn = first_turn(monitor, now)
    assert now - 1e-6 <= turn < now + interval + 1e-3
    again = first_turn(monitor, turn + interval / 2)
    assert abs(again - turn - interval) < 1e-3


def test_ten_thousand_spread_over_their_interval() -> None:
    wheel = Wheel()
    for number in range(10_000):
        wheel.put(watched(number), 0)
    seconds = Counter(int(due) for _, due in drive(wheel, 0, 10) if due < 10)
    assert sum(seconds.values()) == 10_000
    assert max(seconds.values()) < 1_200


def test_turns_keep_their_distance() -> None:
    wheel = Wheel()
    wheel.put(watched(interval=7), 0)
    turns = [due for _, due in drive(wheel, 0, 100)]
    assert len(turns) >= 14
    assert {round(b - a, 6) for a, b in pairwise(turns)} == {7.0}


def test_a_monitor_is_never_polled_twice_at_a_time() -> None:
    wheel = Wheel()
    wheel.put(watched(), 0, at_once=True)
    assert len(wheel.take(0)) == 1
    assert wheel.take(25) == []
    assert wheel.skipped >= 1
    wheel.done(1)
    assert len(wheel.take(45)) == 1


def test_missed_turns_are_counted_and_not_made_up() -> None:
    wheel = Wheel()
    wheel.put(watched(), 0)
    assert len(wheel.take(1_000)) == 1
    assert 98 <= wheel.missed <= 100
    assert wheel.next_due() > 1_000


def test_a_new_interval_moves_the_turn_and_other_changes_do_not() -> None:
    wheel, monitor = Wheel(), watched(interval=1_000)
    wheel.put(monitor, 0)
    turn = wheel.next_due()
    wheel.put(replace(monitor, address="10.0.0.2", version=2), 1)
    assert wheel.next_due() == turn
    wheel.put(replace(monitor, interval_s=1), 1)
    assert wheel.next_due() <= 2
    (job, *_) = wheel.take(2)
    assert job.monitor.interval_s == 1


def test_one_that_is_new_comes_at_once_and_then_keeps_its_phase() -> None:
    wheel, monitor = Wheel(), watched(interval=60)
    wheel.put(monitor, 1_000, at_once=True)
    polled = drive(wheel, 1_000, 1_200)
    assert polled[0][1] == 1_000
    assert polled[1][1] == first_turn(monitor, 1_000.001)


def test_who_is_paused_or_gone_has_no_turn() -> None:
    wheel = Wheel()
    for number in range(4):
        wheel.put(watched(number), 0)
    wheel.put(replace(watched(0), enabled=False), 0)
    wheel.drop(1)
    wheel.keep_only([2])
    assert {number for number, _ in drive(wheel, 0, 60)} == {2}
    wheel.drop(2)
    assert wheel.next_due() == float("inf")


@given(st.lists(st.tuples(st.sampled_from("ptdx"), st.integers(0, 5), st.integers(1, 30)), max_size=60))
def test_whatever_happens_no_monitor_is_busy_twice(deeds: list[tuple[str, int, int]]) -> None:
    wheel, busy, now = Wheel(), set[int](), 0.0
    uids = [uuid4() for _ in range(6)]
    for deed, number, amount in deeds:
        if deed == "p":
            wheel.put(watched(number, amount, uids[number]), now)
        elif deed == "x":
            wheel.drop(number)
        elif deed == "d":
            wheel.done(number)
            busy.discard(number)
        else:
            now += amount
            for job in wheel.take(now):
                assert job.monitor.id not in busy
                busy.add(job.monitor.id)
                assert job.due <= now
