"""SIP (RFC 3261 11): OPTIONS, answered with the name of what is behind it."""

import re
import secrets

from backend.infra.clients.naming import datagrams, http
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Gate, Place, Talk

_STATUS = re.compile(rb"^SIP/2\.0 \d{3}")


async def ask(talk: Talk, place: Place) -> Answer | None:
    """Ask over TCP."""
    await talk.say(question(place.address, "TCP"))
    return read(await talk.until(lambda data: b"\r\n\r\n" in data))


async def ask_udp(gate: Gate, address: str, port: int) -> Answer | None:
    """Ask over UDP."""
    heard = await datagrams.ask(
        gate, address, port, question(address, "UDP"), lambda data: bool(_STATUS.match(data))
    )
    return read(heard) if heard else None


def question(address: str, transport: str) -> bytes:
    """What can you do?"""
    host = f"[{address}]" if ":" in address else address
    tag = secrets.token_hex(8)
    lines = (
        f"OPTIONS sip:{host} SIP/2.0",
        f"Via: SIP/2.0/{transport} lanarium.invalid;branch=z9hG4bK{tag};rport",
        "Max-Forwards: 0",
        f"From: <sip:lanarium@lanarium.invalid>;tag={tag}",
        f"To: <sip:{host}>",
        f"Call-ID: {tag}@lanarium.invalid",
        "CSeq: 1 OPTIONS",
        "Accept: application/sdp",
        "Content-Length: 0",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def read(heard: bytes) -> Answer | None:
    """Server and User-Agent of an answer."""
    if not _STATUS.match(heard):
        return None
    answer = Answer(service="sip")
    for name, value in http.headers(heard):
        if name in {"server", "user-agent"}:
            recognise("sip", value, answer)
            answer.note("sip-server-header", value)
            break
    return answer
