"""NmapRunner: one chunk from its first packet to its outcome, over ports that do the touching.

frames of the scan helper --> lines for people       (out, err)
                          --> reader --> hosts, progress   (xml)
                          --> files                  (xml, nmap, gnmap)
                          --> outcome                (exit, or what cut it short)
"""

import asyncio
import ipaddress
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, suppress
from dataclasses import replace

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.job import NmapJob
from backend.domain.discovery.lines import LineCutter, clean_text
from backend.domain.discovery.outcome import Seen, decide
from backend.domain.discovery.ports import (
    Artifacts,
    ArtifactWriter,
    Exited,
    Frame,
    HelperGone,
    NameResolver,
    NmapProcesses,
    NmapRun,
    Output,
    Refused,
    ReportReader,
    ReportRefused,
    Truncated,
)
from backend.domain.discovery.report import (
    ARTIFACT_KINDS,
    ArtifactKind,
    ChunkFinished,
    HostFinished,
    HostReport,
    Line,
    LineKind,
    Progress,
    RunnerEvent,
)
from backend.domain.discovery.targets import MAX_NAME

STDERR_TAIL = 500


class NmapRunner:
    """Runs chunks. Owns their deadlines and their life: when its iterator closes, nmap is dead."""

    def __init__(
        self,
        processes: NmapProcesses,
        artifacts: Artifacts,
        reader: Callable[[], ReportReader],
        names: NameResolver | None = None,
    ) -> None:
        """Without `names`, hosts go by what they say of themselves."""
        self._processes = processes
        self._artifacts = artifacts
        self._reader = reader
        self._names = names

    async def run(self, job: NmapJob, stop: asyncio.Event | None = None) -> AsyncGenerator[RunnerEvent, None]:
        """Run one chunk; the last event is always ChunkFinished. Setting `stop` ends it kindly, keeping hosts.

        Closing or cancelling the iterator kills nmap too, without further events. Raises nothing of its own:
        whatever goes wrong is the outcome.
        """
        names = self._names if job.options.resolve_names else None
        chunk = _Chunk(job, self._reader(), self._artifacts, names)
        try:
            async with self._processes.start(job) as run, aclosing(chunk.follow(run, stop)) as events:
                async for event in events:
                    yield event
        except HelperGone:
            chunk.cut("helper_gone")
        finally:
            ending = await chunk.close()
        for event in ending:
            yield event


