"""Waiting for a condition, never for a length of time."""

import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")
PAUSE_S = 0.1


def until(look: Callable[[], Found | None], what: str, *, within_s: float = 60) -> Found:
    """The first true answer of `look`. Raises AssertionError naming `what` when there is none in time."""
    deadline = time.monotonic() + within_s
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within_s:g} s: {what}; last seen: {found!r}")
        time.sleep(PAUSE_S)
