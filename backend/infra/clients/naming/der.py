"""The few words of BER and DER (X.690) that SNMP, SPNEGO and CredSSP need."""

from collections.abc import Iterator
from typing import NamedTuple

MAX_DEPTH = 16


class Item(NamedTuple):
    """A tag and its content."""

    tag: int
    content: bytes


def wrap(tag: int, content: bytes) -> bytes:
    """An item with its length."""
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 0x80 | size]) + length.to_bytes(size, "big") + content


def integer(number: int, tag: int = 0x02) -> bytes:
    """A number that is not negative."""
    return wrap(tag, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def oid(text: str) -> bytes:
    """An object identifier."""
    first, second, *others = map(int, text.split("."))
    return wrap(0x06, b"".join(map(_base128, [first * 40 + second, *others])))


def oid_text(content: bytes) -> str:
    """An object identifier's content in dots; of any bytes something."""
    numbers, number = [], 0
    for byte in content[:128]:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(number)
            number = 0
    if not numbers:
        return ""
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - first * 40, *numbers[1:]]))


def items(data: bytes) -> Iterator[Item]:
    """The items that follow one another; stops quietly where it makes no sense any more."""
    while len(data) >= 2:
        tag, length, start = data[0], data[1], 2
        if length & 0x80:
            size = length & 0x7F
            if not 1 <= size <= 4 or len(data) < 2 + size:
                return
            length, start = int.from_bytes(data[2 : 2 + size], "big"), 2 + size
        if length > len(data) - start:
            return
        yield Item(tag, data[start : start + length])
        data = data[start + length :]


def children(data: bytes, *tags: int) -> list[Item]:
    """What lies inside items of these tags, one within the other; none where that is not so."""
    for tag in tags:
        found = next((item for item in items(data) if item.tag == tag), None)
        if found is None:
            return []
        data = found.content
    return list(items(data))


def number(content: bytes) -> int:
    """A number's content."""
    return int.from_bytes(content[:16], "big", signed=True)


def _base128(number: int) -> bytes:
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))
