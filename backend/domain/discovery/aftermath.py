"""What becomes of a chunk whose attempt is over: done, again, in pieces, put aside, or left for later."""

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.chunk_board import ChunkBoard
from backend.domain.discovery.events import ChunkChanged
from backend.domain.discovery.hosts import HostCounter
from backend.domain.discovery.ledger import narrowed
from backend.domain.discovery.messages import Message
from backend.domain.discovery.recorder import ScanRecorder
from backend.domain.discovery.report import ChunkOutcome, TargetDifficult
from backend.domain.discovery.retrying import FUTILE_ATTEMPTS, INNOCENT, is_failure, next_step, pieces
from backend.domain.discovery.scan import Chunk, ChunkStatus, NewChunk, Scan, ScanStatus
from backend.domain.discovery.verdict import FATAL
from backend.domain.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from backend.domain.discovery.life import Surroundings


class Aftermath:
    """Decides, says so, and writes it down."""

    def __init__(
        self,
        scan: Scan,
        board: ChunkBoard,
        hosts: HostCounter,
        *,
        recorder: ScanRecorder,
        around: "Surroundings",
        stop: asyncio.Event,
    ) -> None:
        self._scan = scan
        self._board = board
        self._hosts = hosts
        self._recorder = recorder
        self._around = around
        self._stop = stop
        self._helper_wait = asyncio.Lock()
        self._splitting = asyncio.Lock()
        self._futile = 0
        self.fatal = ""  # why no further chunk is tried

    def fatal_message(self, done: int) -> Message:
        """Why the scan ended early, and what to do."""
        total = len(self._board.all)
        if self.fatal in FATAL:
            return Message.of(self.fatal, done=done, total=total)
        return Message.of("scan_futile", attempts=self._futile, cause=self.fatal, done=done, total=total)

    async def take(self, number: int, outcome: ChunkOutcome, ending: ScanStatus | None) -> None:
        """Take the end of an attempt; `ending` says why the whole scan ends, if it does."""
        chunk = self._board[number]
        if outcome.status == "done":
            self._futile = 0
            told = Message(outcome.code, outcome.params, outcome.text) if outcome.code != "success" else None
            await self.end(number, ChunkStatus.DONE, told)
        elif ending is ScanStatus.STOPPED:
            told = Message.of("chunk_stopped", hosts_done=chunk.hosts_done, targets=chunk.target_count)
            await self.end(number, ChunkStatus.STOPPED, told)
        elif ending is not None:
            code = "chunk_interrupted" if ending is ScanStatus.QUEUED else "chunk_paused"
            told = Message.of(code, hosts_done=chunk.hosts_done, targets=chunk.target_count)
            await self._leave(chunk, told)
        else:
            await self._failed(chunk, outcome)

    async def end(self, number: int, status: ChunkStatus, told: Message | None) -> None:
        """A chunk comes to rest."""
        if told:
            await self._recorder.note(told.text, number)
        await self._board.set(self._board[number].ended(status, told, self._around.clock()))
        self._hosts.done_with(number)

    async def _leave(self, chunk: Chunk, told: Message) -> None:
        await self._recorder.note(told.text, chunk.number)
        await self._board.set(chunk.waiting(told))

    async def _failed(self, chunk: Chunk, outcome: ChunkOutcome) -> None:
        left = self._hosts[chunk.number].missing()
        if not left:  # it told of everybody before it fell
            await self.end(chunk.number, ChunkStatus.DONE, None)
            return
        chunk = replace(chunk, failures=chunk.failures + is_failure(chunk, outcome.code))
        self._board.keep(chunk)
        self._count_futile(outcome, came_further=self._hosts[chunk.number].came_further)
        match next_step(chunk, left, outcome.code):
            case "again":
                await self._again(chunk, outcome)
            case "split":
                await self.split(chunk, left, outcome)
            case "park":
                await self._park(chunk, left, outcome)
            case "give_up":
                await self._give_up(chunk, outcome)
        if outcome.code in INNOCENT:
            await self._await_helper()

    def _count_futile(self, outcome: ChunkOutcome, *, came_further: bool) -> None:
        """Notice that it is not the targets that are at fault, before every one of them is put aside."""
        if outcome.code in FATAL and outcome.code not in INNOCENT:
            self.fatal = outcome.code
        if outcome.code in INNOCENT:
            return
        self._futile = 0 if came_further else self._futile + 1
        if self._futile >= FUTILE_ATTEMPTS:
            self.fatal = outcome.code

    async def _again(self, chunk: Chunk, outcome: ChunkOutcome) -> None:
        told = Message.of(
            "chunk_again", reason=_reason(outcome), hosts_done=chunk.hosts_done, targets=chunk.target_count
        )
        await self._leave(chunk, replace(told, code=outcome.code, params={**outcome.params, **told.params}))

    async def _give_up(self, chunk: Chunk, outcome: ChunkOutcome) -> None:
        kept = Message.of(
            "chunk_partial", hosts_done=chunk.hosts_done, targets=chunk.target_count, reason=outcome.text
        )
        told = Message(outcome.code, {**outcome.params, **kept.params}, kept.text)
        status = ChunkStatus.PARTIAL if chunk.hosts_done else ChunkStatus.FAILED
        await self.end(chunk.number, status, told)

    async def _park(self, chunk: Chunk, left: AddressSet, outcome: ChunkOutcome) -> None:
        address = str(next(iter(left)))
        told = Message.of(
            "chunk_parked",
            reason=_reason(outcome),
            cause=outcome.code,
            address=address,
            attempts=chunk.attempts,
        )
        await self._hosts.put_aside(
            chunk.number, TargetDifficult(address, "scan_fault", {"cause": outcome.code}, told.text)
        )
        whole = chunk.target_count > 1
        await self.end(chunk.number, ChunkStatus.DONE if whole else ChunkStatus.PARKED, told)

    async def split(self, chunk: Chunk, left: AddressSet, outcome: ChunkOutcome) -> None:
        """Hand what is missing to pieces of its own; the chunk keeps what it has finished."""
        async with self._splitting:
            await self._recorder.drain()  # no host of it may be stored after its addresses are others'
            ledger = self._hosts[chunk.number]
            ledger.forget(left)
            first = self._board.highest + 1
            new = [
                NewChunk(number, part.texts(), part.count, chunk.number, chunk.failures)
                for number, part in enumerate(pieces(left), start=first)
            ]
            told = Message.of(
                "chunk_split",
                reason=_reason(outcome),
                cause=outcome.code,
                hosts_done=chunk.target_count - left.count,
                missing=left.count,
                into=_numbers(new),
            )
            kept = narrowed(ledger.counted(chunk), ledger.asked())
            kept = kept.ended(ChunkStatus.DONE, told, self._around.clock())

            async def write(work: UnitOfWork) -> tuple[Chunk, ...]:
                await work.scans.narrow(kept)
                await work.scans.save_chunks((kept,))
                made = await work.scans.add_chunks(self._scan.id, new)
                for each in (kept, *made):
                    work.collect(ChunkChanged(each))
                return made

            made = await self._around.patiently(write)
            await self._board.adopt(made)
            await self._recorder.note(told.text, chunk.number)
            await self._board.set(kept)
            self._hosts.done_with(chunk.number)

    async def _await_helper(self) -> None:
        """Wait for the scan helper, for as long as patience lasts; then nothing more is tried."""
        async with self._helper_wait:
            patience = self._around.patience
            loop = asyncio.get_running_loop()
            since = loop.time()
            await self._pause(patience.helper_retry_s)
            if self._stop.is_set() or self.fatal or await self._around.helper():
                return
            await self._recorder.note(Message.of("helper_waiting", minutes=_minutes(patience.helper_s)).text)
            while loop.time() - since < patience.helper_s:
                await self._pause(patience.helper_retry_s)
                if self._stop.is_set():
                    return
                if await self._around.helper():
                    back = Message.of("helper_back", seconds=round(loop.time() - since))
                    await self._recorder.note(back.text)
                    return
            self.fatal = "helper_gone"
            self._board.changed.set()

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return


def _reason(outcome: ChunkOutcome) -> str:
    return (outcome.text or outcome.code).rstrip(".")


def _numbers(chunks: list[NewChunk]) -> str:
    return ", ".join(str(chunk.number) for chunk in chunks)


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))
