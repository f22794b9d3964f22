"""Takes what a runner tells of a chunk: counts by address, and puts difficult targets aside."""

from dataclasses import replace
from pathlib import PurePath

from backend.domain.discovery.chunk_board import ChunkBoard
from backend.domain.discovery.difficult import TargetState
from backend.domain.discovery.ledger import ChunkLedger, SeenHost
from backend.domain.discovery.messages import Message
from backend.domain.discovery.options import effective, port_count
from backend.domain.discovery.progress import ScanProgress
from backend.domain.discovery.recorder import ScanRecorder
from backend.domain.discovery.report import (
    ArtifactWritten,
    ChunkFinished,
    HostFinished,
    HostReport,
    Line,
    Progress,
    RunnerEvent,
    TargetDifficult,
)
from backend.domain.discovery.scan import Chunk, Scan
from backend.domain.discovery.tarpit import tarpit
from backend.domain.unit_of_work import Patiently, UnitOfWork


class HostCounter:
    """The hosts of one running scan."""

    def __init__(self, scan: Scan, board: ChunkBoard, recorder: ScanRecorder, progress: ScanProgress) -> None:
        self._scan = scan
        self._board = board
        self._recorder = recorder
        self._progress = progress
        self._labels = {address: name for name, found in scan.names.items() for address in found}
        options, _ = effective(scan.options, raw=scan.raw_sockets)
        self._asked = port_count(options.tcp_ports)
        self._ledgers: dict[int, ChunkLedger] = {}
        self._traps: set[str] = set()
        # What was told of ports in chunks that run: a later source may call a host a trap, whatever its ports.
        self._told: dict[int, dict[str, dict[str, HostReport]]] = {}
        self.difficult: dict[str, TargetState] = {}

    @property
    def parked(self) -> int:
        """How many addresses are put aside."""
        return sum(state is TargetState.PARKED for state in self.difficult.values())

    def __getitem__(self, number: int) -> ChunkLedger:
        return self._ledgers[number]

    async def begin(self, chunk: Chunk, patiently: Patiently) -> ChunkLedger:
        """The ledger of a chunk that starts: what earlier attempts found counts on."""
        if chunk.number not in self._ledgers:
            seen: tuple[SeenHost, ...] = ()
            if chunk.attempts > 1:

                async def stored(work: UnitOfWork) -> tuple[SeenHost, ...]:
                    return await work.scans.seen(chunk.id)

                seen = await patiently(stored)
            self._ledgers[chunk.number] = ChunkLedger(chunk, seen)
        ledger = self._ledgers[chunk.number]
        ledger.begin()
        return ledger

    def done_with(self, number: int) -> None:
        """A chunk has come to rest; its hosts need no memory any more."""
        self._ledgers.pop(number, None)
        self._told.pop(number, None)

    async def take(self, number: int, event: RunnerEvent) -> None:
        """Take one event of a chunk, all but its end."""
        match event:
            case Line():
                await self._recorder.line(number, event)
            case HostFinished(report, final):
                await self._host(number, report, final=final)
            case TargetDifficult():
                await self.put_aside(number, event)
            case ArtifactWritten():
                path = f"{self._scan.uid}/{PurePath(event.path).name}"
                await self._recorder.file(self._board[number], replace(event, path=path))
            case Progress():
                self._progress.task(self._board[number], event)
                self._recorder.touch()
            case ChunkFinished():  # taken by the caller
                pass

    async def put_aside(self, number: int, target: TargetDifficult) -> None:
        """Put a target aside: the rest of its chunk goes on without it."""
        self._ledgers[number].finish(target.address)
        self.difficult[target.address] = TargetState.PARKED
        await self._recorder.note(target.text, number)
        await self._recorder.difficult(number, target)
        if target.code == "tarpit":
            await self._close_trap(number, target.address)
        self._count(number)

    async def _host(self, number: int, report: HostReport, *, final: bool) -> None:
        report = self._labelled(report)
        trouble = tarpit(report, self._asked)
        if trouble and report.address not in self._traps:
            await self.put_aside(number, trouble)
        elif report.timed_out and report.address not in self.difficult:
            await self.put_aside(number, self._timed_out(report))
        await self._store(number, report, final=final)
        if final and self.difficult.get(report.address) is TargetState.RETRIED:
            self.difficult[report.address] = TargetState.RELEASED
            await self._recorder.released(number, report.address)

    async def _store(self, number: int, report: HostReport, *, final: bool) -> None:
        if report.address in self._traps:
            report = replace(report, ports=())
        elif final:
            self._told.get(number, {}).pop(report.address, None)
        elif report.ports:
            told = self._told.setdefault(number, {})
            told.setdefault(report.address, {})[report.source] = report
        self._ledgers[number].take(report, final=final)
        await self._recorder.host(self._count(number), report)

    async def _close_trap(self, number: int, address: str) -> None:
        """None of a trap's ports stays: what other sources said of them is said again without."""
        self._traps.add(address)
        for report in self._told.get(number, {}).pop(address, {}).values():
            await self._store(number, report, final=False)

    def _labelled(self, report: HostReport) -> HostReport:
        """The report with the name that a person typed for the address."""
        label = self._labels.get(report.address)
        if label and label not in report.hostnames:
            return replace(report, hostnames=(label, *report.hostnames))
        return report

    def _timed_out(self, report: HostReport) -> TargetDifficult:
        seconds = self._scan.host_timeout_s
        told = Message.of("target_timed_out", address=report.address, seconds=seconds)
        return TargetDifficult(report.address, "timed_out", {"seconds": seconds}, told.text)

    def _count(self, number: int) -> Chunk:
        chunk = self._ledgers[number].counted(self._board[number])
        self._board.keep(chunk)
        return chunk
