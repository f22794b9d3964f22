"""The first stage: who is there, and which ports are open; everything is told at once, or within a second."""

import time
from dataclasses import dataclass, field, replace
from typing import Literal

from backend.domain.discovery.addresses import AddressSet
from backend.domain.discovery.etiquette import Manners
from backend.domain.discovery.options import HostDiscovery, pace, port_ranges, top_ports
from backend.domain.discovery.pipeline.chunk import SWEEP, ChunkRun
from backend.domain.discovery.pipeline.found import Found
from backend.domain.discovery.pipeline.gentle import Parted, known_manners, parted
from backend.domain.discovery.pipeline.tools import PortTable
from backend.domain.discovery.ports import HelperGone, Refused
from backend.domain.discovery.report import AskedPorts, HostReport
from backend.domain.discovery.sweep import Alive, SweepEnded, SweepJob, Swept

FIRST_S = 1.0  # how long a host may wait for its ports before it is told of without them
# With more hosts than this their ports are not listed in the log: the pages have them.
MOST_LISTED = 512
Probe = Literal["arp", "echo", "syn"]
_PROBES: dict[HostDiscovery, tuple[Probe, ...]] = {
    "default": ("arp", "echo", "syn"),
    "ping": ("arp", "echo"),
    "arp": ("arp",),
    "tcp": ("syn",),
    "all_up": (),
}
_WORDS: dict[Probe, str] = {"arp": "ARP", "echo": "ping", "syn": "TCP"}
# Refusals after which a sweep without raw sockets, or nmap itself, would be refused too.
_HARD = frozenset({"scope_refused", "helper_busy", "helper_gone"})


@dataclass(slots=True)
class _Told:
    """Hosts that wait to be told of, and since when."""

    waiting: list[Found] = field(default_factory=list)
    since: float = 0.0


