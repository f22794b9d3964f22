"""A scan's addresses as cells: what was asked, what answered, what is difficult. Costs cells, never addresses."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from backend.domain.discovery.addresses import AddressRange, AddressSet, address_at
from backend.domain.discovery.ledger import asked
from backend.domain.discovery.scan import AT_REST, Chunk, ChunkStatus

MAX_CELLS = 4096
# What a cell shows where its chunks differ: the first of these that any of them is.
_ORDER = (
    ChunkStatus.RUNNING,
    ChunkStatus.FAILED,
    ChunkStatus.PARTIAL,
    ChunkStatus.STOPPED,
    ChunkStatus.QUEUED,
    ChunkStatus.PARKED,
    ChunkStatus.DONE,
)


@dataclass(frozen=True, slots=True)
class CellCounts:
    """What the database knows of a cell."""

    up: int = 0
    ports: int = 0
    difficult: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of a scan's addresses."""

    first: str
    last: str
    addresses: int
    asked: int
    up: int
    ports: int
    difficult: int
    status: ChunkStatus


def cells_of(ranges: AddressSet, wanted: int) -> list[AddressRange]:
    """The ranges in about so many cells, each the part of one aligned block that is in a range."""
    size = 1
    while sum(-(-item.count // size) for item in ranges.ranges) > wanted and size < 1 << 128:
        size *= 2
    return [cell for item in ranges.ranges for cell in _blocks(item, size)]


def heatmap(
    cells: Sequence[AddressRange], chunks: Iterable[Chunk], counts: Mapping[int, CellCounts]
) -> list[Cell]:
    """The cells with what the chunks and the database say of them; `counts` goes by a cell's place."""
    done = [0] * len(cells)
    states: list[set[ChunkStatus]] = [set() for _ in cells]
    starts = [(cell.version, cell.first) for cell in cells]
    for chunk in chunks:
        targets = AddressSet.parse(chunk.targets)
        for place, _ in _touched(cells, starts, targets):
            states[place].add(chunk.status)
        finished = targets if chunk.status in AT_REST else asked(chunk)
        for place, count in _touched(cells, starts, finished):
            done[place] += count
    return [
        Cell(
            first=str(address_at(cell.version, cell.first)),
            last=str(address_at(cell.version, cell.last)),
            addresses=cell.count,
            asked=min(done[place], cell.count),
            up=counts.get(place, CellCounts()).up,
            ports=counts.get(place, CellCounts()).ports,
            difficult=counts.get(place, CellCounts()).difficult,
            status=next((status for status in _ORDER if status in states[place]), ChunkStatus.QUEUED),
        )
        for place, cell in enumerate(cells)
    ]


def _blocks(item: AddressRange, size: int) -> Iterator[AddressRange]:
    first = item.first
    while first <= item.last:
        last = min(item.last, first - first % size + size - 1)
        yield AddressRange(item.version, first, last)
        first = last + 1


def _touched(
    cells: Sequence[AddressRange], starts: Sequence[tuple[int, int]], addresses: AddressSet
) -> Iterator[tuple[int, int]]:
    """The places of the cells that hold some of these addresses, and how many."""
    for item in addresses.ranges:
        place = max(0, bisect_right(starts, (item.version, item.first)) - 1)
        while place < len(cells) and starts[place] <= (item.version, item.last):
            common = cells[place].overlap(item)
            if common:
                yield place, common.count
            place += 1
