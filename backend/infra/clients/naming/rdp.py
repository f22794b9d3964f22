"""RDP ([MS-RDPBCGR] 2.2.1.1, [MS-CSSP] 2.2.1): connection request, TLS, and NTLM's hello, which has names."""

from backend.infra.clients.naming import certificate, der, ntlm
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import Place, Talk

# TPKT, X.224 connection request, and the wish for TLS (1), CredSSP (2) or CredSSP with early answer (8).
_REQUEST = bytes.fromhex("03000013 0ee00000000000 01000800 0b000000")
_CONFIRM, _CHOSEN = 0xD0, 2
_TLS, _NLA = 1, 0x0A


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Connect as far as the server's hello."""
    await talk.say(_REQUEST)
    heard = await talk.until(lambda data: len(data) >= 4 and len(data) >= int.from_bytes(data[2:4], "big"))
    if heard[:2] != b"\x03\x00" or len(heard) < 11 or heard[5] != _CONFIRM:
        return None
    answer = Answer(service="ms-wbt-server")
    chosen = heard[15] if len(heard) >= 19 and heard[11] == _CHOSEN else 0
    talk.clear()
    if chosen & (_TLS | _NLA) and await talk.secure():
        certificate.read(talk.certificate(), answer)
        if chosen & _NLA:
            await _hello(talk, answer)
    return answer


async def _hello(talk: Talk, answer: Answer) -> None:
    token = der.wrap(0x30, der.wrap(0x30, der.wrap(0xA0, der.wrap(0x04, ntlm.hello()))))
    await talk.say(der.wrap(0x30, der.wrap(0xA0, der.integer(6)) + der.wrap(0xA1, token)))
    heard = await talk.until(lambda data: bool(next(der.items(data), None)))
    challenge = ntlm.challenge_in(heard)
    if challenge:
        challenge.tell(answer)
        answer.product = "Microsoft Terminal Services" if challenge.windows else None
