"""A30: a rogue at a known address is given nothing that it could use elsewhere, and is told of."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncssh
import pytest

from backend.domain.monitoring.collector import CheckFailed, Credential, ServerKey, Target, Trace
from backend.domain.monitoring.poller import failure_of
from backend.domain.monitoring.states import is_ours
from backend.infra.clients.naming.der import children, wrap
from backend.infra.clients.snmp.ber import oid
from backend.infra.clients.snmp.keys import KeyRing
from backend.infra.clients.snmp.message import Engine, Message, scoped, taken_apart
from backend.infra.clients.snmp.pdu import REPORT, RESPONSE, Answer, names
from backend.infra.clients.snmp.session import Agent, Known, session
from backend.infra.clients.snmp.usm import User, Usm
from backend.infra.collectors.ssh import SshOptions, ask
from tests import agents
from tests.attacks.twins.snmp import Gullible
from tests.attacks.twins.ssh import any_host_key
from tests.known_hosts import Book

PASSWORD = "canary-4d1f-harbour"
AUTH, PRIV = b"canary auth key", b"canary priv key"
Challenge = tuple[str, str, str, list[tuple[str, bool]]]


@dataclass
class Taken:
    """What a honeypot got."""

    passwords: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)


class Honeypot(asyncssh.SSHServer):
    """Takes every password, by every way of asking for one."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken

    def begin_auth(self, username: str) -> bool:
        self.taken.users.append(username)
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        self.taken.passwords.append(password)
        return True

    def kbdint_auth_supported(self) -> bool:
        return True

    def get_kbdint_challenge(self, username: str, lang: str, submethods: str) -> Challenge:
        return "", "", "", [("Password: ", False)]

    def validate_kbdint_response(self, username: str, responses: Sequence[str]) -> bool:
        self.taken.passwords.extend(responses)
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return True


@asynccontextmanager
async def honeypot(key: asyncssh.SSHKey) -> AsyncIterator[tuple[int, Taken]]:
    taken = Taken()
    listening = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=lambda: Honeypot(taken),
        server_host_keys=[key],
        process_factory=lambda process: process.exit(0),
    )
    try:
        yield listening.get_port(), taken
    finally:
        listening.close()


def key_of(key: asyncssh.SSHKey) -> ServerKey:
    return ServerKey(key.get_algorithm(), key.public_data)


async def poll(port: int, book: Book, **secrets: str) -> CheckFailed:
    credential = Credential(1, "ssh", "root", secrets=secrets or {"password": PASSWORD})
    with pytest.raises(CheckFailed) as caught:
        async with asyncio.timeout(10):
            await ask(Target("127.0.0.1", known_hosts=book), SshOptions(port=port), credential, Trace())
    return caught.value


@pytest.mark.parametrize("kind", ["ssh-ed25519", "ecdsa-sha2-nistp256"])
async def test_ssh_at_a_known_address_gets_nothing(kind: str) -> None:
    book, genuine, rogue = (
        Book(),
        asyncssh.generate_private_key("ssh-ed25519"),
        asyncssh.generate_private_key(kind),
    )
    private = asyncssh.generate_private_key("ssh-ed25519").export_private_key("openssh").decode()
    async with honeypot(rogue) as (port, taken):
        book.keys["127.0.0.1", port] = key_of(genuine)
        failed = [await poll(port, book), await poll(port, book, private_key=private)]
    assert (taken.passwords, taken.users) == ([], []), "not even the user's name"
    assert [each.code for each in failed] == ["host_key_changed"] * 2
    assert book.offered == [key_of(rogue)] * 2, "it is written down for a person"
    assert book.keys["127.0.0.1", port] == key_of(genuine)
    assert is_ours(failure_of(failed[0], ())), "whether the device is well is not known"
    assert PASSWORD not in failed[0].text


