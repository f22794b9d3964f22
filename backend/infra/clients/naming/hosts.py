"""One host: all of its questions side by side, within its own time, put together by source."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass

from backend.domain.discovery.naming import HostPorts, Named, NameSource, NamingJob
from backend.domain.discovery.report import OsGuess, PortReport, TargetDifficult
from backend.infra.clients.naming import dns, doors, mdns, netbios, ntp, sip, snmp, ssdp
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import DRIP_BYTES, Budget, Gate, Place

LOG = logging.getLogger(__name__)
MANY_PORTS = 200  # more open ports than an honest machine has
SAMPLE = 24
CRUMBS = 10  # ports that said a few bytes nobody understands, on a host that used its time up
Tell = Callable[[Named | TargetDifficult], None]
Ports = dict[tuple[str, int], Answer]
_UDP: dict[int, Callable[[Gate, str, int], Awaitable[Answer | None]]] = {
    53: dns.ask_udp,
    123: ntp.ask_udp,
    5060: sip.ask_udp,
}


@dataclass(frozen=True, slots=True)
class Asking:
    """One host of a job."""

    job: NamingJob
    host: HostPorts
    gate: Gate
    datagrams: Gate
    budget: Budget
    tell: Tell

    async def run(self) -> None:
        """Ask everything and tell what comes; never longer than the host's time."""
        ports: Ports = {}
        work = [*self._names(), *([self._banners(ports)] if self.job.banners else [])]
        begun = [asyncio.create_task(one) for one in work]
        late: set[asyncio.Task[None]] = set()
        try:
            if begun:
                _, late = await asyncio.wait(begun, timeout=self.job.per_host_s)
        finally:
            for task in begun:
                task.cancel()
            trap = self._tell_ports(ports, over=bool(late))
        await asyncio.gather(*begun, return_exceptions=True)
        if late and not trap:
            self._difficult("lagging", f"{self.host.address} did not finish in its time", len(ports))

    async def _banners(self, ports: Ports) -> None:
        tcp = self.host.tcp
        if len(tcp) > MANY_PORTS:
            step = len(tcp) // SAMPLE
            sample = tcp[::step][:SAMPLE]
            await self._doors(sample, ports)
            if is_tarpit([ports.get(("tcp", port)) for port in sample]):
                ports.clear()
                self._difficult("tarpit", f"{len(tcp)} ports are open and answer alike", len(tcp))
                return
            tcp = tuple(port for port in tcp if port not in sample)
        await self._doors(tcp, ports)

    async def _doors(self, tcp: tuple[int, ...], ports: Ports) -> None:
        """Ask these ports; UDP ones go along with the first round."""
        address = self.host.address
        asked = [(("tcp", port), doors.ask(Place(address, port, self.gate, self.budget))) for port in tcp]
        if not any(protocol == "udp" for protocol, _ in ports):
            wanted = [port for port in self.host.udp if port in _UDP and ("udp", port) not in ports]
            asked += [(("udp", port), _awaited(_UDP[port](self.gate, address, port))) for port in wanted]

        async def one(key: tuple[str, int], question: Coroutine[None, None, Answer | None]) -> None:
            answer = await _guarded(question)
            if answer is not None:
                ports[key] = answer

        async with asyncio.TaskGroup() as group:
            for key, question in asked:
                group.create_task(one(key, question))

    def _names(self) -> list[Coroutine[None, None, None]]:
        if not self.job.names:
            return []
        gate, address = self.datagrams, self.host.address
        return [
            self._source("mdns", mdns.ask_udp(gate, address)),
            self._source("ssdp", ssdp.ask_udp(gate, Place(address, ssdp.PORT, self.gate, self.budget))),
            self._source("snmp", snmp.ask_udp(gate, address, public=self.job.snmp_public)),
            *([self._source("netbios", netbios.ask_udp(gate, address))] if ":" not in address else []),
        ]

    async def _source(self, source: NameSource, question: Coroutine[None, None, Answer | None]) -> None:
        answer = await _guarded(question)
        if answer is not None:
            self.tell(_named(self.host.address, source, answer))

    def _tell_ports(self, ports: Ports, *, over: bool) -> bool:
        """Tell what the ports said; whether the host turned out to be a trap. `over`: its time is used up."""
        dripping = [port for (_, port), answer in ports.items() if answer.dripped]
        if dripping:
            self._difficult("tarpit", f"port {dripping[0]} drips and never ends", len(ports))
        elif over and drips_slowly(list(ports.values())):
            self._difficult("tarpit", f"{len(ports)} ports drip until the time is over", len(ports))
            return True
        answers = {key: answer for key, answer in ports.items() if answer.service or answer.scripts}
        if answers:
            self.tell(_banner(self.host.address, answers))
        names = _unique(name for answer in answers.values() for name in answer.certificate_names)
        keys = _unique(key for answer in answers.values() for key in answer.certificate_keys)
        if names or keys:
            self.tell(Named(self.host.address, "tls", names, keys=keys))
        return bool(dripping)

    def _difficult(self, code: str, text: str, ports: int) -> None:
        self.tell(TargetDifficult(self.host.address, code, {"ports": ports}, text))


def is_tarpit(answers: list[Answer | None]) -> bool:
    """Whether so many ports, asked in a sample, all say the same or all drip."""
    said = [(a.service, a.product, a.greeting, a.dripped) if a else None for a in answers]
    return len(set(said)) <= 2 and max(map(said.count, said), default=0) >= 0.9 * len(said)


def drips_slowly(answers: list[Answer]) -> bool:
    """Whether a host used its time up with crumbs on nearly every port: a drip too slow for one conversation."""
    crumbs = sum(answer.service is None and 0 < len(answer.greeting) < DRIP_BYTES for answer in answers)
    return crumbs >= max(CRUMBS, 0.9 * len(answers))


async def _awaited(question: Awaitable[Answer | None]) -> Answer | None:
    return await question


async def _guarded(question: Coroutine[None, None, Answer | None]) -> Answer | None:
    """What a question found out; a fault in it costs its own answer only."""
    try:
        return await question
    except Exception:  # strangers' bytes went through it, and the others have to go on
        LOG.warning("a question failed", exc_info=True)
        return None


def _named(address: str, source: NameSource, answer: Answer) -> Named:
    """What one UDP source says."""
    number = {"mdns": 5353, "ssdp": 1900, "snmp": 161, "netbios": 137}[source]
    port = answer.port("udp", number)
    scripts = port.scripts
    return Named(
        address,
        source,
        hostnames=_unique(answer.hostnames),
        ports=(port,),
        os=answer.os,
        vendor=answer.vendor,
        type_hint=answer.type_hint,
        keys=_unique(answer.keys),
        scripts=scripts,
        mac=answer.mac,
        display_name=answer.display_name,
    )


def _banner(address: str, ports: Ports) -> Named:
    """What the ports of a host say, put together."""
    answers = [ports[key] for key in sorted(ports)]
    systems = [answer.os for answer in answers if answer.os]
    reports: list[PortReport] = [ports[key].port(*key) for key in sorted(ports)]
    return Named(
        address,
        "banner",
        hostnames=_unique(name for answer in answers for name in answer.hostnames),
        ports=tuple(reports),
        os=max(systems, key=_accuracy, default=None),
        vendor=next((answer.vendor for answer in answers if answer.vendor), None),
        type_hint=next((answer.type_hint for answer in answers if answer.type_hint), None),
        keys=_unique(key for answer in answers for key in answer.keys),
    )


def _accuracy(guess: OsGuess) -> int:
    return guess.accuracy


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
