"""Broken unique constraints, as the conflict that a person understands."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from backend.domain.errors import Conflict


@contextmanager
def taken(code: str, detail: str, *, constraint: str = "unique", **params: str) -> Iterator[None]:
    """Raises Conflict where the block breaks the constraint that is named; other errors pass."""
    try:
        yield
    except IntegrityError as clash:
        if constraint not in str(clash.orig):
            raise
        raise Conflict(detail, code=code, params=params) from clash
