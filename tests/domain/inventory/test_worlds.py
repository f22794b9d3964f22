"""Thousands of small networks over several scans: no duplicate, no ghost, every machine itself."""

from collections import defaultdict

import pytest

from backend.domain.inventory.fold import Folded, replay, told_of
from backend.domain.inventory.observation import Observation
from backend.domain.inventory.state import DeviceState
from tests.domain.inventory.fakes import MemoryDevices
from tests.domain.inventory.test_writer import observe
from tests.domain.inventory.worlds import World, build, live

WORLDS, SCANS, PARTS = 1_000, 5, 8


def faults(world: World, devices: list[DeviceState], resolved: dict[str, object]) -> list[str]:
    """Everything that is not as it is in the world."""
    found = []
    machines: dict[object, set[str]] = defaultdict(set)
    owners: dict[str, set[object]] = defaultdict(set)
    for uid, name in world.truth.items():
        machines[resolved[uid]].add(name)
        owners[name].add(resolved[uid])
    found += [f"{sorted(names)} are one device" for names in machines.values() if len(names) > 1]
    found += [f"{name} is {len(ids)} devices" for name, ids in owners.items() if len(ids) > 1]
    found += [f"a ghost: {d.addresses}" for d in devices if not any(a.current for a in d.addresses.values())]
    return found


def places(world: World, devices: list[DeviceState], resolved: dict[str, object]) -> list[str]:
    """Devices whose current addresses are not those where their machine was seen last."""
    last = world.said[-1].scan_id
    seen: dict[object, set[str]] = defaultdict(set)
    for said in world.said:
        if said.scan_id == last and said.facts.state == "up" and said.address:
            seen[resolved[str(said.uid)]].add(said.address)
    now: dict[object, set[str]] = {
        d.uid: {a.value for a in d.addresses.values() if a.current and a.kind == "ipv4"} for d in devices
    }
    return [f"{now[uid]} is really {wanted}" for uid, wanted in seen.items() if now.get(uid) != wanted]


def resolution(steps: list[Folded]) -> dict[str, object]:
    return {str(said.uid): device.uid for said, device in told_of(steps)}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_machine_stays_itself(part: int) -> None:
    wrong = {}
    for seed in range(part, WORLDS, PARTS):
        world = build(seed)
        live(world, SCANS)
        devices, steps = replay(world.said)
        resolved = resolution(steps)
        if bad := faults(world, devices, resolved) + places(world, devices, resolved):
            wrong[seed] = bad
    assert wrong == {}


@pytest.mark.parametrize("seed", range(6))
def test_what_arrives_in_pieces_comes_to_the_same(seed: int) -> None:
    world = build(seed)
    live(world, SCANS)
    store = MemoryDevices()
    for scan in range(1, SCANS + 1):
        said: list[Observation] = [o for o in world.said if o.scan_id == scan]
        swept = [o for o in said if o.source == "sweep"]
        named = [o for o in said if o.source != "sweep"]
        for batch in (swept[:20], swept[20:], named[:5], named[5:]):
            observe(store, batch)
    resolved: dict[str, object] = {str(o.uid): o.device_id for o in store.said.values()}
    assert faults(world, list(store.devices.values()), resolved) == []
