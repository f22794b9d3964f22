"""Reads nmap's XML while it grows, and trusts nothing in it: every text may be a device's.

No tree is built: elements are heard as they open and close, so memory is that of the host being read.
A report that declares entities, nests deeply, or is larger than any scan writes is refused.
"""

import codecs
import re
from typing import Any

from lxml import etree

from backend.domain.discovery.ports import ReportRefused
from backend.domain.discovery.report import HostReport, Progress
from backend.infra.nmap_host import HostElement, progress

MAX_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 64
MAX_PROLOG = 64 * 1024
MAX_TOKEN = 2 * 1024 * 1024  # bytes without the end of a tag
# All that nmap writes before its root element: no internal subset, so no entity can be declared.
_PROLOG = re.compile(
    rb'\s*(<\?xml version="1\.0"( encoding="UTF-8")?\?>)?\s*(<!DOCTYPE nmaprun( PUBLIC "[^"\[<>]*")?>)?'
    rb"(\s|<\?xml-stylesheet [^<>]*\?>|<!--(?:[^-]|-(?!-)){0,32768}-->)*",
)
_ROOT = b"<nmaprun"
# What XML cannot hold stops a parser for good, so it is replaced before: control bytes, and references to them.
_CONTROLS = bytes.maketrans(bytes(range(32)), b"?" * 9 + b"\t\n??\r" + b"?" * 18)
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,7});|([0-9]{1,8});)?")
_UNFINISHED = re.compile(rb"&(?:#(?:x[0-9a-fA-F]{0,7}|[0-9]{0,8}))?\Z")


class NmapXml:
    """One report being read."""

    def __init__(self) -> None:
        self._hosts = _Hosts()
        target: Any = self._hosts  # the stubs still think that names may be bytes
        self._parser = etree.XMLParser(
            target=target,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            recover=True,
        )
        self._prolog: bytes | None = b""
        self._last = b""
        self._held = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._size = 0
        self._open_token = 0
        self._refused = ""

    @property
    def complete(self) -> bool:
        """Whether nmap said that it finished well."""
        return self._hosts.finished and not self._refused

    def feed(self, data: bytes) -> list[HostReport | Progress]:
        """Take more bytes and give the hosts and the progress that they completed. Raises ReportRefused."""
        if self._refused:
            raise ReportRefused(self._refused)
        try:
            self._measure(data)
            ready = self._sane(self._past_prolog(data))
            if ready:
                self._parser.feed(ready)
        except (etree.XMLSyntaxError, etree.ParserError, UnicodeError) as wrong:
            self._refuse("syntax", wrong)
        except ReportRefused as refused:
            self._refuse(str(refused), refused)
        return self._hosts.take()

    def _refuse(self, reason: str, cause: Exception) -> None:
        self._refused = reason
        raise ReportRefused(reason) from cause

    def _measure(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > MAX_BYTES:
            raise ReportRefused("too_large")
        end = data.rfind(b">")
        self._open_token = self._open_token + len(data) if end < 0 else len(data) - end
        if self._open_token > MAX_TOKEN:
            raise ReportRefused("token_too_long")

    def _sane(self, data: bytes) -> bytes:
        """The same bytes as XML can hold them; a reference that is cut in two waits for its other half."""
        whole = self._held + self._decoder.decode(data).encode().translate(_CONTROLS)
        cut = _UNFINISHED.search(whole, max(0, len(whole) - 16))
        self._held = cut[0] if cut else b""
        return _REFERENCE.sub(_valid_reference, whole[: len(whole) - len(self._held)])

    def _past_prolog(self, data: bytes) -> bytes:
        """Hold bytes back until the root element begins and what came before it is harmless.

        After that nmap writes elements only: no comment, no CDATA, no second document type.
        """
        if self._prolog is None:
            if b"<!" in self._last + data:
                raise ReportRefused("not_nmap")
            self._last = data[-1:]
            return data
        self._prolog += data
        root = self._prolog.find(_ROOT)
        if root < 0 and len(self._prolog) > MAX_PROLOG:
            raise ReportRefused("not_nmap")
        if root < 0:
            return b""
        if not _PROLOG.fullmatch(self._prolog, 0, root) or b"<!" in self._prolog[root:]:
            raise ReportRefused("not_nmap")
        self._last = self._prolog[-1:]
        ready, self._prolog = self._prolog, None
        return ready


def _valid_reference(match: re.Match[bytes]) -> bytes:
    number = int(match[1], 16) if match[1] else int(match[2] or b"0")
    valid = (
        number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    )
    return match[0] if valid else b"&#xfffd;"


class _Hosts:
    """What the parser tells as elements open and close; collects one host at a time."""

    def __init__(self) -> None:
        self.finished = False
        self._depth = 0
        self._ready: list[HostReport | Progress] = []
        self._host: HostElement | None = None

    def take(self) -> list[HostReport | Progress]:
        """What has become ready since the last time."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ReportRefused("too_deep")
        # Told to resolve no entity, the parser resolves an ampersand's only half.
        attributes = {name: value.replace("&#38;", "&") for name, value in attributes.items()}
        if tag == "host" and self._depth == 2:
            self._host = HostElement(attributes)
        elif self._host is not None:
            self._host.start(tag, attributes)
        elif tag == "taskprogress":
            self._ready.append(progress(attributes))
        elif tag == "finished":
            self.finished = attributes.get("exit") == "success"

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag == "host" and self._depth == 2 and self._host is not None:
            report = self._host.report()
            if report is not None:
                self._ready.append(report)
            self._host = None
        elif self._host is not None:
            self._host.end(tag)
        self._depth -= 1

    def data(self, text: str) -> None:
        """Text between elements; only CPE names stand there."""
        if self._host is not None:
            self._host.text(text)

    def comment(self, text: str) -> None:
        """Nor do comments."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Nor processing instructions."""

    def doctype(self, *parts: str | None) -> None:
        """The prolog has been checked before the parser saw it."""

    def close(self) -> None:
        """The report ends."""
