"""A scan as a file for other tools: XML as nmap writes it, JSON, and CSV that no spreadsheet runs."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal
from xml.sax.saxutils import quoteattr

from backend.domain.discovery.scan import Scan
from backend.domain.discovery.storage import HostRow
from backend.domain.inventory.table import BOM, csv_line

Format = Literal["xml", "json", "csv"]
MEDIA_TYPES: Mapping[Format, str] = {
    "xml": "application/xml",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
}
CSV_COLUMNS = (
    *("address", "state", "hostnames", "mac", "vendor", "os", "protocol", "port", "port_state"),
    *("service", "product", "version", "extra", "observed_at"),
)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def head(scan: Scan, form: Format) -> str:
    """What comes before the hosts."""
    if form == "csv":
        return BOM + csv_line(CSV_COLUMNS)
    if form == "json":
        return json.dumps({"scan": _scan(scan)})[:-1] + ', "hosts": ['
    begun = scan.started_at or scan.created_at
    asked = f"lanarium scan {' '.join(scan.targets)} (profile {scan.profile})"
    attributes = _attributes(
        scanner="nmap", args=asked, start=_seconds(begun), startstr=_iso(begun), xmloutputversion="1.05"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n<nmaprun{attributes}>\n'


def host(row: HostRow, form: Format, *, first: bool) -> str:
    """One host; `first` where none came before it."""
    if form == "csv":
        return "".join(_csv(row))
    if form == "json":
        return ("\n" if first else ",\n") + json.dumps(_json(row), ensure_ascii=False)
    return "".join(_xml(row))


def foot(scan: Scan, form: Format, *, up: int, total: int) -> str:
    """What comes after the hosts."""
    if form == "csv":
        return ""
    if form == "json":
        return "\n]}\n"
    ended = scan.finished_at or scan.created_at
    finished = _attributes(time=_seconds(ended), timestr=_iso(ended), exit="success")
    hosts = _attributes(up=up, down=total - up, total=total)
    return f"<runstats><finished{finished}/><hosts{hosts}/></runstats>\n</nmaprun>\n"


def is_up(row: HostRow) -> bool:
    """Whether the host answered."""
    return row.facts.get("state") != "down"


def _scan(scan: Scan) -> dict[str, Any]:
    return {
        "uid": str(scan.uid),
        "name": scan.name,
        "targets": list(scan.targets),
        "profile": scan.profile,
        "status": scan.status.value,
        "started_at": _iso(scan.started_at),
        "finished_at": _iso(scan.finished_at),
    }


def _json(row: HostRow) -> dict[str, Any]:
    return {"address": row.address, "mac": row.mac, "observed_at": _iso(row.observed_at), **row.facts}


def _csv(row: HostRow) -> Iterator[str]:
    names = " ".join(str(item["name"]) for item in _list(row.facts, "hostnames"))
    of_host = (row.address, row.facts.get("state"), names, row.mac, row.facts.get("vendor"), _os(row).get("name"))
    for port in _list(row.facts, "ports") or [{}]:
        texts = (port.get(name) for name in ("service", "product", "version", "extra"))
        state = port.get("state", "open") if port else None
        cells = (*of_host, port.get("protocol"), port.get("port"), state, *texts, _iso(row.observed_at))
        yield csv_line("" if cell is None else str(cell) for cell in cells)


def _xml(row: HostRow) -> Iterator[str]:
    seen = _seconds(row.observed_at)
    facts = row.facts
    yield f"<host{_attributes(starttime=seen, endtime=seen)}>"
    yield f"<status{_attributes(state='up' if is_up(row) else 'down', reason=facts.get('reason') or 'unknown')}/>"
    address = row.address or ""
    yield f"<address{_attributes(addr=address, addrtype='ipv6' if ':' in address else 'ipv4')}/>"
    if row.mac:
        yield f"<address{_attributes(addr=str(row.mac).upper(), addrtype='mac', vendor=facts.get('vendor'))}/>"
    names = _list(facts, "hostnames")
    if names:
        listed = "".join(
            f"<hostname{_attributes(name=item['name'], type='user' if item.get('source') == 'user' else 'PTR')}/>"
            for item in names
        )
        yield f"<hostnames>{listed}</hostnames>"
    ports = _list(facts, "ports")
    if ports:
        yield f"<ports>{''.join(map(_port, ports))}</ports>"
    guess = _os(row)
    if guess:
        yield f"<os><osmatch{_attributes(name=guess.get('name'), accuracy=guess.get('accuracy', 100))}/></os>"
    scripts = _list(facts, "scripts")
    if scripts:
        yield f"<hostscript>{''.join(map(_script, scripts))}</hostscript>"
    yield "</host>\n"


def _port(port: Mapping[str, Any]) -> str:
    state = _attributes(state=port.get("state", "open"), reason="unknown", reason_ttl=0)
    confidence = port.get("confidence", 3)
    service = (
        "<service"
        + _attributes(
            name=port.get("service") or "unknown",
            product=port.get("product"),
            version=port.get("version"),
            extrainfo=port.get("extra"),
            tunnel=port.get("tunnel"),
            method="probed" if confidence > 3 else "table",
            conf=confidence,
        )
        + "/>"
    )
    scripts = "".join(map(_script, _list(port, "scripts")))
    place = _attributes(protocol=port["protocol"], portid=port["port"])
    return f"<port{place}><state{state}/>{service if port.get('service') else ''}{scripts}</port>"


def _script(script: Mapping[str, Any]) -> str:
    return f"<script{_attributes(id=script['name'], output=script['output'])}/>"


def _attributes(**values: object) -> str:
    """Attributes of an element; what is None is left out, what XML cannot hold is replaced."""
    given = ((name, str(value)) for name, value in values.items() if value is not None)
    entities = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    return "".join(f" {name}={quoteattr(_NOT_XML.sub('?', text), entities)}" for name, text in given)


def _list(facts: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = facts.get(name)
    return list(found) if isinstance(found, list | tuple) else []


def _os(row: HostRow) -> Mapping[str, Any]:
    guess = row.facts.get("os")
    return guess if isinstance(guess, Mapping) else {}


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment else None
