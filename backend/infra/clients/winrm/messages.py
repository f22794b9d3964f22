"""WS-Enumeration with a WQL filter on root/cimv2: the questions, and what is read out of the answers.

DSP0226 8 (Enumerate, Pull, OptimizeEnumeration), [MS-WSMV] 2.2.4.10 and 3.1.4.1.7 (the WQL dialect), DSP0227.
"""

from dataclasses import dataclass
from typing import cast
from uuid import uuid4
from xml.sax.saxutils import escape

from lxml import etree

from backend.domain.inventory.text import one_line
from backend.infra.clients.winrm import problems
from backend.infra.clients.winrm.place import Place

SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
CIMV2 = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimv2/*"
WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
# What Windows Server 2008 R2 takes at most; later ones take more.
ENVELOPE = 153_600
BATCH = 250
MAX_ROWS, MAX_COLUMNS, MAX_VALUE = 2_000, 100, 1_000

Row = dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of an answer, and where the next ones are asked for; None where there are no more."""

    rows: list[Row]
    context: str | None


@dataclass(frozen=True, slots=True)
class Fault:
    """A SOAP fault: the last part of its code, and its reason."""

    code: str
    reason: str


def enumerate_message(place: Place, query: str, timeout_s: float) -> bytes:
    """The first question: WQL, and as many rows in the same answer as fit."""
    body = (
        f"<n:Enumerate><w:OptimizeEnumeration/><w:MaxElements>{BATCH}</w:MaxElements>"
        f'<w:Filter Dialect="{WQL}">{escape(query)}</w:Filter></n:Enumerate>'
    )
    return _envelope(place, "Enumerate", body, timeout_s)


def pull_message(place: Place, context: str, timeout_s: float) -> bytes:
    """The next rows."""
    body = (
        f"<n:Pull><n:EnumerationContext>{escape(context)}</n:EnumerationContext>"
        f"<n:MaxElements>{BATCH}</n:MaxElements></n:Pull>"
    )
    return _envelope(place, "Pull", body, timeout_s)


def _envelope(place: Place, action: str, body: str, timeout_s: float) -> bytes:
    must = 's:mustUnderstand="true"'
    header = (
        f"<a:To>{escape(place.url)}</a:To><w:ResourceURI {must}>{CIMV2}</w:ResourceURI>"
        f"<a:ReplyTo><a:Address {must}>{ADDRESSING}/role/anonymous</a:Address></a:ReplyTo>"
        f"<a:Action {must}>{ENUMERATION}/{action}</a:Action>"
        f"<w:MaxEnvelopeSize {must}>{ENVELOPE}</w:MaxEnvelopeSize><a:MessageID>uuid:{uuid4()}</a:MessageID>"
        f'<w:Locale xml:lang="en-US" s:mustUnderstand="false"/>'
        f"<w:OperationTimeout>PT{max(1.0, timeout_s):.3f}S</w:OperationTimeout>"
    )
    spaces = f'xmlns:s="{SOAP}" xmlns:a="{ADDRESSING}" xmlns:n="{ENUMERATION}" xmlns:w="{WSMAN}"'
    text = f"<s:Envelope {spaces}><s:Header>{header}</s:Header><s:Body>{body}</s:Body></s:Envelope>"
    return text.encode()


def read(place: Place, message: bytes) -> Answer | Fault:
    """Rows or a fault; raises CheckFailed for what is neither."""
    body = _body(place, message)
    fault = body.find(f"{{{SOAP}}}Fault")
    if fault is not None:
        return _fault(fault)
    for name in ("EnumerateResponse", "PullResponse"):
        response = body.find(f"{{{ENUMERATION}}}{name}")
        if response is not None:
            return _answer(response)
    raise problems.malformed(place, "neither rows nor a fault")


def _body(place: Place, message: bytes) -> etree._Element:
    """The body of an envelope. SOAP forbids document types, and with them entities (SOAP 1.2, 5)."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(message, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise problems.malformed(place, "no XML") from None
    if cast(etree.DocInfo, root.getroottree().docinfo).internalDTD is not None:
        raise problems.malformed(place, "it declares a document type")
    body = root.find(f"{{{SOAP}}}Body")
    if root.tag != f"{{{SOAP}}}Envelope" or body is None:
        raise problems.malformed(place, "no SOAP envelope")
    return body


def _answer(response: etree._Element) -> Answer:
    rows: list[Row] = []
    ended, context = False, None
    for part in _elements(response):
        match _local(part):
            case "Items":
                rows += [_row(item) for item in _elements(part)[:MAX_ROWS]]
            case "EndOfSequence":
                ended = True
            case "EnumerationContext":
                context = (part.text or "").strip() or None
    return Answer(rows, None if ended else context)


def _row(item: etree._Element) -> Row:
    """An instance, or a w:XmlFragment with the columns that were asked for, maybe inside of a w:Item."""
    children = _elements(item)
    if _local(item) == "Item" and children:
        children = _elements(children[0])
    return {one_line(_local(cell), 100): _value(cell) for cell in children[:MAX_COLUMNS]}


def _value(cell: etree._Element) -> str | None:
    if cell.get(NIL) in {"true", "1"}:
        return None
    inner = _elements(cell)  # a time has an element of its own (DSP0230, Datetime)
    text = (inner[0] if inner else cell).text
    return one_line(text[: MAX_VALUE * 2], MAX_VALUE) if text else ""


def _fault(fault: etree._Element) -> Fault:
    """The most particular code there is (DSP0226 14), and its text."""
    codes = [value.text or "" for value in fault.iter(f"{{{SOAP}}}Value")]
    told = [text.text or "" for text in fault.iter(f"{{{SOAP}}}Text")]
    code = codes[-1].strip().rpartition(":")[2] if codes else ""
    return Fault(one_line(code, 60), one_line(told[0] if told else code, 300))


def _elements(parent: etree._Element) -> list[etree._Element]:
    """Children that are elements: no comment, no instruction, no entity that stayed unresolved."""
    return list(parent.iterchildren(tag=etree.Element))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
