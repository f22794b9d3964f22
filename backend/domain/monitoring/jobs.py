"""What travels between scheduler, pollers and writer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from backend.domain.monitoring.collector import CheckFailed, Phase, Reading

Confirmed = Literal["up", "down"]


@dataclass(frozen=True, slots=True)
class Watched:
    """A monitor ready to be polled: everything that a check needs, its secrets apart."""

    id: int
    uid: UUID
    site_id: int
    device_id: int | None
    address: str
    host_name: str | None
    collector: str
    config: Mapping[str, Any]
    credential_profile_id: int | None
    interval_s: int
    version: int
    enabled: bool = True
    # TCP ports that were open when it was last scanned: where a second look knocks.
    known_ports: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PollJob:
    """One poll that is due. `due` is on the clock that never jumps."""

    monitor: Watched
    due: float


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a second method said of a target that failed its check."""

    method: str
    answered: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a check failed, in words and phases."""

    code: str
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)
    phase: str = ""
    phases: tuple[Phase, ...] = ()
    recheck: Recheck | None = None

    @classmethod
    def of(cls, error: CheckFailed, phases: tuple[Phase, ...] = ()) -> "Failure":
        """The failure that a collector raised."""
        return cls(error.code, error.text, error.params, error.phase, phases)


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One poll that is over: a reading, or a failure; when it began, and how late that was."""

    monitor: Watched
    timestamp: datetime
    reading: Reading | None
    failure: Failure | None
    attempts: int = 1
    late_s: float = 0.0
    took_s: float = 0.0
