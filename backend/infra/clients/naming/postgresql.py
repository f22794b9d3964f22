"""PostgreSQL ("Frontend/Backend Protocol" in its manual): may we speak TLS? Only such a server says S or N."""

import struct

from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import Place, Talk

_SSL_REQUEST = struct.pack(">II", 8, 80877103)


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Ask, and look at the certificate where there is one."""
    await talk.say(_SSL_REQUEST)
    heard = await talk.until(lambda data: len(data) >= 1)
    if heard not in {b"S", b"N"}:
        return None
    answer = Answer(service="postgresql", product="PostgreSQL DB")
    answer.note("postgresql-tls", "offered" if heard == b"S" else "not offered")
    return answer
