"""The inventory as careless people would have built it."""

import csv
import io
from collections.abc import Iterable, Mapping

from backend.domain.errors import Blocked
from backend.domain.inventory.observation import Facts


def trusting_facts(facts: Facts) -> Facts:
    """Keeps what devices say as they say it."""
    return facts


def plain_csv_line(cells: Iterable[str]) -> str:
    """Quotes cells and thinks that is enough."""
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(list(cells))
    return buffer.getvalue()


def one_way_csv_line(cells: Iterable[str]) -> str:
    """Makes cells safe in a way that nobody can undo."""
    return plain_csv_line(cell.lstrip("=+-@\t\r\n ") for cell in cells)


def chatty_refusal(name: str, blockers: Mapping[str, int]) -> Blocked:
    """Says the name of what cannot be deleted, as markup that a page may render."""
    listed = ", ".join(f"{count} {kind}" for kind, count in blockers.items())
    return Blocked(f"<b>{name}</b> is in use by {listed}", code="site_in_use")


def link_from_data(title: str) -> str:
    """Lets the device choose where a click leads."""
    return title
