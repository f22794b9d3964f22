"""Counters to rates: what is known is told, what is not known stays a gap."""

import pytest

from backend.domain.monitoring.counters import Count, CounterBook, Moment

WRAP = (1 << 32) / 100


def at(seconds: float, *, up: float | None = None, start: object = None) -> Moment:
    return Moment(1000 + seconds if up is None else up, 50 + seconds, start, WRAP)


def second(first: Count, then: Count, *, moment: Moment | None = None) -> float | None:
    book = CounterBook()
    assert book.rates(1, at(0), {"x": first}) == (0.0, {})
    return book.rates(1, moment or at(60), {"x": then})[1].get("x")


def test_the_first_poll_has_no_rate() -> None:
    assert CounterBook().rates(1, at(0), {"x": Count(10**12)}) == (0.0, {})


def test_a_rate_is_by_the_clock_of_the_target() -> None:
    assert second(Count(100), Count(700)) == 10
    assert second(Count(100), Count(700), moment=Moment(1060.5, 111, None, WRAP)) == pytest.approx(600 / 60.5)


@pytest.mark.parametrize(
    ("first", "then", "rate"),
    [
        (Count((1 << 32) - 600, 32), Count(0, 32), 10),
        (Count((1 << 32) - 600, 32, most=1e6), Count(0, 32, most=1e6), 10),
        (Count(5000, 32), Count(0, 32), None),
        (Count(0, 32, most=1.25e8), Count(600, 32, most=1.25e8), None),
        (Count(0, 32, most=10.0), Count(60_000_000, 32, most=10.0), None),
        (Count(5000), Count(0), None),
        (Count((1 << 64) - 1), Count(5), None),
        (Count(0), Count(1 << 63), None),
        (Count(100, since=3), Count(700, since=4), None),
        (Count(100, 32), Count(700, 64), None),
    ],
    ids=["wraps", "wraps-known", "fell", "twice-round", "too-fast", "64-fell", "64-wrap", "leap", "anew", "wider"],
)
def test_what_cannot_be_known_is_a_gap(first: Count, then: Count, rate: float | None) -> None:
    assert second(first, then) == rate


@pytest.mark.parametrize(
    "moment",
    [at(60, up=5.0), at(60, up=1010), at(60, start="other"), at(60, up=1200)],
    ids=["restart", "slower", "boot-id", "clock-leapt"],
)
def test_a_restart_is_a_gap(moment: Moment) -> None:
    assert second(Count(100), Count(700), moment=moment) is None


def test_the_clock_of_the_target_may_go_round() -> None:
    book = CounterBook()
    book.rates(1, Moment(WRAP - 20, 0, None, WRAP), {"x": Count(0)})
    span, rates = book.rates(1, Moment(40, 60, None, WRAP), {"x": Count(600)})
    assert span == pytest.approx(60)
    assert rates["x"] == pytest.approx(10)


def test_after_a_gap_the_next_poll_counts_again() -> None:
    book = CounterBook()
    book.rates(1, at(0), {"x": Count(900)})
    book.rates(1, at(60, up=2), {"x": Count(10)})
    assert book.rates(1, at(120, up=62), {"x": Count(70)})[1] == {"x": 1}


def test_two_looks_at_once_keep_the_first_base() -> None:
    book = CounterBook()
    book.rates(1, at(0), {"x": Count(0)})
    assert book.rates(1, at(0.1), {"x": Count(50)}) == (0.0, {})
    assert book.rates(1, at(60), {"x": Count(600)})[1] == {"x": 10}


def test_memory_is_bounded() -> None:
    book = CounterBook(owners=10)
    for owner in range(100):
        book.rates(owner, at(0), {"x": Count(0)})
    assert len(book) == 10
    book.forget(99)
    assert len(book) == 9
