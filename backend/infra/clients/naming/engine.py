"""All hosts of a job at once: so many conversations, so many hosts, so much time, and not more."""

import asyncio
import logging
from collections.abc import AsyncIterator

from backend.domain.discovery.naming import HostPorts, Named, NamingEnded, NamingEvent, NamingJob
from backend.infra.clients.naming.hosts import Asking
from backend.infra.clients.naming.reverse import Resolvers, ReverseNames, system_resolvers
from backend.infra.clients.naming.talk import Budget, Gate

LOG = logging.getLogger(__name__)
TALKS_AT_ONCE = 400
DATAGRAMS_AT_ONCE = 5000
HOSTS_AT_ONCE = 1000


class NamingEngine:
    """Asks the hosts of one job. The job has been judged; whoever gets this far is asked."""

    def __init__(self, job: NamingJob, resolvers: Resolvers | None = None, budget: Budget | None = None) -> None:
        self._job = job
        self._budget = budget or Budget()
        self._reverse = ReverseNames(system_resolvers() if resolvers is None else resolvers)
        self._talks = asyncio.Semaphore(TALKS_AT_ONCE)
        self._datagrams = asyncio.Semaphore(DATAGRAMS_AT_ONCE)
        self._hosts = asyncio.Semaphore(HOSTS_AT_ONCE)
        self._asked = [0]
        self._named = 0
        self._events: asyncio.Queue[NamingEvent | None] = asyncio.Queue()
        self._stopped = asyncio.Event()

    def stop(self) -> None:
        """End it at once; what was learnt still comes."""
        self._stopped.set()

    async def events(self) -> AsyncIterator[NamingEvent]:
        """What each source says, as it comes, then NamingEnded."""
        work = asyncio.create_task(self._work())
        watch = asyncio.create_task(self._watch(work))
        try:
            while (event := await self._events.get()) is not None:
                yield event
            yield NamingEnded(await watch, asked=self._asked[0], named=self._named)
        finally:
            for task in (work, watch):
                task.cancel()
            await asyncio.gather(work, watch, return_exceptions=True)

    async def _watch(self, work: asyncio.Task[None]) -> str:
        """Wait for the end of the work, of its time, or of our patience; answers which it was."""
        stop = asyncio.create_task(self._stopped.wait())
        done, _ = await asyncio.wait(
            {work, stop}, timeout=self._job.deadline_s, return_when=asyncio.FIRST_COMPLETED
        )
        stop.cancel()
        code = "success" if work in done else "stopped" if stop in done else "deadline"
        work.cancel()
        (fault,) = await asyncio.gather(work, return_exceptions=True)
        if isinstance(fault, Exception):
            LOG.error("naming failed", exc_info=fault)
            code = "fault"
        self._events.put_nowait(None)
        return code

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as group:
            if self._job.names:
                addresses = [host.address for host in self._job.hosts]
                group.create_task(self._reverse.every(addresses, self._tell_dns))
            for host in self._job.hosts:
                group.create_task(self._host(host))

    async def _host(self, host: HostPorts) -> None:
        async with self._hosts:
            one = asyncio.Semaphore(self._job.per_host_limit)
            talks, datagrams = Gate(self._talks, one, self._asked), Gate(self._datagrams, one, self._asked)
            await Asking(self._job, host, talks, datagrams, self._budget, self._tell).run()

    def _tell_dns(self, address: str, name: str) -> None:
        self._tell(Named(address, "dns", (name,)))

    def _tell(self, event: NamingEvent) -> None:
        self._named += isinstance(event, Named)
        self._events.put_nowait(event)
