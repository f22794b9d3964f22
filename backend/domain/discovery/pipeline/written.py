"""What our own stages found, in nmap's three ways of writing, for files that other programs read."""

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from backend.domain.discovery.lines import clean_text
from backend.domain.discovery.report import ArtifactKind, HostReport, PortReport

_LONGEST = 500
HEADS: Mapping[ArtifactKind, bytes] = {
    "xml": b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE nmaprun>\n'
    b'<nmaprun scanner="lanarium" xmloutputversion="1.05">',
    "nmap": b"# Lanarium scan report\n",
    "gnmap": b"# Lanarium scan report\n",
}


def entry(kind: ArtifactKind, report: HostReport) -> str:
    """One host."""
    return {"xml": _xml, "nmap": _text, "gnmap": _grepable}[kind](report)


def tail(kind: ArtifactKind, *, whole: bool, hosts: int) -> str:
    """The end of a file."""
    if kind != "xml":
        return f"# Lanarium: {hosts} more hosts by its own sweep\n"
    finished = '<finished exit="success"/>' if whole else '<finished exit="error"/>'
    return f"<runstats>{finished}</runstats>\n</nmaprun>\n"


def _xml(report: HostReport) -> str:
    version = "ipv6" if ":" in report.address else "ipv4"
    addresses = f"<address addr={_attr(report.address)} addrtype={_attr(version)}/>"
    if report.mac:
        vendor = f" vendor={_attr(report.mac_vendor)}" if report.mac_vendor else ""
        addresses += f'<address addr={_attr(report.mac)} addrtype="mac"{vendor}/>'
    names = "".join(f'<hostname name={_attr(name)} type="PTR"/>' for name in report.hostnames)
    return (
        f"\n<host><status state={_attr(report.state)} reason={_attr(report.reason)}/>{addresses}"
        f"<hostnames>{names}</hostnames><ports>{''.join(map(_xml_port, report.ports))}</ports></host>"
    )


def _xml_port(port: PortReport) -> str:
    service = ""
    if port.service:
        told = {"product": port.product, "version": port.version, "extrainfo": port.extra, "tunnel": port.tunnel}
        more = "".join(f" {name}={_attr(value)}" for name, value in told.items() if value)
        method = "probed" if port.confidence > 3 else "table"
        service = f'<service name={_attr(port.service)}{more} method="{method}" conf="{port.confidence}"/>'
    return (
        f'<port protocol={_attr(port.protocol)} portid="{port.port}">'
        f"<state state={_attr(port.state)} reason={_attr(port.reason)}/>{service}</port>"
    )


def _text(report: HostReport) -> str:
    name = f"{_plain(report.hostnames[0])} ({report.address})" if report.hostnames else report.address
    lines = [f"Nmap scan report for {name}", f"Host is {report.state} ({report.reason})."]
    if report.ports:
        lines.append("PORT STATE SERVICE VERSION")
    lines += [
        f"{p.port}/{p.protocol} {p.state} {_plain(p.service or 'unknown')} {_version(p)}" for p in report.ports
    ]
    if report.mac:
        lines.append(f"MAC Address: {report.mac.upper()} ({_plain(report.mac_vendor or 'Unknown')})")
    return "\n".join(line.rstrip() for line in lines) + "\n\n"


def _grepable(report: HostReport) -> str:
    name = _plain(report.hostnames[0]) if report.hostnames else ""
    head = f"Host: {report.address} ({name})\tStatus: {report.state.capitalize()}\n"
    if not report.ports:
        return head
    ports = ", ".join(
        f"{p.port}/{p.state}/{p.protocol}//{_field(p.service or '')}//{_field(_version(p))}/" for p in report.ports
    )
    return f"{head}Host: {report.address} ({name})\tPorts: {ports}\n"


def _version(port: PortReport) -> str:
    return _plain(" ".join(part for part in (port.product, port.version) if part))


def _plain(text: str) -> str:
    """Text of a stranger on one line."""
    return clean_text(text, _LONGEST).replace("\t", " ")


def _field(text: str) -> str:
    return _plain(text).replace("/", "|").replace(",", " ")


def _attr(text: str) -> str:
    return quoteattr(_plain(text))
