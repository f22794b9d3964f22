"""SNMP v3 with the user-based security model (RFC 3412, 3414): who asks is proven, what is said can be hidden."""

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from backend.infra.clients.naming.der import wrap
from backend.infra.clients.snmp.ber import OCTETS, SEQUENCE, inside, octets
from backend.infra.clients.snmp.keys import AUTH, KeyRing, Keys, decrypted, digest, encrypted
from backend.infra.clients.snmp.message import (
    AUTH_FLAG,
    MAX_CLOCK,
    PRIV_FLAG,
    REPORTABLE,
    Arrived,
    Engine,
    Message,
    scoped,
    taken_apart,
)
from backend.infra.clients.snmp.pdu import REPORT, Answer, answer

Level = Literal["noAuthNoPriv", "authNoPriv", "authPriv"]
MIN_ENGINE, MAX_ENGINE = 5, 32


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
        """The message that carries a question. Without an engine it asks for that alone, and names nobody."""
        engine = self.engine
        if engine is None:
            return Message(asked, REPORTABLE, Engine(b""), body=scoped(b"", "", pdu)).encoded()
        flags = self.user.flags
        now = min(engine.time + int(self._clock() - engine.at), MAX_CLOCK)
        told = replace(engine, time=now) if flags else Engine(engine.id)
        body, salt = scoped(engine.id, self.user.context, pdu), b""
        if flags & PRIV_FLAG:
            hidden, salt = encrypted(self.user.priv, self._keys.priv, (told.boots, now), body)
            body = wrap(OCTETS, hidden)
        message = Message(asked, flags | REPORTABLE, told, self._name, salt, body=body)
        if not flags & AUTH_FLAG:
            return message.encoded()
        blank = message.proven_by(bytes(AUTH[self.user.auth].length)).encoded()
        return message.proven_by(digest(self.user.auth, self._keys.auth, blank)).encoded()

    def open(self, data: bytes) -> Answer | None:
        """What an agent says; None for what is not proven as it must be. Raises Malformed."""
        arrived = taken_apart(data)
        if arrived is None:
            return None
        message = arrived.message
        proven = self._proven(data, arrived)
        plain = message.body
        if message.flags & PRIV_FLAG:
            if not proven:
                return None
            plain = self._shown(message)
        start, end = inside(plain, 0, len(plain), SEQUENCE)
        for _ in ("contextEngineID", "contextName"):
            _, start = octets(plain, start, end)
        said = answer(plain, start, end)
        if self.engine is None or said.kind == REPORT:
            return self._report(message, said, proven=proven)
        needed = self.user.flags
        if (needed and not proven) or message.flags & needed != needed or said.number != message.number:
            return None
        return said

    def _report(self, message: Message, said: Answer, *, proven: bool) -> Answer | None:
        """A report says of itself how it is protected; a clock is believed only where that is proven."""
        engine = message.engine
        if said.kind != REPORT or not MIN_ENGINE <= len(engine.id) <= MAX_ENGINE:
            return None
        if self.engine is None or (proven and engine.id == self.engine.id):
            self.meet(replace(engine, at=self._clock()))
        return replace(said, number=message.number)

    def _proven(self, data: bytes, arrived: Arrived) -> bool:
        """Whether the message comes from the engine that is asked, and from somebody who knows our key."""
        message, at = arrived.message, arrived.proof_at
        if not message.flags & AUTH_FLAG or self.engine is None or not self._keys.auth:
            return False
        length = AUTH[self.user.auth].length
        if message.engine.id != self.engine.id or message.user != self._name or len(message.proof) != length:
            return False
        blank = data[:at] + bytes(length) + data[at + length :]
        return hmac.compare_digest(digest(self.user.auth, self._keys.auth, blank), message.proof)

    def _shown(self, message: Message) -> bytes:
        start, end = inside(message.body, 0, len(message.body), OCTETS)
        clock = (message.engine.boots, message.engine.time)
        return decrypted(self.user.priv, self._keys.priv, clock, message.body[start:end], message.salt)
