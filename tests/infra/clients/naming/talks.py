"""Conversations without a network: what the other side says is given beforehand, what we say goes nowhere."""

import asyncio
from typing import cast

from backend.infra.clients.naming.talk import Budget, Gate, Place, Talk

QUICK = Budget(connect_s=0.3, quiet_s=0.05, whole_s=0.2, tls_s=0.3)


def gate() -> Gate:
    """A gate that lets everybody through."""
    return Gate(asyncio.Semaphore(64), asyncio.Semaphore(64))


def place(port: int, address: str = "127.0.0.1") -> Place:
    """A place that answers nobody."""
    return Place(address, port, gate(), QUICK)


class _Nowhere:
    """The end of a connection that takes everything."""

    def __init__(self) -> None:
        self.said = bytearray()
        self.transport = self

    def write(self, data: bytes) -> None:
        """Take it."""
        self.said += data

    async def drain(self) -> None:
        """Nothing waits."""

    async def start_tls(self, _: object) -> None:
        """Nobody is there to speak TLS with."""
        raise ConnectionError

    def get_extra_info(self, _: str) -> None:
        """There is nothing to know."""

    def abort(self) -> None:
        """Nothing is open."""


def talk(*pieces: bytes, ends: bool = True) -> tuple[Talk, bytearray]:
    """A conversation in which these pieces come, and what we will have said."""
    reader = asyncio.StreamReader(limit=16 * 1024)
    for piece in pieces:
        reader.feed_data(piece)
    if ends:
        reader.feed_eof()
    nowhere = _Nowhere()
    return Talk(reader, cast(asyncio.StreamWriter, nowhere), QUICK, 0.0), nowhere.said
