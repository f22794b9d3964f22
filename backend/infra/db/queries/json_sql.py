"""JSON that PostgreSQL builds: objects, arrays, times as the API writes them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.ext.asyncio import AsyncConnection

from backend.domain.inventory.reading import JsonPage
from backend.domain.page import PageRequest

Element = sa.ColumnElement[Any]
_DIALECT: sa.Dialect = PGDialect()  # type: ignore[no-untyped-call]
TIME_FORMAT = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'


def utc(column: Element) -> Element:
    """A time in ISO 8601, UTC, with a Z."""
    return sa.func.to_char(sa.func.timezone("UTC", column), TIME_FORMAT)


def json_object(**fields: Element) -> Element:
    """A JSON object of these fields."""
    parts: list[Any] = []
    for name, value in fields.items():
        parts += [sa.literal_column(f"'{name}'"), value]
    return sa.func.json_build_object(*parts)


def as_text(element: Element, table: sa.Table) -> Element:
    """An expression over one table's columns as its SQL, made once: building it for each query would take longer
    than the query. It must not hold what comes from people."""
    compiled = (
        sa.select(element).select_from(table).compile(dialect=_DIALECT, compile_kwargs={"literal_binds": True})
    )
    text = str(compiled).removeprefix("SELECT ").rpartition(f" \nFROM {table.name}")[0].rpartition(" AS ")[0]
    return sa.literal_column(text, element.type)


def json_list(query: sa.Select[Any]) -> Element:
    """A JSON array of the rows of a query, in the query's order; the query has one column, `item`."""
    rows = query.subquery()
    return sa.select(sa.func.coalesce(sa.func.json_agg(rows.c.item), sa.text("'[]'::json"))).scalar_subquery()


def text_array(query: sa.Select[Any]) -> Element:
    """A JSON array of texts from a query of one column."""
    rows = query.subquery()
    found = sa.func.array_agg(next(iter(rows.c)))
    nothing = sa.cast(sa.literal_column("'{}'"), ARRAY(sa.Text))
    return sa.func.to_json(sa.select(sa.func.coalesce(found, nothing)).scalar_subquery())


async def json_page(
    connection: AsyncConnection, items: sa.Select[Any], counted: sa.Select[Any], request: PageRequest
) -> JsonPage:
    """Run a list: `items` has one column, `item`, and its order; `counted` answers how many there are."""
    page = items.limit(request.limit).offset(request.offset)
    text, count, total = (await connection.execute(page_query(page, counted))).one()
    return JsonPage(text, total, count)


def page_query(items: sa.Select[Any], counted: sa.Select[Any]) -> sa.Select[Any]:
    """One page as JSON text, how many it has, and how many there are."""
    page = items.subquery()
    body = sa.cast(sa.func.coalesce(sa.func.json_agg(page.c.item), sa.text("'[]'::json")), sa.Text)
    return sa.select(body, sa.func.count(), counted.scalar_subquery()).select_from(page)
