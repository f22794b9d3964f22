"""The second stage: what hosts are called, and what is behind their ports, by short conversations of our own."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from backend.domain.discovery.lines import clean_text
from backend.domain.discovery.naming import HostPorts, Named, NamingEnded, NamingJob
from backend.domain.discovery.pipeline.chunk import NAMES, ChunkRun, stamped
from backend.domain.discovery.pipeline.found import Found
from backend.domain.discovery.ports import HelperGone, Refused
from backend.domain.discovery.report import HostReport, TargetDifficult
from backend.domain.discovery.targets import MAX_NAME

HOSTS_AT_ONCE = 512
PORTS_AT_ONCE = 20_000
# A host has 15 s at most, hosts are asked side by side: a minute is patience for any batch.
BATCH_S = 60.0
PER_HOST_S = 15.0
GENTLE_CONVERSATIONS = 1
RESOLVER_S = 20.0


class Asking:
    """Asks the hosts of one chunk who they are."""

    def __init__(self, run: ChunkRun) -> None:
        self._run = run
        self._done = 0
        self._asked = 0
        self._missing = ""

    async def work(self) -> None:
        """Ask all of them; what cannot be asked is said and left out."""
        run, began = self._run, time.monotonic()
        hosts = list(run.hosts.values())
        if not hosts or run.halt:
            return
        ports = sum(len(host.ports) for host in hosts) if run.options.service_versions else 0
        what = f" and {ports} ports what they are" if ports else ""
        await run.note(f"Names: asking {len(hosts)} devices who they are{what}")
        for batch in _batches(hosts):
            if run.halt or self._missing:
                break
            await self._ask(batch, gentle=batch[0].manners is not None)
        if self._missing:
            await self._ask_resolver(hosts)
        named = sum(bool(host.names) for host in hosts)
        known = sum(len(host.named) for host in hosts)
        told = f" and {known} ports are known" if ports else ""
        await run.note(f"Names: {named} of {len(hosts)} devices have names{told}, in {run.seconds(began)}")

    async def _ask(self, batch: Sequence[Found], *, gentle: bool) -> None:
        run = self._run
        if run.tools.namings is None:
            self._missing = "no_naming"
            return
        try:
            job = self._job(batch, gentle=gentle)
            async with run.tools.namings.ask(job) as naming, run.halt.stops(naming.stop):
                async for event in naming.events():
                    await self._take(event)
        except HelperGone:
            self._missing = "helper_gone"
        for host in batch:
            host.spoken_to = not self._missing
            await self._release(host)
        self._asked += len(batch)
        await run.progress(NAMES, self._asked / max(1, len(run.hosts)))

    async def _take(self, event: Named | TargetDifficult | NamingEnded | Refused) -> None:
        run = self._run
        match event:
            case Named() if event.address in run.hosts:
                await self._named(run.hosts[event.address], event)
            case TargetDifficult() if event.address in run.hosts:
                run.hosts[event.address].difficult = event.code
                await run.emit(event)
            case Refused(code, _):
                self._missing = code
            case NamingEnded(code) if code not in {"success", "stopped"}:
                await run.note(f"Names: ended early ({code})")

    async def _named(self, host: Found, named: Named) -> None:
        """Tell it; of a host with more ports than an honest one, once it is known to be honest."""
        if host.suspicious and named.ports:
            host.held_back.append(named)
            return
        host.told(named)
        report = named.report()
        if host.difficult:
            report = replace(report, ports=())
        await self._run.tell(stamped(report, self._run))

    async def _release(self, host: Found) -> None:
        """The conversations with a host are over: tell what was held back, unless it lied."""
        run = self._run
        if host.suspicious and not host.difficult:
            await run.tell_sweep(host, final=False)
        for named in host.held_back:
            host.told(named)
            report = replace(named.report(), ports=()) if host.difficult else named.report()
            await run.tell(stamped(report, run))
        host.held_back = []
        await run.judge(host)

    def _job(self, batch: Sequence[Found], *, gentle: bool) -> NamingJob:
        run, options = self._run, self._run.options
        hosts = tuple(
            HostPorts(
                host.address,
                host.speakable("tcp", etiquette=options.etiquette),
                host.speakable("udp", etiquette=options.etiquette),
            )
            for host in batch
        )
        deadline = min(BATCH_S, run.left_s)
        standard = NamingJob(run.job.uid, hosts, run.job.scope)
        return replace(
            standard,
            names=options.resolve_names,
            banners=options.service_versions,
            deadline_s=deadline,
            per_host_limit=GENTLE_CONVERSATIONS if gentle else standard.per_host_limit,
            per_host_s=min(PER_HOST_S, deadline),
        )

    async def _ask_resolver(self, hosts: Sequence[Found]) -> None:
        """Nobody here can ask the hosts themselves: the resolver's names are better than none."""
        run = self._run
        await run.note(f"Names: the hosts cannot be asked ({self._missing}); the resolver is")
        if run.tools.names is None or not run.options.resolve_names:
            return
        asking = [asyncio.create_task(self._resolve(host)) for host in hosts if not host.names]
        if asking:
            _, late = await asyncio.wait(asking, timeout=min(RESOLVER_S, run.left_s))
            for task in late:
                task.cancel()

    async def _resolve(self, host: Found) -> None:
        run = self._run
        name = await run.tools.names.name(host.address) if run.tools.names else None
        if name:
            text = clean_text(name, MAX_NAME)
            host.names[text] = None
            report = HostReport(host.address, "up", "dns", (text,), source="dns", asked=())
            await run.tell(stamped(report, run))


def _batches(hosts: Sequence[Found]) -> Iterator[list[Found]]:
    """Hosts in batches that fit into one job; delicate ones apart from the others."""
    for gentle in (False, True):
        batch: list[Found] = []
        ports = 0
        for host in hosts:
            if (host.manners is not None) is not gentle:
                continue
            if batch and (len(batch) >= HOSTS_AT_ONCE or ports + len(host.ports) > PORTS_AT_ONCE):
                yield batch
                batch, ports = [], 0
            batch.append(host)
            ports += len(host.ports)
        if batch:
            yield batch
