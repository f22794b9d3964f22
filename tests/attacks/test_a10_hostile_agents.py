"""A10: whatever an SNMP agent answers is data, ends, and leaves the poller as it was (Cacti CVE-2025-22604)."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest

from backend.domain.monitoring.collector import CheckFailed, Credential, Reading, Target, Trace
from backend.infra.clients.naming.der import items, wrap
from backend.infra.clients.snmp import host, mib
from backend.infra.clients.snmp.ber import Malformed, oid
from backend.infra.clients.snmp.community import Community
from backend.infra.clients.snmp.interfaces import interfaces
from backend.infra.clients.snmp.pdu import Answer
from backend.infra.clients.snmp.session import Agent, Known, Session, session
from backend.infra.clients.snmp.usm import User
from backend.infra.clients.snmp.walk import Columns
from backend.infra.collectors.snmp import SnmpOptions, ask
from tests import agents
from tests.attacks.recorder import started_processes
from tests.attacks.twins import snmp as twins

MUTATIONS, LIVE = 10_000, 150
PLAIN = Credential(1, "snmp_v2c", secrets={"community": "plain"})
NAME = b"$(touch x);id\n\x1b[2J<script>"
_ROWS = {f"1.3.6.1.2.1.31.1.1.1.{column}.{row}": row * 1000 for column in (6, 10, 15, 19) for row in range(1, 4)}
_NAMES = {f"1.3.6.1.2.1.31.1.1.1.1.{row}": NAME for row in range(1, 4)}
_STORE = {f"1.3.6.1.2.1.25.2.3.1.{column}.1": 4096 for column in (4, 5, 6)}
OBJECTS: agents.Objects = {
    "1.3.6.1.2.1.1.3.0": agents.ticks(500),
    "1.3.6.1.2.1.1.5.0": NAME,
    **_ROWS,
    **_NAMES,
    **_STORE,
}
ENDLESS = oid("1.3.6.1.2.1.2.2.1.2")


def mutated(good: bytes, chance: random.Random) -> bytes:
    """The answer with some bytes flipped, cut, doubled or longer than they say."""
    data = bytearray(good)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        match chance.randrange(5):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.randint(1, 9)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 40)]
            case 3:
                data[at] = chance.choice((0x80, 0x84, 0x88, 0xFF, 0x00, 0x7F))
            case _:
                data[at] ^= 1 << chance.randrange(8)
        if not data:
            return b"\x30"
    return bytes(data)


async def good_answers() -> list[bytes]:
    """What a fair agent says in a poll."""
    said: list[bytes] = []

    def keep(data: bytes) -> bytes:
        said.append(data)
        return data

    async with agents.agent(OBJECTS, keep) as fair:
        await ask(Target("127.0.0.1"), SnmpOptions(port=fair.port), PLAIN, Trace())
    return said


def readings(answers: list[Answer]) -> Iterator[object]:
    """Everything that is made of an answer."""
    for answer in answers:
        walk = Columns(mib.INTERFACES, (64,) * len(mib.INTERFACES))
        walk.take(answer, 0)
        yield from interfaces(walk.rows, {})
        stores = host.stores({index: row[:5] for index, row in walk.rows.items()})
        yield from stores
        yield host.memory(dict(answer.bindings), stores)


async def test_ten_thousand_mutated_answers_are_data() -> None:
    chance, opener, taken = random.Random(10), Community(b"plain"), []
    answers = await good_answers()
    with started_processes() as started:
        for turn in range(MUTATIONS):
            try:
                answer = opener.open(mutated(answers[turn % len(answers)], chance))
            except Malformed:
                continue
            if answer:
                taken.append(answer)
        assert len(list(readings(taken))) > 100
    assert started == []
    assert len(taken) > MUTATIONS // 10, "what is mutated still gets far enough to be read"
    for answer in taken:
        assert all(isinstance(value, int | bytes | None) for _, value in answer.bindings)


async def outcome(port: int) -> Reading | CheckFailed:
    try:
        async with asyncio.timeout(2):
            return await ask(Target("127.0.0.1"), SnmpOptions(port=port), PLAIN, Trace())
    except (CheckFailed, TimeoutError) as failed:
        return failed if isinstance(failed, CheckFailed) else CheckFailed("timeout", "")


async def test_the_collector_outlives_an_agent_that_mutates() -> None:
    chance = random.Random(30)
    async with agents.agent(OBJECTS, lambda data: mutated(data, chance)) as wild:
        with started_processes() as started:
            outcomes = await asyncio.gather(*(outcome(wild.port) for _ in range(LIVE)))
        wild.change = lambda data: data
        assert isinstance(await outcome(wild.port), Reading), "the poller is as it was"
    assert started == []
    assert len(outcomes) == LIVE


async def test_mutated_messages_of_version_3_prove_nothing() -> None:
    chance = random.Random(3)
    async with agents.agent({}, lambda _: None) as nobody:
        user = User("sha2", "authPriv", "SHA256", "AES128", b"a long auth key", b"a long priv key")
        with pytest.raises(CheckFailed):
            async with session(Agent("127.0.0.1", nobody.port, user, patience_s=0.2), Known()) as opened:
                await opened.get([oid("1.3.6.1.2.1.1.3.0")])
        question = nobody.heard[0]
        security = opened._security
    for _ in range(2_000):
        try:
            assert security.open(mutated(question, chance)) is None
        except Malformed:
            continue


class Endless(agents.Agent):
    """Has a next row for every question, for ever."""

    def answer(self, kind: int, content: bytes) -> bytes:
        first = len(self.heard) * 100
        self.objects = {f"1.3.6.1.2.1.2.2.1.2.{first + index}": b"x" for index in range(100)}
        return super().answer(kind, content)


class Circle(agents.Agent):
    """Says the same rows whatever is asked."""

    rows = b""

    def answer(self, kind: int, content: bytes) -> bytes:
        number = next(items(content))
        self.rows = self.rows or super().answer(kind, content)
        _, *rest = items(self.rows)
        return wrap(number.tag, number.content) + b"".join(wrap(item.tag, item.content) for item in rest)


class Flood(agents.Agent):
    """Answers a question with thousands of datagrams that are none."""

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        for _ in range(3_000):
            self.transport.sendto(b"\x30\x00", addr)


@asynccontextmanager
async def hostile(kind: type[agents.Agent]) -> AsyncIterator[int]:
    """One of these; its port."""
    loop = asyncio.get_running_loop()
    transport, agent = await loop.create_datagram_endpoint(
        lambda: kind({"1.3.6.1.2.1.2.2.1.2.1": b"x"}), local_addr=("127.0.0.1", 0)
    )
    try:
        yield agent.port
    finally:
        transport.close()


async def walked(opened: Session) -> int:
    await opened.table((ENDLESS,))
    return opened.rounds


async def questions(kind: type[agents.Agent], *, twin: bool = False) -> int | None:
    """How many questions a walk takes; None for one that does not end in time."""
    try:
        async with (
            hostile(kind) as port,
            asyncio.timeout(1.5 if twin else 10),
            session(Agent("127.0.0.1", port, b"plain"), Known()) as opened,
        ):
            return await (twins.endless_walk(opened, ENDLESS) if twin else walked(opened))
    except TimeoutError:
        return None


@pytest.mark.parametrize("kind", [Endless, Circle])
async def test_a_walk_ends_where_the_agent_has_no_end(kind: type[agents.Agent]) -> None:
    asked = await questions(kind)
    assert asked is not None
    assert asked < 200


@pytest.mark.parametrize("kind", [Endless, Circle])
async def test_the_twin_that_trusts_the_agent_is_caught(kind: type[agents.Agent]) -> None:
    assert await questions(kind, twin=True) is None


async def test_the_twin_that_puts_names_into_commands_is_caught() -> None:
    with started_processes() as started:
        twins.name_in_a_command(b"x")
    assert started != []


async def test_a_flood_of_what_nobody_asked_for_ends() -> None:
    async with hostile(Flood) as port:
        found = await outcome(port)
    assert isinstance(found, CheckFailed)
    assert found.code in {"snmp_malformed", "timeout"}
