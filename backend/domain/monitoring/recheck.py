"""The second look: before a state turns, somebody else than the check asks whether the host is there at all."""

from typing import Protocol

from backend.domain.monitoring.jobs import Recheck

# Where a host is knocked at of which no open port is known.
USUAL_PORTS = (443, 80, 22)


class Rechecks(Protocol):
    """Asks hosts by ways that have nothing to do with the check that failed."""

    async def ask(self, address: str, ports: tuple[int, ...], *, pings: bool) -> Recheck | None:
        """What a second method says; `pings` where an echo was the first one. None where nobody can ask."""
        ...
