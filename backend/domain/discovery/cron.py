"""Cron expressions: the moments that five fields name, in a time zone, through the nights when clocks change.

A slot is a minute on the wall. Each comes once: where clocks go back and show it twice, the first counts; where
they go forward and leave it out, it comes at the moment of the change, once for all that were left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from backend.domain.errors import Invalid

MAX_LENGTH = 120
LOOK_AHEAD_DAYS = 366 * 28 + 7  # the 29th of February on one weekday comes every 28 years, or 40 around 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_NICKNAMES: Mapping[str, str] = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_PART = re.compile(r"(\*|[0-9a-z]{1,3})(?:-([0-9a-z]{1,3}))?(?:/([0-9]{1,2}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    low: int
    high: int
    words: tuple[str, ...] = ()
    first_word: int = 0


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, _MONTHS, 1),
    _Field("day of week", 0, 7, _DAYS, 0),
)


@dataclass(frozen=True, slots=True)
class Cron:
    """Five fields as sets; where both kinds of day are restricted, one that fits is enough, as cron has it."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool

    @classmethod
    def parse(cls, text: str) -> "Cron":
        """Read five fields or a nickname such as @daily; raises Invalid, naming the field."""
        plain = text.strip().lower()
        parts = _NICKNAMES.get(plain, plain).split()
        if len(text) > MAX_LENGTH or len(parts) != len(_FIELDS):
            raise _wrong(text, "minute hour day month weekday")
        minutes, hours, days, months, weekdays = (
            _numbers(field, part, text) for field, part in zip(_FIELDS, parts, strict=True)
        )
        either = not parts[2].startswith("*") and not parts[4].startswith("*")
        found = cls(minutes, hours, days, months, frozenset(day % 7 for day in weekdays), either)
        if not any(found._falls_on(date(2023, 1, 1) + timedelta(days=n)) for n in range(366 * 5)):
            raise Invalid.for_field("cron", "cron_never", "No day of the calendar fits this", cron=text[:64])
        return found

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """The first moment of a slot that is later, in UTC; None where none comes in a generation."""
        today = moment.astimezone(zone).date()
        for number in range(-1, LOOK_AHEAD_DAYS):
            day = today + timedelta(days=number)
            if self._falls_on(day):
                coming = [slot for slot in self._slots(day, zone) if slot > moment]
                if coming:
                    return min(coming)
        return None

    def _falls_on(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        by_date, by_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return by_date or by_week if self.either_day else by_date and by_week

    def _slots(self, day: date, zone: ZoneInfo) -> Iterator[datetime]:
        """The moments of one day's slots in UTC; those that a change of clocks leaves out fall together."""
        for hour in self.hours:
            for minute in self.minutes:
                yield _moment(datetime.combine(day, time(hour, minute)), zone)


def zone_named(name: str) -> ZoneInfo:
    """The time zone with that name; raises Invalid where there is none."""
    if name not in _zones():
        raise Invalid.for_field("timezone", "timezone_unknown", "There is no such time zone", timezone=name[:64])
    return ZoneInfo(name)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the wall first shows this time, or would have: then the moment of the change."""
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if early.astimezone(zone).replace(tzinfo=None) == wall:
        return early
    # The clocks jumped over it. Just before the jump the wall is behind, after it ahead: find where it turns.
    late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    low, high = sorted((early, late))
    low, high = low - timedelta(hours=3), high + timedelta(hours=3)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).replace(tzinfo=None) < wall:
            low = middle
        else:
            high = middle
    return high.replace(second=0, microsecond=0)


def _numbers(field: _Field, text: str, whole: str) -> frozenset[int]:
    found: set[int] = set()
    for part in text.split(","):
        found.update(_range(field, part, whole))
    return frozenset(found)


def _range(field: _Field, part: str, whole: str) -> range:
    match = _PART.fullmatch(part)
    if not match:
        raise _wrong(whole, field.name)
    first, last, step = match.groups()
    every = int(step or 1)
    if first == "*":
        low, high = field.low, min(field.high, 6 if field.words == _DAYS else field.high)
        if last:
            raise _wrong(whole, field.name)
    else:
        low = _number(field, first, whole)
        high = _number(field, last, whole) if last else (field.high if step else low)
    if low > high or every < 1 or not field.low <= low <= high <= field.high:
        raise _wrong(whole, field.name)
    return range(low, high + 1, every)


def _number(field: _Field, text: str, whole: str) -> int:
    if text.isdecimal():
        return int(text)
    if text in field.words:
        return field.words.index(text) + field.first_word
    raise _wrong(whole, field.name)


def _wrong(text: str, part: str) -> Invalid:
    return Invalid.for_field("cron", "not_cron", f"Not a cron expression: {part}", cron=text[:64], part=part)
