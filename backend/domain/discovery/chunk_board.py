"""The chunks of a running scan as they stand now."""

import asyncio
from collections.abc import Iterable

from backend.domain.discovery.progress import ScanProgress
from backend.domain.discovery.recorder import ScanRecorder
from backend.domain.discovery.scan import Chunk, ChunkStatus


class ChunkBoard:
    """Every chunk in its newest state; whoever waits for a change is woken."""

    def __init__(self, chunks: Iterable[Chunk], recorder: ScanRecorder, progress: ScanProgress) -> None:
        self._chunks: dict[int, Chunk] = {}
        self._recorder = recorder
        self._progress = progress
        self.changed = asyncio.Event()
        for chunk in chunks:
            self.keep(chunk)

    def __getitem__(self, number: int) -> Chunk:
        return self._chunks[number]

    @property
    def all(self) -> tuple[Chunk, ...]:
        """Every chunk."""
        return tuple(self._chunks.values())

    @property
    def running(self) -> int:
        """How many run now."""
        return sum(chunk.status is ChunkStatus.RUNNING for chunk in self._chunks.values())

    @property
    def highest(self) -> int:
        """The highest number."""
        return max(self._chunks, default=0)

    def next(self) -> Chunk | None:
        """The chunk whose turn it is: those that made no trouble come first."""
        waiting = (chunk for chunk in self._chunks.values() if chunk.status is ChunkStatus.QUEUED)
        return min(waiting, key=lambda chunk: (chunk.failures, chunk.number), default=None)

    def keep(self, chunk: Chunk) -> None:
        """Remember a chunk without writing it down."""
        self._chunks[chunk.number] = chunk
        self._progress.chunk(chunk)
        self.changed.set()

    async def set(self, chunk: Chunk) -> None:
        """Remember a chunk, and have it written down."""
        self.keep(chunk)
        await self._recorder.chunk(chunk)

    async def adopt(self, chunks: Iterable[Chunk]) -> None:
        """Take in chunks that are written down already."""
        new = tuple(chunks)
        self._recorder.adopt(new)
        for chunk in new:
            self.keep(chunk)
