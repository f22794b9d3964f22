"""How a watched thing is doing: a pure machine that turns answers and confirmed failures into states.

    pending ──answer──► up ──failure, and a second method is silent too──────────► down
                        ▲ │failure, but the host answers otherwise: not at once ─► down at the second in a row
                        │ └failure that is ours (a refused login, no address)────► unknown
                        └────────────────────── answer ──────────────────────────┘
    any ──switched off──► paused ──switched on──► pending          any ──nobody looked──► unknown

Down is confirmed, not assumed: what a second method said decides how many failures in a row it takes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from backend.domain.monitoring.jobs import Failure

State = Literal["pending", "up", "down", "unknown", "paused"]
# Failures in a row until it is down: nobody else hears the host either; nobody could be asked; the host answers.
SILENT, UNCONFIRMED, ANSWERED = 1, 2, 2
# A ping without an echo says little about a host that takes connections.
PING_ANSWERED = 3
# These say something of us and not of the target: whether it is well is not known.
OURS = frozenset(
    {
        "login_suspended",
        "credential_away",
        "host_keys_away",
        "host_key_changed",
        "credential_broken",
        "credential_gone",
        "collector_missing",
        "collector_fault",
        "invalid_config",
        "no_address",
        "name_not_found",
        "not_allowed",
        "ping_away",
        "ping_busy",
        "ping_not_permitted",
        "scope_unknown",
        "target_forbidden",
        "winrm_access_denied",
        "winrm_authority_unreadable",
        "winrm_basic_in_clear",
        "winrm_basic_unproven",
        "winrm_fingerprint_unreadable",
        "winrm_kerberos_missing",
        "winrm_login_impossible",
        "winrm_method_refused",
    }
)
GAP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a state is as it is: for machines, and in words."""

    code: str
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Condition:
    """How one monitor is doing. `failures` counts failed polls in a row."""

    state: State
    since: datetime
    checked_at: datetime | None = None
    failures: int = 0
    latency_ms: float | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """A state that turned; `at` is its name: written twice, it is the same one."""

    state: State
    before: State
    at: datetime
    reason: Reason | None = None


Verdict = tuple[Condition, Transition | None]


def is_ours(failure: Failure) -> bool:
    """Whether a failure says something of us, and nothing of the target."""
    return failure.code in OURS or (failure.phase == "login" and failure.code != "timeout")


def after_answer(known: Condition, at: datetime, latency_ms: float | None) -> Verdict:
    """A poll that brought a reading."""
    if known.state == "up":  # as nearly all are: no copy of a copy
        return Condition("up", known.since, at, 0, latency_ms), None
    checked = replace(known, checked_at=at, failures=0, latency_ms=latency_ms, reason=None)
    return _turned(known, checked, "up", at, None)


def after_failure(known: Condition, at: datetime, failure: Failure, *, pings: bool = False) -> Verdict:
    """A poll that failed, with what the second method said; `pings` for a check that is itself an echo."""
    failures = known.failures + 1
    why = Reason(failure.code, failure.text, failure.params)
    checked = replace(known, checked_at=at, failures=failures, latency_ms=None)
    if is_ours(failure):
        return _turned(known, replace(checked, reason=why), "unknown", at, why)
    if known.state != "down" and failures < needed(failure, pings=pings):
        return checked, None
    return _turned(known, replace(checked, reason=why), "down", at, why)


def needed(failure: Failure, *, pings: bool) -> int:
    """How many failures in a row make it down."""
    if failure.recheck is None:
        return UNCONFIRMED
    if not failure.recheck.answered:
        return SILENT
    return PING_ANSWERED if pings else ANSWERED


def switched(known: Condition, at: datetime, *, on: bool) -> Verdict:
    """Somebody paused a monitor, or let it go on."""
    if not on:
        return _turned(known, replace(known, failures=0, latency_ms=None, reason=None), "paused", at, None)
    if known.state != "paused":
        return known, None
    return _turned(known, replace(known, failures=0, reason=None), "pending", at, None)


def after_gap(known: Condition, now: datetime, interval_s: int) -> Verdict:
    """What holds of a monitor that nobody polled for a while: from the turn that did not come, nobody knows."""
    if known.state not in {"up", "down"} or known.checked_at is None:
        return known, None
    patience = max(GAP, timedelta(seconds=3 * interval_s))
    if now - known.checked_at <= patience:
        return known, None
    why = Reason("not_watched", "Lanarium did not run, so nobody looked")
    at = known.checked_at + timedelta(seconds=interval_s)
    return _turned(known, replace(known, failures=0, latency_ms=None, reason=why), "unknown", at, why)


def _turned(known: Condition, checked: Condition, state: State, at: datetime, reason: Reason | None) -> Verdict:
    if known.state == state:
        return replace(checked, state=state, since=known.since), None
    at = max(at, known.since + timedelta(microseconds=1))  # a clock that was set back must not undo time
    return replace(checked, state=state, since=at), Transition(state, known.state, at, reason)
