"""Telnet (RFC 854): refuse every option it offers, and read what it greets with."""

import re

from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Place, Talk

_IAC, _WILL, _WONT, _DO, _DONT, _SB, _SE = 255, 251, 252, 253, 254, 250, 240
_COMMAND = re.compile(rb"\xff(?:[\xfb-\xfe].|\xfa[^\xff]{0,256}\xff\xf0|[^\xfa-\xff])", re.DOTALL)
_PROMPT = re.compile(rb"(?:login|username|user name|password|account)\s*:\s*$|[>#$%]\s*$", re.IGNORECASE)
MAX_ROUNDS = 4


def is_greeting(heard: bytes) -> bool:
    """Whether these are the first bytes of such a server."""
    return len(heard) >= 3 and heard[0] == _IAC and _SB <= heard[1] <= _DONT


async def ask(talk: Talk, _: Place) -> Answer | None:
    """Talk until it asks who we are."""
    text, negotiated = b"", False
    for _round in range(MAX_ROUNDS):
        heard = await talk.until(is_settled, quiet_s=0.6 if text else None)
        talk.clear()
        negotiated = negotiated or is_greeting(heard)
        text += _COMMAND.sub(b"", heard).replace(b"\x00", b"")
        refusals = refused(heard)
        if talk.ending or not refusals or _PROMPT.search(text):
            break
        await talk.say(refusals)
    if not negotiated and not _PROMPT.search(text):
        return None
    answer = Answer(service="telnet")
    shown = text.strip()[:2048]
    recognise("telnet", shown, answer)
    answer.note("banner", shown.decode("utf-8", "replace"))
    return answer


def is_settled(heard: bytes) -> bool:
    """Whether it waits for us: it asked for an option, or for a name."""
    return (len(heard) >= 3 and heard[-3] == _IAC) or _PROMPT.search(heard) is not None


def refused(heard: bytes) -> bytes:
    """A no to each offer and each demand."""
    answers = {_WILL: _DONT, _DO: _WONT}
    found = (command.group() for command in _COMMAND.finditer(heard))
    words = [item for item in found if len(item) == 3 and item[1] in answers][:64]
    return b"".join(bytes([_IAC, answers[item[1]], item[2]]) for item in words)
