"""IPP (RFC 8010, RFC 8011): what HTTP says, and of a printer its make and name. Nothing is ever printed."""

import struct

from backend.infra.clients.naming import http
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.talk import NoAnswer, Place, Talk

GET_PRINTER_ATTRIBUTES = 0x000B
_OPERATION, _END, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x01, 0x03, 0x44, 0x45, 0x47, 0x48
WANTED = ("printer-make-and-model", "printer-info", "printer-dns-sd-name")
MAX_ATTRIBUTES = 64


async def ask(talk: Talk, place: Place) -> Answer | None:
    """Ask for the front page, then for the printer."""
    answer = await http.ask(talk, place)
    if answer is None:
        return None
    answer.service = "ipp"
    found = await _attributes(place)
    answer.note("ipp-attributes", "\n".join(f"{name}: {text}" for name, text in found.items()))
    if model := found.get("printer-make-and-model"):
        answer.type_hint = "printer"
        answer.vendor = answer.vendor or model.split(" ")[0]
    return answer


async def _attributes(place: Place) -> dict[str, str]:
    body = question(place)
    more = f"Content-Type: application/ipp\r\nContent-Length: {len(body)}\r\n"
    try:
        async with place.aside() as talk:
            await talk.say(http.request(place, "/ipp/print", more, "POST") + body)
            heard = await talk.until(http.is_whole)
    except NoAnswer:
        return {}
    return attributes(heard.partition(b"\r\n\r\n")[2])


def question(place: Place) -> bytes:
    """Get-Printer-Attributes for the few that tell who it is."""
    host = f"[{place.address}]" if ":" in place.address else place.address
    parts = [
        _attribute(_CHARSET, "attributes-charset", "utf-8"),
        _attribute(_LANGUAGE, "attributes-natural-language", "en"),
        _attribute(_URI, "printer-uri", f"ipp://{host}/ipp/print"),
        *(_attribute(_KEYWORD, "" if i else "requested-attributes", name) for i, name in enumerate(WANTED)),
    ]
    head = struct.pack(">BBHI", 1, 1, GET_PRINTER_ATTRIBUTES, 1)
    return head + bytes([_OPERATION]) + b"".join(parts) + bytes([_END])


def attributes(body: bytes) -> dict[str, str]:
    """The wanted attributes of an answer; of any bytes something."""
    found: dict[str, str] = {}
    rest = body[body.find(b"\x01\x01\x00") :][8:] if b"\x01\x01\x00" in body[:32] else body[8:]
    for _ in range(MAX_ATTRIBUTES):
        if not rest or rest[0] == _END:
            break
        if rest[0] < 0x10:
            rest = rest[1:]
            continue
        name, after = _field(rest[1:])
        value, rest = _field(after)
        key = name.decode("latin-1")
        if key in WANTED and value:
            found[key] = value[:200].decode("utf-8", "replace")
    return found


def _attribute(tag: int, name: str, value: str) -> bytes:
    texts = (text.encode() for text in (name, value))
    return bytes([tag]) + b"".join(struct.pack(">H", len(text)) + text for text in texts)


def _field(data: bytes) -> tuple[bytes, bytes]:
    length = int.from_bytes(data[:2], "big")
    return data[2 : 2 + length], data[2 + length :]
