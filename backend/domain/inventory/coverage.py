"""Which ports a scan asked: sets of ports as nmap writes them, `22,80,1000-1100`."""

from functools import lru_cache

MAX_SPANS = 70_000


@lru_cache(maxsize=256)
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """The closed ranges behind the text, in order; what is not one is left out."""
    found = []
    for part in text.split(",", MAX_SPANS):
        first, dash, last = part.strip().partition("-")
        if first.isdecimal() and (last.isdecimal() if dash else True):
            found.append((int(first), int(last if dash else first)))
    return tuple(sorted(found))


def covers(text: str, port: int) -> bool:
    """Whether the port was among those asked."""
    return any(first <= port <= last for first, last in spans(text)) if text else False
