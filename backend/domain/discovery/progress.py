"""How far a scan is, from the hosts that are finished and from what nmap says of the task at hand."""

from backend.domain.discovery.report import Progress
from backend.domain.discovery.scan import AT_REST, Chunk, ChunkStatus

# nmap's tasks in their order: the share of a chunk's time at which each begins, and the share that it takes.
# A task comes again for every group of hosts, so progress only ever takes the highest value seen.
_TASKS: tuple[tuple[str, float, float], ...] = (
    ("chunk", 0.0, 1.0),  # said by our own stages, of all of them
    ("ping", 0.0, 0.1),
    ("udp", 0.5, 0.2),
    ("service", 0.7, 0.15),
    ("os detection", 0.85, 0.03),
    ("nse", 0.88, 0.1),
    ("script", 0.88, 0.1),
    ("scan", 0.1, 0.4),  # SYN stealth, connect: after the words above, which "scan" is a part of
)


class ScanProgress:
    """The progress of one scan, never going back within an attempt."""

    def __init__(self, address_count: int) -> None:
        self._addresses = max(1, address_count)
        self._chunks: dict[int, tuple[int, float]] = {}

    def chunk(self, chunk: Chunk) -> None:
        """Take the state of a chunk: what is finished counts whole."""
        share = min(chunk.hosts_done / max(1, chunk.target_count), 1.0)
        if chunk.status is ChunkStatus.QUEUED:
            self._chunks[chunk.number] = (chunk.target_count, share)
            return
        self._raise(chunk, 1.0 if chunk.status in AT_REST else share)

    def task(self, chunk: Chunk, said: Progress) -> None:
        """Take what nmap says of the task at hand."""
        task = said.task.lower()
        begins, takes = next(((b, t) for word, b, t in _TASKS if word in task), (0.0, 0.0))
        self._raise(chunk, begins + takes * min(max(said.percent, 0.0), 100.0) / 100)

    def value(self) -> float:
        """Between 0 and 1."""
        done = sum(targets * share for targets, share in self._chunks.values())
        return round(min(done / self._addresses, 1.0), 4)

    def _raise(self, chunk: Chunk, share: float) -> None:
        before = self._chunks.get(chunk.number, (0, 0.0))[1]
        self._chunks[chunk.number] = (chunk.target_count, max(before, share))
