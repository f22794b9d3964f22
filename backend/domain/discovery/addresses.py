"""Sets of addresses as sorted ranges: every operation costs as many steps as there are ranges, never addresses."""

import ipaddress
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Version = Literal[4, 6]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
BITS: dict[Version, int] = {4: 32, 6: 128}


def address_at(version: Version, number: int) -> Address:
    """The address with that number."""
    return ipaddress.IPv4Address(number) if version == 4 else ipaddress.IPv6Address(number)


@dataclass(frozen=True, slots=True, order=True)
class AddressRange:
    """All addresses of one family from the first to the last, both included."""

    version: Version
    first: int
    last: int

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last < 1 << BITS[self.version]:
            raise ValueError("a range runs upwards, inside its family")

    @classmethod
    def parse(cls, text: str) -> "AddressRange":
        """Read what `str()` of a range wrote: an address, a network or first-last. Raises ValueError."""
        first, dash, last = text.partition("-")
        if not dash:
            return cls.of_network(ipaddress.ip_network(text, strict=False))
        low, high = ipaddress.ip_address(first), ipaddress.ip_address(last)
        if low.version != high.version:
            raise ValueError("a range stays in one family")
        return cls(low.version, int(low), int(high))

    @classmethod
    def of_network(cls, network: Network) -> "AddressRange":
        """All addresses of a network, its first and last included."""
        return cls(network.version, int(network.network_address), int(network.broadcast_address))

    @property
    def count(self) -> int:
        """How many addresses."""
        return self.last - self.first + 1

    def __iter__(self) -> Iterator[Address]:
        return (address_at(self.version, number) for number in range(self.first, self.last + 1))

    def overlap(self, other: "AddressRange") -> "AddressRange | None":
        """The addresses in both, if any."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        if self.version != other.version or first > last:
            return None
        return AddressRange(self.version, first, last)

    def networks(self) -> Iterator[Network]:
        """The fewest networks that cover exactly these addresses."""
        low, high = address_at(self.version, self.first), address_at(self.version, self.last)
        return ipaddress.summarize_address_range(low, high)

    def __str__(self) -> str:
        low, high = address_at(self.version, self.first), address_at(self.version, self.last)
        if self.first == self.last:
            return str(low)
        size = self.count
        if size & (size - 1) == 0 and self.first % size == 0:
            return f"{low}/{BITS[self.version] - size.bit_length() + 1}"
        return f"{low}-{high}"


@dataclass(frozen=True, slots=True)
class AddressSet:
    """A set of addresses of both families; build it with `of`, which sorts and merges."""

    ranges: tuple[AddressRange, ...] = ()

    @classmethod
    def of(cls, ranges: Iterable[AddressRange]) -> "AddressSet":
        """The set of all addresses in the ranges."""
        merged: list[AddressRange] = []
        for item in sorted(ranges):
            before = merged[-1] if merged else None
            if before and before.version == item.version and item.first <= before.last + 1:
                merged[-1] = AddressRange(item.version, before.first, max(before.last, item.last))
            else:
                merged.append(item)
        return cls(tuple(merged))

    @classmethod
    def parse(cls, texts: Iterable[str]) -> "AddressSet":
        """The set of what `texts()` wrote; raises ValueError for anything else."""
        return cls.of(AddressRange.parse(text) for text in texts)

    @property
    def count(self) -> int:
        """How many addresses."""
        return sum(item.count for item in self.ranges)

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __iter__(self) -> Iterator[Address]:
        return (address for item in self.ranges for address in item)

    def __contains__(self, address: Address) -> bool:
        number, version = int(address), address.version
        return any(r.version == version and r.first <= number <= r.last for r in self.ranges)

    def __or__(self, other: "AddressSet") -> "AddressSet":
        return AddressSet.of((*self.ranges, *other.ranges))

    def __and__(self, other: "AddressSet") -> "AddressSet":
        """Both lists are sorted, so one walk over the two suffices."""
        common: list[AddressRange] = []
        mine, theirs = iter(self.ranges), iter(other.ranges)
        a, b = next(mine, None), next(theirs, None)
        while a and b:
            shared = a.overlap(b)
            if shared:
                common.append(shared)
            if (a.version, a.last) <= (b.version, b.last):
                a = next(mine, None)
            else:
                b = next(theirs, None)
        return AddressSet(tuple(common))

    def __sub__(self, other: "AddressSet") -> "AddressSet":
        return self & other.complement()

    def complement(self) -> "AddressSet":
        """Every address of both families that is not in the set."""
        gaps: list[AddressRange] = []
        for version, bits in BITS.items():
            start = 0
            for item in self.family(version).ranges:
                if item.first > start:
                    gaps.append(AddressRange(version, start, item.first - 1))
                start = item.last + 1
            if start < 1 << bits:
                gaps.append(AddressRange(version, start, (1 << bits) - 1))
        return AddressSet(tuple(gaps))

    def family(self, version: Version) -> "AddressSet":
        """The addresses of one family."""
        return AddressSet(tuple(item for item in self.ranges if item.version == version))

    def texts(self) -> tuple[str, ...]:
        """The ranges as people write them."""
        return tuple(str(item) for item in self.ranges)

    def networks(self) -> tuple[str, ...]:
        """The same addresses as whole networks and single addresses: all that nmap is ever given."""
        return tuple(
            str(network.network_address) if network.num_addresses == 1 else str(network)
            for item in self.ranges
            for network in item.networks()
        )


EMPTY = AddressSet()
