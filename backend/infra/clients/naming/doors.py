"""One TCP port: which question to ask first, and what to try when it was the wrong one.

    the port's own question --> none fits --> listen --> whoever speaks first is known by the first bytes
                                              '-> silence --> HTTP, and TLS beside it

Ports on which a word may print a page or move a machine are never spoken to.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager

from backend.infra.clients.naming import (
    certificate,
    dns,
    greeting,
    http,
    ipp,
    mqtt,
    mysql,
    postgresql,
    rdp,
    redis,
    rtsp,
    sip,
    smb,
    smux,
    ssh,
    telnet,
    vnc,
)
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import NoAnswer, Place, Talk

Opening = Callable[..., AbstractAsyncContextManager[Talk]]
Question = Callable[[Talk, Place], Awaitable[Answer | None]]

LISTEN_S = 0.5
_ALERT = b"\x15\x03"  # of TLS
# Printers print what they are sent; controllers of machines obey anybody (Modbus, S7, DNP3, EtherNet/IP, BACnet,
# IEC 104, Niagara Fox, Crimson, HART-IP, GE SRTP, PCWorx, OMRON FINS, CODESYS, ProConOS).
NEVER = frozenset(
    {515, *range(9100, 9108), 502, 102, 20000, 44818, 47808, 2404, 1911, 4911, 789, 5094, 18245, 18246}
    | {1962, 9600, 2455, 20547, 34962, 34963, 34964, 1089, 1090, 1091}
)


def _ports(question: Question, *ports: int) -> dict[int, Question]:
    return dict.fromkeys(ports, question)


# The question that a port's number suggests; all others listen first.
FIRST: Mapping[int, Question] = {
    **_ports(
        http.ask, 80, 81, 82, 88, 591, 3000, 5000, 5080, 5357, 5985, 7547, 8000, 8001, 8008, 8080, 8081, 8082
    ),
    **_ports(http.ask, 8083, 8088, 8089, 8090, 8123, 8181, 8200, 8888, 9000, 9080, 9090, 9091, 9200, 49152, 32400),
    **_ports(smb.ask, 139, 445),
    **_ports(dns.ask, 53),
    **_ports(smux.ask, 199),
    **_ports(ipp.ask, 631),
    **_ports(mqtt.ask, 1883),
    **_ports(rdp.ask, 3389),
    **_ports(postgresql.ask, 5432, 5433),
    **_ports(redis.ask, 6379, 6380),
    **_ports(rtsp.ask, 554, 8554),
    **_ports(sip.ask, 5060),
}
# What speaks TLS from the first byte, and the question inside it.
SECURE: Mapping[int, Question] = {
    **_ports(
        http.ask, 443, 832, 981, 1311, 2376, 4443, 5001, 5986, 6443, 7443, 8006, 8009, 8243, 8443, 8834, 9443
    ),
    **_ports(http.ask, 10000, 10443, 3001, 8002, 8531),
    **_ports(greeting.ask, 465, 563, 990, 993, 995),
    **_ports(mqtt.ask, 8883),
    **_ports(dns.ask, 853),
    **_ports(sip.ask, 5061),
}
# Who speaks first takes its time: these are waited for longer.
_PATIENT = frozenset({21, 22, 23, 25, 110, 119, 143, 587, 873, 2121, 2222, 2323, 2525, 3306, 5900, 5901, 6667})


async def ask(place: Place) -> Answer | None:
    """Find out what is behind a port; None where nothing is to be learnt, or nothing may be asked."""
    if place.port in NEVER:
        return None
    try:
        return await _ask(place)
    except NoAnswer:
        return None


async def _ask(place: Place) -> Answer | None:
    if place.port in SECURE:
        return await _inside(place, place.talk, SECURE[place.port]) or await _outside(place, _listen)
    answer = await _outside(place, FIRST.get(place.port, _listen))
    if answer is None and place.port in FIRST:
        answer = await _outside(place, _listen)
    if answer is not None and answer.tunnel == "wanted":
        answer.tunnel = None
        answer = await _inside(place, place.talk, http.ask) or answer
    return answer


async def _outside(place: Place, question: Question) -> Answer | None:
    async with place.talk() as talk:
        return _judged(talk, await question(talk, place))


async def _inside(place: Place, opened: Opening, question: Question) -> Answer | None:
    """Ask inside TLS; without an answer there, the certificate says something still."""
    try:
        async with opened(tls=True) as talk:
            answer = _judged(talk, await question(talk, place))
            if answer is None and question is not http.ask:
                answer = await _second(talk, place)
            answer = answer or Answer(service="ssl")
            answer.tunnel = "ssl" if answer.service != "ssl" else None
            certificate.read(talk.certificate(), answer)
            return answer
    except NoAnswer:
        return None


async def _second(talk: Talk, place: Place) -> Answer | None:
    return None if talk.ending in {"closed", "late", "full"} else await _listen(talk, place)


def _judged(talk: Talk, answer: Answer | None) -> Answer | None:
    """With the mark of a conversation that was dragged out."""
    if not talk.dripped:
        return answer
    answer = answer or Answer()
    answer.dripped = True
    return answer


async def _listen(talk: Talk, place: Place) -> Answer | None:
    """Let the other side speak first; if it does not, speak to it."""
    patience = None if place.port in _PATIENT else LISTEN_S
    heard = await talk.until(lambda data: len(data) >= 6, quiet_s=patience)
    if not heard and talk.ending == "silent":
        return await _speak(talk, place)
    if not heard or heard.startswith(_ALERT):
        return await _inside(place, place.aside, http.ask)
    return await _understood(talk, place, heard)


async def _speak(talk: Talk, place: Place) -> Answer | None:
    """Speak HTTP, which many refuse in words of their own, and at the same time TLS beside it."""
    beside = asyncio.create_task(_inside(place, place.aside, http.ask))
    try:
        await talk.say(http.request(place))
        heard = await talk.until(lambda data: len(data) >= 6)
        if not heard or heard.startswith(_ALERT):
            return await beside
    finally:
        beside.cancel()
    if heard.startswith(b"HTTP/"):
        return await http.listen(talk, place)
    return await _understood(talk, place, heard)


async def _understood(talk: Talk, place: Place, heard: bytes) -> Answer | None:
    question = recognised(heard, place.port)
    if question:
        return await question(talk, place)
    return _unknown(await talk.until(greeting.is_whole, quiet_s=None if talk.trickles else 0.2))


def _unknown(heard: bytes) -> Answer:
    """A service that says something nobody understands."""
    answer = Answer(greeting=heard[:256])
    answer.note("banner", heard[:512].decode("utf-8", "replace"))
    return answer


def recognised(heard: bytes, port: int) -> Question | None:
    """Who speaks like this."""
    for first, question in _FIRST_BYTES:
        if heard.startswith(first):
            return question
    if mysql.is_greeting(heard):
        return mysql.ask
    if telnet.is_greeting(heard) or (heard and port in {23, 2323} and not heard[:3].isdigit()):
        return telnet.ask
    return greeting.ask if greeting.kind_of(heard, port) else None


async def _redis_anew(_: Talk, place: Place) -> Answer | None:
    """Redis has refused HTTP, and hangs up on the word Host; it is asked anew."""
    async with place.aside() as fresh:
        return await redis.ask(fresh, place)


_FIRST_BYTES: tuple[tuple[tuple[bytes, ...], Question], ...] = (
    ((b"SSH-",), ssh.ask),
    ((b"RFB ",), vnc.ask),
    ((b"RTSP/",), rtsp.ask),
    ((b"-ERR unknown", b"-ERR wrong", b"-NOAUTH", b"-DENIED"), _redis_anew),
)
