"""The second look at a host whose check failed: ARP and echo through the scan helper, else a knock at TCP ports.

What is asked at about the same time is asked together: a thousand targets that fail at once are one sweep.
"""

import asyncio
import errno
import socket
from contextlib import suppress
from ipaddress import ip_address
from typing import Protocol
from uuid import uuid4

from backend.domain.discovery.ports import HelperGone, Refused, ScanPowers
from backend.domain.discovery.scope import AllowedNetwork, Scope
from backend.domain.discovery.sweep import Alive, SweepEnded, SweepJob, Sweeps, Swept
from backend.domain.monitoring.jobs import Recheck
from backend.domain.monitoring.recheck import Rechecks

GATHER_S = 0.1
MOST = 1_000
DEADLINE_S = 8.0
KNOCK_S = 2.0
_REFUSED = frozenset({errno.ECONNREFUSED, errno.ECONNRESET})
_LOST = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ETIMEDOUT, errno.EHOSTDOWN})
POWERS_KEPT_S = 300.0
Way = str


class Sweeper(Sweeps, Protocol):
    """Sweeps, and knows what it can do."""

    async def powers(self) -> ScanPowers:
        """What is possible here; raises HelperGone."""
        ...


class HostRechecks(Rechecks):
    """Gathers questions for a moment, then asks them together."""

    def __init__(self, sweeps: Sweeper) -> None:
        self._sweeps = sweeps
        self._raw: tuple[float, bool] = (-POWERS_KEPT_S, True)
        self._asked: dict[bool, dict[str, asyncio.Future[Way | None]]] = {False: {}, True: {}}
        self._rounds: set[asyncio.Task[None]] = set()

    async def ask(self, address: str, ports: tuple[int, ...], *, pings: bool) -> Recheck | None:
        """Sweep and knock at the same time: whoever hears the host first is right."""
        knocking = asyncio.create_task(_knock(address, ports))
        try:
            way = await self._swept(address, pings=pings)
            knocked = await knocking
        finally:
            knocking.cancel()
        if way:
            return Recheck(way, True)
        if knocked is None:
            return None
        return Recheck("tcp", bool(knocked), knocked)

    async def _swept(self, address: str, *, pings: bool) -> Way | None:
        """In which way it answered a sweep; None for silence, and where nobody could sweep."""
        waiting = self._asked[pings]
        if address not in waiting:
            waiting[address] = asyncio.get_running_loop().create_future()
            if len(waiting) == 1:
                task = asyncio.create_task(self._round(pings=pings))
                self._rounds.add(task)
                task.add_done_callback(self._rounds.discard)
        return await asyncio.shield(waiting[address])

    async def _round(self, *, pings: bool) -> None:
        await asyncio.sleep(GATHER_S)
        asked, self._asked[pings] = self._asked[pings], {}
        found: dict[str, Way] = {}
        try:
            with suppress(HelperGone, TimeoutError):
                async with asyncio.timeout(DEADLINE_S + 2):
                    for part in _parts(_sweepable(asked)):
                        await self._sweep(part, found, pings=pings)
        finally:
            for address, answer in asked.items():
                if not answer.done():
                    answer.set_result(found.get(address))

    async def _sweep(self, targets: tuple[str, ...], found: dict[str, Way], *, pings: bool) -> None:
        scope = Scope(tuple(AllowedNetwork(target, allow_public=True) for target in targets))
        job = SweepJob(
            uid=str(uuid4()),
            targets=targets,
            scope=scope,
            probes=("arp", "syn") if pings else ("arp", "echo"),
            max_passes=2,
            deadline_s=DEADLINE_S,
            raw=await self._may_open_raw(),
        )
        async with self._sweeps.sweep(job) as run:
            async for event in run.events():
                match event:
                    case Swept(alive=alive):
                        found.update({each.address: _way(each) for each in alive})
                    case SweepEnded() | Refused():
                        return

    async def _may_open_raw(self) -> bool:
        now = asyncio.get_running_loop().time()
        if now - self._raw[0] >= POWERS_KEPT_S:
            self._raw = (now, (await self._sweeps.powers()).raw_sockets)
        return self._raw[1]


def _way(alive: Alive) -> Way:
    return {"arp": "arp", "nd": "arp", "echo": "icmp", "timestamp": "icmp"}.get(alive.how, "tcp")


def _sweepable(asked: dict[str, asyncio.Future[Way | None]]) -> list[str]:
    """Addresses that a sweep may ask; loopback and the like are knocked at only."""
    guarded = []
    for address in asked:
        parsed = ip_address(address)
        if not (parsed.is_loopback or parsed.is_link_local or parsed.is_multicast or parsed.is_unspecified):
            guarded.append(address)
    return guarded


def _parts(addresses: list[str]) -> list[tuple[str, ...]]:
    return [tuple(addresses[place : place + MOST]) for place in range(0, len(addresses), MOST)]


async def _knock(address: str, ports: tuple[int, ...]) -> str | None:
    """How a port answered, be it with a refusal; empty for silence, None where we ourselves could not knock."""
    answers = await asyncio.gather(*(_knock_at(address, port) for port in ports))
    heard = [answer for answer in answers if answer]
    if heard:
        return heard[0]
    return "" if any(answer == "" for answer in answers) else None


async def _knock_at(address: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.setblocking(False)
        try:
            async with asyncio.timeout(KNOCK_S):
                await asyncio.get_running_loop().sock_connect(connection, (address, port))
        except TimeoutError:
            return ""
        except OSError as error:
            if error.errno in _REFUSED:
                return f"port {port} refused"
            return "" if error.errno in _LOST else None
    return f"port {port} open"
