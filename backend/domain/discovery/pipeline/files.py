"""One set of files for a chunk, whatever number of nmaps wrote into it, and what nmap was not asked about besides.

    group 1 --its turn--> streams through      group 2 --waits--> a little memory, then nmap itself waits

The XML of several runs becomes one document: the heads of the later ones and all their ends are left out.
"""

import asyncio
from collections.abc import Iterable

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.pipeline.written import HEADS, entry, tail
from backend.domain.discovery.ports import Artifacts, ArtifactWriter
from backend.domain.discovery.report import ARTIFACT_KINDS, ArtifactKind, ArtifactWritten, HostReport

BUFFER_BYTES = 1024 * 1024
_START, _END = b"<nmaprun", b"<runstats>"


class ChunkFiles:
    """The files of one chunk."""

    def __init__(self, artifacts: Artifacts, job: NmapJob) -> None:
        self._artifacts = artifacts
        self._job = job
        self._writers: dict[ArtifactKind, ArtifactWriter] = {}
        self._begun: set[ArtifactKind] = set()
        self._turn = asyncio.Lock()
        self._whole = True
        self._hosts = 0

    def part(self) -> "Part":
        """Where one run of nmap writes; `end` it when the run is over."""
        return Part(self)

    async def add(self, reports: Iterable[HostReport]) -> None:
        """Write hosts that nmap said nothing of."""
        known = list(reports)
        self._hosts += len(known)
        for kind in ARTIFACT_KINDS:
            await self.write(kind, b"" if kind in self._begun else HEADS[kind])
            self._begun.add(kind)
            for start in range(0, len(known), 500):
                await self.write(kind, "".join(entry(kind, r) for r in known[start : start + 500]).encode())

    async def write(self, kind: ArtifactKind, data: bytes) -> None:
        """Append to one file."""
        if kind not in self._writers:
            self._writers[kind] = await self._artifacts.open(self._job, kind)
        if data:
            await self._writers[kind].write(data)

    async def close(self, *, whole: bool) -> tuple[list[ArtifactWritten], bool]:
        """End and close them; also says whether the disk was full."""
        written, full = [], False
        for kind, writer in self._writers.items():
            await writer.write(tail(kind, whole=whole and self._whole, hosts=self._hosts).encode())
            written.append(await writer.close(whole=whole and self._whole))
            full = full or writer.disk_full
        return written, full

    def is_first(self, kind: ArtifactKind) -> bool:
        """Whether nothing stands in that file yet; from now on something does."""
        first = kind not in self._begun
        self._begun.add(kind)
        return first

    def cut(self) -> None:
        """Something is missing from the files."""
        self._whole = False

    async def take_turn(self) -> None:
        """Wait until nobody else writes."""
        await self._turn.acquire()

    def give_turn(self) -> None:
        """Let the next one write."""
        self._turn.release()

    @property
    def is_free(self) -> bool:
        """Whether nobody writes now."""
        return not self._turn.locked()


class Part:
    """What one run of nmap writes (an Artifacts)."""

    def __init__(self, files: ChunkFiles) -> None:
        self._files = files
        self._mine = False
        self._waiting: list[tuple[ArtifactKind, bytes, bool]] = []
        self._size = 0

    async def open(self, job: NmapJob, kind: ArtifactKind) -> "PartWriter":  # noqa: ARG002 - the port's
        """A part of the chunk's file."""
        return PartWriter(self, kind)

    async def write(self, kind: ArtifactKind, data: bytes, *, head: bool = False) -> None:
        """Append when it is our turn; until then keep a little, then wait. A head is for an empty file only."""
        self._waiting.append((kind, data, head))
        self._size += len(data)
        if self._mine or self._files.is_free or self._size > BUFFER_BYTES:
            await self._flush()

    async def end(self) -> None:
        """Nothing more follows."""
        if self._waiting:
            await self._flush()
        if self._mine:
            self._mine = False
            self._files.give_turn()

    def cut(self) -> None:
        """Something of it is missing."""
        self._files.cut()

    async def _flush(self) -> None:
        if not self._mine:
            await self._files.take_turn()
            self._mine = True
        while self._waiting:
            kind, data, head = self._waiting.pop(0)
            first = self._files.is_first(kind)
            if first or not head:
                await self._files.write(kind, data)
        self._size = 0


class PartWriter:
    """One stream of one run (an ArtifactWriter)."""

    def __init__(self, part: Part, kind: ArtifactKind) -> None:
        self._part = part
        self._kind = kind
        self._body = _Body() if kind == "xml" else None
        self._size = 0
        self.disk_full = False  # the chunk's own writers know

    async def write(self, data: bytes) -> None:
        """Pass on what belongs into the chunk's file."""
        self._size += len(data)
        if self._body is None:
            await self._part.write(self._kind, data)
            return
        head, body = self._body.feed(data)
        if head:
            await self._part.write(self._kind, head, head=True)
        if body:
            await self._part.write(self._kind, body)

    async def close(self, *, whole: bool) -> ArtifactWritten:
        """The part is over; the file is not."""
        if not whole:
            self._part.cut()
        return ArtifactWritten(self._kind, "", self._size, whole)


class _Body:
    """Parts a report, as it comes, into its head and what stands between that and its statistics."""

    def __init__(self) -> None:
        self._open = b""
        self._headed = False
        self._over = False

    def feed(self, data: bytes) -> tuple[bytes, bytes]:
        """The head, once it is whole, and more of the body; nmap escapes `<` in all that devices say."""
        if self._over:
            return b"", b""
        self._open += data
        head = b"" if self._headed else self._head()
        return (head, self._rest()) if self._headed else (b"", b"")

    def _head(self) -> bytes:
        start = self._open.find(_START)
        end = self._open.find(b">", start) if start >= 0 else -1
        if end < 0:
            return b""
        self._headed = True
        head, self._open = self._open[: end + 1], self._open[end + 1 :]
        return head

    def _rest(self) -> bytes:
        end = self._open.find(_END)
        if end >= 0:
            self._over = True
            body, self._open = self._open[:end], b""
            return body
        keep = len(_END) - 1
        body, self._open = self._open[:-keep], self._open[-keep:]
        return body
