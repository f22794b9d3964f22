"""Rows in PostgreSQL's binary COPY format (the manual's page on COPY), packed a column at a time.

A row is a count of fields, then each field's length (-1 for NULL) and its bytes. Rows that have the same NULLs
have the same size, so a batch of them is one row repeated, over which each column is laid with a stride: a byte of
every field at once, in C.
"""

import struct
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
# Codes of `struct` by the size and kind of a field: bigint and timestamptz, double, integer, boolean.
_SIZES = {"q": 8, "d": 8, "i": 4, "?": 1}
Column = Sequence[float | int] | None


def microseconds(at: datetime) -> int:
    """A moment as PostgreSQL counts it."""
    return all_microseconds((at,))[0]


def all_microseconds(moments: Iterable[datetime]) -> list[int]:
    """Moments as PostgreSQL counts them; written out, because a batch has ten thousand."""
    return [
        (since := at - _EPOCH).days * 86_400_000_000 + since.seconds * 1_000_000 + since.microseconds
        for at in moments
    ]


class RowPacker:
    """Packs rows of fixed kinds."""

    def __init__(self, kinds: str) -> None:
        """`kinds` are the codes of the columns, in order."""
        self._kinds = kinds

    def pack(self, count: int, columns: Sequence[Column]) -> bytearray:
        """That many rows; a column that is None is NULL in all of them."""
        row, places = struct.pack(">h", len(self._kinds)), []
        for kind, column in zip(self._kinds, columns, strict=True):
            size = _SIZES[kind]
            places.append(len(row) + 4)
            row += struct.pack(">i", -1) if column is None else struct.pack(">i", size) + bytes(size)
        packed, stride = bytearray(row) * count, len(row)
        for kind, column, place in zip(self._kinds, columns, places, strict=True):
            if column is not None:
                _lay(packed, stride, place, struct.pack(f">{count}{kind}", *column), _SIZES[kind])
        return packed


def _lay(packed: bytearray, stride: int, place: int, fields: bytes, size: int) -> None:
    for byte in range(size):
        packed[place + byte :: stride] = fields[byte::size]
