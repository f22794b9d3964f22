"""What the scheduler reads: who is to be watched, and how they were doing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from backend.domain.monitoring.jobs import Watched
from backend.domain.monitoring.states import Condition


@dataclass(slots=True)
class Asked:
    """Whose monitors are to be read at once."""

    monitors: set[int] = field(default_factory=set)
    plugins: set[int] = field(default_factory=set)
    devices: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.monitors or self.plugins or self.devices)


class Watchlist(Protocol):
    """Monitors as they are polled, those that are switched off too."""

    async def all(self) -> list[Watched]:
        """Everyone."""
        ...

    async def changed(self, within_s: float, asked: Asked) -> list[Watched]:
        """Who was changed within that time, and who is asked for."""
        ...

    async def one(self, monitor_id: int) -> Watched | None:
        """One of them."""
        ...

    async def device_address(self, device_id: int) -> str | None:
        """Where a device is at present."""
        ...

    async def conditions(self) -> Mapping[int, Condition]:
        """How everyone was doing, as stored."""
        ...
