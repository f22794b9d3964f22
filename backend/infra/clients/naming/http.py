"""HTTP (RFC 9110): one GET of the front page; server, title, realm. A redirect is noted, never followed."""

import re
from collections.abc import Iterator

from backend.infra.clients.naming import ntlm
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import NoAnswer, Place, Talk

AGENT = "Mozilla/5.0 (compatible; Lanarium)"
MAX_BODY = 16 * 1024
_STATUS = re.compile(rb"^HTTP/1\.[01] (\d{3})[^\r\n]*\r?\n")
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_TITLE = re.compile(rb"<title[^>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_TITLE_END = re.compile(rb"</title|</head|<body", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_REALM = re.compile(r'realm="([^"]{0,200})"', re.IGNORECASE)
_NEEDS_TLS = (b"HTTP request was sent to HTTPS port", b"speaking plain HTTP to an SSL", b"to a HTTPS port")


async def ask(talk: Talk, place: Place) -> Answer | None:
    """Get the front page."""
    await talk.say(request(place))
    return await listen(talk, place)


async def listen(talk: Talk, place: Place) -> Answer | None:
    """Read an answer to a request that has been made."""
    heard = await talk.until(is_whole)
    if not _STATUS.match(heard):
        return None
    answer = Answer(service="http")
    read(heard, answer)
    if any(word in heard for word in _NEEDS_TLS):
        answer.tunnel = "wanted"
    elif "NTLM" in _of(headers(heard), "www-authenticate") or "Negotiate" in _of(
        headers(heard), "www-authenticate"
    ):
        await _ntlm(place, answer, tls=talk.certificate() is not None)
    return answer


def request(place: Place, path: str = "/", more: str = "", method: str = "GET") -> bytes:
    """The question."""
    host = f"[{place.address}]" if ":" in place.address else place.address
    port = "" if place.port in {80, 443} else f":{place.port}"
    lines = f"Host: {host}{port}\r\nUser-Agent: {AGENT}\r\nAccept: */*\r\n{more}Connection: close\r\n"
    return f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode()


def is_whole(heard: bytes) -> bool:
    """Whether all is there that is looked at: the headers, and the body as far as the title or its end."""
    end = _HEADER_END.search(heard)
    if not end:
        return len(heard) >= 16 and not heard.startswith(b"HTTP/")
    body = heard[end.end() :]
    length = next((value for name, value in headers(heard) if name == "content-length"), "")
    if length.isdecimal() and len(length) < 9 and len(body) >= int(length):
        return True
    return len(body) >= MAX_BODY or _TITLE_END.search(body) is not None or body.endswith(b"0\r\n\r\n")


def headers(heard: bytes) -> list[tuple[str, str]]:
    """Name, in lower case, and value of each header."""
    return list(_headers(heard))


def _headers(heard: bytes) -> Iterator[tuple[str, str]]:
    head = _HEADER_END.split(heard, maxsplit=1)[0]
    for line in head.split(b"\n")[1:100]:
        name, colon, value = line.partition(b":")
        if colon:
            yield name.strip().lower().decode("latin-1"), value.strip()[:1000].decode("latin-1")


def _of(found: list[tuple[str, str]], wanted: str) -> str:
    return "\n".join(value for name, value in found if name == wanted)


def read(heard: bytes, answer: Answer) -> None:
    """Note what headers and title say. The server's own word goes before what the page looks like."""
    found = headers(heard)
    server, realm = _of(found, "server"), _REALM.search(_of(found, "www-authenticate"))
    title = _title(heard)
    if server:
        recognise("http-server", server, answer)
        answer.note("http-server-header", server)
    for subject, text in (("http-title", title), ("http-realm", realm[1] if realm else "")):
        if text:
            recognise(subject, text, answer)
            answer.note(subject, text)
    if location := _of(found, "location"):
        answer.note("http-location", location)


def _title(heard: bytes) -> str:
    found = _TITLE.search(_HEADER_END.split(heard, maxsplit=1)[-1][:MAX_BODY])
    return _SPACES.sub(" ", found[1].decode("utf-8", "replace")).strip() if found else ""


async def _ntlm(place: Place, answer: Answer, *, tls: bool) -> None:
    """Ask a server that offers NTLM who it is: its challenge carries its names, and nothing is sent but hello."""
    path = "/wsman" if place.port in {5985, 5986} else "/"
    try:
        async with place.aside(tls=tls) as talk:
            await talk.say(request(place, path, f"Authorization: Negotiate {ntlm.hello_text()}\r\n"))
            heard = await talk.until(lambda data: _HEADER_END.search(data) is not None)
    except NoAnswer:
        return
    for word in _of(headers(heard), "www-authenticate").split():
        challenge = ntlm.challenge_in(ntlm.from_text(word))
        if challenge:
            challenge.tell(answer)
            return
