"""Cron expressions, through the nights when clocks change (F12)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.domain.discovery.cron import Cron, zone_named
from backend.domain.errors import Invalid


def _slots(text: str, zone: str, start: datetime, end: datetime) -> list[str]:
    """The slots between two moments, as the wall of the zone shows them."""
    cron, where = Cron.parse(text), ZoneInfo(zone)
    found = []
    moment = start
    while (following := cron.after(moment, where)) is not None and following < end:
        assert following > moment
        found.append(following.astimezone(where).strftime("%d %H:%M%z"))
        moment = following
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 2 * * *", ["01 02:30+0000", "02 02:30+0000"]),
        ("0 */12 1 * *", ["01 00:00+0000", "01 12:00+0000"]),
        ("15 4 * * fri", ["02 04:15+0000"]),
        ("0 0 1,15 * 5", ["01 00:00+0000", "02 00:00+0000"]),
        ("@daily", ["01 00:00+0000", "02 00:00+0000"]),
        ("0 6-8/2 2 jan *", ["02 06:00+0000", "02 08:00+0000"]),
        ("0 0 * * 7", []),
    ],
)
def test_slots_of_two_days(text: str, expected: list[str]) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC) - timedelta(minutes=1)  # a Thursday
    assert _slots(text, "UTC", start, start + timedelta(days=2)) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("", "* * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "5-1 * * * *"),
        *("*/0 * * * *", "a * * * *", "1--2 * * * *", "* * 30 2 *", "@reboot", "*-5 * * * *", "1,,2 * * * *"),
        *("١ * * * *", "0 0 * * " * 40),
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(Invalid):
        Cron.parse(text)


def test_a_zone_that_is_none() -> None:
    for name in ("Middle/Earth", "", "../../etc/passwd", "/etc/localtime"):
        with pytest.raises(Invalid):
            zone_named(name)


# Each zone, the night in which its clocks go forward, and the one in which they go back (2026, 2027 in the south).
NIGHTS = [
    ("Europe/Helsinki", "2026-03-29", "2026-10-25"),
    ("Europe/London", "2026-03-29", "2026-10-25"),
    ("America/New_York", "2026-03-08", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-10-04", "2026-04-05"),
    ("America/Santiago", "2026-09-06", "2026-04-05"),
]


@pytest.mark.parametrize(("zone", "spring", "autumn"), NIGHTS)
def test_each_slot_comes_once_through_both_nights(zone: str, spring: str, autumn: str) -> None:
    for night in (spring, autumn):
        start = datetime.fromisoformat(night).replace(tzinfo=ZoneInfo(zone)) - timedelta(hours=12)
        end = start + timedelta(hours=72)
        for minute in (0, 10, 30, 59):
            for hour in range(24):
                slots = _slots(f"{minute} {hour} * * *", zone, start, end)
                days = [slot[:2] for slot in slots]
                assert len(set(days)) == len(days), "never twice"
                assert len(days) >= 3 - (slots[0][:2] > night[-2:]) - 1, "never skipped"
                assert night[-2:] in days, "the night itself has its slot"


def test_a_slot_that_is_left_out_comes_at_the_change() -> None:
    start = datetime(2026, 3, 28, 12, tzinfo=UTC)
    slots = _slots("30 3 * * *", "Europe/Helsinki", start, start + timedelta(days=2))
    assert slots == ["29 04:00+0300", "30 03:30+0300"]
    slots = _slots("*/15 3 * * *", "Europe/Helsinki", start, start + timedelta(days=1))
    assert slots == ["29 04:00+0300"], "once for all that were left out"


def test_a_slot_that_is_shown_twice_comes_the_first_time() -> None:
    start = datetime(2026, 10, 24, 12, tzinfo=UTC)
    slots = _slots("30 3 * * *", "Europe/Helsinki", start, start + timedelta(days=2))
    assert slots == ["25 03:30+0300", "26 03:30+0200"]
