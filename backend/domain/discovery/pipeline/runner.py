"""PipelineRunner: one chunk in stages, the sketch of all its addresses before the details of any.

    sweep --hosts, ports--> names --who and what--> nmap in groups --the rest--> outcome
      |                       |                        |
      '--observations at once-'------------------------'        each of a source of its own

What a stage cannot do, the next ones do without, and the log says so. Where nobody can sweep, nmap does all.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace

from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.outcome import decide
from backend.domain.discovery.pipeline.asking import Asking
from backend.domain.discovery.pipeline.chunk import ChunkRun
from backend.domain.discovery.pipeline.details import Details
from backend.domain.discovery.pipeline.files import ChunkFiles
from backend.domain.discovery.pipeline.sweeping import Sweep
from backend.domain.discovery.pipeline.tools import Tools
from backend.domain.discovery.report import ChunkFinished, HostReport, RunnerEvent
from backend.domain.discovery.runner import NmapRunner

WAITING = 256  # events; a reader that is behind makes the stages wait, and with them who sends packets


class PipelineRunner:
    """Runs chunks. When its iterator closes, everything that it started is dead."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._nmap = NmapRunner(tools.processes, tools.artifacts, tools.reader, tools.names)

    async def run(self, job: NmapJob, stop: asyncio.Event | None = None) -> AsyncGenerator[RunnerEvent, None]:
        """Run one chunk; the last event is always ChunkFinished. Setting `stop` ends it kindly, keeping hosts.

        Closing or cancelling the iterator ends every stage at once, without further events.
        """
        if not job.options.sweep:
            async with aclosing(self._nmap.run(job, stop)) as events:
                async for event in events:
                    yield event
            return
        queue: asyncio.Queue[RunnerEvent | None] = asyncio.Queue(WAITING)
        work = asyncio.create_task(self._work(job, stop, queue))
        try:
            while (item := await queue.get()) is not None:
                yield item
            await work
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)

    async def _work(
        self, job: NmapJob, stop: asyncio.Event | None, queue: asyncio.Queue[RunnerEvent | None]
    ) -> None:
        try:
            run = ChunkRun(job, self._tools, queue.put)
            async with run.halt.watching(stop, job.chunk_timeout_s):
                alone = await Sweep(run).work()
                if alone:
                    await self._after_sweep(run)
            if not alone:
                await self._with_nmap_alone(job, stop, queue)
        except Exception:
            await queue.put(None)
            raise
        await queue.put(None)

    async def _after_sweep(self, run: ChunkRun) -> None:
        files = ChunkFiles(self._tools.artifacts, run.job)
        details = Details(run, files)
        if not run.seen.cut_short and not run.halt:
            if run.wants_names:
                await Asking(run).work()
            if run.wants_details:
                await details.work()
        if run.halt:
            run.cut(run.halt.reason, **_why(run))
        run.seen.complete = not run.seen.cut_short
        await self._finish(run, files, details.reported)

    async def _finish(self, run: ChunkRun, files: ChunkFiles, reported: set[str]) -> None:
        """The last word on every host that has none yet, the files, and the outcome."""
        whole = run.seen.complete or run.seen.cut_short == "details_missing"
        for host in run.hosts.values():
            if whole and not host.final:
                await run.tell_sweep(host, final=True)
        run.seen.hosts_done = max(run.seen.hosts_done, len(run.hosts))
        await files.add(self._written(run, address) for address in run.hosts if address not in reported)
        written, run.seen.disk_full = await files.close(whole=whole)
        for item in written:
            await run.emit(item)
        await run.emit(ChunkFinished(decide(run.seen)))

    def _written(self, run: ChunkRun, address: str) -> HostReport:
        host = run.hosts[address]
        return replace(host.report(self._tools.ports, ()), hostnames=tuple(host.names))

    async def _with_nmap_alone(
        self, job: NmapJob, stop: asyncio.Event | None, queue: asyncio.Queue[RunnerEvent | None]
    ) -> None:
        async with aclosing(self._nmap.run(job, stop)) as events:
            async for event in events:
                await queue.put(event)


def _why(run: ChunkRun) -> dict[str, int]:
    return {"seconds": run.job.chunk_timeout_s} if run.halt.reason == "chunk_deadline" else {}
