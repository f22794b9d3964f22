"""Samples: inside, distinct, bounded, the same for the same scan; and of a big network without its addresses."""

import tracemalloc
from ipaddress import ip_address
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.domain.discovery.addresses import AddressRange, AddressSet
from backend.domain.discovery.sampling import (
    MAX_SAMPLES,
    MOST_EACH,
    block_count,
    check_sample,
    each_of,
    in_use,
    sample,
)
from backend.domain.discovery.targets import check_size, parse_targets
from backend.domain.errors import Invalid

UID = UUID(int=7)
_LOW = int(ip_address("10.0.0.0"))
_RANGES = st.lists(
    st.tuples(st.integers(_LOW, _LOW + 40_000), st.integers(0, 3_000)).map(
        lambda pair: AddressRange(4, pair[0], pair[0] + pair[1])
    ),
    min_size=1,
    max_size=12,
).map(AddressSet.of)


def parse(*texts: str) -> AddressSet:
    return AddressSet.parse(texts)


@settings(max_examples=150, deadline=None)
@given(_RANGES, st.uuids())
def test_samples_are_inside_distinct_and_bounded(addresses: AddressSet, uid: UUID) -> None:
    chosen = sample(addresses, uid)
    numbers = [int(address) for address in chosen]
    assert not chosen - addresses
    assert len(set(numbers)) == len(numbers) <= MAX_SAMPLES
    assert not any(number & 255 in {0, 255} for number in numbers)
    assert chosen == sample(addresses, uid)
    per_block: dict[int, int] = {}
    for number in numbers:
        per_block[number >> 8] = per_block.get(number >> 8, 0) + 1
    for block in range(_LOW >> 8, (_LOW + 43_001 >> 8) + 1):
        usable = (addresses & AddressSet.of([AddressRange(4, (block << 8) + 1, (block << 8) + 254)])).count
        assert per_block.get(block, 0) == min(MOST_EACH, usable)


@given(_RANGES)
def test_the_number_of_networks_is_that_of_the_24s_touched(addresses: AddressSet) -> None:
    assert block_count(addresses) == len({int(address) >> 8 for address in addresses})


@given(st.uuids(), st.uuids())
def test_how_many_are_asked_does_not_depend_on_the_scan(one: UUID, other: UUID) -> None:
    network = parse("10.0.0.0/20") - parse("10.0.3.1", "10.0.4.0/25")
    assert sample(network, one).count == sample(network, other).count == 64


def test_the_ends_of_a_24_come_first_and_then_others_for_each_scan() -> None:
    chosen = [str(address) for address in sample(parse("10.0.3.0/24"), UID)]
    assert {"10.0.3.1", "10.0.3.254"} < set(chosen)
    assert len({sample(parse("10.0.3.0/24"), uuid4()) for _ in range(20)}) > 1


@pytest.mark.parametrize(
    ("network", "each"), [("10.0.0.0/12", 4), ("10.0.0.0/10", 4), ("10.0.0.0/9", 2), ("10.0.0.0/8", 1)]
)
def test_each_24_gets_as_many_as_the_bound_allows(network: str, each: int) -> None:
    addresses = parse(network)
    assert each_of(block_count(addresses)) == each
    assert sample(addresses, UID).count == each * block_count(addresses) <= MAX_SAMPLES


def test_a_slash_8_costs_its_samples_and_never_its_addresses() -> None:
    tracemalloc.start()
    try:
        assert sample(parse("10.0.0.0/8"), UID).count == 65_536
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_refusing_a_slash_8_to_a_normal_scan_costs_nothing() -> None:
    tracemalloc.start()
    try:
        with pytest.raises(Invalid) as refused:
            check_size(parse_targets("10.0.0.0/8").addresses)
        assert refused.value.errors[0].params["count"] == 16_777_216
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        ("10.0.0.0/8 172.16.0.0/24", "sample_too_large"),
        ("0.0.0.0/0", "sample_too_large"),
        ("router.example", "sample_needs_networks"),
        ("fd00::/120", "sample_needs_networks"),
    ],
)
def test_what_cannot_be_sampled_is_refused(targets: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_sample(parse_targets(targets))
    assert refused.value.errors[0].code == code


def test_networks_in_use_say_how_many_were_asked() -> None:
    addresses = parse("10.0.0.0/22") - parse("10.0.1.3-10.0.1.255")
    found = in_use(addresses, UID, [("10.0.0.0/24", 3), ("10.0.1.0/24", 1)])
    assert [(item.asked, item.answered) for item in found] == [(4, 3), (2, 1)]
