"""What people may do with parts of a scan that is at rest: a chunk again, in halves, a parked target again."""

from typing import TYPE_CHECKING

from backend.domain.accounts.actor import Actor
from backend.domain.clock import Clock, utc_now
from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.difficult import DifficultTarget, TargetState
from backend.domain.discovery.ledger import asked, missing, narrowed
from backend.domain.discovery.messages import Message
from backend.domain.discovery.retrying import pieces
from backend.domain.discovery.scan import Chunk, ChunkStatus, NewChunk, Scan
from backend.domain.discovery.service import ScanService, wrong_state
from backend.domain.errors import Conflict, NotFound

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork


class SecondTries:
    """Retries by hand. Each raises Conflict while the scan runs or waits, and NotFound for what is not there."""

    def __init__(self, scans: ScanService, clock: Clock = utc_now) -> None:
        self._scans = scans
        self._clock = clock

    async def retry_chunk(self, work: "UnitOfWork", actor: Actor, scan_id: int, number: int) -> Scan:
        """Run one chunk again: what it is missing, or all of it where it was done."""
        scan, chunks = await self._at_rest(work, actor, scan_id)
        chunk = _numbered(chunks, number)
        if not chunk.target_count:
            raise Conflict(
                "Everything of this chunk went to others", code="chunk_empty", params={"number": number}
            )
        await work.scans.restart(chunk.id, afresh=chunk.status is ChunkStatus.DONE)
        if chunk.status is ChunkStatus.PARKED:
            await self._retried(work, scan_id, chunk)
        await work.audit.record(actor, "retry_chunk", "scan", scan_id, {"chunk": number})
        return await self._scans.queue(work, scan)

    async def split_chunk(self, work: "UnitOfWork", actor: Actor, scan_id: int, number: int) -> Scan:
        """Hand what a chunk is missing to pieces of at most half its size, and run those."""
        scan, chunks = await self._at_rest(work, actor, scan_id)
        chunk = _numbered(chunks, number)
        left = missing(chunk)
        if chunk.status in {ChunkStatus.DONE, ChunkStatus.PARKED} or left.count < 2:
            raise Conflict(
                "Fewer than two addresses of this chunk are missing",
                code="chunk_cannot_be_split",
                params={"number": number},
            )
        first = max(each.number for each in chunks) + 1
        new = [
            NewChunk(number, part.texts(), part.count, chunk.number)
            for number, part in enumerate(pieces(left), start=first)
        ]
        into = ", ".join(str(each.number) for each in new)
        done = asked(chunk)
        told = Message.of("chunk_split_by_person", hosts_done=done.count, missing=left.count, into=into)
        kept = narrowed(chunk, done).ended(ChunkStatus.DONE, told, self._clock())
        await work.scans.narrow(kept)
        await work.scans.save_chunks((kept,))
        await work.scans.add_chunks(scan_id, new)
        await work.audit.record(actor, "split_chunk", "scan", scan_id, {"chunk": number, "into": into})
        return await self._scans.queue(work, scan)

    async def retry_target(
        self, work: "UnitOfWork", actor: Actor, scan_id: int, target_id: int
    ) -> DifficultTarget:
        """Ask a parked target again, in a chunk of its own."""
        scan, chunks = await self._at_rest(work, actor, scan_id)
        target = await work.scans.difficult_target(scan_id, target_id)
        if target is None:
            raise NotFound.of("difficult_target", target_id)
        mine = next((chunk for chunk in chunks if _is_only(chunk, target.address)), None)
        if mine:
            await work.scans.restart(mine.id, afresh=True)
        else:
            number = max(chunk.number for chunk in chunks) + 1
            await work.scans.add_chunks(scan_id, [NewChunk(number, (target.address,), 1, target.chunk)])
        await work.scans.set_target_state(target_id, TargetState.RETRIED)
        await work.audit.record(actor, "retry_target", "scan", scan_id, {"address": target.address})
        await self._scans.queue(work, scan)
        changed = await work.scans.difficult_target(scan_id, target_id)
        assert changed
        return changed

    async def _retried(self, work: "UnitOfWork", scan_id: int, chunk: Chunk) -> None:
        target_id = await work.scans.target_at(scan_id, chunk.targets[0])
        if target_id is not None:
            await work.scans.set_target_state(target_id, TargetState.RETRIED)

    async def _at_rest(self, work: "UnitOfWork", actor: Actor, scan_id: int) -> tuple[Scan, tuple[Chunk, ...]]:
        scan = await self._scans.visible(work, actor, scan_id, lock=True)
        if not scan.can.retry_chunks:
            raise wrong_state(scan, "retried")
        return scan, await work.scans.chunks(scan_id)


def _numbered(chunks: tuple[Chunk, ...], number: int) -> Chunk:
    chunk = next((chunk for chunk in chunks if chunk.number == number), None)
    if chunk is None:
        raise NotFound.of("chunk", number)
    return chunk


def _is_only(chunk: Chunk, address: str) -> bool:
    """Whether the chunk holds this address and no other, and does not run."""
    return (
        chunk.target_count == 1
        and chunk.status is not ChunkStatus.RUNNING
        and AddressSet.parse(chunk.targets) == AddressSet.parse([address])
    )
