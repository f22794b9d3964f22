"""The two address families: where their headers hold what, and how the kernel wants an address named."""

import socket
import struct


class Family:
    """One of them."""

    def __init__(self, version: int, family: int, ethertype: int, *, width: int, header: int) -> None:
        """`width` is the length of an address, `header` that of the network header without options."""
        four = version == 4
        self.version, self.family, self.ethertype = version, family, ethertype
        self.width, self.header = width, header
        self.source_at, self.life_at = (12, 8) if four else (8, 7)
        self.name_bytes = 16 if four else 28

    def text(self, address: bytes) -> str:
        """An address as people write it."""
        return socket.inet_ntop(self.family, address)

    def names(self, addresses: bytes, scope: int = 0) -> bytes:
        """Socket addresses of all of them, one after another, without a port."""
        count = len(addresses) // self.width
        if self.version == 4:
            head, tail = struct.pack("HH", self.family, 0), bytes(8)
        else:
            head, tail = struct.pack("HHI", self.family, 0, 0), struct.pack("I", scope)
        names = bytearray((head + bytes(self.width) + tail) * count)
        for column in range(self.width):
            names[len(head) + column :: self.name_bytes] = addresses[column :: self.width]
        return bytes(names)


IPV4 = Family(4, socket.AF_INET, 0x0800, width=4, header=20)
IPV6 = Family(6, socket.AF_INET6, 0x86DD, width=16, header=40)


def of_version(version: int) -> Family:
    """The one with this number."""
    return IPV4 if version == 4 else IPV6


def addresses(family: Family, ranges: list[tuple[int, int]]) -> bytes:
    """Every address of some ranges, one after another."""
    return b"".join(
        number.to_bytes(family.width, "big") for first, last in ranges for number in range(first, last + 1)
    )


def mixed(family: Family, packed: bytes) -> bytes:
    """The same addresses in an order in which neighbours are far apart."""
    width = family.width
    order = scattered(len(packed) // width)
    return b"".join([packed[number * width : (number + 1) * width] for number in order])


def scattered(count: int, stride: int = 256) -> list[int]:
    """All numbers in an order in which neighbours are far apart, so that no segment gets all at once."""
    return [number for start in range(min(stride, count)) for number in range(start, count, stride)]
