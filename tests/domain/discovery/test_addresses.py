"""Sets of addresses against Python's own sets and `ipaddress`."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.addresses import EMPTY, AddressRange, AddressSet, Version, address_at
from backend.domain.discovery.chunks import chunk_count, cut

VERSIONS: tuple[Version, ...] = (4, 6)
BASE = {4: int(ipaddress.ip_address("10.0.0.0")), 6: int(ipaddress.ip_address("fd00::"))}


@st.composite
def small_ranges(draw: st.DrawFn) -> AddressRange:
    version = draw(st.sampled_from(VERSIONS))
    first = draw(st.integers(0, 200))
    last = draw(st.integers(first, min(first + 60, 255)))
    return AddressRange(version, BASE[version] + first, BASE[version] + last)


small_sets = st.lists(small_ranges(), max_size=8).map(AddressSet.of)


def members(addresses: AddressSet) -> set[str]:
    return {str(address) for address in addresses}


@given(small_sets, small_sets)
def test_set_arithmetic_agrees_with_sets(a: AddressSet, b: AddressSet) -> None:
    assert members(a | b) == members(a) | members(b)
    assert members(a & b) == members(a) & members(b)
    assert members(a - b) == members(a) - members(b)
    assert a.count == len(members(a))
    assert bool(a) == bool(members(a))


@given(small_sets)
def test_ranges_are_sorted_merged_and_apart(a: AddressSet) -> None:
    for before, after in zip(a.ranges, a.ranges[1:], strict=False):
        assert before.version < after.version or before.last + 1 < after.first


@given(small_sets)
def test_texts_and_networks_mean_the_same_addresses(a: AddressSet) -> None:
    assert AddressSet.parse(a.texts()) == a
    assert AddressSet.parse(a.networks()) == a
    for text in a.networks():
        ipaddress.ip_network(text)


@given(small_sets, st.integers(0, 255), st.sampled_from(VERSIONS))
def test_contains(a: AddressSet, offset: int, version: Version) -> None:
    address = address_at(version, BASE[version] + offset)
    assert (address in a) == (str(address) in members(a))


@given(small_sets, st.integers(1, 100))
def test_chunks_cover_everything_once_and_never_mix_families(a: AddressSet, size: int) -> None:
    chunks = list(cut(a, size))
    assert len(chunks) == chunk_count(a, size)
    assert [address for chunk in chunks for address in chunk] == list(a)
    for chunk in chunks:
        assert 1 <= chunk.count <= size
        assert len({item.version for item in chunk.ranges}) == 1


def test_a_chunk_holds_at_least_one() -> None:
    with pytest.raises(ValueError):
        list(cut(EMPTY, 0))


def test_all_of_ipv4_and_ipv6_costs_nothing() -> None:
    everything = EMPTY.complement()
    assert everything.count == 2**32 + 2**128
    rest = everything - AddressSet.parse(["10.0.0.0/8"])
    assert rest.count == everything.count - 2**24
    assert len(rest.ranges) == 3
    assert next(iter(cut(everything, 64))).texts() == ("0.0.0.0/26",)


@pytest.mark.parametrize("text", ["", "x", "10.0.0.1-fd00::1", "10.0.0.2-10.0.0.1", "10.0.0.0/33", "-"])
def test_parse_refuses(text: str) -> None:
    with pytest.raises(ValueError):
        AddressRange.parse(text)
