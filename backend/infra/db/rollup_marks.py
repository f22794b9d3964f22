"""What a batch of results leaves to be summed: marks of its buckets, committed with its rows."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.domain.metrics.resolution import FIVE_MINUTES, floored
from backend.domain.metrics.rollup import GRACE
from backend.domain.monitoring.entry import Entry
from backend.infra.db.queries.history_sql import moment

# Late results of more monitors than this have their bucket summed for all.
MANY = 1_000
STEP = timedelta(seconds=FIVE_MINUTES.seconds)


def marks_of(measured: Sequence[Entry], now: datetime) -> str:
    """A statement, or nothing. A bucket that is not over will be summed for everyone anyway; one that is, only for
    those of whom something came late."""
    if not measured:
        return ""
    moments = [entry.at for entry in measured]
    bucket, last = floored(min(moments), FIVE_MINUTES.seconds), floored(max(moments), FIVE_MINUTES.seconds)
    if bucket + STEP + GRACE <= now:
        return _statement(_by_bucket(measured))
    rows = []
    while bucket <= last:
        rows.append(f"('5m', {moment(bucket)}, NULL)")
        bucket += STEP
    return _insert(rows)


def _by_bucket(measured: Sequence[Entry]) -> dict[datetime, set[int]]:
    found: defaultdict[datetime, set[int]] = defaultdict(set)
    for entry in measured:
        found[floored(entry.at, FIVE_MINUTES.seconds)].add(entry.monitor_id)
    return found


def _statement(buckets: dict[datetime, set[int]]) -> str:
    return _insert([f"('5m', {moment(bucket)}, {_ids(found)})" for bucket, found in buckets.items()])


def _ids(found: set[int]) -> str:
    return f"'{{{','.join(map(str, sorted(found)))}}}'" if len(found) <= MANY else "NULL"


def _insert(rows: Sequence[str]) -> str:
    return f"INSERT INTO rollup_marks (level, bucket, monitor_ids) VALUES {', '.join(rows)};"  # noqa: S608 - ours
