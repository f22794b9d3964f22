"""Numbers out of WMI's rows: sizes, times, and raw counters as Windows defines them.

Raw counters (Win32_PerfRawData_*) count up; a rate is the growth between two polls over Timestamp_PerfTime in
units of Frequency_PerfTime (PERF_COUNTER_BULK_COUNT), processor time in 100 ns of idling (PERF_100NSEC_TIMER_INV).
"""

from collections.abc import Hashable, Iterable, Mapping
from datetime import datetime

from backend.domain.monitoring.counters import Count, CounterBook, Moment
from backend.infra.clients.winrm.messages import Row

_MOST = 2**63 - 1
_TICKS_A_SECOND = 10_000_000


def whole(row: Row, name: str) -> int | None:
    """A number that is not negative and fits the database; None for what is missing or none."""
    text = row.get(name)
    if not text or len(text) > 20 or not (text.isascii() and text.isdecimal()):
        return None
    value = int(text)
    return value if value <= _MOST else None


def moment(row: Row, name: str) -> datetime | None:
    """A time with its zone (DSP0230 says xs:dateTime); None for what is none."""
    text = row.get(name) or ""
    try:
        # Windows writes up to seven digits of a second, Python reads six.
        whole_part, dot, rest = text.partition(".")
        digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
        read = datetime.fromisoformat(f"{whole_part}{dot}{digits[:6]}{rest[len(digits) :]}")
    except ValueError:
        return None
    return read if read.tzinfo else None


def seconds_between(row: Row, earlier: str, later: str) -> float | None:
    """Seconds between two times of one row; None where one is missing, or they are the other way round."""
    begin, end = moment(row, earlier), moment(row, later)
    seconds = (end - begin).total_seconds() if begin and end else -1.0
    return seconds if seconds >= 0 else None


def rates(
    book: CounterBook,
    owner: Hashable,
    clock_s: float,
    rows: Iterable[Row],
    columns: Iterable[str],
) -> dict[tuple[str, str], float]:
    """How much a second each column of each named row grew since the last time; what cannot be known is absent.

    Timestamp_PerfTime begins anew with the machine; LastBootUpTime is not asked, since it moves with the clock.
    """
    rows, columns = list(rows), tuple(columns)
    up_s = next((seconds for row in rows if (seconds := _up(row)) is not None), None)
    if up_s is None:
        return {}
    counts: dict[Hashable, Count] = {
        (row["Name"] or "", column): Count(value)
        for row in rows
        if row.get("Name")
        for column in columns
        if (value := whole(row, column)) is not None
    }
    found = book.rates(owner, Moment(up_s, clock_s), counts)[1]
    return {key: rate for key, rate in found.items() if isinstance(key, tuple)}


def busy(idle: Mapping[tuple[str, str], float], column: str) -> dict[str, float]:
    """Percent of its time that each processor worked, from how much it idled."""
    return {
        name: min(100.0, max(0.0, 100.0 * (1 - rate / _TICKS_A_SECOND)))
        for (name, counted), rate in idle.items()
        if counted == column
    }


def _up(row: Row) -> float | None:
    ticks, frequency = whole(row, "Timestamp_PerfTime"), whole(row, "Frequency_PerfTime")
    return ticks / frequency if ticks is not None and frequency else None
