"""Messages of SNMP v3 (RFC 3412 6, RFC 3414 2.4): put together, and taken apart without believing them."""

from dataclasses import dataclass, replace

from backend.infra.clients.naming.der import integer, wrap
from backend.infra.clients.snmp.ber import OCTETS, SEQUENCE, Malformed, header, inside, number, octets

VERSION, MODEL, MAX_SIZE, MAX_CLOCK = 3, 3, 65_507, (1 << 31) - 1
AUTH_FLAG, PRIV_FLAG, REPORTABLE = 1, 2, 4


@dataclass(frozen=True, slots=True)
class Engine:
    """An agent's engine and its clock: `boots` and `time` were true at `at` on ours."""

    id: bytes
    boots: int = 0
    time: int = 0
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Message:
    """What travels around a scoped PDU. `body` is that PDU, or what hides it."""

    number: int
    flags: int
    engine: Engine
    user: bytes = b""
    salt: bytes = b""
    proof: bytes = b""
    body: bytes = b""

    def encoded(self) -> bytes:
        """As it travels."""
        head = integer(self.number) + integer(MAX_SIZE) + wrap(OCTETS, bytes((self.flags,))) + integer(MODEL)
        who = wrap(OCTETS, self.engine.id) + integer(self.engine.boots) + integer(self.engine.time)
        who += wrap(OCTETS, self.user) + wrap(OCTETS, self.proof) + wrap(OCTETS, self.salt)
        security = wrap(OCTETS, wrap(SEQUENCE, who))
        return wrap(SEQUENCE, integer(VERSION) + wrap(SEQUENCE, head) + security + self.body)

    def proven_by(self, proof: bytes) -> "Message":
        """The same with its proof."""
        return replace(self, proof=proof)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message that came, and where in it its proof lies."""

    message: Message
    proof_at: int


def scoped(engine: bytes, context: str, pdu: bytes) -> bytes:
    """A PDU with whom it is for."""
    return wrap(SEQUENCE, wrap(OCTETS, engine) + wrap(OCTETS, context.encode()) + pdu)


def taken_apart(data: bytes) -> Arrived | None:
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
    at, body_at = inside(data, stop, end, OCTETS)
    at, _ = inside(data, at, body_at, SEQUENCE)
    engine, at = octets(data, at, body_at)
    boots, at = number(data, at, body_at)
    clock, at = number(data, at, body_at)
    user, at = octets(data, at, body_at)
    _, proof_at, _ = header(data, at, body_at)
    proof, at = octets(data, at, body_at)
    salt, _ = octets(data, at, body_at)
    if not (0 <= boots <= MAX_CLOCK and 0 <= clock <= MAX_CLOCK):
        raise Malformed("a clock out of bounds")
    told = Engine(engine, boots, clock)
    return Arrived(Message(asked, flags[0], told, user, salt, proof, data[body_at:end]), proof_at)
