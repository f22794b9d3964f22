"""Reverse DNS for many addresses at once, asked of the system's resolvers directly, with a deadline for each.

A resolver that is dead is noticed by the first round of questions; the rest are not asked in vain.
"""

import asyncio
import ipaddress
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from backend.infra.clients.naming import datagrams, dns_message
from backend.infra.clients.naming.talk import Gate

AT_ONCE = 128
MAX_SERVERS = 3
MAX_LINES = 10_000
GIVE_UP_AFTER = 32
PORT = 53


@dataclass(frozen=True, slots=True)
class Resolvers:
    """Who is asked, and what this machine knows by itself."""

    servers: tuple[str, ...] = ()
    hosts: dict[str, str] = field(default_factory=dict)
    port: int = PORT


def system_resolvers(folder: Path = Path("/etc")) -> Resolvers:
    """The resolvers and hosts of this machine's configuration."""
    servers = [words[1] for words in _lines(folder / "resolv.conf") if words[0] == "nameserver" and len(words) > 1]
    hosts = {words[0]: words[1] for words in reversed(_lines(folder / "hosts")) if len(words) > 1}
    return Resolvers(tuple(text for text in servers if _is_address(text))[:MAX_SERVERS], hosts)


class ReverseNames:
    """Asks for names, and stops asking where nobody answers."""

    def __init__(self, resolvers: Resolvers, patience_s: float = datagrams.PATIENCE_S) -> None:
        self._resolvers = resolvers
        self._patience_s = patience_s
        self._gate = Gate(asyncio.Semaphore(AT_ONCE), asyncio.Semaphore(AT_ONCE))
        self._silent = dict.fromkeys(resolvers.servers, 0)

    @property
    def failing(self) -> bool:
        """Whether there is nobody left to ask."""
        return all(count >= GIVE_UP_AFTER for count in self._silent.values())

    async def name(self, address: str) -> str | None:
        """The name of an address, if somebody gives it one in time."""
        if known := self._resolvers.hosts.get(address):
            return known
        for server in self._resolvers.servers:
            found = await self._ask(server, address)
            if found is not None:
                return found or None
        return None

    async def every(self, addresses: list[str], tell: Callable[[str, str], None]) -> None:
        """Ask for all of them, and tell each name as it comes."""

        async def one(address: str) -> None:
            if name := await self.name(address):
                tell(address, name)

        await asyncio.gather(*(one(address) for address in addresses))

    async def _ask(self, server: str, address: str) -> str | None:
        """The name; an empty text where the server says there is none, None where it says nothing."""
        number = random.randrange(1 << 16)  # noqa: S311 - each question has a port of its own besides
        asked = ipaddress.ip_address(address).reverse_pointer
        message = dns_message.question(number, asked, dns_message.PTR)

        def is_ours(data: bytes) -> bool:
            return dns_message.is_answer(data, number) and dns_message.asked_name(data) == asked

        async with self._gate.job:
            if self._silent[server] >= GIVE_UP_AFTER:
                return None
            gate = Gate(asyncio.Semaphore(1), asyncio.Semaphore(1))
            heard = await datagrams.ask(
                gate, server, self._resolvers.port, message, is_ours, patience_s=self._patience_s
            )
        if heard is None:
            self._silent[server] += 1
            return None
        self._silent[server] = 0
        return name_in(heard)


def name_in(data: bytes) -> str:
    """The name in an answer, which may lead through aliases; empty where there is none."""
    for record in dns_message.records(data):
        if record.type == dns_message.PTR and record.text:
            return record.text.rstrip(".")
    return ""


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _lines(path: Path) -> list[list[str]]:
    """The words of each line, comments left out."""
    try:
        text = path.read_text("utf-8", "replace")
    except OSError:
        return []
    words = (line.partition("#")[0].split() for line in text.splitlines()[:MAX_LINES])
    return [line for line in words if line]
