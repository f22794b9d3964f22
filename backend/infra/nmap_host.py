"""One `<host>` of nmap's XML, collected as its elements open and close; every text is cleaned and bounded."""

import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from backend.domain.discovery.lines import clean_text
from backend.domain.discovery.report import HostReport, OsGuess, PortReport, Progress, ScriptResult

FIELD = 512
OUTPUT = 16 * 1024
MAX_PORTS = 20_000
MAX_OUTPUTS = 4 * 1024 * 1024  # what all scripts of one host may say together
MAX_ITEMS = 100  # names, scripts or guesses of one host or port
_MAC = re.compile(r"[0-9A-F]{2}(?::[0-9A-F]{2}){5}")
_LATEST = datetime(3000, 1, 1, tzinfo=UTC).timestamp()
Attributes = Mapping[str, str]


class HostElement:
    """One host while its element is open."""

    def __init__(self, attributes: Attributes) -> None:
        self._report = HostReport(
            address="",
            state="down",
            timed_out=attributes.get("timedout") == "true",
            started_at=_moment(attributes.get("starttime")),
            finished_at=_moment(attributes.get("endtime")),
        )
        self._names: list[str] = []
        self._ports: list[PortReport] = []
        self._scripts: list[ScriptResult] = []
        self._os: OsGuess | None = None
        self._port: _PortElement | None = None
        self._cpe: str | None = None
        self._room = MAX_OUTPUTS

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element inside the host opens."""
        if tag == "cpe":
            self._cpe = ""
        elif tag == "port":
            self._port = _PortElement(attributes)
        elif tag == "script":
            self._take_script(attributes)
        elif self._port is not None:
            self._port.start(tag, attributes)
        else:
            self._identity(tag, attributes)

    def text(self, text: str) -> None:
        """Text inside the host; kept while a CPE name is open."""
        if self._cpe is not None and len(self._cpe) < FIELD:
            self._cpe += text[:FIELD]

    def end(self, tag: str) -> None:
        """An element inside the host closes."""
        if tag == "cpe" and self._cpe:
            self._take_cpe(clean(self._cpe))
            self._cpe = None
        elif tag == "port" and self._port is not None:
            report = self._port.report()
            if report is not None and len(self._ports) < MAX_PORTS:
                self._ports.append(report)
            self._port = None

    def report(self) -> HostReport | None:
        """The host, if it has an address."""
        if not self._report.address:
            return None
        return replace(
            self._report,
            hostnames=tuple(self._names),
            os=self._os,
            ports=tuple(self._ports),
            scripts=tuple(self._scripts),
        )

    def _identity(self, tag: str, attributes: Attributes) -> None:
        if tag == "status":
            state = attributes.get("state")
            self._report = replace(
                self._report,
                state="up" if state == "up" else "down",
                reason=clean(attributes.get("reason", "")),
            )
        elif tag == "address":
            self._address(attributes)
        elif tag == "hostname" and attributes.get("name") and len(self._names) < MAX_ITEMS:
            self._names.append(clean(attributes["name"], 253))
        elif tag in {"osmatch", "osclass"}:
            self._fingerprint(tag, attributes)

    def _address(self, attributes: Attributes) -> None:
        given = attributes.get("addr", "")
        if attributes.get("addrtype") == "mac":
            mac = given.upper()
            vendor = optional(attributes.get("vendor"))
            self._report = replace(self._report, mac=mac if _MAC.fullmatch(mac) else None, mac_vendor=vendor)
            return
        try:
            self._report = replace(self._report, address=str(ipaddress.ip_address(given)))
        except ValueError:
            return

    def _fingerprint(self, tag: str, attributes: Attributes) -> None:
        """nmap writes its best guess first, and the classes of a guess inside it."""
        if tag == "osmatch" and self._os is None:
            self._os = OsGuess(clean(attributes.get("name", "")), number(attributes.get("accuracy"), 100))
        elif tag == "osclass" and self._os is not None and self._os.family is None:
            self._os = replace(
                self._os,
                family=optional(attributes.get("osfamily")) or "",
                vendor=optional(attributes.get("vendor")),
                device_type=optional(attributes.get("type")),
            )

    def _take_script(self, attributes: Attributes) -> None:
        """Keep what a script of the host or of the open port said, while there is room."""
        results = self._scripts if self._port is None else self._port.scripts
        script = _script(attributes)
        self._room -= len(script.output)
        if self._room > 0 and len(results) < MAX_ITEMS:
            results.append(script)

    def _take_cpe(self, cpe: str) -> None:
        if self._port is not None:
            self._port.take_cpe(cpe)
        elif self._os is not None and self._os.cpe is None:
            self._os = replace(self._os, cpe=cpe)


class _PortElement:
    """One port while its element is open."""

    def __init__(self, attributes: Attributes) -> None:
        self._report = PortReport(
            protocol=clean(attributes.get("protocol", ""), 8),
            port=number(attributes.get("portid"), 65_535),
            state="",
        )
        self._cpe: list[str] = []
        self.scripts: list[ScriptResult] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "state":
            state, reason = clean(attributes.get("state", ""), 32), clean(attributes.get("reason", ""), 64)
            self._report = replace(self._report, state=state, reason=reason)
        elif tag == "service":
            self._service(attributes)

    def take_cpe(self, cpe: str) -> None:
        if len(self._cpe) < MAX_ITEMS:
            self._cpe.append(cpe)

    def report(self) -> PortReport | None:
        """The port, if it has a number and a state."""
        if not (self._report.port and self._report.state):
            return None
        return replace(self._report, cpe=tuple(self._cpe), scripts=tuple(self.scripts))

    def _service(self, attributes: Attributes) -> None:
        self._report = replace(
            self._report,
            service=optional(attributes.get("name")),
            product=optional(attributes.get("product")),
            version=optional(attributes.get("version")),
            extra=optional(attributes.get("extrainfo")),
            tunnel=optional(attributes.get("tunnel")),
            confidence=number(attributes.get("conf"), 10),
        )


def progress(attributes: Attributes) -> Progress:
    """What `<taskprogress>` says."""
    try:
        percent = float(attributes.get("percent", "0"))
    except ValueError:
        percent = 0.0
    percent = min(100.0, max(0.0, percent)) if math.isfinite(percent) else 0.0
    remaining = attributes.get("remaining")
    seconds = number(remaining, 10**9) if remaining is not None else None
    return Progress(percent, seconds, clean(attributes.get("task", ""), 64))


def clean(text: str, limit: int = FIELD) -> str:
    """A device's text, safe to store and bounded, on one line."""
    return clean_text(text, limit)


def optional(text: str | None) -> str | None:
    """The same for text that may be absent."""
    return clean(text) if text else None


def number(text: str | None, high: int) -> int:
    """A whole number from 0 to `high`; 0 for anything else."""
    if text is None or len(text) > 12 or not (text.isascii() and text.isdecimal()):
        return 0
    value = int(text)
    return value if value <= high else 0


def _script(attributes: Attributes) -> ScriptResult:
    """Its output keeps its lines: people read it so."""
    lines = attributes.get("output", "")[: OUTPUT + 1].split("\n")
    output = "\n".join(clean(line, OUTPUT) for line in lines)
    shown = output if len(output) <= OUTPUT else output[: OUTPUT - 1] + "…"
    return ScriptResult(clean(attributes.get("id", ""), 64), shown)


def _moment(text: str | None) -> datetime | None:
    seconds = number(text, int(_LATEST))
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
