"""The one way in for knowledge of devices: observations are stored, and the devices follow from them.

One writer per site at a time, until its transaction ends. A sighting that is settled at a glance (`settled.py`)
is folded in; one that comes late, is said again differently, or could be another device's, has its whole
neighbourhood worked out anew. Both come to what a replay of everything would come to (`verify.py`).
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

from backend.domain.history.change import OTHERS, moved
from backend.domain.inventory.events import DeviceAppeared, DeviceChanged, DeviceRemoved
from backend.domain.inventory.fold import Folded, fold, replay, told_of
from backend.domain.inventory.identity import ADDRESS_FADES, Known, Timeline, has_faded
from backend.domain.inventory.neighbourhood import closure, draw_in, find, values_of, without_ghosts
from backend.domain.inventory.observation import Observation, normalised
from backend.domain.inventory.ports import VendorTable
from backend.domain.inventory.resolve import resolve
from backend.domain.inventory.settled import divide
from backend.domain.inventory.sighting import Place, Sighting, owned_addresses, place_of
from backend.domain.inventory.state import DeviceState, Face
from backend.domain.unit_of_work import UnitOfWork

NEVER = datetime.max.replace(tzinfo=UTC)
Faces = dict[uuid.UUID, Face]


@dataclass(frozen=True, slots=True)
class DeviceSeen:
    """What one observation came to; `address` is the observation's, None where it had none."""

    device_id: int
    created: bool
    changed_fields: tuple[str, ...]
    address: str | None = None


class InventoryWriter:
    """Takes observations in."""

    def __init__(self, vendors: VendorTable) -> None:
        self._vendors = vendors

    async def observe(self, uow: UnitOfWork, observations: Iterable[Observation]) -> list[DeviceSeen]:
        """Store observations and bring the devices up to date; the caller commits.

        Saying the same again changes nothing but times. An address that is down and belongs to nobody is
        forgotten. The answer has one item for each observation that came to a device.
        """
        ordered = sorted(_last_said(normalised(o) for o in observations), key=lambda o: (o.site_id, o.order))
        seen: list[DeviceSeen] = []
        for site_id, group in groupby(ordered, key=lambda o: o.site_id):
            await uow.devices.lock(site_id)
            seen += await _SiteWriter(uow, self._vendors, site_id).observe(list(group))
        return seen

    async def rebuild(self, uow: UnitOfWork, site_id: int, device_ids: Sequence[int]) -> None:
        """Work these devices and their neighbours out anew from what was said of them."""
        await uow.devices.lock(site_id)
        devices = await closure(uow.devices, site_id, await uow.devices.load(device_ids))
        await _SiteWriter(uow, self._vendors, site_id).rebuild(devices, [])

    async def join(self, uow: UnitOfWork, site_id: int, into: int, gone: Sequence[int]) -> None:
        """Make one device of several: what was said of the others was bound to the one before.

        What people hung on the others goes to the one.
        """
        await uow.devices.lock(site_id)
        devices = await closure(uow.devices, site_id, await uow.devices.load([into, *gone]))
        for old in (d for d in devices if d.id in gone):
            assert old.id is not None
            await uow.devices.merge(old.id, into)
            await moved(uow, site_id, OTHERS, [old.uid])
            uow.collect(DeviceRemoved(site_id, old.id, old.uid, into))
        left = [d for d in devices if d.id not in gone]
        await _SiteWriter(uow, self._vendors, site_id).rebuild(left, [])

    async def show(self, uow: UnitOfWork, site_id: int, device_id: int) -> None:
        """Show one device anew after a person fixed something of it."""
        await uow.devices.lock(site_id)
        await _SiteWriter(uow, self._vendors, site_id).show(await uow.devices.load([device_id]))


