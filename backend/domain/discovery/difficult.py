"""Difficult targets: addresses that were put aside so that the rest of a scan could go on."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from backend.domain.errors import Params


class TargetState(StrEnum):
    """Put aside; asked for another try; well behaved in the end."""

    PARKED = "parked"
    RETRIED = "retried"
    RELEASED = "released"


@dataclass(frozen=True, slots=True)
class DifficultTarget:
    """One address of one scan that was put aside: why, when, in which chunk."""

    id: int
    scan_id: int
    address: str
    code: str
    params: Params
    text: str
    chunk: int
    seen_at: datetime
    state: TargetState
    device_id: int | None = None
