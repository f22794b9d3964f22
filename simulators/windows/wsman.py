"""Envelopes: what a WS-Management request asks for, and the answer or the fault it gets (DSP0226, [MS-WSMV])."""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4
from xml.sax.saxutils import escape

from lxml import etree

from simulators.windows import wql
from simulators.windows.machine import TIMES, Machine, text_of

SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
DIALECT = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
CIMV2 = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/"
_SPACES = {"s": SOAP, "a": ADDRESSING, "n": ENUMERATION, "w": WSMAN}
# What [MS-WSMV] allows in an envelope by default.
LARGEST = 512_000


class Refused(Exception):
    """A SOAP fault: its code without a prefix, and why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(slots=True)
class _Open:
    """An enumeration that is not at its end."""

    source: str
    projected: bool
    rows: list[dict[str, wql.Value]]


class Service:
    """WS-Management of one machine. `readers` may read WMI; anybody else who may log in gets AccessDenied."""

    def __init__(self, machine: Machine, readers: frozenset[str] | None = None, batch: int = 100) -> None:
        self.machine, self._readers, self._batch = machine, readers, batch
        self._open: dict[str, _Open] = {}
        self._numbers = itertools.count(1)
        self.asked: list[str] = []

    def answer(self, message: bytes, user: str) -> tuple[int, bytes]:
        """Status and envelope for one request of one user."""
        relates = ""
        try:
            header, body = _parts(message)
            relates = header.findtext("a:MessageID", "", _SPACES)
            if self._readers is not None and user.lower() not in self._readers:
                raise Refused("AccessDenied", "Access is denied.")
            action, inner = self._do(header, body)
        except Refused as refused:
            return 500, _fault(refused, relates)
        return 200, _envelope(action, inner, relates)

    def _do(self, header: etree._Element, body: etree._Element) -> tuple[str, str]:
        resource = header.findtext("w:ResourceURI", "", _SPACES)
        if not resource.startswith(CIMV2):
            raise Refused("DestinationUnreachable", "The resource URI is not supported.")
        action = header.findtext("a:Action", "", _SPACES)
        if action == f"{ENUMERATION}/Enumerate":
            return f"{action}Response", self._enumerate(body)
        if action == f"{ENUMERATION}/Pull":
            return f"{action}Response", self._pull(body)
        raise Refused("ActionNotSupported", "The action is not supported by the service.")

    def _enumerate(self, body: etree._Element) -> str:
        asked = body.find("n:Enumerate", _SPACES)
        where = asked.find("w:Filter", _SPACES) if asked is not None else None
        if asked is None or where is None or where.get("Dialect") != DIALECT:
            raise Refused("FilteringRequestedUnavailable", "The filter dialect is not supported.")
        self.asked.append(where.text or "")
        opened = self._selected(where.text or "")
        if asked.find("w:OptimizeEnumeration", _SPACES) is None:
            context = self._keep(opened)
            return f"<n:EnumerateResponse>{_context(context)}</n:EnumerateResponse>"
        return self._batched(opened, _count(asked.findtext("w:MaxElements", "1", _SPACES)), "Enumerate", "w:")

    def _pull(self, body: etree._Element) -> str:
        asked = body.find("n:Pull", _SPACES)
        opened = (
            self._open.pop((asked.findtext("n:EnumerationContext", "", _SPACES)), None)
            if asked is not None
            else None
        )
        if asked is None or opened is None:
            raise Refused("InvalidEnumerationContext", "The enumeration context is not valid.")
        return self._batched(opened, _count(asked.findtext("n:MaxElements", "1", _SPACES)), "Pull", "n:")

    def _selected(self, text: str) -> _Open:
        try:
            query = wql.parse(text)
            instances = self.machine.instances(query.source)
            if instances is None:
                raise Refused("DestinationUnreachable", f"The class {query.source} does not exist.")
            return _Open(query.source, bool(query.columns), query.select(instances))
        except wql.BadQuery as bad:
            raise Refused("CannotProcessFilter", f"The WQL query is invalid: {bad}.") from None

    def _batched(self, opened: _Open, most: int, sort: str, space: str) -> str:
        now, opened.rows = opened.rows[: min(most, self._batch)], opened.rows[min(most, self._batch) :]
        items = "".join(_item(opened, row) for row in now)
        more = _context(self._keep(opened)) if opened.rows else "<n:EnumerationContext/>"
        end = "" if opened.rows else f"<{space}EndOfSequence/>"
        return f"<n:{sort}Response>{more}<{space}Items>{items}</{space}Items>{end}</n:{sort}Response>"

    def _keep(self, opened: _Open) -> str:
        name = f"uuid:{uuid4()}-{next(self._numbers)}"
        self._open[name] = opened
        return name


def _count(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() else 1


def _parts(message: bytes) -> tuple[etree._Element, etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(message[:LARGEST], parser)
    except etree.XMLSyntaxError:
        raise Refused("SchemaValidationError", "The XML is not well formed.") from None
    header, body = root.find("s:Header", _SPACES), root.find("s:Body", _SPACES)
    if header is None or body is None:
        raise Refused("SchemaValidationError", "No envelope.")
    return header, body


def _item(opened: _Open, row: Mapping[str, wql.Value]) -> str:
    """An instance in the namespace of its class, or a fragment where columns were chosen."""
    if opened.projected:
        return f"<w:XmlFragment>{''.join(_cell('', name, value) for name, value in row.items())}</w:XmlFragment>"
    cells = "".join(_cell("p:", name, value) for name, value in row.items())
    return f'<p:{opened.source} xmlns:p="{CIMV2}{opened.source}">{cells}</p:{opened.source}>'


def _cell(prefix: str, name: str, value: wql.Value) -> str:
    if value is None:
        return f'<{prefix}{name} xsi:nil="true"/>'
    text = escape(text_of(value))
    return f"<{prefix}{name}>{f'<cim:Datetime>{text}</cim:Datetime>' if name in TIMES else text}</{prefix}{name}>"


def _context(name: str) -> str:
    return f"<n:EnumerationContext>{name}</n:EnumerationContext>"


def _envelope(action: str, inner: str, relates: str) -> bytes:
    spaces = " ".join(f'xmlns:{short}="{uri}"' for short, uri in _SPACES.items())
    types = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cim="http://schemas.dmtf.org/wbem/wscim/1/common"'
    header = (
        f"<a:Action>{action}</a:Action><a:MessageID>uuid:{uuid4()}</a:MessageID>"
        f"<a:To>{ADDRESSING}/role/anonymous</a:To><a:RelatesTo>{escape(relates)}</a:RelatesTo>"
    )
    text = f"<s:Envelope {spaces} {types}><s:Header>{header}</s:Header><s:Body>{inner}</s:Body></s:Envelope>"
    return text.encode()


def _fault(refused: Refused, relates: str) -> bytes:
    code = (
        f"<s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>w:{refused.code}</s:Value></s:Subcode></s:Code>"
    )
    reason = f'<s:Reason><s:Text xml:lang="en-US">{escape(refused.reason)}</s:Text></s:Reason>'
    return _envelope(f"{WSMAN}/fault", f"<s:Fault>{code}{reason}</s:Fault>", relates)
