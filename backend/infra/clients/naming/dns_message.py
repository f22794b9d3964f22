"""DNS messages (RFC 1035): making a question, reading any bytes as an answer without fear."""

import ipaddress
import struct
from collections.abc import Iterator
from dataclasses import dataclass

A, PTR, TXT, AAAA, SRV = 1, 12, 16, 28, 33
IN, CHAOS = 1, 3
MAX_RECORDS = 200
MAX_LABELS = 128
MAX_NAME = 255


@dataclass(frozen=True, slots=True)
class Record:
    """A record; `text` is the name that PTR and SRV point to, or the address."""

    name: str
    type: int
    data: bytes
    text: str = ""


def question(number: int, name: str, kind: int, cls: int = IN, *, recursion: bool = True) -> bytes:
    """One question as a message. Raises ValueError for a label that is too long."""
    return questions(number, [(name, kind)], cls, recursion=recursion)


def questions(number: int, asked: list[tuple[str, int]], cls: int = IN, *, recursion: bool = False) -> bytes:
    """Several questions as one message, as multicast DNS takes them."""
    head = struct.pack(">HHHHHH", number, 0x0100 if recursion else 0, len(asked), 0, 0, 0)
    return head + b"".join(_name_bytes(name) + struct.pack(">HH", kind, cls) for name, kind in asked)


def is_answer(data: bytes, number: int) -> bool:
    """Whether this answers the question with that number."""
    return len(data) >= 12 and int.from_bytes(data[:2], "big") == number and data[2] & 0x80 != 0


def reply_code(data: bytes) -> int:
    """0 for success, 3 for a name that does not exist."""
    return data[3] & 15 if len(data) >= 4 else -1


def asked_name(data: bytes) -> str:
    """The name in the first question."""
    return _name_at(data, 12)[0].lower()


def records(data: bytes) -> list[Record]:
    """Every record of a message, as far as it makes sense."""
    return list(_records(data))


def _records(data: bytes) -> Iterator[Record]:
    if len(data) < 12:
        return
    asked, *counts = struct.unpack_from(">4H", data, 4)
    place = 12
    for _ in range(min(asked, MAX_RECORDS)):
        place = _name_at(data, place)[1] + 4
    for _ in range(min(sum(counts), MAX_RECORDS)):
        name, place = _name_at(data, place)
        if place + 10 > len(data):
            return
        kind, _cls, _life, length = struct.unpack_from(">HHIH", data, place)
        content = data[place + 10 : place + 10 + length]
        if len(content) < length:
            return
        yield Record(name, kind, content, _text(data, place + 10, kind, content))
        place += 10 + length


def _text(data: bytes, place: int, kind: int, content: bytes) -> str:
    if kind == PTR:
        return _name_at(data, place)[0]
    if kind == SRV:
        return _name_at(data, place + 6)[0]
    if (kind, len(content)) in {(A, 4), (AAAA, 16)}:
        return str(ipaddress.ip_address(content))
    return ""


def txt(data: bytes) -> list[bytes]:
    """The strings of a TXT record."""
    found: list[bytes] = []
    while data and len(found) < MAX_RECORDS:
        length = data[0]
        found.append(data[1 : 1 + length])
        data = data[1 + length :]
    return found


def _name_bytes(name: str) -> bytes:
    labels = [label.encode() for label in name.rstrip(".").split(".")]
    if any(not 0 < len(label) < 64 for label in labels):
        raise ValueError("a label is 1 to 63 bytes")
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\x00"


def _name_at(data: bytes, place: int) -> tuple[str, int]:
    """The name at a place, and where what follows it begins. Pointers only lead backwards, so it ends."""
    labels: list[str] = []
    after, limit, size = 0, place, 0
    for _ in range(MAX_LABELS):
        if place >= len(data):
            break
        length = data[place]
        if length >= 0xC0:
            target = int.from_bytes(data[place : place + 2], "big") & 0x3FFF
            after = after or place + 2
            if target >= limit:
                break
            place = limit = target
            continue
        place += 1
        if length == 0 or length > 63 or size + length > MAX_NAME:
            break
        labels.append(data[place : place + length].decode("utf-8", "replace"))
        size += length + 1
        place += length
    return ".".join(labels), after or place
