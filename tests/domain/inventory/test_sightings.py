"""What several sources say of one address in one chunk is taken together, whatever the order and the batches."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.inventory.observation import Observation
from backend.domain.inventory.verify import differences, shared_addresses
from tests.domain.inventory.fakes import MemoryDevices, NoVendors
from tests.domain.inventory.strategies import chunked
from tests.domain.inventory.test_writer import observe, one_by_one, portrait

THOROUGH = settings(max_examples=200, deadline=None)


def findings(store: MemoryDevices) -> list[object]:
    stored = list(store.devices.values())
    kept = [o for o in store.said.values() if o.device_id]
    return [*differences(stored, kept, {}, NoVendors()), *shared_addresses(stored)]


@THOROUGH
@given(chunked(states=("up", "up", "up", "down")))
def test_what_is_stored_is_what_a_replay_comes_to(said: list[Observation]) -> None:
    assert findings(one_by_one(said)) == []


@THOROUGH
@given(chunked(), st.data())
def test_any_order_and_any_batches_come_to_the_same(said: list[Observation], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(said))
    cut = data.draw(st.integers(0, len(said)))
    store = MemoryDevices()
    observe(store, shuffled[:cut])
    observe(store, shuffled[cut:])
    assert portrait(store) == portrait(one_by_one(said))


@THOROUGH
@given(chunked(), st.data())
def test_a_chunk_done_again_is_as_if_it_had_been_done_once(said: list[Observation], data: st.DataObject) -> None:
    number = data.draw(st.sampled_from((1, 2, 3)))
    first = [replace(o, observed_at=o.observed_at - timedelta(minutes=1)) for o in said if o.chunk_id == number]
    interrupted = first[: data.draw(st.integers(0, len(first)))]
    store = MemoryDevices()
    observe(store, [o for o in said if o.chunk_id != number])
    observe(store, interrupted)
    observe(store, [o for o in said if o.chunk_id == number])
    assert findings(store) == []
    assert sorted(store.said) == sorted(o.uid for o in said)
