"""MySQL and MariaDB: the handshake that the server opens with, or its refusal."""

import re

from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Place, Talk

_REFUSED = re.compile(rb"is not allowed to connect to this (MySQL|MariaDB) server")
PROTOCOL_10, REFUSAL = 0x0A, 0xFF


def is_greeting(heard: bytes) -> bool:
    """Whether these are the first bytes of such a server."""
    return len(heard) >= 6 and heard[2:4] == b"\x00\x00" and heard[4] in {PROTOCOL_10, REFUSAL}


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Read its first packet."""
    heard = await talk.until(lambda data: len(data) >= 4 and len(data) >= 4 + int.from_bytes(data[:3], "little"))
    if not is_greeting(heard):
        return None
    answer = Answer(service="mysql")
    if heard[4] == PROTOCOL_10:
        recognise("mysql", heard[5:].split(b"\x00", 1)[0], answer)
    elif found := _REFUSED.search(heard):
        answer.product, answer.extra = found[1].decode(), "unauthorized"
    return answer
