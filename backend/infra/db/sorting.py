"""Turns the `sort` that a client asks for into an ORDER BY, from a list of what may be sorted."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from backend.domain.errors import Invalid

Sortable = Mapping[str, "sa.ColumnElement[Any]"]


def ordering(sort: str | None, sortable: Sortable, default: str) -> "sa.UnaryExpression[Any]":
    """The order asked for, `-name` for descending, missing values last; raises Invalid for an unknown name."""
    wanted = sort or default
    column = sortable.get(wanted.removeprefix("-"))
    if column is None:
        names = ", ".join(sortable)
        raise Invalid.for_field("sort", "sort_unknown", f"Sort by one of: {names}", names=names)
    return (column.desc() if wanted.startswith("-") else column.asc()).nulls_last()
