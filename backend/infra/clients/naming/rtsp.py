"""RTSP (RFC 2326 10.1): OPTIONS, answered with a Server header much like HTTP's."""

import re

from backend.infra.clients.naming import http
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Place, Talk

_STATUS = re.compile(rb"^RTSP/1\.\d \d{3}")


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Ask what it can do."""
    await talk.say(b"OPTIONS * RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: Lanarium\r\n\r\n")
    heard = await talk.until(lambda data: b"\r\n\r\n" in data or b"\n\n" in data)
    if not _STATUS.match(heard):
        return None
    answer = Answer(service="rtsp")
    server = next((value for name, value in http.headers(heard) if name == "server"), "")
    recognise("rtsp", server, answer)
    answer.note("rtsp-server-header", server)
    return answer
