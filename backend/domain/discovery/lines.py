"""Turns what a stranger's program prints into lines that are safe to store and to show."""

import re

# Control characters except the tab: NUL breaks databases, ESC drives terminals, bidirectional marks deceive.
_UNSAFE = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
LINE_CUT = " … [line shortened]"
TEXT_CUT = "… [output shortened: {limit} bytes are shown, the files hold the rest]"


def clean_text(text: str, limit: int, mark: str = "…") -> str:
    """The text without control characters and at most `limit` long, with a mark where it was cut."""
    safe = _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", text[: limit + 1])
    return safe if len(safe) <= limit else safe[: limit - len(mark)] + mark


class LineCutter:
    """Cuts a stream of bytes into lines; a line that is too long is shortened, a stream that is too long ends.

    Memory stays below the longest line whatever comes: nothing waits for a line end that never arrives.
    """

    def __init__(self, line_bytes: int, text_bytes: int) -> None:
        self._line_bytes = line_bytes
        self._text_bytes = text_bytes
        self._left = text_bytes
        self._open = bytearray()

    def feed(self, data: bytes) -> list[str]:
        """Take more bytes and give the lines that they end."""
        lines: list[str] = []
        first, *others = data.split(b"\n")
        self._grow(first)
        for piece in others:
            lines += self._finish()
            self._grow(piece)
        return lines

    def end(self) -> list[str]:
        """Nothing more will come: a mark for the reader, once."""
        if self._left <= 0:
            return []
        self._left = 0
        return [TEXT_CUT.format(limit=self._text_bytes)]

    def flush(self) -> list[str]:
        """The last line, where no line end came after it."""
        return self._finish() if self._open else []

    def _grow(self, piece: bytes) -> None:
        room = self._line_bytes + 1 - len(self._open)
        self._open += piece[: max(0, room)]

    def _finish(self) -> list[str]:
        line = bytes(self._open)
        self._open.clear()
        if self._left <= 0:
            return []
        self._left -= len(line) + 1
        if self._left <= 0:
            return [TEXT_CUT.format(limit=self._text_bytes)]
        text = line[: self._line_bytes].decode("utf-8", "replace").rstrip("\r")
        shown = clean_text(text, self._line_bytes)
        return [shown + LINE_CUT if len(line) > self._line_bytes else shown]
