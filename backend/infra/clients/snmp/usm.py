"""SNMP v3 with the user-based security model (RFC 3412, 3414): who asks is proven, and what is said can be hidden."""

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from backend.infra.clients.naming.der import integer, wrap
from backend.infra.clients.snmp.ber import OCTETS, SEQUENCE, Malformed, header, inside, number, octets
from backend.infra.clients.snmp.keys import AUTH, KeyRing, Keys, decrypted, digest, encrypted
from backend.infra.clients.snmp.pdu import REPORT, Answer, answer

Level = Literal["noAuthNoPriv", "authNoPriv", "authPriv"]
VERSION, MODEL, MAX_SIZE = 3, 3, 65_507
AUTH_FLAG, PRIV_FLAG, REPORTABLE = 1, 2, 4
MIN_ENGINE, MAX_ENGINE, MAX_CLOCK = 5, 32, (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class User:
    """Who asks, and how that is proven and hidden."""

    name: str
    level: Level = "authPriv"
    auth: str = "SHA256"
    priv: str = "AES128"
    auth_secret: bytes = field(default=b"", repr=False)
    priv_secret: bytes = field(default=b"", repr=False)
    context: str = ""

    @property
    def flags(self) -> int:
        """The level as it travels."""
        return {"noAuthNoPriv": 0, "authNoPriv": AUTH_FLAG, "authPriv": AUTH_FLAG | PRIV_FLAG}[self.level]


@dataclass(frozen=True, slots=True)
class Engine:
    """An agent's engine and its clock: `boots` and `time` were true at `at` on ours."""

    id: bytes
    boots: int = 0
    time: int = 0
    at: float = 0.0


class Engines:
    """Engines that were met, by address and port, so that most polls need not ask for them."""

    def __init__(self, size: int = 20_000) -> None:
        self._size = size
        self._known: OrderedDict[tuple[str, int], Engine] = OrderedDict()

    def get(self, address: str, port: int) -> Engine | None:
        """Who answered there last."""
        return self._known.get((address, port))

    def keep(self, address: str, port: int, engine: Engine) -> None:
        """Somebody answered there."""
        self._known[address, port] = engine
        self._known.move_to_end((address, port))
        if len(self._known) > self._size:
            self._known.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Message:
    """An SNMP v3 message, taken apart but not believed yet."""

    number: int
    flags: int
    engine: Engine
    user: bytes
    proof: bytes
    proof_at: int
    salt: bytes
    body: tuple[int, int]


class Usm:
    """Wraps questions of one user for one engine, and believes only answers that prove themselves."""

    def __init__(
        self, user: User, engine: Engine | None, keys: KeyRing, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.user, self.engine = user, engine
        self._ring, self._clock = keys, clock
        self._name = user.name.encode()
        self._keys = Keys()
        if engine:
            self.meet(engine)

    def meet(self, engine: Engine) -> None:
        """From now on the questions are for this engine."""
        self.engine, user = engine, self.user
        auth = self._ring.localized(user.auth, user.auth_secret, engine.id) if user.flags & AUTH_FLAG else b""
        priv = self._ring.localized(user.auth, user.priv_secret, engine.id) if user.flags & PRIV_FLAG else b""
        self._keys = Keys(auth, priv)

    def less(self) -> "Usm":
        """The same user without privacy: for a question that says nothing, to learn what was refused."""
        return Usm(replace(self.user, level="authNoPriv"), self.engine, self._ring, self._clock)

    def seal(self, pdu: bytes, asked: int) -> bytes:
        """The message that carries a question. While no engine is known it asks only for that, and names nobody."""
        engine = self.engine
        if engine is None:
            return self._message(asked, REPORTABLE, Engine(b""), b"", b"", _scoped(b"", "", pdu))
        flags, boots = self.user.flags, engine.boots
        now = min(engine.time + int(self._clock() - engine.at), MAX_CLOCK)
        body, salt = _scoped(engine.id, self.user.context, pdu), b""
        if flags & PRIV_FLAG:
            hidden, salt = encrypted(self.user.priv, self._keys.priv, boots, now, body)
            body = wrap(OCTETS, hidden)
        told = replace(engine, time=now) if flags else Engine(engine.id)
        return self._message(asked, flags | REPORTABLE, told, self._name, salt, body)

    def _message(self, asked: int, flags: int, engine: Engine, user: bytes, salt: bytes, body: bytes) -> bytes:
        parts = [wrap(OCTETS, engine.id), integer(engine.boots), integer(engine.time), wrap(OCTETS, user)]
        parts = [wrap(SEQUENCE, _header(asked, flags)), b"".join(parts), wrap(OCTETS, salt), body]
        if not flags & AUTH_FLAG:
            return _assembled(parts, b"")
        message = _assembled(parts, bytes(AUTH[self.user.auth].length))
        return _assembled(parts, digest(self.user.auth, self._keys.auth, message))

    def open(self, data: bytes) -> Answer | None:
        """What an agent says; None for what is not proven as it must be. Raises Malformed."""
        message = _taken_apart(data)
        if message is None:
            return None
        start, end = message.body
        plain = data
        proven = self._proven(data, message)
        if message.flags & PRIV_FLAG:
            if not proven:
                return None
            plain, start, end = self._shown(data, message)
        start, end = inside(plain, start, end, SEQUENCE)
        for _ in ("contextEngineID", "contextName"):
            _, start = octets(plain, start, end)
        said = answer(plain, start, end)
        if self.engine is None or said.kind == REPORT:
            return self._report(message, said, proven=proven)
        needed = self.user.flags
        if (needed and not proven) or message.flags & needed != needed or said.number != message.number:
            return None
        return said

    def _report(self, message: _Message, said: Answer, *, proven: bool) -> Answer | None:
        """A report says of itself how it is protected; a clock is believed only where that is proven."""
        engine = message.engine
        if said.kind != REPORT or not MIN_ENGINE <= len(engine.id) <= MAX_ENGINE:
            return None
        if self.engine is None or (proven and engine.id == self.engine.id):
            self.meet(replace(engine, at=self._clock()))
        return replace(said, number=message.number)

    def _proven(self, data: bytes, message: _Message) -> bool:
        """Whether the message comes from the engine that is asked, and from somebody who knows our key."""
        if not message.flags & AUTH_FLAG or self.engine is None or not self._keys.auth:
            return False
        if message.engine.id != self.engine.id or message.user != self._name:
            return False
        at, length = message.proof_at, AUTH[self.user.auth].length
        if len(message.proof) != length:
            return False
        blank = data[:at] + bytes(length) + data[at + length :]
        return hmac.compare_digest(digest(self.user.auth, self._keys.auth, blank), message.proof)

    def _shown(self, data: bytes, message: _Message) -> tuple[bytes, int, int]:
        start, end = inside(data, *message.body, OCTETS)
        engine = message.engine
        plain = decrypted(
            self.user.priv, self._keys.priv, engine.boots, engine.time, data[start:end], message.salt
        )
        return plain, 0, len(plain)


def _scoped(engine: bytes, context: str, pdu: bytes) -> bytes:
    return wrap(SEQUENCE, wrap(OCTETS, engine) + wrap(OCTETS, context.encode()) + pdu)


def _header(asked: int, flags: int) -> bytes:
    return integer(asked) + integer(MAX_SIZE) + wrap(OCTETS, bytes((flags,))) + integer(MODEL)


def _assembled(parts: list[bytes], proof: bytes) -> bytes:
    head, who, salt, body = parts
    security = wrap(OCTETS, wrap(SEQUENCE, who + wrap(OCTETS, proof) + salt))
    return wrap(SEQUENCE, integer(VERSION) + head + security + body)


def _taken_apart(data: bytes) -> _Message | None:
    """The parts of a message; None for another version or model. Raises Malformed."""
    at, end = inside(data, 0, len(data), SEQUENCE)
    version, at = number(data, at, end)
    if version != VERSION:
        return None
    start, stop = inside(data, at, end, SEQUENCE)
    asked, start = number(data, start, stop)
    _, start = number(data, start, stop)
    flags, start = octets(data, start, stop)
    model, _ = number(data, start, stop)
    if model != MODEL or len(flags) != 1:
        return None
    at, security_end = inside(data, stop, end, OCTETS)
    at, _ = inside(data, at, security_end, SEQUENCE)
    engine, at = octets(data, at, security_end)
    boots, at = number(data, at, security_end)
    clock, at = number(data, at, security_end)
    user, at = octets(data, at, security_end)
    _, proof_at, proof_end = header(data, at, security_end)
    proof, at = octets(data, at, security_end)
    salt, _ = octets(data, at, security_end)
    if not (0 <= boots <= MAX_CLOCK and 0 <= clock <= MAX_CLOCK):
        raise Malformed("a clock out of bounds")
    del proof_end
    return _Message(
        asked, flags[0], Engine(engine, boots, clock), user, proof, proof_at, salt, (security_end, end)
    )
