"""How long guessing takes."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.domain.accounts.throttle import FREE_TRIES, LONGEST_DELAY, Throttle, account_key, network_of, pair_key

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _after(tries: int) -> Throttle:
    state, now = Throttle(), NOW
    for _ in range(tries):
        now += state.wait(now)
        state = state.after_try(now, FREE_TRIES)
    return state


def test_a_few_mistakes_cost_nothing() -> None:
    state = _after(FREE_TRIES - 1)
    assert state.updated_at is not None
    assert state.wait(state.updated_at) == timedelta()


def test_waiting_grows_and_ends() -> None:
    waits = []
    for tries in range(FREE_TRIES, FREE_TRIES + 20):
        state = _after(tries)
        assert state.updated_at is not None
        waits.append(state.wait(state.updated_at))
    assert waits[:4] == [timedelta(seconds=n) for n in (1, 2, 4, 8)]
    assert max(waits) == LONGEST_DELAY


def test_an_hour_of_quiet_is_forgiven() -> None:
    state = _after(30)
    later = (state.updated_at or NOW) + timedelta(hours=1, seconds=1)
    assert state.after_try(later, FREE_TRIES).failures == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        (None, "unknown"),
        ("nonsense", "unknown"),
    ],
)
def test_one_origin_is_one_network(address: str | None, network: str) -> None:
    assert network_of(address) == network


def test_keys_do_not_depend_on_case_and_hold_no_name() -> None:
    assert account_key("Vera") == account_key("vera")
    assert "vera" not in pair_key("vera", "192.0.2.7")
