"""Protocol data units (RFC 3416): questions are written, answers are read."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from backend.infra.clients.naming.der import integer, wrap
from backend.infra.clients.snmp.ber import (
    END_OF_VIEW,
    INTEGER,
    MAX_NUMBER,
    MAX_OID,
    MISSING,
    NULL,
    NUMBERS,
    OCTETS,
    OID,
    SEQUENCE,
    Malformed,
    header,
    inside,
    number,
)

GET, GET_BULK, RESPONSE, REPORT = 0xA0, 0xA5, 0xA2, 0xA8
TOO_BIG, NO_SUCH_NAME = 1, 2
# What a value is: a number, bytes (also of identifiers and addresses), or nothing.
Value = int | bytes | None
Binding = tuple[bytes, Value]


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agent said: `kind` is RESPONSE or REPORT. `ended` are places where its view ends."""

    kind: int
    number: int
    error: int
    error_at: int
    bindings: list[Binding]
    ended: frozenset[int] = frozenset()


def new_number() -> int:
    """A number for a question, not to be guessed: with v2c it is all that an answer proves itself by."""
    return secrets.randbelow((1 << 31) - 1) + 1


def names(oids: Sequence[bytes]) -> bytes:
    """The list of what is asked for; made once for questions that are asked often."""
    return wrap(SEQUENCE, b"".join(wrap(SEQUENCE, wrap(OID, each) + bytes((NULL, 0))) for each in oids))


def question(kind: int, asked: int, wanted: bytes, first: int = 0, second: int = 0) -> bytes:
    """A PDU. Of a bulk question `first` are the non-repeaters and `second` the repetitions."""
    return wrap(kind, b"\x02\x04" + asked.to_bytes(4, "big") + integer(first) + integer(second) + wanted)


def answer(data: bytes, at: int, end: int) -> Answer:
    """The PDU at a place; raises Malformed."""
    kind, at, end = header(data, at, end)
    if kind not in (RESPONSE, REPORT):
        raise Malformed(f"a PDU 0x{kind:02x} is no answer")
    asked, at = number(data, at, end)
    error, at = number(data, at, end)
    error_at, at = number(data, at, end)
    start, stop = inside(data, at, end, SEQUENCE)
    found, ended = _bindings(data, start, stop)
    return Answer(kind, asked, error, error_at, found, frozenset(ended))


def _bindings(data: bytes, at: int, end: int) -> tuple[list[Binding], list[int]]:
    """Names with values. The usual short lengths are read in place: this is where a poller's time goes."""
    found: list[Binding] = []
    ended: list[int] = []
    while at < end:
        name_at, name_end, tag, value_at, at = _short(data, at, end) or _long(data, at, end)
        size = at - value_at
        if tag in NUMBERS:
            if not 0 < size <= MAX_NUMBER:
                raise Malformed("a number of no or too many bytes")
            value: Value = int.from_bytes(data[value_at:at], "big", signed=tag == INTEGER)
        elif tag == OCTETS:
            value = data[value_at:at]
        elif tag == NULL or tag in MISSING:
            value = None
        elif tag == END_OF_VIEW:
            value = None
            ended.append(len(found))
        else:
            value = data[value_at:at]
        found.append((data[name_at:name_end], value))
    return found, ended


def _short(data: bytes, at: int, end: int) -> tuple[int, int, int, int, int] | None:
    """Where name and value of a binding lie whose lengths are a byte each; None for another one."""
    if at + 6 > end or data[at] != SEQUENCE or data[at + 2] != OID:
        return None
    size, length = data[at + 1], data[at + 3]
    stop, name_end = at + 2 + size, at + 4 + length
    if size >= 0x80 or not 0 < length < 0x80 or stop > end or name_end + 2 > stop:
        return None
    value_at = name_end + 2
    return (at + 4, name_end, data[name_end], value_at, stop) if value_at + data[name_end + 1] == stop else None


def _long(data: bytes, at: int, end: int) -> tuple[int, int, int, int, int]:
    """The same for any binding; raises Malformed."""
    start, stop = inside(data, at, end, SEQUENCE)
    name_at, name_end = inside(data, start, stop, OID)
    if not 0 < name_end - name_at <= MAX_OID:
        raise Malformed("a name of no or too many bytes")
    tag, value_at, value_end = header(data, name_end, stop)
    if value_end != stop:
        raise Malformed("a binding that holds more than a name and a value")
    return name_at, name_end, tag, value_at, stop