class _SiteWriter:
    """The work on one site within one transaction."""

    def __init__(self, uow: UnitOfWork, vendors: VendorTable, site_id: int) -> None:
        self._uow, self._vendors, self._site_id = uow, vendors, site_id
        self._store = uow.devices

    async def observe(self, said: list[Observation]) -> list[DeviceSeen]:
        fresh, again, repeated, before = await self._sort_out(said)
        devices = await find(self._store, self._site_id, {v for o in fresh for v in values_of(o)})
        fresh = without_ghosts(fresh, devices)
        batch = divide(fresh, before, devices, await self._disputed(fresh, devices))
        quick = [o for seen, _ in batch.settled for o in seen.said]
        slow, quick, neighbours = await draw_in(self._store, self._site_id, again + batch.unsettled, quick)
        rebuilt = await self.rebuild(neighbours, slow) if slow else []
        kept = {o.uid for o in quick}
        settled = [(seen, device) for seen, device in batch.settled if seen.said[0].uid in kept]
        return repeated + rebuilt + await self._fold_in(devices, settled)

    async def _disputed(self, said: list[Observation], devices: list[DeviceState]) -> frozenset[int | None]:
        """Of the devices that may have left their addresses, those whose keys or names others have too."""
        down = {key for o in said if o.facts.state == "down" for key in owned_addresses(o)}
        fades = min((o.observed_at for o in said), default=NEVER) - ADDRESS_FADES
        in_doubt = [d for d in devices if d.keys and (not down.isdisjoint(d.addresses) or has_faded(d, fades))]
        if not in_doubt:
            return frozenset()
        alike = await find(self._store, self._site_id, {key for d in in_doubt for key in d.keys})
        names = Counter(key for d in alike for key in d.keys)
        return frozenset(d.id for d in in_doubt if any(names[key] > 1 for key in d.keys))

    async def show(self, devices: list[DeviceState]) -> None:
        faces = _faces(devices)
        await self._save(devices)
        await self._tell(devices, [], faces)

    async def rebuild(self, devices: list[DeviceState], said: list[Observation]) -> list[DeviceSeen]:
        """Replay everything said of these devices, `said` included; ids and what people hung on stay."""
        before = {d.id: d for d in devices if d.id}
        said_now = {o.uid for o in said}
        history = [o for o in await self._store.observations_of(before.keys()) if o.uid not in said_now]
        anew, steps = replay([*history, *said], {d.uid: d.apart for d in devices})
        for device in anew:
            old = before.get(device.id or 0)
            device.uid = old.uid if old else device.uid
        await self._save(anew, replaced=devices)
        await self._store.keep(_resolved(steps))
        await self._merge_left_over(before, anew, steps)
        told = await self._tell(anew, steps, _faces(devices))
        return [told[d.uid](o) for o, d in told_of(steps) if o.uid in said_now]

    async def _fold_in(
        self, devices: list[DeviceState], settled: list[tuple[Sighting, DeviceState | None]]
    ) -> list[DeviceSeen]:
        known = Known()
        for device in devices:
            known.add(device)
        faces = _faces(devices)
        timeline = Timeline(())
        steps = [fold(known, seen, timeline, joins=device) for seen, device in settled]
        touched = list({d.uid: d for step in steps for d in step.touched}.values())
        await self._save(touched)
        await self._store.keep(_resolved(steps))
        told = await self._tell(touched, steps, faces)
        return [told[s.device.uid](o) for s in steps if s.device for o in s.sighting.said]

    async def _sort_out(
        self, said: list[Observation]
    ) -> tuple[list[Observation], list[Observation], list[DeviceSeen], dict[Place, list[Observation]]]:
        """What is new, what replaces something said before, what is there already, and what it goes on from."""
        stored = await self._store.said_before(said)
        by_uid = {o.uid: o for o in stored}
        by_place: dict[object, Observation] = {
            (o.chunk_id, o.source, o.address): o for o in stored if o.chunk_id and o.address
        }
        fresh: list[Observation] = []
        again: list[Observation] = []
        repeated: list[DeviceSeen] = []
        for item in said:
            old = by_uid.get(item.uid) or by_place.get((item.chunk_id, item.source, item.address))
            if old is None:
                fresh.append(item)
            elif old.uid == item.uid or (old.observed_at, old.facts) == (item.observed_at, item.facts):
                repeated += [DeviceSeen(old.device_id, False, (), old.address)] if old.device_id else []
            else:
                again.append(_in_place_of(old, item))
        before: dict[Place, list[Observation]] = {}
        for old in stored:
            before.setdefault(place_of(old), []).append(old)
        return fresh, again, repeated, before

    async def _save(self, devices: list[DeviceState], replaced: Sequence[DeviceState] = ()) -> None:
        pins = await self._store.pins([d.id for d in devices if d.id])
        for device in devices:
            device.shown = resolve(device, pins.get(device.id or 0, {}), self._vendors)
        await self._store.save(devices, replaced)

    async def _merge_left_over(
        self, before: dict[int, DeviceState], anew: list[DeviceState], steps: list[Folded]
    ) -> None:
        """Devices to which nothing belongs any more go; what people hung on them goes to their heirs."""
        heirs = {o.device_id: d.id for o, d in told_of(steps)}
        for device_id in before.keys() - {d.id for d in anew}:
            into = heirs.get(device_id)
            await self._store.merge(device_id, into)
            scan_ids = [o.scan_id for o, d in told_of(steps) if d.id == into and o.scan_id]
            await moved(self._uow, self._site_id, scan_ids[-1] if scan_ids else OTHERS, [before[device_id].uid])
            self._uow.collect(DeviceRemoved(self._site_id, device_id, before[device_id].uid, into))
            # What was fixed on the one that went now counts for its heir.
            await self._save([d for d in anew if d.id == into])

    async def _tell(
        self, devices: list[DeviceState], steps: list[Folded], faces: Faces
    ) -> dict[uuid.UUID, "_Told"]:
        scans = {d.uid: o.scan_id for o, d in told_of(steps)}
        told = {d.uid: self._told(d, faces.get(d.uid), scans.get(d.uid)) for d in devices}
        by_origin: dict[int, list[uuid.UUID]] = {}
        for uid, item in told.items():
            if item.created or item.changed:
                by_origin.setdefault(scans.get(uid) or OTHERS, []).append(uid)
        for origin, uids in by_origin.items():
            await moved(self._uow, self._site_id, origin, uids)
        return told

    def _told(self, device: DeviceState, old: Face | None, scan_id: int | None) -> "_Told":
        assert device.id is not None
        assert device.shown is not None
        common = (self._site_id, device.id, device.uid, device.shown.name, device.last_seen)
        if old is None:
            self._uow.collect(DeviceAppeared(*common, scan_id))
            return _Told(device.id, True, ())
        changed = old.differs_from(device.face())
        if changed:
            self._uow.collect(DeviceChanged(*common, changed, scan_id))
        return _Told(device.id, False, changed)


@dataclass(frozen=True, slots=True)
class _Told:
    device_id: int
    created: bool
    changed: tuple[str, ...]

    def __call__(self, said: Observation) -> DeviceSeen:
        return DeviceSeen(self.device_id, self.created, self.changed, said.address)


def _faces(devices: Iterable[DeviceState]) -> Faces:
    return {d.uid: d.face() for d in devices}


def _resolved(steps: list[Folded]) -> list[Observation]:
    return [replace(o, device_id=d.id) for o, d in told_of(steps)]


def _last_said(said: Iterable[Observation]) -> Iterable[Observation]:
    """Without those that a later one of the same chunk, source and address takes the place of."""
    kept: dict[object, Observation] = {}
    for item in said:
        placed = item.chunk_id and item.address
        place = (item.chunk_id, item.source, item.address) if placed else item.uid
        old = kept.get(place)
        kept[place] = item if old is None else replace(item, first_observed_at=min(old.first_at, item.first_at))
    return kept.values()


def _in_place_of(old: Observation, said: Observation) -> Observation:
    """The same place in history, with what is said now."""
    first = min(old.first_at, said.first_at)
    return replace(said, uid=old.uid, device_id=old.device_id, first_observed_at=first, bound=old.bound)