class Sweep:
    """Runs the sweep of one chunk."""

    def __init__(self, run: ChunkRun) -> None:
        self._run = run
        self._told = _Told()
        self._delicate: dict[str, Manners] = {}
        self._parted = Parted(None, None, {})
        self._tcp = numbers(run.tools.ports, "tcp", run.options.tcp_ports)
        self._udp = numbers(run.tools.ports, "udp", run.options.udp_ports)

    async def work(self) -> bool:
        """Sweep; False where nobody here can, so that somebody else has to look."""
        run, raw = self._run, self._run.job.raw
        if run.options.etiquette:
            self._delicate = known_manners(tuple(await run.tools.delicate(run.job.targets)))
        await run.note(self._question(raw=raw))
        refused = await self._try(raw=raw)
        if refused and raw and refused.code not in _HARD:
            await run.note(f"The sweep was refused ({refused.code}): TCP connections look instead")
            refused = await self._try(raw=False)
        if refused and refused.code not in _HARD:
            await run.note(f"There is no sweep here ({refused.code}): nmap looks by itself")
            return False
        if refused:
            run.cut(refused.code, **dict(refused.params))
        return True

    async def _try(self, *, raw: bool) -> Refused | None:
        """The refusal, where there was one."""
        self._parted = parted(self._job(raw=raw), self._delicate, self._run.tools.ports)
        jobs = [job for job in (self._parted.others, self._parted.gentle) if job]
        ends: list[SweepEnded] = []
        for number, job in enumerate(jobs):
            if job is self._parted.gentle:
                await self._run.note(_gently(job))
            end = await self._sweep(job, number / len(jobs), 1 / len(jobs))
            if isinstance(end, Refused):
                return end
            ends.append(end)
            if end.code != "success":
                break
        await self._ended(_together(ends))
        return None

    async def _sweep(self, job: SweepJob, before: float, share: float) -> SweepEnded | Refused:
        run = self._run
        job = replace(job, deadline_s=run.left_s)
        try:
            async with run.tools.sweeps.sweep(job) as sweep, run.halt.stops(sweep.stop):
                async for event in sweep.events():
                    if not isinstance(event, Swept):
                        return event
                    await self._take(replace(event, fraction=before + share * event.fraction))
        except HelperGone:
            pass
        return Refused("helper_gone", {})

    async def _take(self, event: Swept) -> None:
        for alive in event.alive:
            self._met(alive)
        for port in event.ports:
            host = self._run.hosts.get(port.address)
            if host is None and port.state == "open":
                host = self._met(Alive(port.address, "syn_ack" if port.protocol == "tcp" else "udp"))
            if host:
                host.saw(port)
        await self._flush()
        await self._run.progress(SWEEP, event.fraction)

    def _met(self, alive: Alive) -> Found:
        run = self._run
        if alive.address in run.hosts:
            return run.hosts[alive.address]
        host = Found.of(alive, run.tools.clock())
        host.maker = run.tools.makers.vendor_of(host.mac) if host.mac else None
        host.manners = self._parted.manners.get(host.address)
        host.spared = host.manners is not None
        run.hosts[alive.address] = host
        self._told.waiting.append(host)
        return host

    async def _flush(self) -> None:
        """Tell of hosts that have waited; where nothing more is asked of them, at once and for good."""
        told, run = self._told, self._run
        now = time.monotonic()
        if not told.waiting:
            told.since = now
        elif run.only_sweeps or now - told.since >= FIRST_S:
            for host in told.waiting:
                await run.tell_sweep(host, final=run.only_sweeps)
            told.waiting, told.since = [], now

    async def _ended(self, ended: SweepEnded) -> None:
        run = self._run
        whole = ended.code == "success"
        if not whole and not run.halt:
            run.cut("sweep_failed", reason=ended.code)
        if self._tcp and whole:
            run.asked = (AskedPorts("tcp", spelled(self._tcp)),)
            gently = self._parted.gentle.tcp_ports if self._parted.gentle else ()
            run.asked_gently = (AskedPorts("tcp", spelled(gently)),) if gently else ()
        if run.only_sweeps:
            await self._tell_all(self._told.waiting, final=True)
        else:
            await self._tell_all(list(run.hosts.values()), final=not (run.wants_names or run.wants_details))
        if whole:
            await self._tell_silent()
        await run.note(self._answer(ended))
        await self._list_ports()

    async def _tell_all(self, hosts: list[Found], *, final: bool) -> None:
        for host in hosts:
            await self._run.judge(host)
            await self._run.tell_sweep(host, final=final)
        self._told.waiting = []

    async def _tell_silent(self) -> None:
        """Silence is news of those only that were there before: nothing is done for each of the others."""
        run = self._run
        known = await run.tools.known(run.job.targets)
        for address in known:
            if address not in run.hosts:
                now = run.tools.clock()
                silent = HostReport(address, "down", "no-response", source="sweep", finished_at=now, asked=())
                await run.tell(silent, final=True)

    async def _list_ports(self) -> None:
        hosts = [host for host in self._run.hosts.values() if host.ports]
        if len(hosts) > MOST_LISTED:
            return
        for host in hosts:
            shown = [f"{number}/{protocol}" for protocol, number in sorted(host.ports, key=lambda k: (k[1], k[0]))]
            more = f" and {len(shown) - 40} more" if len(shown) > 40 else ""
            await self._run.note(f"{host.address}: {', '.join(shown[:40])}{more}")

    def _job(self, *, raw: bool) -> SweepJob:
        run = self._run
        return SweepJob(
            uid=run.job.uid,
            targets=run.job.targets,
            scope=run.job.scope,
            exclusions=run.job.exclusions,
            probes=_PROBES[run.options.host_discovery],
            tcp_ports=self._tcp,
            udp_ports=self._udp,
            rate=pace(run.options),
            deadline_s=run.left_s,
            raw=raw,
        )

    def _question(self, *, raw: bool) -> str:
        run = self._run
        count = (AddressSet.parse(run.job.targets) - AddressSet.parse(run.job.exclusions)).count
        ways = [_WORDS[probe] for probe in _PROBES[run.options.host_discovery]] if raw else ["TCP connections"]
        ports = [f"{len(asked)} {name} ports" for name, asked in (("TCP", self._tcp), ("UDP", self._udp)) if asked]
        first = f"Sweep: asking {count} addresses by {', '.join(ways) or 'their ports'}"
        then = f", then {' and '.join(ports)} of those that answer" if ports else ""
        return f"{first}{then}, at most {pace(run.options)} packets a second"

    def _answer(self, ended: SweepEnded) -> str:
        run = self._run
        ports = sum(len(host.ports) for host in run.hosts.values())
        opened = f", {ports} open ports" if self._tcp or self._udp else ""
        lost = f", {ended.loss:.1%} lost" if ended.loss else ""
        sent = f"{ended.sent} packets sent in {ended.passes} passes{lost}"
        return f"Sweep: {len(run.hosts)} devices{opened} in {run.seconds(run.began)} ({sent})"


def _together(ends: list[SweepEnded]) -> SweepEnded:
    """What the parts cost in all; as they ended where one of them did not succeed."""
    return replace(
        ends[-1],
        sent=sum(end.sent for end in ends),
        received=sum(end.received for end in ends),
        passes=max(end.passes for end in ends),
        loss=max(end.loss for end in ends),
    )


def _gently(job: SweepJob) -> str:
    """What is done for known delicate devices, as a line."""
    count = len(job.targets)
    ports = f", then {len(job.tcp_ports)} usual TCP ports" if job.tcp_ports else ""
    ways = ", ".join(_WORDS[probe] for probe in job.probes) if job.raw else "TCP connections"
    how = f"by {ways or 'their ports'}{ports}, {job.rate} packets a second"
    return f"Sweep: {count} known delicate devices apart, {how}"


def numbers(table: PortTable, protocol: Literal["tcp", "udp"], text: str | None) -> tuple[int, ...]:
    """The ports that an option means."""
    if not text:
        return ()
    common = top_ports(text)
    if common is not None:
        return table.most_common(protocol, common)
    return tuple(n for first, last in port_ranges(text) for n in range(first, last + 1))


def spelled(ports: tuple[int, ...]) -> str:
    """Sorted ports as `22,80,1000-1100`."""
    spans: list[list[int]] = []
    for number in sorted(ports):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in spans)
