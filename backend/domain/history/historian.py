"""The loop that writes history.

When a scan is over, or others have been quiet for a moment, it looks at every device that was moved, compares it
with its last version, and keeps what is different as one snapshot.

Who moves a device marks it in the same transaction, so a kill loses nothing and says nothing twice. What a scan
learned and unlearned on its way is no change: only the state before and the state after count.
"""

import asyncio
import logging
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from backend.domain.bus import EventBus
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.events import ScanFinished
from backend.domain.errors import Unavailable
from backend.domain.history.change import (
    OTHERS,
    Change,
    InventoryChanged,
    InventoryTouched,
    NewSnapshot,
    Unsettled,
    Version,
)
from backend.domain.history.differences import Difference, differences
from backend.domain.history.portrait import Portrait, portrait, source_of
from backend.domain.inventory.state import DeviceState
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

log = logging.getLogger(__name__)
LOOK_S = 5.0
QUIET_S = 2.0
AT_ONCE = 250
# What changed that often within the time is flapping: it is kept, and hidden where nobody asks for it.
OFTEN, WITHIN = 4, timedelta(days=7)
_FLAPS = frozenset(
    {"device_silent", "device_returned", "port_opened", "port_closed", "os_changed", "version_changed"}
    | {"service_changed", "hostname_changed", "address_gained", "address_lost"}
)


class Historian:
    """Settles what was moved."""

    name = "historian"

    def __init__(
        self,
        transactions: UnitOfWorkFactory,
        bus: EventBus,
        *,
        clock: Clock = utc_now,
        look_s: float = LOOK_S,
        quiet_s: float = QUIET_S,
    ) -> None:
        self._transactions, self._bus, self._clock = transactions, bus, clock
        self._look_s, self._quiet_s = look_s, quiet_s
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Settle again and again until cancelled."""
        ends = [self._bus.subscribe(kind, lambda _: self._wake.set()) for kind in (ScanFinished, InventoryTouched)]
        try:
            while True:
                await self._look()
                touched = await self._woken()
                # Others are given the time to finish their sentence.
                await asyncio.sleep(self._quiet_s if touched else 0)
        finally:
            for end in ends:
                end()

    async def settle(self) -> int:
        """Everything that can be settled now; answers how many snapshots that made."""
        async with self._transactions() as work:
            ready = await work.changes.unsettled(self._quiet_s)
        made = 0
        for site_id, origin in ready:
            made += await self._settle(site_id, origin)
        return made

    async def baseline(self) -> int:
        """A first version of every device that no snapshot knows; answers how many there were."""
        done = 0
        while True:
            async with self._transactions() as work:
                strangers = await work.changes.without_version(AT_ONCE)
                for site_id in sorted({site for site, _ in strangers}):
                    await work.devices.lock(site_id)
                    ids = [device_id for site, device_id in strangers if site == site_id]
                    versions = tuple(Version(d.uid, portrait(d)) for d in await work.devices.load(ids))
                    await work.changes.keep(NewSnapshot(site_id, "baseline", self._clock(), versions=versions))
                await work.commit()
            done += len(strangers)
            if len(strangers) < AT_ONCE:
                return done

    async def _look(self) -> None:
        try:
            await self.baseline()
            await self.settle()
        except Unavailable:
            log.info("history waits until the database is back")

    async def _woken(self) -> bool:
        try:
            async with asyncio.timeout(self._look_s):
                await self._wake.wait()
        except TimeoutError:
            return False
        self._wake.clear()
        return True

    async def _settle(self, site_id: int, origin: int) -> int:
        async with self._transactions() as work:
            await work.devices.lock(site_id)
            found = await work.changes.take(site_id, origin)
            snapshot = await self._compared(work, found)
            kept = await work.changes.keep(snapshot) if snapshot.versions else None
            if kept:
                work.collect(
                    InventoryChanged(site_id, kept.id, kept.uid, snapshot.at, snapshot.scan_id, snapshot.changes)
                )
            await work.commit()
        return int(kept is not None)

    async def _compared(self, work: UnitOfWork, found: Unsettled) -> NewSnapshot:
        changes: list[Change] = []
        versions: list[Version] = []
        for start in range(0, len(found.devices), AT_ONCE):
            some = found.devices[start : start + AT_ONCE]
            before = await work.changes.portraits(some)
            now = await self._now(work, some)
            for uid in some:
                told, version = _told(found.site_id, uid, before.get(uid), now.get(uid))
                changes += told
                versions += [version] if version else []
            await asyncio.sleep(0)
        reason, scan_id = ("edit", None) if found.origin == OTHERS else ("scan", found.origin)
        marked = await self._marked(work, changes)
        return NewSnapshot(found.site_id, reason, self._clock(), scan_id, tuple(marked), tuple(versions))  # type: ignore[arg-type]

    async def _now(self, work: UnitOfWork, devices: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, DeviceState]:
        ids = await work.changes.ids_of(devices)
        return {device.uid: device for device in await work.devices.load(list(ids.values()))}

    async def _marked(self, work: UnitOfWork, changes: Sequence[Change]) -> list[Change]:
        may = {change.device_uid for change in changes if change.kind in _FLAPS}
        restless = await work.changes.restless(may, self._clock() - WITHIN, OFTEN) if may else set()
        return [
            replace(change, noise="flapping") if (change.device_uid, change.key) in restless else change
            for change in changes
        ]


def _told(
    site_id: int, uid: uuid.UUID, before: Portrait | None, device: DeviceState | None
) -> tuple[list[Change], Version | None]:
    """The changes of one device and the version that follows; neither where all is as it was."""
    after = portrait(device) if device else None
    found = differences(before, after)
    if not found and before == after:
        return [], None
    name = (after or before or {}).get("name", "")
    changes = [_change(site_id, uid, name, device, each) for each in found]
    return changes, Version(uid, after)


def _change(site_id: int, uid: uuid.UUID, name: str, device: DeviceState | None, told: Difference) -> Change:
    source = source_of(device, told.key) if device and told.key else None
    return Change(
        site_id=site_id,
        kind=told.kind,
        device_uid=uid,
        device_name=name,
        device_id=device.id if device else None,
        key=told.key,
        old=told.old,
        new=told.new,
        source=source,
    )
