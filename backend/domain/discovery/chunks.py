"""Cuts the addresses of a scan into chunks, each of one family, without ever listing them."""

from collections.abc import Iterator

from backend.domain.discovery.addresses import AddressRange, AddressSet


def cut(addresses: AddressSet, size: int) -> Iterator[AddressSet]:
    """Chunks of at most `size` addresses, in order; a chunk never mixes IPv4 and IPv6. Raises ValueError."""
    if size < 1:
        raise ValueError("a chunk holds at least one address")
    for version in (4, 6):
        yield from _cut_family(addresses.family(version), size)


def chunk_count(addresses: AddressSet, size: int) -> int:
    """How many chunks `cut` gives."""
    return sum(-(-addresses.family(version).count // size) for version in (4, 6))


def _cut_family(addresses: AddressSet, size: int) -> Iterator[AddressSet]:
    chunk: list[AddressRange] = []
    room = size
    for item in addresses.ranges:
        first = item.first
        while first <= item.last:
            last = min(item.last, first + room - 1)
            chunk.append(AddressRange(item.version, first, last))
            room -= last - first + 1
            first = last + 1
            if room == 0:
                yield AddressSet(tuple(chunk))
                chunk, room = [], size
    if chunk:
        yield AddressSet(tuple(chunk))
