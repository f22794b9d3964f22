"""What becomes of a chunk that did not reach its end: once more, then in pieces, down to the one bad address.

    64 fail -> the missing ones once more -> pieces of 32 -> 16 -> 8 -> 4 -> 2 -> 1 -> parked

Nobody is asked more than log2(n) + 2 times on account of a failing chunk of n addresses: two attempts of the
whole, then one for each halving, where a piece is the largest power of two that is at most half.
"""

from collections.abc import Iterator
from typing import Literal

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.chunks import cut
from backend.domain.discovery.scan import Chunk

Step = Literal["again", "split", "park", "give_up"]

# Trying again helps nobody here: the answer would be the same.
HOPELESS = frozenset({"nmap_missing", "scope_refused", "job_refused"})
# Whose fault it is that the helper went, nobody knows; a chunk that keeps losing it is suspected in the end.
INNOCENT = frozenset({"helper_gone", "helper_busy"})
INNOCENT_ATTEMPTS = 6
# So many attempts in a row without a single host, and it is not the targets that are at fault.
FUTILE_ATTEMPTS = 24


def next_step(chunk: Chunk, left: AddressSet, code: str) -> Step:
    """What to do with a chunk whose attempt ended with this code; `chunk.failures` counts it already."""
    if code in HOPELESS:
        return "give_up"
    if chunk.failures < (1 if chunk.parent is not None else 2):
        return "again"
    return "park" if left.count == 1 else "split"


def is_failure(chunk: Chunk, code: str) -> bool:
    """Whether an attempt counts against the chunk."""
    return code not in INNOCENT or chunk.attempts >= INNOCENT_ATTEMPTS


def pieces(left: AddressSet) -> Iterator[AddressSet]:
    """Two to four parts of at least two addresses, each at most half: the largest power of two that is."""
    return cut(left, max(1, 1 << (left.count.bit_length() - 2)))


def deadline(chunk: Chunk, left: AddressSet, *, chunk_timeout_s: int, host_timeout_s: int) -> int:
    """How long an attempt may take: later ones get their share only, so that a bad host holds up little."""
    if chunk.failures == 0:
        return chunk_timeout_s
    share = chunk_timeout_s * left.count // max(1, chunk.target_count)
    return max(1, min(chunk_timeout_s, max(share, host_timeout_s + 60)))
