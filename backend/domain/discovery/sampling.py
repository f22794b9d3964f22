"""Sampling: a few addresses of every /24 of a big network, to see which are in use. Costs /24s, never addresses.

The choice follows from the scan's uid alone: the first and the last address of what may be asked of a /24 (where
routers usually are), then addresses spread over the rest, others for each scan.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from uuid import UUID

from backend.domain.discovery.addresses import AddressRange, AddressSet
from backend.domain.discovery.targets import TargetList
from backend.domain.errors import Invalid

SAMPLE = "sample"  # the profile
MAX_BLOCKS = 65_536  # the /24s of a /8
MAX_SAMPLES = 65_536
MOST_EACH = 4
_BITS = 8
_LAST = (1 << _BITS) - 1
_Piece = tuple[int, int, int]  # the number of a /24, and the first and last address in it


@dataclass(frozen=True, slots=True)
class InUse:
    """A /24 in which somebody answered: how many were asked, and how many did."""

    network: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Answered:
    """How many /24s and addresses of a sample answered, and one page of the /24s with the answers in each."""

    networks: int
    addresses: int
    page: tuple[tuple[str, int], ...]


def check_sample(wanted: TargetList, field: str = "targets") -> None:
    """Raise Invalid for what cannot be sampled: names, IPv6, or more /24s than a /8 has."""
    if wanted.names or wanted.addresses.family(6):
        raise Invalid.for_field(field, "sample_needs_networks", "A sample takes IPv4 networks and ranges only")
    blocks = block_count(wanted.addresses)
    if blocks > MAX_BLOCKS:
        raise Invalid.for_field(
            field,
            "sample_too_large",
            f"This means {blocks:,} networks of /24; one sample takes at most {MAX_BLOCKS:,}, a /8",
            count=blocks,
            limit=MAX_BLOCKS,
        )


def block_count(addresses: AddressSet) -> int:
    """How many /24s the IPv4 addresses touch; arithmetic on ranges."""
    count, before = 0, -1
    for item in addresses.family(4).ranges:
        first, last = item.first >> _BITS, item.last >> _BITS
        count += last - first + (first != before)
        before = last
    return count


def each_of(blocks: int) -> int:
    """How many addresses of each /24 are asked, so that all together stay within the bound."""
    return max(1, min(MOST_EACH, MAX_SAMPLES // max(1, blocks)))


def sample(addresses: AddressSet, uid: UUID, each: int | None = None) -> AddressSet:
    """A few of the addresses, the same ones for the same uid; none outside the set, no network's first or last."""
    wanted = each or each_of(block_count(addresses))
    numbers = (
        number
        for block, pieces in groupby(_pieces(addresses), key=lambda piece: piece[0])
        for number in _chosen(block, list(pieces), uid, wanted)
    )
    return AddressSet.of(AddressRange(4, number, number) for number in numbers)


def in_use(addresses: AddressSet, uid: UUID, answers: Iterable[tuple[str, int]]) -> list[InUse]:
    """The /24s that answered, with how many addresses of each a sample of `addresses` asked."""
    each = each_of(block_count(addresses))
    found = []
    for network, answered in answers:
        here = addresses & AddressSet.parse([network])
        found.append(InUse(network, sample(here, uid, each).count, answered))
    return found


def _pieces(addresses: AddressSet) -> Iterator[_Piece]:
    """What of each /24 is in the set, without the addresses .0 and .255, which are rarely a machine's."""
    for item in addresses.family(4).ranges:
        for block in range(item.first >> _BITS, (item.last >> _BITS) + 1):
            low = max(item.first, (block << _BITS) + 1)
            high = min(item.last, (block << _BITS) + _LAST - 1)
            if low <= high:
                yield block, low, high


def _chosen(block: int, pieces: list[_Piece], uid: UUID, each: int) -> Iterator[int]:
    """Up to `each` numbers: the ends, and one from each of as many equal parts of what lies between them."""
    total = sum(high - low + 1 for _, low, high in pieces)
    yield pieces[0][1]
    if min(each, total) > 1:
        yield pieces[-1][2]
    parts = min(each, total) - 2
    if parts < 1:
        return
    dice = int.from_bytes(blake2b(block.to_bytes(4, "big"), key=uid.bytes, digest_size=8).digest(), "big")
    for part in range(parts):
        low, high = (1 + (total - 2) * step // parts for step in (part, part + 1))
        dice, roll = divmod(dice, high - low)
        yield _nth(pieces, low + roll)


def _nth(pieces: list[_Piece], place: int) -> int:
    for _, low, high in pieces:
        if place <= high - low:
            return low + place
        place -= high - low + 1
    raise IndexError(place)
