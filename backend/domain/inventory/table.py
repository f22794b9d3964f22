"""Devices as a table of plain text (RFC 4180) that no spreadsheet takes for formulas.

A cell that begins with one of `= + - @`, a tab or a carriage return is run as a formula by spreadsheets
(CWE-1236). Such a cell gets an apostrophe in front, which spreadsheets show as text; a cell that begins with
an apostrophe gets one more, so that reading it back always restores exactly what was there.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

BOM = "\ufeff"
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
_GUARD = "'"
COLUMNS = (
    "name",
    "primary_address",
    "addresses",
    "mac",
    "hostname",
    "type",
    "vendor",
    "os",
    "status",
    "ports_open",
    "tags",
    "notes",
    "first_seen",
    "last_seen",
    "sources",
    "uid",
)


def safe_cell(text: str) -> str:
    """The text as a cell that is shown, never run."""
    stripped = text.lstrip(" ")
    return _GUARD + text if text.startswith(_GUARD) or stripped.startswith(_STARTS_FORMULA) else text


def original_of(cell: str) -> str:
    """The text behind a safe cell."""
    return cell.removeprefix(_GUARD)


def csv_line(cells: Iterable[str]) -> str:
    """One line of the table; every cell is made safe and quoted."""
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow([safe_cell(cell) for cell in cells])
    return buffer.getvalue()


def device_cells(device: Mapping[str, Any]) -> list[str]:
    """The cells of one device, in the order of COLUMNS."""
    return [_text(device.get(name)) for name in COLUMNS]


def _text(value: object) -> str:
    if value is None:
        return ""
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value)
