"""Thousands of packets at once: columns of bytes in and out of records, sums over all of them in one number.

A column is one byte of every record, taken and set by slices with a step. A lane is a 16-bit word of every
record, in 32 bits of one long integer, so that one addition adds all of them.
"""

import os
from collections.abc import Sequence

COMPLEMENT = bytes(255 - value for value in range(256))
_NOT_ZERO = bytes([1, *range(1, 256)])
_ONE_LESS = bytes([255, *range(255)])


def lay(records: bytearray, stride: int, offset: int, fields: bytes, width: int) -> None:
    """Write one field of `width` bytes of every record; `fields` holds them one after another."""
    for column in range(width):
        records[offset + column :: stride] = fields[column::width]


def lay_same(records: bytearray, stride: int, offset: int, field: bytes) -> None:
    """Write the same field into every record."""
    count = len(records) // stride
    for column, value in enumerate(field):
        records[offset + column :: stride] = bytes((value,)) * count


def pick(records: bytes, stride: int, which: Sequence[int]) -> bytes:
    """The records with these numbers, in this order."""
    if isinstance(which, range) and which.step == 1:
        return records[which.start * stride : which.stop * stride]
    return b"".join([records[number * stride : number * stride + stride] for number in which])


def half(words: bytes, start: int) -> bytes:
    """The first or second 16 bits of each 32."""
    halves = bytearray(len(words) // 2)
    halves[0::2], halves[1::2] = words[start::4], words[start + 1 :: 4]
    return bytes(halves)


def lane(words: bytes) -> int:
    """16-bit words, one after another, as one long number with a lane for each."""
    lanes = bytearray(len(words) * 2)
    lanes[2::4] = words[0::2]
    lanes[3::4] = words[1::2]
    return int.from_bytes(lanes, "big")


def checksums(constant: int, lanes: Sequence[int], count: int) -> bytes:
    """The internet checksum (RFC 1071) of every record, from lanes of words and what all share."""
    ones = int.from_bytes(b"\0\0\0\1" * count, "big")
    mask = ones * 0xFFFF
    total = sum(lanes) + ones * folded(constant)
    for _ in range(2):
        total = (total & mask) + ((total >> 16) & mask)
    words = (total ^ mask).to_bytes(count * 4, "big")
    packed = bytearray(count * 2)
    packed[0::2] = words[2::4]
    packed[1::2] = words[3::4]
    return bytes(packed)


def folded(total: int) -> int:
    """A sum of 16-bit words, folded into one."""
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def word_sum(data: bytes) -> int:
    """The sum of the 16-bit words of some bytes; an odd end is filled with zero."""
    even = data + b"\0" if len(data) % 2 else data
    return folded(sum(int.from_bytes(even[place : place + 2], "big") for place in range(0, len(even), 2)))


def secrets(count: int, width: int) -> bytes:
    """Numbers that nobody can guess, `width` bytes each."""
    return os.urandom(count * width)


def acknowledgements(count: int) -> tuple[bytes, bytes]:
    """Secret sequence numbers of 4 bytes each, and what must come back: one more."""
    back = bytearray(secrets(count, 4))
    low = bytes(back[3::4]).translate(_NOT_ZERO)  # so that one less never borrows
    back[3::4] = low
    out = bytearray(back)
    out[3::4] = low.translate(_ONE_LESS)
    return bytes(out), bytes(back)