class _Chunk:
    """What is known of one chunk while it runs."""

    def __init__(
        self, job: NmapJob, reader: ReportReader, artifacts: Artifacts, names: NameResolver | None
    ) -> None:
        self._job = job
        self._names = names
        self._artifacts = artifacts
        self._asked = AddressSet.parse(job.targets) - AddressSet.parse(job.exclusions)
        self._reader = reader
        self._seen = Seen()
        limits = job.limits
        self._out: dict[str, LineCutter] = {
            name: LineCutter(limits.line_bytes, limits.text_bytes) for name in ("out", "err")
        }
        self._writers: dict[ArtifactKind, ArtifactWriter] = {}
        self._cut_streams: set[str] = set()

    def cut(self, code: str, **params: str | int | None) -> None:
        """Remember the first reason for which the chunk did not run to its end."""
        if not self._seen.cut_short:
            self._seen.cut_short, self._seen.params = code, params

    async def follow(self, run: NmapRun, stop: asyncio.Event | None) -> AsyncGenerator[RunnerEvent, None]:
        """Turn frames into events until nmap is gone."""
        watchers = [asyncio.create_task(self._deadline(run))]
        if stop is not None:
            watchers.append(asyncio.create_task(self._stop_on(stop, run)))
        try:
            async for frame in run.frames():
                for event in await self._take(frame, run):
                    yield event
        finally:
            for watcher in watchers:
                watcher.cancel()

    async def close(self) -> list[RunnerEvent]:
        """Close the files and decide the outcome."""
        seen = self._seen
        seen.complete = self._reader.complete
        events: list[RunnerEvent] = [
            *(Line(text) for text in self._out["out"].flush()),
            *(Line(text, "err") for text in self._out["err"].flush()),
        ]
        for kind, writer in self._writers.items():
            whole = seen.complete and kind not in self._cut_streams
            events.append(await writer.close(whole=whole))
            seen.disk_full |= writer.disk_full
        events.append(ChunkFinished(decide(seen)))
        return events

    async def _deadline(self, run: NmapRun) -> None:
        await asyncio.sleep(self._job.chunk_timeout_s)
        self.cut("chunk_deadline", seconds=self._job.chunk_timeout_s)
        await run.stop()

    async def _stop_on(self, stop: asyncio.Event, run: NmapRun) -> None:
        await stop.wait()
        self.cut("stopped")
        await run.stop()

    async def _take(self, frame: Frame, run: NmapRun) -> list[RunnerEvent]:
        match frame:
            case Output(stream="out" | "err"):
                return self._lines(frame)
            case Output():
                return await self._result(frame, run)
            case Truncated():
                return await self._truncated(frame, run)
            case Exited(code, signal):
                self._seen.code, self._seen.signal = code, signal
            case Refused(code, params):
                self.cut(code, **{name: value for name, value in params.items() if isinstance(value, str | int)})
        return []

    def _lines(self, frame: Output) -> list[RunnerEvent]:
        kind: LineKind = "err" if frame.stream == "err" else "out"
        texts = self._out[kind].feed(frame.data)
        if kind == "err" and texts:
            self._seen.stderr = "\n".join((self._seen.stderr, *texts)).strip()[-STDERR_TAIL:]
        return [Line(text, kind) for text in texts if not _is_statistics(text)]

    async def _result(self, frame: Output, run: NmapRun) -> list[RunnerEvent]:
        """Bytes for a file; the XML is read as well, and ends the run where it cannot be trusted."""
        for kind in ARTIFACT_KINDS:
            if kind == frame.stream:
                await (await self._writer(kind)).write(frame.data)
        if frame.stream != "xml" or self._seen.cut_short == "xml_refused":
            return []
        try:
            found = self._reader.feed(frame.data)
        except ReportRefused as refused:
            self.cut("xml_refused", reason=str(refused))
            await run.stop()
            return []
        return [event for item in await self._named(found) for event in self._events(item)]

    async def _writer(self, kind: ArtifactKind) -> ArtifactWriter:
        if kind not in self._writers:
            self._writers[kind] = await self._artifacts.open(self._job, kind)
        return self._writers[kind]

    async def _named(self, found: list[HostReport | Progress]) -> list[HostReport | Progress]:
        """Hosts that are up with the names that DNS has for them, asked for side by side."""
        return await asyncio.gather(*(self._with_name(item) for item in found))

    async def _with_name(self, item: HostReport | Progress) -> HostReport | Progress:
        if self._names is None or isinstance(item, Progress) or item.state != "up":
            return item
        name = await self._names.name(item.address)
        if not name:
            return item
        return replace(item, hostnames=(*item.hostnames, clean_text(name, MAX_NAME)))

    def _events(self, item: HostReport | Progress) -> Iterator[RunnerEvent]:
        """A host that was never asked for is not believed: a report is text, and text may be forged."""
        if isinstance(item, Progress):
            yield item
        elif ipaddress.ip_address(item.address) in self._asked:
            self._seen.hosts_done += 1
            yield HostFinished(item)

    async def _truncated(self, frame: Truncated, run: NmapRun) -> list[RunnerEvent]:
        self._cut_streams.add(frame.stream)
        if frame.stream in self._out:
            kind: LineKind = "err" if frame.stream == "err" else "out"
            return [Line(text, kind) for text in self._out[kind].end()]
        if frame.stream == "xml":
            self.cut("output_quota", limit=frame.limit)
            with suppress(HelperGone):
                await run.stop()
        return [Line(f"… [{frame.stream} shortened after {frame.limit} bytes]", "note")]


def _is_statistics(text: str) -> bool:
    """nmap's running commentary on itself: people get it as progress, so it would only bury their lines."""
    return text.startswith(("Stats: ", "NSE: Active NSE Script Threads: ")) or " Timing: About " in text
