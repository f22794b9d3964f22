"""A conversation over TCP that cannot run away: bounded in bytes, in reads and in time.

Nothing here raises because of what the other side does: a conversation that is over says how it ended.
"""

import asyncio
import ssl
import time
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

CONNECT_S = 1.5
QUIET_S = 1.5  # for the first byte of an answer
WHOLE_S = 3.0  # for the conversation from the open connection on
TLS_S = 2.0  # for a connection and its handshake: small devices take long over their sums
MAX_BYTES = 32 * 1024
MAX_READS = 400
READ_BYTES = 16 * 1024
DRIP_BYTES, DRIP_READS = 64, 3  # less in more reads, and still coming when the time is up, is a drip

Ending = Literal["", "closed", "silent", "late", "full"]
_FAULTS = (OSError, ssl.SSLError, asyncio.IncompleteReadError, ValueError, RuntimeError)


class NoAnswer(Exception):
    """The connection did not come about."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to wait for what."""

    connect_s: float = CONNECT_S
    quiet_s: float = QUIET_S
    whole_s: float = WHOLE_S
    tls_s: float = TLS_S


@dataclass(slots=True)
class Gate:
    """How many conversations there may be at once: of one job, and of one host."""

    job: asyncio.Semaphore
    host: asyncio.Semaphore
    asked: list[int] = field(default_factory=lambda: [0])

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Wait for a place of both kinds."""
        async with self.host, self.job:
            self.asked[0] += 1
            yield


@dataclass(frozen=True, slots=True)
class Place:
    """A port to talk to."""

    address: str
    port: int
    gate: Gate
    budget: Budget = Budget()

    @asynccontextmanager
    async def talk(self, *, tls: bool = False) -> AsyncIterator["Talk"]:
        """Open a conversation and end it with the block; raises NoAnswer."""
        async with self.gate.enter(), self.aside(tls=tls) as talk:
            yield talk

    @asynccontextmanager
    async def aside(self, *, tls: bool = False) -> AsyncIterator["Talk"]:
        """One more for who has one already and must not wait for a place: few, one after another."""
        talk = await _opened(self, tls)
        try:
            yield talk
        finally:
            talk.hang_up()


class Talk:
    """One open conversation. `heard` is what has come and was not taken yet."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, budget: Budget, delay_s: float
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._quiet_s = budget.quiet_s + 4 * delay_s
        self._end = time.monotonic() + budget.whole_s + 8 * delay_s
        self._reads = 0
        self.total = 0
        self.heard = bytearray()
        self.ending: Ending = ""

    @property
    def dripped(self) -> bool:
        """Whether it was kept talking at a trickle until its time was up."""
        return self.ending == "late" and self.trickles

    @property
    def trickles(self) -> bool:
        """Whether it came in crumbs so far."""
        return self.total < DRIP_BYTES and self._reads >= DRIP_READS

    async def say(self, data: bytes) -> None:
        """Send; a side that does not listen ends the conversation."""
        try:
            self._writer.write(data)
            async with asyncio.timeout_at(self._loop_end()):
                await self._writer.drain()
        except TimeoutError:
            self.ending = self.ending or "late"
        except _FAULTS:
            self.ending = self.ending or "closed"

    async def until(self, done: Callable[[bytes], bool], quiet_s: float | None = None) -> bytes:
        """Listen until that is so, or nothing more is to be had; answers all that was heard and not taken."""
        patience = self._quiet_s if quiet_s is None else min(quiet_s, self._quiet_s)
        quiet_end = min(time.monotonic() + patience, self._end)
        before = len(self.heard)
        while not done(bytes(self.heard)):
            end = self._end if len(self.heard) > before else quiet_end
            if not await self._read(end):
                break
        return bytes(self.heard)

    async def exactly(self, count: int) -> bytes:
        """That many bytes, taken; fewer where no more came."""
        await self.until(lambda heard: len(heard) >= count)
        return self.take(count)

    def take(self, count: int) -> bytes:
        """Take what was heard first."""
        data = bytes(self.heard[:count])
        del self.heard[:count]
        return data

    def clear(self) -> None:
        """Forget what was heard, and that nobody spoke."""
        self.heard.clear()
        if self.ending == "silent":
            self.ending = ""

    async def secure(self) -> bool:
        """Go on inside TLS; False where the other side does not."""
        try:
            async with asyncio.timeout_at(self._loop_end()):
                await self._writer.start_tls(any_tls())
        except (TimeoutError, *_FAULTS):
            self.ending = self.ending or "closed"
            return False
        return True

    def certificate(self) -> bytes | None:
        """The other side's certificate, once inside TLS."""
        inside = self._writer.get_extra_info("ssl_object")
        found = inside.getpeercert(binary_form=True) if inside else None
        return found if isinstance(found, bytes) else None

    def hang_up(self) -> None:
        """End it at once, without a word."""
        self._writer.transport.abort()

    async def _read(self, end: float) -> bool:
        if self.ending == "silent":
            self.ending = ""
        if self.ending or self._reads >= MAX_READS or self.total >= MAX_BYTES:
            self.ending = self.ending or "full"
            return False
        try:
            async with asyncio.timeout_at(self._loop_time(end)):
                data = await self._reader.read(READ_BYTES)
        except TimeoutError:
            self.ending = "late" if time.monotonic() >= self._end - 0.01 else "silent"
            return False
        except _FAULTS:
            data = b""
        return self._took(data)

    def _took(self, data: bytes) -> bool:
        if not data:
            self.ending = "closed"
            return False
        self._reads += 1
        self.total += len(data)
        self.heard += data
        return True

    def _loop_end(self) -> float:
        return self._loop_time(self._end)

    @staticmethod
    def _loop_time(moment: float) -> float:
        return asyncio.get_running_loop().time() + max(0.0, moment - time.monotonic())


async def _opened(place: Place, tls: bool) -> Talk:
    begun = time.monotonic()
    wait = place.budget.tls_s if tls else place.budget.connect_s
    try:
        async with asyncio.timeout(wait):
            reader, writer = await asyncio.open_connection(
                place.address, place.port, limit=READ_BYTES, ssl=any_tls() if tls else None
            )
    except (TimeoutError, *_FAULTS) as gone:
        raise NoAnswer(str(gone)) from gone
    with suppress(OSError):
        return Talk(reader, writer, place.budget, min(time.monotonic() - begun, 0.5))
    raise NoAnswer("gone")


@cache
def any_tls() -> ssl.SSLContext:
    """TLS that takes whatever an old device speaks; only to look, never to trust or to send a secret."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context
