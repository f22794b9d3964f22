"""Host keys: what a server proved itself by at the first contact is what it must prove itself by ever after.

Another key is a machine set up anew, or somebody in between: no login is shown to it until a person looked at the
fingerprint and accepted it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain.accounts.actor import SYSTEM, Actor
from backend.domain.bus import EventBus
from backend.domain.errors import Conflict, NotFound, Unavailable
from backend.domain.monitoring.collector import CheckFailed, KnownHosts, ServerKey
from backend.domain.monitoring.host_keys_ports import HostKey
from backend.domain.unit_of_work import UnitOfWorkFactory

if TYPE_CHECKING:
    from backend.domain.unit_of_work import UnitOfWork

MAX_KEPT = 100_000


@dataclass(frozen=True, slots=True)
class HostKeyChanged:
    """A person accepted or forgot a key: whoever remembers it forgets it."""

    site_id: int
    address: str
    port: int


class HostKeyService:
    """What people may do with host keys."""

    async def visible(self, work: "UnitOfWork", actor: Actor, key_id: int, *, lock: bool = False) -> HostKey:
        """One key; raises NotFound where there is none for this person."""
        found = await work.host_keys.get(key_id, lock=lock)
        if found is None or not actor.may_see_site(found.site_id):
            raise NotFound.of("host_key", key_id)
        return found

    async def accept(self, work: "UnitOfWork", actor: Actor, key_id: int, fingerprint: str) -> HostKey:
        """Trust the key that the server shows now; raises Conflict where that has another fingerprint."""
        known = await self.visible(work, actor, key_id, lock=True)
        if known.offered is None or known.offered.fingerprint != fingerprint:
            raise Conflict(
                "The server does not show a key of this fingerprint; look again",
                code="host_key_not_offered",
                params={"fingerprint": fingerprint},
            )
        await work.host_keys.accept(key_id, actor.name)
        told = {**_where(known), "fingerprint": fingerprint, "before": known.key.fingerprint}
        await work.audit.record(actor, "accept", "host_key", key_id, told)
        work.collect(HostKeyChanged(known.site_id, known.address, known.port))
        return await self.visible(work, actor, key_id)

    async def forget(self, work: "UnitOfWork", actor: Actor, key_id: int) -> None:
        """Forget a server's key."""
        known = await self.visible(work, actor, key_id, lock=True)
        await work.host_keys.remove(key_id)
        told = {**_where(known), "fingerprint": known.key.fingerprint}
        await work.audit.record(actor, "delete", "host_key", key_id, told)
        work.collect(HostKeyChanged(known.site_id, known.address, known.port))


class KnownHostBook:
    """Host keys in the pollers' reach: read once, and forgotten when a person decides something."""

    def __init__(self, transactions: UnitOfWorkFactory, bus: EventBus) -> None:
        self._transactions = transactions
        self._kept: dict[tuple[int, str, int], ServerKey] = {}
        self._told: set[tuple[int, str, int, str]] = set()
        bus.subscribe(HostKeyChanged, self._forget)

    def of(self, site_id: int) -> KnownHosts:
        """The book of one site."""
        return _SiteBook(self, site_id)

    async def pinned(self, site_id: int, address: str, port: int) -> ServerKey | None:
        """The key of a server; raises CheckFailed while the database is away."""
        place = (site_id, address, port)
        if place not in self._kept:
            with _database_needed():
                async with self._transactions() as work:
                    found = await work.host_keys.find(*place)
            if found:
                self._keep(place, found.key)
        return self._kept.get(place)

    async def pin(self, site_id: int, address: str, port: int, key: ServerKey) -> ServerKey:
        """Keep the key of a first contact."""
        with _database_needed():
            async with self._transactions() as work:
                if await work.host_keys.pin(site_id, address, port, key):
                    told = {"address": address, "port": port, "fingerprint": key.fingerprint}
                    await work.audit.record(SYSTEM, "pin", "host_key", None, told)
                await work.commit()
        kept = await self.pinned(site_id, address, port)
        return kept or key

    async def changed(self, site_id: int, address: str, port: int, key: ServerKey) -> None:
        """Write down once which other key a server shows."""
        place = (site_id, address, port, key.fingerprint)
        if place in self._told:
            return
        with _database_needed():
            async with self._transactions() as work:
                known = await work.host_keys.find(site_id, address, port, lock=True)
                if known and known.offered != key:
                    await work.host_keys.offer(known.id, key)
                    told = {**_where(known), "fingerprint": key.fingerprint, "before": known.key.fingerprint}
                    await work.audit.record(SYSTEM, "changed", "host_key", known.id, told)
                await work.commit()
        if len(self._told) >= MAX_KEPT:
            self._told.clear()
        self._told.add(place)

    def _keep(self, place: tuple[int, str, int], key: ServerKey) -> None:
        if len(self._kept) >= MAX_KEPT:
            self._kept.clear()
        self._kept[place] = key

    def _forget(self, event: HostKeyChanged) -> None:
        place = (event.site_id, event.address, event.port)
        self._kept.pop(place, None)
        self._told = {told for told in self._told if told[:3] != place}


class _SiteBook:
    """The book as collectors see it."""

    def __init__(self, book: KnownHostBook, site_id: int) -> None:
        self._book, self._site_id = book, site_id

    async def pinned(self, address: str, port: int) -> ServerKey | None:
        return await self._book.pinned(self._site_id, address, port)

    async def pin(self, address: str, port: int, key: ServerKey) -> ServerKey:
        return await self._book.pin(self._site_id, address, port, key)

    async def changed(self, address: str, port: int, key: ServerKey) -> None:
        await self._book.changed(self._site_id, address, port, key)


@contextmanager
def _database_needed() -> Iterator[None]:
    """While the database is away nobody is trusted anew."""
    try:
        yield
    except Unavailable:
        text = "The host keys cannot be read while the database is away"
        raise CheckFailed("host_keys_away", text, phase="host_key", final=True) from None


def _where(known: HostKey) -> dict[str, object]:
    return {"address": known.address, "port": known.port}
