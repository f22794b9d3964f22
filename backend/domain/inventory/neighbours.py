"""What this machine's kernel has heard of (ARP, NDP), as observations: known without a packet of ours.

One observation a MAC: its IPv6 addresses become addresses of the device that is known by its IPv4 one. What the
kernel confirmed lately is evidence; an old entry tells only of addresses that nobody else knows, so that it never
takes an address from the device that has it now.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from backend.domain.clock import Clock
from backend.domain.discovery.addresses import Network as IpNetwork
from backend.domain.errors import Unavailable
from backend.domain.inventory.addresses import usable_mac
from backend.domain.inventory.observation import Facts, Observation
from backend.domain.inventory.proposals import HostNetworks, Neighbour
from backend.domain.inventory.writer import InventoryWriter
from backend.domain.unit_of_work import UnitOfWork, UnitOfWorkFactory

SOURCE = "neighbours"
# A MAC that answers for more IPv4 addresses than this is a router that answers for others (proxy ARP).
MOST_PER_MAC = 8
# A device that stays is said again so often, so that it does not look gone.
AGAIN_AFTER = timedelta(minutes=10)

Listen = Callable[[], Awaitable[HostNetworks]]


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing of the kernel's tables: a MAC with its addresses, the best one first."""

    mac: str
    addresses: tuple[str, ...]
    confirmed: bool


def heard(around: HostNetworks, listed: Iterable[str], *, virtual: bool = False) -> tuple[Heard, ...]:
    """The neighbours in networks that are written down, with all addresses of theirs, those confirmed apart.

    Without `virtual`, what hangs on this machine's own bridges and tunnels is left out.
    """
    hidden = frozenset() if virtual else {i.name for i in around.interfaces if i.virtual}
    seen = [(mac, n) for n in around.neighbours if n.interface not in hidden and (mac := usable_mac(n.mac))]
    wanted = _listed_macs(seen, [ip_network(cidr) for cidr in listed])
    groups: dict[tuple[str, bool], list[Neighbour]] = defaultdict(list)
    for mac, neighbour in seen:
        if mac in wanted:
            groups[mac, neighbour.reachable].append(neighbour)
    return tuple(_heard(mac, group, confirmed) for (mac, confirmed), group in sorted(groups.items()))


def _listed_macs(seen: Iterable[tuple[str, Neighbour]], networks: Sequence[IpNetwork]) -> set[str]:
    """MACs with an address in a listed network, but for routers that answer for others (proxy ARP)."""
    addresses: dict[str, set[str]] = defaultdict(set)
    for mac, neighbour in seen:
        addresses[mac].add(neighbour.address)
    return {
        mac
        for mac, own in addresses.items()
        if sum(":" not in address for address in own) <= MOST_PER_MAC
        and any(ip_address(address) in network for address in own for network in networks)
    }


def _heard(mac: str, group: Sequence[Neighbour], confirmed: bool) -> Heard:
    return Heard(mac, tuple(sorted({n.address for n in group}, key=_best_first)), confirmed)


def _best_first(address: str) -> tuple[int, bool, int]:
    parsed = ip_address(address)
    return parsed.version, parsed.is_link_local, int(parsed)


def observation(item: Heard, site_id: int, now: datetime) -> Observation:
    """What is said of it."""
    facts = Facts(state="up", reason="neighbour", addresses=item.addresses[1:])
    return Observation(site_id, SOURCE, item.addresses[0], item.mac, now, facts)


@dataclass(frozen=True, slots=True)
class Listened:
    """What one look at the tables came to."""

    heard: int
    stored: int
    at: datetime


@dataclass(slots=True)
class NeighbourWatch:
    """Looks at the tables on a loop and when asked, and stores what is new or confirmed."""

    transactions: UnitOfWorkFactory
    listen: Listen
    writer: InventoryWriter
    clock: Clock
    every_s: float
    virtual: bool = False
    name: str = "neighbours"
    _interfaces: dict[str, str] = field(default_factory=dict)
    _said: dict[tuple[str, tuple[str, ...]], datetime] = field(default_factory=dict)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Look until cancelled. While the database is away, the next look stores it."""
        while True:
            with suppress(Unavailable):
                await self.look()
            await asyncio.sleep(self.every_s)

    @property
    def interfaces(self) -> Mapping[str, str]:
        """On which interface an address was heard last."""
        return self._interfaces

    async def look(self) -> Listened:
        """Read the tables once, and store. Raises Unavailable."""
        async with self._turn:
            around, now = await self.listen(), self.clock()
            self._interfaces = {n.address: n.interface for n in around.neighbours if n.interface}
            async with self.transactions() as work:
                site = await work.places.site(None)
                if site is None:
                    return Listened(0, 0, now)
                items = heard(around, await work.places.listed_cidrs(site.id), virtual=self.virtual)
                fresh = [new for item in items if (new := await self._news(work, site.id, item, now))]
                await self.writer.observe(work, [observation(item, site.id, now) for item in fresh])
                await work.commit()
            self._remember(items, now)
            return Listened(len(items), len(fresh), now)

    async def _news(self, work: UnitOfWork, site_id: int, item: Heard, now: datetime) -> Heard | None:
        """What of it is worth saying now."""
        before = self._said.get((item.mac, item.addresses))
        if item.confirmed:
            return item if before is None or now - before >= AGAIN_AFTER else None
        if before:
            return None
        held = await work.coverage.held(site_id, item.addresses)
        rest = tuple(address for address in item.addresses if address not in held)
        return replace(item, addresses=rest) if rest else None

    def _remember(self, items: Collection[Heard], now: datetime) -> None:
        """Only what is still there: the memory is never larger than the kernel's table."""
        self._said = {(i.mac, i.addresses): self._due((i.mac, i.addresses), now) for i in items}

    def _due(self, key: tuple[str, tuple[str, ...]], now: datetime) -> datetime:
        before = self._said.get(key)
        return before if before and now - before < AGAIN_AFTER else now
