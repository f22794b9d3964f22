"""Test now: one try in front of somebody's eyes, phase by phase. Nothing of it is kept, no state turns."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from backend.domain.accounts.actor import Actor
from backend.domain.monitoring.collector import Trace
from backend.domain.monitoring.jobs import Failure, Recheck, Watched
from backend.domain.monitoring.measuring import Measured, Measurer
from backend.domain.monitoring.monitors import MonitorService, NewMonitor
from backend.domain.monitoring.poller import failure_of
from backend.domain.monitoring.recheck import USUAL_PORTS, Rechecks
from backend.domain.monitoring.states import is_ours

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it."""

    address: str
    measured: Measured
    failure: Failure | None
    recheck: Recheck | None


class TryService:
    """Tries monitors that are kept, and monitors that are about to be."""

    def __init__(self, monitors: MonitorService, measurer: Measurer, rechecks: Rechecks) -> None:
        self._monitors, self._measurer, self._rechecks = monitors, measurer, rechecks

    async def kept(self, work: "UnitOfWork", actor: Actor, monitor_id: int) -> Watched:
        """A monitor, ready to be tried; raises NotFound."""
        await self._monitors.visible(work, actor, monitor_id)
        found = await work.watchlist.one(monitor_id)
        assert found is not None
        return found

    async def planned(self, work: "UnitOfWork", actor: Actor, new: NewMonitor) -> Watched:
        """A monitor that nobody saved yet, ready to be tried; raises NotFound, Invalid, Conflict."""
        ready, site_id = await self._monitors.checked(work, actor, new)
        plugin = await work.plugins.get(new.plugin_id)
        assert plugin is not None
        address = ready.address or await self._address_of(work, ready)
        return Watched(
            id=0,
            uid=_NOBODY,
            site_id=site_id,
            device_id=ready.device_id,
            address=address,
            host_name=None,
            collector=plugin.type,
            config={**plugin.config, **ready.config},
            credential_profile_id=ready.credential_profile_id,
            interval_s=ready.polling_interval or 60,
            version=0,
        )

    async def run(self, monitor: Watched, trace: Trace | None = None) -> Tried:
        """Try once, and ask a second method where that fails; `trace` shows how far it is. In no transaction."""
        trace = trace or Trace()
        measured = await self._measurer.measure(monitor, most=1, watched=trace)
        if measured.failed is None:
            return Tried(measured.address or monitor.address, measured, None, None)
        failure = failure_of(measured.failed, measured.phases)
        recheck = None
        if measured.address and not is_ours(failure):
            trace.phase = "recheck"
            ports = monitor.known_ports or USUAL_PORTS
            recheck = await self._rechecks.ask(measured.address, ports, pings=monitor.collector == "ping")
        return Tried(measured.address or monitor.address, measured, failure, recheck)

    async def _address_of(self, work: "UnitOfWork", new: NewMonitor) -> str:
        if new.device_id is None:
            return ""
        return await work.watchlist.device_address(new.device_id) or ""
