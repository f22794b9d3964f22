"""SSDP asked of one machine (UPnP Device Architecture 1.1, 1.3.2), and its description, from this address only."""

import ipaddress
from dataclasses import dataclass, replace
from urllib.parse import urlsplit
from xml.parsers import expat

from backend.infra.clients.naming import datagrams, http
from backend.infra.clients.naming.answer import Answer
from backend.infra.clients.naming.fingerprints import recognise
from backend.infra.clients.naming.talk import Gate, NoAnswer, Place

PORT = 1900
MAX_PATH = 512
MAX_DEPTH = 32
MAX_TEXT = 300
WANTED = ("friendlyName", "manufacturer", "modelName", "modelNumber", "deviceType")
QUESTION = (
    'M-SEARCH * HTTP/1.1\r\nHOST: {host}:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\n'
    "ST: upnp:rootdevice\r\nUSER-AGENT: Lanarium UPnP/1.1\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Location:
    """Where a device says its description lies, on the device itself."""

    port: int
    path: str


async def ask_udp(gate: Gate, place: Place) -> Answer | None:
    """Ask who is there, and read its description."""
    address = place.address
    host = f"[{address}]" if ":" in address else address
    heard = await datagrams.ask(gate, address, PORT, QUESTION.format(host=host).encode(), is_answer, any_port=True)
    if not heard:
        return None
    found = http.headers(heard + b"\r\n\r\n")
    said = dict(reversed(found))
    answer = Answer(service="upnp")
    recognise("ssdp-server", said.get("server", ""), answer)
    answer.note("ssdp-server-header", said.get("server", ""))
    found_at = location(said.get("location", ""), address)
    if found_at:
        told = description(await _fetched(replace(place, port=found_at.port), found_at.path))
        read(told, answer)
    return answer


def is_answer(data: bytes) -> bool:
    """Whether this is an answer at all."""
    return data.startswith(b"HTTP/1.") and b" 200 " in data[:20]


def location(text: str, address: str) -> Location | None:
    """Where to fetch; None unless it is plain HTTP on this very address, written as an address."""
    try:
        parts = urlsplit(text)
        port = parts.port or 80
        same = ipaddress.ip_address(parts.hostname or "") == ipaddress.ip_address(address)
    except ValueError:
        return None
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    plain = path.isascii() and path.isprintable() and " " not in path and len(path) <= MAX_PATH
    return Location(port, path) if parts.scheme == "http" and same and plain and path.startswith("/") else None


async def _fetched(place: Place, path: str) -> bytes:
    try:
        async with place.talk() as talk:
            await talk.say(http.request(place, path))
            heard = await talk.until(lambda data: b"</root>" in data)
    except NoAnswer:
        return b""
    return heard.partition(b"\r\n\r\n")[2] if heard.startswith(b"HTTP/1.") else b""


def read(told: dict[str, str], answer: Answer) -> None:
    """Note what a description says."""
    answer.display_name = told.get("friendlyName") or None
    answer.vendor = told.get("manufacturer") or None
    model = " ".join(told[key] for key in ("manufacturer", "modelName", "modelNumber") if told.get(key))
    recognise("upnp-model", model, answer)
    recognise("upnp-type", told.get("deviceType", ""), answer)
    answer.note("upnp-info", "\n".join(f"{key}: {text}" for key, text in told.items()))


class _Declared(Exception):
    """The document declares what a description never needs."""


class _Reader:
    """Takes the wanted texts of the outermost device, and nothing else."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._path: list[str] = []
        self._text = ""

    def start(self, name: str, _: dict[str, str]) -> None:
        """An element begins."""
        if len(self._path) >= MAX_DEPTH:
            raise _Declared("too deep")
        self._path.append(name.rpartition(" ")[2])
        self._text = ""

    def text(self, data: str) -> None:
        """Text of an element."""
        if len(self._text) < MAX_TEXT:
            self._text += data

    def end(self, _: str) -> None:
        """An element ends."""
        name = self._path.pop()
        if name in WANTED and self._path == ["root", "device"]:
            self.found.setdefault(name, self._text.strip()[:MAX_TEXT])


def _refuse(*_: object) -> None:
    raise _Declared("a document type")


def description(data: bytes) -> dict[str, str]:
    """The wanted texts of a description; of a document with a document type, none."""
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.text
    start = data.find(b"<")
    try:
        parser.Parse(data[max(start, 0) :], False)
    except _Declared:
        return {}
    except (expat.ExpatError, ValueError, LookupError):
        pass  # what came before the fault is good enough
    return reader.found