async def test_whoever_is_between_at_the_first_contact_gets_nothing_where_another_was_faster() -> None:
    genuine, rogue = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))

    class Faster(Book):
        async def pinned(self, address: str, port: int) -> ServerKey | None:
            return None  # as it was when this poll began

        async def pin(self, address: str, port: int, key: ServerKey) -> ServerKey:
            return key_of(genuine)  # what another poll pinned meanwhile

    async with honeypot(rogue) as (port, taken):
        failed = await poll(port, Faster())
    assert (failed.code, taken.passwords) == ("host_key_changed", [])


async def test_the_twin_that_trusts_any_host_key_is_caught() -> None:
    async with honeypot(asyncssh.generate_private_key("ssh-ed25519")) as (port, taken):
        await any_host_key(port, "root", PASSWORD)
    assert taken.passwords == [PASSWORD]


class RogueAgent(agents.Agent):
    """Says that it is the engine, that everything else needs no proof, and asks to be asked again without."""

    answers_plainly = True

    def datagram_received(self, data: bytes, addr: tuple[str | object, int]) -> None:
        self.heard.append(data)
        arrived = taken_apart(data)
        if arrived is None:
            return
        number, engine = arrived.message.number, Engine(b"\x80\x00rogue engine", 1, 1)
        refusal = oid("1.3.6.1.6.3.15.1.1.4.0" if not arrived.message.engine.id else "1.3.6.1.6.3.15.1.1.1.0")
        kind = RESPONSE if arrived.message.engine.id and self.answers_plainly else REPORT
        asked = oid("1.3.6.1.2.1.1.3.0") if kind == RESPONSE else refusal
        binding = wrap(0x30, wrap(0x30, wrap(6, asked) + wrap(0x41, b"\x05")))
        pdu = wrap(kind, wrap(2, number.to_bytes(4, "big")) + b"\x02\x01\x00" * 2 + binding)
        answer = Message(number, 0, engine, arrived.message.user, body=scoped(engine.id, "", pdu))
        self.transport.sendto(answer.encoded(), addr)


class Demanding(RogueAgent):
    """Only reports that the level is too high."""

    answers_plainly = False


USER = User("monitor", "authPriv", "SHA256", "AES128", AUTH, PRIV)


async def heard_by(kind: type[RogueAgent]) -> tuple[list[bytes], str]:
    """What a rogue hears in a poll, and what comes of it."""
    loop = asyncio.get_running_loop()
    transport, rogue = await loop.create_datagram_endpoint(lambda: kind({}), local_addr=("127.0.0.1", 0))
    try:
        async with session(Agent("127.0.0.1", rogue.port, USER, patience_s=0.5), Known()) as opened:
            await opened.get([oid("1.3.6.1.2.1.1.3.0")])
    except CheckFailed as failed:
        return rogue.heard, failed.code
    finally:
        transport.close()
    return rogue.heard, ""


@pytest.mark.parametrize(("kind", "code"), [(RogueAgent, "snmp_user_ignored"), (Demanding, "snmp_level_refused")])
async def test_snmp_says_no_secret_and_goes_no_level_lower(kind: type[RogueAgent], code: str) -> None:
    heard, found = await heard_by(kind)
    assert found == code
    for data in heard:
        assert AUTH not in data
        assert PRIV not in data
        flags = children(data, 0x30)[1].content
        arrived = taken_apart(data)
        assert flags
        assert arrived
        assert arrived.message.flags & 1 or not arrived.message.user, "who asks is proven, or not said"


def plain_answer(security: Usm) -> Answer | None:
    """An answer that proves nothing, as a security model takes it."""
    assert security.engine
    pdu = wrap(RESPONSE, wrap(2, (77).to_bytes(4, "big")) + b"\x02\x01\x00" * 2 + names(()))
    engine = security.engine
    return security.open(Message(77, 3, engine, b"monitor", body=scoped(engine.id, "", pdu)).encoded())


def test_an_answer_that_proves_nothing_is_not_taken() -> None:
    engine = Engine(b"\x80\x00genuine", 1, 1)
    assert plain_answer(Usm(USER, engine, KeyRing())) is None
    assert plain_answer(Gullible(USER, engine, KeyRing())) is not None, "the twin takes it"
