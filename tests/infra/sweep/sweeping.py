"""Runs a sweep through the app's side and gathers what it tells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from backend.domain.discovery.ports import Refused
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.discovery.sweep import Alive, PortSeen, SweepEnded, SweepEvent, SweepJob, Sweeps, Swept


@dataclass
class SweepTold:
    """What a sweep told."""

    alive: dict[str, Alive] = field(default_factory=dict)
    ports: list[PortSeen] = field(default_factory=list)
    fractions: list[float] = field(default_factory=list)
    ended: SweepEnded | None = None
    refused: Refused | None = None

    def open(self, protocol: str = "tcp") -> set[tuple[str, int]]:
        """Which ports of which addresses are open."""
        return {
            (seen.address, seen.port) for seen in self.ports if seen.protocol == protocol and seen.state == "open"
        }

    @property
    def code(self) -> str:
        """Why it ended."""
        assert self.ended is not None
        return self.ended.code


def job(targets: str, **changes: Any) -> SweepJob:
    """A sweep of one network that is allowed."""
    scope = changes.pop("scope", Scope((AllowedNetwork(targets, "lab"),)))
    return SweepJob("sweep", (targets,), scope, **changes)


async def sweep(
    sweeps: Sweeps, wanted: SweepJob, watch: Callable[[SweepEvent], None] = lambda _: None
) -> SweepTold:
    """Run it to its end."""
    told = SweepTold()
    async with sweeps.sweep(wanted) as run:
        async for event in run.events():
            watch(event)
            match event:
                case Swept():
                    assert not [item for item in event.alive if item.address in told.alive], "told twice"
                    told.alive.update({item.address: item for item in event.alive})
                    told.ports += event.ports
                    told.fractions.append(event.fraction)
                case SweepEnded():
                    told.ended = event
                case Refused():
                    told.refused = event
    return told
