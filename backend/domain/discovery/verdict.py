"""How a scan whose chunks have come to rest ended, and what to tell a person about it."""

from collections.abc import Iterable

from backend.domain.discovery.messages import Message
from backend.domain.discovery.scan import AT_REST, Chunk, ChunkCounts, ScanStatus

FATAL = frozenset({"nmap_missing", "helper_gone"})


def verdict(chunks: Iterable[Chunk], parked: int = 0) -> tuple[ScanStatus, Message | None]:
    """Status and message; `parked` is how many addresses were put aside as difficult."""
    known = tuple(chunks)
    counts = ChunkCounts.of(known)
    if counts.done + counts.parked == counts.total:
        return ScanStatus.COMPLETED, _remarks(known, parked)
    codes = [chunk.message.code for chunk in known if chunk.message and chunk.status not in AT_REST]
    hosts = sum(chunk.hosts_up for chunk in known)
    fatal = next((code for code in codes if code in FATAL), None)
    status = ScanStatus.FAILED if fatal or not (counts.done or counts.partial) else ScanStatus.PARTIAL
    if fatal:
        return status, Message.of(fatal, done=counts.done, total=counts.total)
    if status is ScanStatus.FAILED:
        return status, Message.of("nothing_done", total=counts.total, cause=codes[0] if codes else "unknown")
    return status, Message.of("chunks_incomplete", done=counts.done, total=counts.total, hosts=hosts)


def _remarks(chunks: Iterable[Chunk], parked: int) -> Message | None:
    if parked:
        return Message.of("targets_parked", parked=parked)
    full = any(chunk.message and chunk.message.code == "artifact_disk_full" for chunk in chunks)
    return Message.of("artifact_disk_full") if full else None
