"""Text that a device said of itself is hostile: what is kept is visible, whole in meaning and bounded in length.

Control characters, direction overrides and invisible characters become visible escapes (`\\x1b`, `\\u202e`),
so that no output, whether page, log, CSV or Git, ever holds one. HTML and the like are left as they are:
to render them as text is the business of each output.
"""

import unicodedata

# Other control, format (direction, zero width, tags), surrogate and private use, line and paragraph separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LAYOUT = frozenset("\t\n")
CUT = "…"


def one_line(value: str | bytes, limit: int) -> str:
    """The text on one line of at most `limit` characters; line breaks are escaped like other controls."""
    return _cut(_visible(_decode(value), frozenset()).strip(), limit)


def many_lines(value: str | bytes, limit: int) -> str:
    """The text with its tabs and line breaks, of at most `limit` characters."""
    decoded = _decode(value).replace("\r\n", "\n")
    return _cut(_visible(decoded, _LAYOUT).strip("\n"), limit)


def optional_line(value: str | bytes | None, limit: int) -> str | None:
    """As `one_line`; nothing and blank are None."""
    return (one_line(value, limit) or None) if value else None


def _decode(value: str | bytes) -> str:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def _visible(value: str, layout: frozenset[str]) -> str:
    if value.isascii() and value.isprintable():
        return value
    return "".join(c if c in layout or _is_plain(c) else _escape(c) for c in value)


def _is_plain(char: str) -> bool:
    return unicodedata.category(char) not in _HIDDEN and ord(char) & 0xFFFE != 0xFFFE


def _escape(char: str) -> str:
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _cut(value: str, limit: int) -> str:
    return value if len(value) <= limit else value[: limit - 1].rstrip() + CUT
