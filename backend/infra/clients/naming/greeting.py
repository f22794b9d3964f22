"""Services that speak first, in lines: FTP, SMTP, POP3, IMAP, rsync and the like. Listening is all it takes."""

import re

from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.certificate import is_host_name
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Place, Talk

_SENTENCE_END = re.compile(rb"^\d{3}(?: [^\r\n]*)?\r?\n", re.MULTILINE)
_HOST = re.compile(r"^220[ -](\S{1,253})")
# The service by its greeting; the port decides between those that greet alike.
_KINDS: tuple[tuple[str, re.Pattern[bytes]], ...] = (
    ("smtp", re.compile(rb"^220[ -][^\r\n]*\b(?:E?SMTP|Postfix|Exim|sendmail)\b", re.IGNORECASE)),
    ("smtp", re.compile(rb"^(?:421|450|451|521|554)[ -]", re.MULTILINE)),
    ("ftp", re.compile(rb"^(?:220|421|530)(?: |-|\r|$)")),
    ("pop3", re.compile(rb"^\+OK")),
    ("imap", re.compile(rb"^\* (?:OK|PREAUTH|BYE)", re.IGNORECASE)),
    ("nntp", re.compile(rb"^20[01] ")),
    ("rsync", re.compile(rb"^@RSYNCD: ")),
    ("irc", re.compile(rb"^:\S+ NOTICE ")),
)
_BY_PORT = {25: "smtp", 465: "smtp", 587: "smtp", 2525: "smtp", 21: "ftp", 990: "ftp", 2121: "ftp"}
_FAREWELLS = {
    "ftp": b"QUIT\r\n",
    "smtp": b"QUIT\r\n",
    "pop3": b"QUIT\r\n",
    "imap": b"z LOGOUT\r\n",
    "nntp": b"QUIT\r\n",
}


def kind_of(heard: bytes, port: int) -> str | None:
    """Which service greets like this."""
    kind = next((name for name, pattern in _KINDS if pattern.search(heard)), None)
    expected = _BY_PORT.get(port)
    if kind in {"ftp", "smtp"} and expected and not (kind == "smtp" and heard.startswith(b"220")):
        return expected
    return kind


def is_whole(heard: bytes) -> bool:
    """Whether a greeting has come to its end: a line, or of a numbered one the last line."""
    if heard[:1].isdigit():
        return _SENTENCE_END.search(heard) is not None
    return heard.endswith(b"\n")


async def ask(talk: Talk, place: Place) -> Answer | None:
    """Listen to the greeting and take leave."""
    heard = await talk.until(is_whole)
    kind = kind_of(heard, place.port)
    if kind is None:
        return None
    answer = Answer(service=kind)
    text = heard.strip()
    recognise(kind, text, answer)
    answer.note("banner", text.decode("utf-8", "replace"))
    _name(kind, text.decode("latin-1"), answer)
    if farewell := _FAREWELLS.get(kind):
        await talk.say(farewell)
    return answer


def _name(kind: str, text: str, answer: Answer) -> None:
    """A mail server begins with the name it goes by."""
    found = _HOST.match(text) if kind == "smtp" else None
    if found and "." in found[1] and is_host_name(found[1]):
        answer.hostnames.append(found[1])
