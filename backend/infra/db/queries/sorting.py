"""The order of a list: the field that was asked for, and the id behind it so that pages never overlap."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from backend.domain.errors import Invalid

Column = sa.ColumnElement[Any]


def ordering(sort: str, fields: Mapping[str, Column], identifier: Column) -> list[Column]:
    """Columns to sort by; empty values come last. Raises Invalid with the names that may be asked for."""
    name = sort.removeprefix("-")
    if name not in fields:
        raise unknown_sort(name, fields)
    column = fields[name]
    return [(column.desc() if sort.startswith("-") else column.asc()).nulls_last(), identifier.asc()]


def unknown_sort(name: str, fields: Mapping[str, object]) -> Invalid:
    """The refusal of a field that a list cannot be sorted by."""
    allowed = ", ".join(sorted(fields))
    return Invalid.for_field(
        "sort", "sort_unknown", f"This list is not sorted by {name[:40]}; it can be by {allowed}", allowed=allowed
    )
