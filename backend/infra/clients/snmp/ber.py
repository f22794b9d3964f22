"""The Basic Encoding Rules (X.690) as far as SNMP uses them, read with bounds and without recursion."""

from backend.infra.clients.naming.der import oid as _wrapped

INTEGER, OCTETS, NULL, OID, SEQUENCE = 0x02, 0x04, 0x05, 0x06, 0x30
# RFC 2578: IpAddress, Counter32, Gauge32, TimeTicks, Opaque, Counter64; RFC 3416: what an agent has not.
COUNTER32, GAUGE32, TICKS, COUNTER64 = 0x41, 0x42, 0x43, 0x46
MISSING, END_OF_VIEW = (0x80, 0x81), 0x82
NUMBERS = frozenset({INTEGER, COUNTER32, GAUGE32, TICKS, COUNTER64})
MAX_NUMBER, MAX_OID, MAX_ARCS = 9, 512, 128


class Malformed(ValueError):
    """An answer that is not what it says it is."""


def header(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """The tag of the item at a place, and where its content begins and ends; raises Malformed."""
    if at + 2 > end:
        raise Malformed("an item is cut off")
    length, start = data[at + 1], at + 2
    if length & 0x80:
        size = length & 0x7F
        if not 1 <= size <= 4 or start + size > end:
            raise Malformed("a length that SNMP has not")
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if length > end - start:
        raise Malformed("an item is longer than what it lies in")
    return data[at], start, start + length


def inside(data: bytes, at: int, end: int, tag: int) -> tuple[int, int]:
    """Where the content of the item at a place lies; raises Malformed for one of another tag."""
    found, start, stop = header(data, at, end)
    if found != tag:
        raise Malformed(f"an item 0x{found:02x} where 0x{tag:02x} belongs")
    return start, stop


def number(data: bytes, at: int, end: int) -> tuple[int, int]:
    """The INTEGER at a place, and where the next item begins; raises Malformed."""
    start, stop = inside(data, at, end, INTEGER)
    if not 1 <= stop - start <= MAX_NUMBER:
        raise Malformed("a number of no or too many bytes")
    return int.from_bytes(data[start:stop], "big", signed=True), stop


def octets(data: bytes, at: int, end: int) -> tuple[bytes, int]:
    """The OCTET STRING at a place, and where the next item begins; raises Malformed."""
    start, stop = inside(data, at, end, OCTETS)
    return data[start:stop], stop


def oid(text: str) -> bytes:
    """The content of an object identifier; of one that is written in dots."""
    return _wrapped(text)[2:]


def arcs(content: bytes) -> tuple[int, ...]:
    """The numbers of (a part of) an identifier's content; what follows the 128th is left out."""
    found, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(value)
            value = 0
            if len(found) == MAX_ARCS:
                break
    return tuple(found)
