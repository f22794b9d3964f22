"""The statements of the metric store; `$n` are arrays, an element a row."""

from backend.infra.db.locks import Lock

FAILURES_KEPT = 20

# A result that is acknowledged is on the disk, whatever the server's default.
BEGIN = f"BEGIN; SET LOCAL synchronous_commit TO on; SELECT pg_advisory_xact_lock({Lock.MANY_MONITORS.value})"

# Goes out together with BEGIN as one message, its numbers in the text: the driver packs arrays slowly. Ids,
# microseconds since 2000, milliseconds. Answers how many monitors there were.
MARK_QUIET = """;
UPDATE monitor_states s SET
    state = 'up', since = CASE WHEN s.state = 'up' THEN s.since ELSE given.at END,
    checked_at = given.at, failures = 0, latency_ms = given.latency_ms, reason = 'null',
    last_polled = GREATEST(s.last_polled, given.at), last_attempted = GREATEST(s.last_attempted, given.at)
FROM (
    SELECT id, timestamptz '2000-01-01 00:00:00+00' + moment * interval '1 microsecond' AS at, latency_ms
    FROM unnest('{{{ids}}}'::bigint[], '{{{moments}}}'::bigint[], '{{{latencies}}}'::double precision[])
        AS t (id, moment, latency_ms)
) AS given
WHERE s.monitor_id = given.id AND given.at >= COALESCE(s.checked_at, '-infinity')
"""

THERE = "SELECT monitor_id FROM monitor_states WHERE monitor_id = ANY($1::bigint[])"

ATTEMPTED = """
UPDATE monitor_states SET last_attempted = GREATEST(last_attempted, given.at)
FROM unnest($1::bigint[], $2::timestamptz[]) AS given (id, at)
WHERE monitor_id = given.id
RETURNING monitor_id
"""

_NEWER = """given.state IS NOT NULL AND given.at >= COALESCE(s.checked_at, '-infinity')
    AND given.since >= COALESCE(CASE WHEN s.state NOT IN ('pending', 'paused') THEN s.since END, '-infinity')"""
_STATED = {
    "state": "given.state",
    "since": "given.since",
    "checked_at": "COALESCE(given.checked_at, s.checked_at)",
    "failures": "given.failures",
    "latency_ms": "given.latency_ms",
    "reason": "given.reason::jsonb",
}
_SET = ",\n    ".join(f"{name} = CASE WHEN {_NEWER} THEN {new} ELSE s.{name} END" for name, new in _STATED.items())

# Results may come late and twice, so nothing goes back in time. Answers which monitors there are.
MARK = f"""
WITH given AS (
    SELECT * FROM unnest(
        $1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::timestamptz[], $6::timestamptz[],
        $7::integer[], $8::double precision[], $9::text[], $10::timestamptz[]
    ) AS t (id, polled, tried, state, since, checked_at, failures, latency_ms, reason, at)
)
UPDATE monitor_states s SET
    last_polled = GREATEST(s.last_polled, given.polled), last_attempted = GREATEST(s.last_attempted, given.tried),
    {_SET}
FROM given WHERE s.monitor_id = given.id
RETURNING s.monitor_id
"""  # noqa: S608 - texts of ours

ERRORS = """
UPDATE monitors SET last_error = given.text, last_error_at = given.at
FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) AS given (id, text, at)
WHERE monitors.id = given.id AND given.at >= COALESCE(monitors.last_error_at, '-infinity')
"""

NEW_SERIES = """
INSERT INTO series (monitor_id, name, labels)
SELECT monitor_id, name, labels::jsonb
FROM unnest($1::bigint[], $2::text[], $3::text[]) AS t (monitor_id, name, labels)
ON CONFLICT DO NOTHING
"""

SERIES = """
SELECT t.monitor_id, t.name, t.labels, s.id
FROM unnest($1::bigint[], $2::text[], $3::text[]) AS t (monitor_id, name, labels)
JOIN series s ON s.monitor_id = t.monitor_id AND s.name = t.name AND s.labels = t.labels::jsonb
"""

BESIDE = "CREATE TEMPORARY TABLE {table}_again (LIKE {table}) ON COMMIT DROP"
FROM_BESIDE = "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table}_again ON CONFLICT DO NOTHING"

CLOSE = """
UPDATE state_intervals SET ended_at = given.at
FROM unnest($1::bigint[], $2::timestamptz[]) AS given (monitor_id, at)
WHERE state_intervals.monitor_id = given.monitor_id AND ended_at IS NULL AND started_at < given.at
"""

OPEN = """
INSERT INTO state_intervals (monitor_id, state, started_at, ended_at, reason)
SELECT monitor_id, state, started_at, ended_at, reason::jsonb
FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[])
    AS t (monitor_id, state, started_at, ended_at, reason)
ON CONFLICT DO NOTHING
"""

FAILURES = """
INSERT INTO check_failures (monitor_id, at, code, params, text, phase, phases, recheck)
SELECT monitor_id, at, code, params::jsonb, text, phase, phases::jsonb, recheck::jsonb
FROM unnest(
    $1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]
) AS t (monitor_id, at, code, params, text, phase, phases, recheck)
ON CONFLICT DO NOTHING
"""

TRIM = f"""
DELETE FROM check_failures USING (
    SELECT id, row_number() OVER (PARTITION BY monitor_id ORDER BY at DESC) AS place
    FROM check_failures WHERE monitor_id = ANY($1::bigint[])
) AS old
WHERE check_failures.id = old.id AND old.place > {FAILURES_KEPT}
"""  # noqa: S608 - a number of ours
