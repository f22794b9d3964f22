"""A session with one agent: get and walk, in as few round trips as its answers allow, and never without an end.

Every failure is a CheckFailed with a sentence. A walk ends at its last row, after so many rows or answers, or
where an agent names what it named before; the deadline is the caller's.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from backend.domain.monitoring.collector import CheckFailed
from backend.infra.clients.connect_errors import connect_failure
from backend.infra.clients.snmp import pdu, problems
from backend.infra.clients.snmp.channel import Channel, Junk, Silent
from backend.infra.clients.snmp.community import Community
from backend.infra.clients.snmp.keys import KeyRing
from backend.infra.clients.snmp.usm import Engines, User, Usm
from backend.infra.clients.snmp.walk import MAX_BINDINGS, Columns, Table

SYSTEM_UP_TIME = b"\x2b\x06\x01\x02\x01\x01\x03\x00"
MAX_GET, MAX_ROWS = 64, 1024
_names = lru_cache(maxsize=512)(pdu.names)


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of agents between sessions, of all of them together and not without bounds."""

    engines: Engines = field(default_factory=Engines)
    keys: KeyRing = field(default_factory=KeyRing)


@dataclass(frozen=True, slots=True)
class Agent:
    """Whom to ask, as whom: a community, or a user of version 3. `patience_s` is for one question."""

    address: str
    port: int
    login: bytes | User = field(repr=False)
    patience_s: float = 3.0


@asynccontextmanager
async def session(agent: Agent, known: Known) -> AsyncIterator["Session"]:
    """A session; its socket is closed at the end. Raises CheckFailed where there is no way."""
    if isinstance(agent.login, bytes):
        security: Community | Usm = Community(agent.login)
    else:
        security = Usm(agent.login, known.engines.get(agent.address, agent.port), known.keys)
    try:
        channel = Channel(agent.address, agent.port, security.open, patience_s=agent.patience_s)
    except OSError as error:
        raise connect_failure(error, agent.address, agent.port) from None
    try:
        yield Session(agent, known, security, channel)
    finally:
        channel.close()


class Session:
    """Asks one agent. `rounds` counts the questions that were answered."""

    def __init__(self, agent: Agent, known: Known, security: Community | Usm, channel: Channel) -> None:
        self._agent, self._known, self._security, self._channel = agent, known, security, channel
        self.rounds = 0

    async def get(self, oids: Sequence[bytes]) -> list[pdu.Value]:
        """The values of these objects, None for each that is not there."""
        found: list[pdu.Value] = []
        for at in range(0, len(oids), MAX_GET):
            some = tuple(oids[at : at + MAX_GET])
            answer = await self._ask(pdu.GET, _names(some))
            self._check(answer)
            values = dict(answer.bindings)
            found += [values.get(each) for each in some]
        return found

    async def table(
        self, columns: Sequence[bytes], *, scalars: Sequence[bytes] = (), rows: int = 8, most: Sequence[int] = ()
    ) -> Table:
        """Columns of a table, and in the first question single objects (without their `.0`) as well.

        `rows` is how many are expected: with the right number the whole table is one round trip. `most` is how
        many rows of each column are read.
        """
        walk = Columns(columns, most or (MAX_ROWS,) * len(columns))
        found: dict[bytes, pdu.Value] = {}
        size = MAX_BINDINGS
        while walk.open or scalars:
            repetitions = max(1, min(rows - walk.height + 1 if rows > walk.height else 16, size // len(columns)))
            answer = await self._ask(pdu.GET_BULK, _names((*scalars, *walk.next())), len(scalars), repetitions)
            if answer.error == pdu.TOO_BIG and repetitions > 1:
                size = repetitions * len(columns) // 2
                continue
            if answer.error == pdu.NO_SUCH_NAME:
                break
            self._check(answer)
            for wanted, (name, value) in zip(scalars, answer.bindings, strict=False):
                if name == wanted + b"\x00":
                    found[wanted] = value
            walk.take(answer, len(scalars))
            scalars = ()
        return Table(walk.rows, found, cut=walk.cut)

    async def _ask(self, kind: int, wanted: bytes, first: int = 0, second: int = 0) -> pdu.Answer:
        """One question, asked again where a report says how; raises CheckFailed."""
        security = self._security
        if isinstance(security, Usm) and security.engine is None:
            await self._discover(security)
        report = b""
        for _ in range(3):
            answer = await self._exchange(kind, wanted, first, second)
            self.rounds += 1
            if answer.kind != pdu.REPORT:
                self._keep_engine()
                return answer
            report = answer.bindings[0][0] if answer.bindings else b""
            if report not in (problems.NOT_IN_TIME, problems.UNKNOWN_ENGINE) or not isinstance(security, Usm):
                break
            if report == problems.UNKNOWN_ENGINE or not security.user.flags:
                await self._discover(security)
        raise problems.refused(report, self._agent.address, self._user)

    async def _discover(self, security: Usm) -> None:
        """Who is there? The engine's id and clock, which the first proven answer confirms or corrects."""
        security.engine = None
        try:
            await self._send(security, pdu.GET, _names(()))
        except Silent:
            raise problems.silent(self._agent.address, self._agent.port) from None

    async def _exchange(self, kind: int, wanted: bytes, first: int, second: int) -> pdu.Answer:
        try:
            return await self._send(self._security, kind, wanted, first, second)
        except Silent:
            raise await self._why_silent() from None

    async def _send(
        self, security: Community | Usm, kind: int, wanted: bytes, first: int = 0, second: int = 0
    ) -> pdu.Answer:
        asked = pdu.new_number()
        message = security.seal(pdu.question(kind, asked, wanted, first, second), asked)
        agent = self._agent
        try:
            return await self._channel.ask(asked, message)
        except Junk as junk:
            raise problems.malformed(agent.address, str(junk)) from None
        except OSError as error:
            raise connect_failure(error, agent.address, agent.port) from None

    async def _why_silent(self) -> CheckFailed:
        """Agents are silent at what they refuse; another question tells whether one is there at all."""
        agent, security = self._agent, self._security
        if self.rounds:
            return problems.silent(agent.address, agent.port)
        if isinstance(security, Usm) and security.user.level == "authPriv":
            said = await self._other_answer(security.less())
            if said is not None and said.kind != pdu.REPORT:
                return problems.wrong_privacy(agent.address, self._user)
        if await self._other_answer(Usm(User("", "noAuthNoPriv"), None, self._known.keys)):
            if isinstance(security, Usm):
                return problems.user_ignored(agent.address, agent.port, self._user)
            return problems.community_refused(agent.address, agent.port)
        return problems.silent(agent.address, agent.port)

    async def _other_answer(self, security: Usm) -> pdu.Answer | None:
        self._channel.opener = security.open
        try:
            return await self._send(security, pdu.GET, _names((SYSTEM_UP_TIME,)))
        except (Silent, CheckFailed):
            return None
        finally:
            self._channel.opener = self._security.open

    def _keep_engine(self) -> None:
        if isinstance(self._security, Usm) and self._security.engine:
            self._known.engines.keep(self._agent.address, self._agent.port, self._security.engine)

    @property
    def _user(self) -> str:
        return self._security.user.name if isinstance(self._security, Usm) else ""

    def _check(self, answer: pdu.Answer) -> None:
        if answer.error not in (0, pdu.NO_SUCH_NAME):
            raise problems.error_status(answer.error, self._agent.address)
