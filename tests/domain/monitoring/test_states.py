"""States: down is confirmed, every turn has a reason, intervals follow each other without a hole."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.monitoring.jobs import Failure, Recheck
from backend.domain.monitoring.states import (
    Condition,
    Transition,
    after_answer,
    after_failure,
    after_gap,
    switched,
)
from tests.domain.monitoring.making import T0

SILENT, ANSWERED = Recheck("icmp", False), Recheck("icmp", True)
FRESH = Condition("pending", T0)


def failing(recheck: Recheck | None, code: str = "timeout", phase: str = "connect") -> Failure:
    return Failure(code, "It did not answer", phase=phase, recheck=recheck)


def down_after(recheck: Recheck | None, *, pings: bool = False) -> int:
    """How many failures in a row it takes."""
    known, _ = after_answer(FRESH, T0, 1.0)
    for count in range(1, 10):
        known, turned = after_failure(known, T0 + timedelta(seconds=count), failing(recheck), pings=pings)
        if turned:
            assert (turned.state, turned.before, known.failures) == ("down", "up", count)
            assert turned.reason is not None
            assert turned.reason.code == "timeout"
            return count
    return 0


@pytest.mark.parametrize(
    ("recheck", "pings", "count"),
    [(SILENT, False, 1), (SILENT, True, 1), (None, False, 2), (ANSWERED, False, 2), (ANSWERED, True, 3)],
)
def test_down_is_confirmed(recheck: Recheck | None, pings: bool, count: int) -> None:
    assert down_after(recheck, pings=pings) == count


def test_an_answer_between_two_failures_begins_the_count_anew() -> None:
    known, _ = after_answer(FRESH, T0, 1.0)
    for second in range(1, 20):
        at = T0 + timedelta(seconds=second)
        known, turned = after_failure(known, at, failing(ANSWERED)) if second % 2 else after_answer(known, at, 1.0)
        assert (known.state, turned) == ("up", None)


def test_what_is_ours_makes_it_unknown_not_down() -> None:
    known, _ = after_answer(FRESH, T0, 1.0)
    refused = Failure("login_refused", "The password was refused", phase="login")
    for failure in (refused, failing(None, "login_suspended"), failing(None, "collector_fault")):
        found, turned = after_failure(known, T0 + timedelta(seconds=1), failure)
        assert (found.state, turned and turned.state) == ("unknown", "unknown")


def test_paused_and_let_go_on() -> None:
    known, _ = after_answer(FRESH, T0, 1.0)
    paused, turned = switched(known, T0 + timedelta(seconds=5), on=False)
    assert (paused.state, turned and turned.before) == ("paused", "up")
    assert switched(paused, T0 + timedelta(seconds=6), on=False)[1] is None
    again, _ = switched(paused, T0 + timedelta(seconds=7), on=True)
    assert again.state == "pending"
    assert switched(known, T0 + timedelta(seconds=7), on=True) == (known, None)


def test_nobody_knows_what_nobody_looked_at() -> None:
    known, _ = after_answer(FRESH, T0, 1.0)
    assert after_gap(known, T0 + timedelta(minutes=4), 60) == (known, None)
    found, turned = after_gap(known, T0 + timedelta(hours=2), 60)
    assert found.state == "unknown"
    assert turned is not None
    assert (turned.at, turned.reason and turned.reason.code) == (T0 + timedelta(seconds=60), "not_watched")


EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["answer", "silent", "alone", "host", "login", "off", "on"]),
        # Also a clock that is set back.
        st.integers(-3600, 3600),
    ),
    max_size=40,
)


@given(events=EVENTS, pings=st.booleans())
def test_whatever_comes_turns_are_real_ordered_and_explained(events: list[tuple[str, int]], pings: bool) -> None:
    known, at, turns, row = FRESH, T0, list[Transition](), 0
    rechecks = {"silent": SILENT, "alone": None, "host": ANSWERED}
    for what, seconds in events:
        at += timedelta(seconds=seconds)
        before = known
        if what == "answer":
            known, turned = after_answer(known, at, 1.0)
            assert (known.state, known.failures) == ("up", 0)
        elif what in {"on", "off"}:
            known, turned = switched(known, at, on=what == "on")
        else:
            failure = failing(rechecks.get(what), phase="login" if what == "login" else "connect")
            known, turned = after_failure(known, at, failure, pings=pings)
        row = row + 1 if what in {"silent", "alone", "host"} else 0
        if turned:
            turns.append(turned)
            assert (turned.before, turned.state) == (before.state, known.state)
            assert known.state != before.state
            assert known.since == turned.at
            if turned.state == "down":
                assert turned.reason is not None
        else:
            assert (known.state, known.since) == (before.state, before.since)
        if turned and turned.state == "down" and what != "silent":
            assert known.failures >= 2
    for first, second in pairwise(turns):
        assert first.at < second.at
        assert first.state == second.before
