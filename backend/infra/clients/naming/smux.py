"""SMUX (RFC 1227), the multiplexer beside an SNMP agent: a peer without a password is sent away in three bytes."""

from backend.infra.clients.naming import der
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import Place, Talk

_OPEN, _CLOSE = 0x60, b"\x41\x01"
_NOBODY = der.wrap(0x04, b"")
_HELLO = der.wrap(_OPEN, der.integer(0) + der.oid("1.3.6.1.4.1") + _NOBODY + _NOBODY)


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Knock without a password."""
    await talk.say(_HELLO)
    heard = await talk.until(lambda data: len(data) >= 3)
    if len(heard) != 3 or not heard.startswith(_CLOSE) or heard[2] > 5:
        return None
    return Answer(service="smux", product="Linux SNMP multiplexer")
