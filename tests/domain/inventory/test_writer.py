"""Devices follow from observations alone: whatever the order in which they come in, and however often."""

import asyncio
import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.history.change import InventoryTouched
from backend.domain.inventory.events import DeviceAppeared, DeviceChanged
from backend.domain.inventory.observation import Facts, Observation
from backend.domain.inventory.verify import differences, shared_addresses
from backend.domain.inventory.writer import DeviceSeen, InventoryWriter
from tests.domain.inventory.fakes import MemoryDevices, MemoryWork, NoVendors, work_on
from tests.domain.inventory.strategies import T0, observations

QUICK = settings(max_examples=60, deadline=None)
WRITER = InventoryWriter(NoVendors())


def observe(store: MemoryDevices, said: list[Observation]) -> list[DeviceSeen]:
    return asyncio.run(WRITER.observe(work_on(store), said))


def portrait(store: MemoryDevices) -> list[Any]:
    """The devices without the ids that depend on who came first."""
    return sorted(
        (
            repr(d.shown),
            sorted((k, a.first_seen, a.last_seen, a.current) for k, a in d.addresses.items()),
            sorted(
                (k, p.service, p.confidence, p.first_seen, p.last_seen, p.closed_at) for k, p in d.ports.items()
            ),
            d.first_seen,
            d.last_seen,
            sorted(d.keys),
            sorted(str(o.uid) for o in store.said.values() if o.device_id == d.id),
        )
        for d in store.devices.values()
    )


def one_by_one(said: list[Observation]) -> MemoryDevices:
    store = MemoryDevices()
    for item in said:
        observe(store, [item])
    return store


@QUICK
@given(observations())
def test_what_is_stored_is_what_a_replay_comes_to(said: list[Observation]) -> None:
    store = one_by_one(said)
    stored = list(store.devices.values())
    kept = [o for o in store.said.values() if o.device_id]
    assert differences(stored, kept, {}, NoVendors()) == []
    assert shared_addresses(stored) == []


@QUICK
@given(observations(), st.data())
def test_the_order_of_arrival_does_not_matter(said: list[Observation], data: st.DataObject) -> None:
    heard = [o for o in said if o.facts.state == "up"]
    shuffled = data.draw(st.permutations(heard))
    assert portrait(one_by_one(heard)) == portrait(one_by_one(shuffled))


@QUICK
@given(observations(), st.data())
def test_batches_do_not_matter(said: list[Observation], data: st.DataObject) -> None:
    heard = [o for o in said if o.facts.state == "up"]
    cut = data.draw(st.integers(0, len(heard)))
    store = MemoryDevices()
    observe(store, heard[cut:])
    observe(store, heard[:cut])
    assert portrait(store) == portrait(one_by_one(heard))


@QUICK
@given(observations())
def test_the_same_again_changes_nothing(said: list[Observation]) -> None:
    store = one_by_one(said)
    before = portrait(store)
    work: Any = MemoryWork(store)
    seen = asyncio.run(WRITER.observe(work, said))
    assert portrait(store) == before
    assert not any(item.created or item.changed_fields for item in seen)
    assert work.events == []


@QUICK
@given(observations(max_size=6))
def test_a_chunk_done_again_changes_nothing_but_times(said: list[Observation]) -> None:
    heard = {o.address: o for o in said if o.facts.state == "up"}
    first = [replace(o, chunk_id=7, scan_id=1, source="nmap", uid=uuid.uuid4()) for o in heard.values()]
    store = one_by_one(first)
    names = sorted(d.shown.name for d in store.devices.values() if d.shown)
    observe(store, [replace(o, uid=uuid.uuid4(), observed_at=o.observed_at + timedelta(days=60)) for o in first])
    assert len(store.said) == len(first)
    assert sorted(d.shown.name for d in store.devices.values() if d.shown) == names
    kept = [o for o in store.said.values() if o.device_id]
    assert differences(list(store.devices.values()), kept, {}, NoVendors()) == []


def test_events_say_what_appeared_and_what_changed() -> None:
    from tests.domain.inventory.test_identity import said  # noqa: PLC0415

    store = MemoryDevices()
    work: Any = MemoryWork(store)
    asyncio.run(WRITER.observe(work, [said("10.0.0.1", minute=0)]))
    asyncio.run(WRITER.observe(work, [said("10.0.0.1", mac="00:1b:21:00:00:01", minute=1)]))
    appeared, changed = (event for event in work.events if not isinstance(event, InventoryTouched))
    assert isinstance(appeared, DeviceAppeared)
    assert isinstance(changed, DeviceChanged)
    assert set(changed.fields) == {"mac", "addresses"}


def test_the_last_word_of_a_batch_counts_where_a_chunk_says_the_same_place_twice() -> None:
    store = MemoryDevices()
    first = Observation(1, "sweep", "10.0.0.1", None, T0, Facts(name="early"), chunk_id=7)
    last = Observation(1, "sweep", "10.0.0.1", None, T0 + timedelta(seconds=1), Facts(name="late"), chunk_id=7)
    other = Observation(1, "dns", "10.0.0.1", None, T0 + timedelta(seconds=2), chunk_id=7)
    seen = observe(store, [first, last, other])
    assert [s.address for s in seen] == ["10.0.0.1", "10.0.0.1"]
    assert sorted(o.source for o in store.said.values()) == ["dns", "sweep"]
    [device] = store.devices.values()
    assert device.shown is not None
    assert (device.shown.name, device.first_seen) == ("late", T0)


def test_an_address_that_is_down_after_it_was_up_in_the_same_batch_is_not_forgotten() -> None:
    store = MemoryDevices()
    up = Observation(1, "sweep", "10.0.0.1", None, T0)
    down = Observation(1, "nmap", "10.0.0.1", None, T0 + timedelta(hours=2), Facts(state="down"))
    nobody = Observation(1, "nmap", "10.0.0.2", None, T0 + timedelta(hours=2), Facts(state="down"))
    observe(store, [up, down, nobody])
    [device] = store.devices.values()
    assert device.status == "unknown"
    assert len(store.said) == 2
