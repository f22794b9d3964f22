"""A login at one Windows host for the length of one poll: queries go through it one after another.

What blocks runs in threads of our own; a caller who is cancelled cuts the connection, so that no thread stays in
a host that hangs.
"""

import asyncio
import errno
import socket
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from backend.domain.monitoring.collector import CheckFailed, Trace
from backend.infra.clients.connect_errors import connect_failure
from backend.infra.clients.winrm import messages, problems
from backend.infra.clients.winrm.line import Line
from backend.infra.clients.winrm.messages import Answer, Fault, Row
from backend.infra.clients.winrm.place import Account, Place
from backend.infra.clients.winrm.transport import BoundTransport

T = TypeVar("T")
MAX_PULLS = 8
# More than there are places for monitors that fail (500): hosts that hang must not take the others' threads.
_THREADS = ThreadPoolExecutor(600, thread_name_prefix="winrm")
# Statuses that come with an envelope: a fault is one of the last two (DSP0227 8).
_WITH_ENVELOPE = {200, 400, 500}


class Connection:
    """A line whose blocking work is done in threads."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._running: Future[object] | None = None

    async def do(self, call: Callable[..., T], *arguments: object) -> T:
        """Run it in a thread; cut the line where nobody waits for it any more."""
        running = _THREADS.submit(call, *arguments)
        self._running = running  # type: ignore[assignment]  # what it answers does not matter here
        try:
            return await asyncio.wrap_future(running)
        except asyncio.CancelledError:
            self.line.cut()
            raise

    def close(self) -> None:
        """Hang up, as soon as no thread uses it."""
        if self._running is None or self._running.done():
            self.line.close()
        else:
            self.line.cut()
            self._running.add_done_callback(lambda _: self.line.close())


class Session:
    """Queries as one user."""

    def __init__(self, connection: Connection, account: Account, trace: Trace, ends_at: float) -> None:
        self._connection, self._account, self._trace, self._ends_at = connection, account, trace, ends_at
        self._place = connection.line.place
        self._transport = BoundTransport(connection.line, account)

    async def log_in(self) -> None:
        """Prove who asks; raises CheckFailed. Basic has no login of its own: its password goes with each query."""
        with self._trace.step("login", self._account.method):
            await self._connection.do(self._transport.build_session)

    async def query(self, wql: str) -> list[Row]:
        """The rows that a query selects from root/cimv2, bounded in number and length; raises CheckFailed."""
        with self._trace.step("query", wql.rpartition(" FROM ")[2].partition(" ")[0]):
            answer = await self._ask(messages.enumerate_message(self._place, wql, self._left()))
            rows, pulls = answer.rows, 0
            while answer.context and pulls < MAX_PULLS and len(rows) < messages.MAX_ROWS:
                pulls += 1
                answer = await self._ask(messages.pull_message(self._place, answer.context, self._left()))
                rows += answer.rows
        return rows[: messages.MAX_ROWS]

    def _left(self) -> float:
        return self._ends_at - time.monotonic()

    async def _ask(self, message: bytes) -> Answer:
        status, body = await self._connection.do(self._transport.ask, message)
        if status not in _WITH_ENVELOPE:
            raise problems.not_winrm(self._place, f"HTTP {status}")
        try:
            said = messages.read(self._place, body)
        except CheckFailed:
            if status == 200:
                raise
            raise problems.not_winrm(self._place, f"HTTP {status}") from None
        if isinstance(said, Fault):
            raise self._failure(said)
        return said

    def _failure(self, fault: Fault) -> CheckFailed:
        if fault.code == "AccessDenied":
            return problems.access_denied(self._place, self._account)
        return problems.fault(self._place, fault.reason or fault.code)


@asynccontextmanager
async def session(place: Place, account: Account, trace: Trace, seconds: float) -> AsyncIterator[Session]:
    """A login that ends with the context; all of it has so many seconds. Raises CheckFailed."""
    ends_at = time.monotonic() + seconds
    async with connected(place, trace, ends_at) as connection:
        asked = Session(connection, account, trace, ends_at)
        await asked.log_in()
        yield asked


@asynccontextmanager
async def connected(place: Place, trace: Trace, ends_at: float) -> AsyncIterator[Connection]:
    """A connection, with TLS where the place wants it; raises CheckFailed."""
    with trace.step("connect"):
        reached = await _reached(place, ends_at)
    connection = Connection(Line(reached, place, ends_at))
    try:
        if place.tls:
            with trace.step("tls"):
                await connection.do(connection.line.secure)
        yield connection
    finally:
        connection.close()


async def _reached(place: Place, ends_at: float) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.address else socket.AF_INET
    reaching = socket.socket(family, socket.SOCK_STREAM)
    reaching.setblocking(False)
    try:
        async with asyncio.timeout(ends_at - time.monotonic()):
            await asyncio.get_running_loop().sock_connect(reaching, (place.address, place.port))
    except TimeoutError:
        reaching.close()
        raise connect_failure(OSError(errno.ETIMEDOUT, ""), place.address, place.port) from None
    except OSError as error:
        reaching.close()
        raise connect_failure(error, place.address, place.port) from None
    except BaseException:
        reaching.close()
        raise
    return reaching
