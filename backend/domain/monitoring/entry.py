"""What is written of one poll: flat, without configuration or secrets, so that it may wait in a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from backend.domain.monitoring.collector import Sample
from backend.domain.monitoring.jobs import Failure
from backend.domain.monitoring.states import Condition, Transition

Number = float | int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One poll as it is stored. Without `up` nothing was measured: only a state turned."""

    monitor_id: int
    site_id: int
    at: datetime
    up: bool | None
    condition: Condition
    values: Mapping[str, Number] = field(default_factory=dict)
    samples: tuple[Sample, ...] = ()
    failure: Failure | None = None
    transition: Transition | None = None
