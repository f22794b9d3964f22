"""Rows in PostgreSQL's binary COPY format (the manual's page on COPY), packed a row a call.

A row is a count of fields, then each field's length (-1 for NULL) and its bytes. Rows that have the same NULLs
have the same shape, so each shape gets one precompiled `struct`.
"""

import struct
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_DAY_US = 86_400_000_000
# Codes of `struct` by the size and kind of a field: bigint and timestamptz, double, integer, boolean.
_SIZES = {"q": 8, "d": 8, "i": 4, "?": 1}


def microseconds(at: datetime) -> int:
    """A moment as PostgreSQL counts it."""
    passed = at - _EPOCH
    return passed.days * _DAY_US + passed.seconds * 1_000_000 + passed.microseconds


class RowPacker:
    """Packs rows of fixed kinds, of which some fields may be None."""

    def __init__(self, kinds: str) -> None:
        """`kinds` are the codes of the columns, in order."""
        self._kinds = kinds
        self._shape = lru_cache(maxsize=4096)(self._made)

    def pack(self, fields: Sequence[float | int | None]) -> bytes:
        """One row."""
        form, lengths = self._shape(tuple([value is None for value in fields]))
        packed: list[float | int] = [len(self._kinds)]
        for length, value in zip(lengths, fields, strict=True):
            packed.append(length)
            if value is not None:
                packed.append(value)
        return form.pack(*packed)

    def _made(self, missing: tuple[bool, ...]) -> tuple[struct.Struct, tuple[int, ...]]:
        text, lengths = ">h", []
        for kind, is_missing in zip(self._kinds, missing, strict=True):
            text += "i" if is_missing else f"i{kind}"
            lengths.append(-1 if is_missing else _SIZES[kind])
        return struct.Struct(text), tuple(lengths)
