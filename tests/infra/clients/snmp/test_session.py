"""Sessions with net-snmp's own agent: what is asked is answered, what is refused is told by its own code."""

from collections.abc import Iterator
from socket import SOCK_DGRAM

import pytest

from backend.domain.monitoring.collector import CheckFailed
from backend.infra.clients.snmp import mib
from backend.infra.clients.snmp.ber import oid
from backend.infra.clients.snmp.message import Engine
from backend.infra.clients.snmp.session import Agent, Known, session
from backend.infra.clients.snmp.usm import User
from tests import agents

AUTH, PRIV = agents.AUTH_KEY.encode(), agents.PRIV_KEY.encode()
UP_TIME, NOWHERE = mib.UP_TIME + b"\x00", oid("1.3.6.1.9.9.0")
GOOD: dict[str, bytes | User] = {
    "v2c": b"plain",
    "sha2": User("sha2", "authPriv", "SHA256", "AES128", AUTH, PRIV),
    "sha1": User("sha1", "authPriv", "SHA1", "AES128", AUTH, PRIV),
    "md5des": User("md5des", "authPriv", "MD5", "DES", AUTH, PRIV),
    "sha512": User("sha512", "authNoPriv", "SHA512", "DES", AUTH),
    "open": User("open", "noAuthNoPriv"),
}
REFUSED: dict[str, tuple[bytes | User, str]] = {
    "community": (b"wr0ng", "snmp_community_refused"),
    "user": (User("nobody", "authPriv", "SHA256", "AES128", AUTH, PRIV), "snmp_unknown_user"),
    "auth": (User("sha2", "authPriv", "SHA256", "AES128", b"wr0ng secret", PRIV), "snmp_wrong_auth"),
    "auth-protocol": (User("sha2", "authPriv", "SHA512", "AES128", AUTH, PRIV), "snmp_wrong_auth"),
    "priv": (User("sha2", "authPriv", "SHA256", "AES128", AUTH, b"wr0ng secret"), "snmp_wrong_priv"),
    "priv-protocol": (User("sha2", "authPriv", "SHA256", "DES", AUTH, PRIV), "snmp_wrong_priv"),
    "level": (User("sha512", "authPriv", "SHA512", "AES128", AUTH, PRIV), "snmp_level_refused"),
    "too-low": (User("sha2", "authNoPriv", "SHA256", "AES128", AUTH), "snmp_denied"),
    "context": (User("sha512", "authNoPriv", "SHA512", "DES", AUTH, context="none"), "snmp_user_ignored"),
}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with agents.snmpd(tmp_path_factory.mktemp("snmpd")) as found:
        yield found


async def asked(port: int, login: bytes | User, known: Known | None = None) -> list[int | bytes | None]:
    async with session(Agent("127.0.0.1", port, login, patience_s=0.9), known or Known()) as opened:
        return await opened.get([UP_TIME, NOWHERE])


@pytest.mark.parametrize("login", GOOD.values(), ids=GOOD.keys())
async def test_a_login_that_is_right(port: int, login: bytes | User) -> None:
    up, nothing = await asked(port, login)
    assert isinstance(up, int)
    assert nothing is None


@pytest.mark.parametrize(("login", "code"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_is_refused_has_its_own_code(port: int, login: bytes | User, code: str) -> None:
    with pytest.raises(CheckFailed) as caught:
        await asked(port, login)
    assert caught.value.code == code
    for secret in (b"wr0ng", AUTH, PRIV, b"wr0ng secret"):
        assert secret.decode() not in caught.value.text


async def test_a_table_and_single_objects_are_one_round_trip(port: int) -> None:
    async with session(Agent("127.0.0.1", port, b"plain"), Known()) as opened:
        table = await opened.table(mib.INTERFACES, scalars=(mib.UP_TIME, mib.NAME), rows=40)
        assert opened.rounds <= 1 + len(table.rows) // 10
    assert b"lo" in {row[0] for row in table.rows.values()}
    assert isinstance(table.scalars[mib.UP_TIME], int)
    assert not table.cut


async def test_an_engine_that_is_known_is_not_asked_for(port: int) -> None:
    known, login = Known(), GOOD["sha2"]
    await asked(port, login, known)
    engine = known.engines.get("127.0.0.1", port)
    assert engine is not None
    known.engines.keep("127.0.0.1", port, Engine(engine.id, engine.boots, engine.time + 10_000, engine.at))
    await asked(port, login, known)  # its clock is corrected by what the agent proves
    corrected = known.engines.get("127.0.0.1", port)
    assert corrected is not None
    assert corrected.time < engine.time + 100
    known.engines.keep("127.0.0.1", port, Engine(b"\x80\x00another", 1, 1))
    await asked(port, login, known)  # another agent may have taken the place


async def test_nobody_there() -> None:
    with pytest.raises(CheckFailed) as caught:
        await asked(agents.free_port(SOCK_DGRAM), b"plain")
    assert caught.value.code == "connection_refused"


async def test_silence() -> None:
    async with agents.agent({}, lambda _: None) as quiet:
        with pytest.raises(CheckFailed) as caught:
            await asked(quiet.port, b"plain")
        assert caught.value.code == "snmp_silent"
        with pytest.raises(CheckFailed) as caught:
            await asked(quiet.port, GOOD["sha2"])
    assert caught.value.code == "snmp_silent"
    assert not any(AUTH in data or PRIV in data for data in quiet.heard)


async def test_a_lost_datagram_is_asked_again() -> None:
    answers = iter((None, b""))

    def lossy(data: bytes) -> bytes | None:
        return None if next(answers, b"") is None else data

    async with agents.agent({"1.3.6.1.2.1.1.3.0": agents.ticks(5)}, lossy) as weak:
        assert await asked(weak.port, b"plain") == [500, None]
    assert len(weak.heard) == 2
