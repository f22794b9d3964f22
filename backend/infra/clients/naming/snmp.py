"""SNMP (RFC 3412, 3416): the engine's id, which any agent of version 3 tells, and with `public` who it is."""

import asyncio
import random

from backend.infra.clients.naming import datagrams, der
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.certificate import is_host_name
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Gate

PORT = 161
COMMUNITY = b"public"
# sysDescr, sysObjectID, sysName and sysLocation of RFC 3418.
SYSTEM = {
    "1.3.6.1.2.1.1.1.0": "description",
    "1.3.6.1.2.1.1.2.0": "object",
    "1.3.6.1.2.1.1.5.0": "name",
    "1.3.6.1.2.1.1.6.0": "location",
}
_SEQUENCE, _OCTETS, _OID, _GET, _RESPONSE = 0x30, 0x04, 0x06, 0xA0, 0xA2
_MIN_ENGINE, _MAX_ENGINE = 5, 32
NET_SNMP = 8072


async def ask_udp(gate: Gate, address: str, *, public: bool = True) -> Answer | None:
    """Ask for the engine, and for the system where that is allowed."""
    number = random.randrange(1, 1 << 31)  # noqa: S311 - told apart, not kept secret
    questions = [datagrams.ask(gate, address, PORT, discovery(number), lambda data: engine_id(data) is not None)]
    if public:
        questions.append(datagrams.ask(gate, address, PORT, get(number), lambda data: bool(values(data, number))))
    heard, *told = await asyncio.gather(*questions)
    said = values(told[0], number) if told and told[0] else {}
    if not heard and not said:
        return None
    answer = Answer(service="snmp")
    if heard:
        _engine(engine_id(heard) or b"", answer)
    _system(said, answer)
    return answer


def _engine(engine: bytes, answer: Answer) -> None:
    """RFC 3411 5: the maker's number with its first bit set, and then what tells one agent from another."""
    answer.note("snmp-engine", engine.hex())
    if not engine[0] & 0x80 or not any(engine[5:]):
        return
    answer.keys.append(f"snmp:{engine.hex()}")
    if int.from_bytes(engine[:4], "big") & 0x7FFFFFFF == NET_SNMP:
        answer.product = "net-snmp"
    if engine[4] == 3 and len(engine) == 11:
        answer.mac = engine[5:].hex(":")


def _system(said: dict[str, str], answer: Answer) -> None:
    recognise("snmp-descr", said.get("description", ""), answer)
    recognise("snmp-object", said.get("object", ""), answer)
    name = said.get("name", "").strip()
    if is_host_name(name):
        answer.hostnames.append(name)
    answer.note("snmp-info", "\n".join(f"{what}: {text}" for what, text in said.items() if text))


def discovery(number: int) -> bytes:
    """A question to nobody in version 3; the answer says who would have been somebody."""
    head = der.integer(number) + der.integer(65_507) + der.wrap(_OCTETS, b"\x04") + der.integer(3)
    empty = der.wrap(_OCTETS, b"")
    security = der.wrap(_SEQUENCE, empty + der.integer(0) + der.integer(0) + empty * 3)
    pdu = der.wrap(_GET, der.integer(number) + der.integer(0) + der.integer(0) + der.wrap(_SEQUENCE, b""))
    scoped = der.wrap(_SEQUENCE, empty * 2 + pdu)
    parts = der.integer(3) + der.wrap(_SEQUENCE, head) + der.wrap(_OCTETS, security) + scoped
    return der.wrap(_SEQUENCE, parts)


def engine_id(data: bytes) -> bytes | None:
    """The engine's id in an answer of version 3."""
    parts = der.children(data, _SEQUENCE)
    if len(parts) < 3 or der.number(parts[0].content) != 3:
        return None
    fields = der.children(parts[2].content, _SEQUENCE)
    engine = fields[0].content if fields else b""
    return engine if _MIN_ENGINE <= len(engine) <= _MAX_ENGINE else None


def get(number: int) -> bytes:
    """A question for the system's four texts in version 2c."""
    bindings = b"".join(der.wrap(_SEQUENCE, der.oid(name) + b"\x05\x00") for name in SYSTEM)
    pdu = der.integer(number) + der.integer(0) + der.integer(0) + der.wrap(_SEQUENCE, bindings)
    return der.wrap(_SEQUENCE, der.integer(1) + der.wrap(_OCTETS, COMMUNITY) + der.wrap(_GET, pdu))


def values(data: bytes, number: int) -> dict[str, str]:
    """The texts in an answer to the question of that number, by our names for them."""
    fields = der.children(data, _SEQUENCE, _RESPONSE)
    if len(fields) < 4 or der.number(fields[0].content) != number:
        return {}
    found: dict[str, str] = {}
    for binding in list(der.items(fields[3].content))[: 2 * len(SYSTEM)]:
        pair = list(der.items(binding.content))
        name = SYSTEM.get(der.oid_text(pair[0].content)) if len(pair) == 2 else None
        if name and pair[1].tag == _OCTETS:
            found[name] = pair[1].content[:1024].decode("utf-8", "replace")
        elif name and pair[1].tag == _OID:
            found[name] = der.oid_text(pair[1].content)
    return found
