"""Why this is one device: every decision that made it, worked out anew from what was said, with its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backend.domain.inventory.evidence import Evidence, points
from backend.domain.inventory.fold import Folded, replay
from backend.domain.inventory.identity import Decision
from backend.domain.inventory.neighbourhood import closure
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.ports import DeviceStore
from backend.domain.inventory.state import DeviceState

# With more devices around than this, only what was said of the device itself is looked at.
MOST_NEIGHBOURS = 200


@dataclass(frozen=True, slots=True)
class Rival:
    """Another device that was considered, and why it was not that one."""

    device_id: int | None
    name: str
    points: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One way in which sightings came to this device: at an address, on the same grounds, so many times."""

    code: str
    address: str | None
    sources: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    confidence: int
    count: int
    first_at: datetime
    last_at: datetime
    rivals: tuple[Rival, ...]


async def reasons(store: DeviceStore, site_id: int, device_id: int) -> list[Reason]:
    """Why what was said came to this device, in the order of time; what was decided alike is told once."""
    devices = await closure(store, site_id, await store.load([device_id]))
    if len(devices) > MOST_NEIGHBOURS:
        devices = [d for d in devices if d.id == device_id]
    said = await store.observations_of([d.id for d in devices if d.id])
    return explain(said, devices, device_id)


def explain(said: Iterable[Observation], devices: Iterable[DeviceState], device_id: int) -> list[Reason]:
    """The same of what was said of these devices."""
    known = {d.id: d for d in devices}
    _, steps = replay(said, {d.uid: d.apart for d in known.values()})
    mine = [s for s in steps if s.device and s.device.id == device_id and s.decision and s.sighting.up]
    found: dict[object, Reason] = {}
    for step in mine:
        key, reason = _reason(step, known)
        found[key] = _again(found[key], reason) if key in found else reason
    return list(found.values())


def _reason(step: Folded, known: dict[int | None, DeviceState]) -> tuple[object, Reason]:
    assert step.decision
    decision, seen = step.decision, step.sighting
    sources = tuple(sorted({o.source for o in seen.said}))
    address = seen.address[1] if seen.address else seen.mac
    first, last = seen.said[0].observed_at, seen.said[-1].observed_at
    rivals = tuple(_rivals(step, decision, known))
    reason = Reason(
        decision.code, address, sources, decision.evidence, decision.confidence, 1, first, last, rivals
    )
    return (decision.code, address, decision.evidence), reason


def _rivals(step: Folded, decision: Decision, known: dict[int | None, DeviceState]) -> Iterable[Rival]:
    for candidate in decision.considered:
        other = known.get(candidate.device.id)
        if candidate.device is decision.device or candidate.device is step.device or other is None:
            continue
        name = other.shown.name if other.shown else ""
        yield Rival(other.id, name, points(candidate.evidence), candidate.evidence)


def _again(old: Reason, new: Reason) -> Reason:
    return Reason(
        old.code,
        old.address,
        tuple(sorted({*old.sources, *new.sources})),
        old.evidence,
        old.confidence,
        old.count + 1,
        old.first_at,
        new.last_at,
        new.rivals or old.rivals,
    )
