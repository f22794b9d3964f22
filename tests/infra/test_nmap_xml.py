"""nmap's XML, whole and broken, in pieces of any size."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.discovery.ports import ReportRefused
from backend.domain.discovery.report import HostReport, OsGuess, PortReport, Progress, ScriptResult
from backend.infra.nmap_host import FIELD, MAX_ITEMS, OUTPUT
from backend.infra.nmap_xml import NmapXml

# As nmap 7.93 writes it, shortened.
REPORT = b"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<!-- Nmap 7.93 scan initiated Sat Nov 21 01:40:10 2026 as: nmap -&#45;privileged -n -->
<nmaprun scanner="nmap" args="nmap" start="1795225210" version="7.93" xmloutputversion="1.05">
<scaninfo type="syn" protocol="tcp" numservices="2" services="22,80"/>
<verbose level="1"/>
<taskbegin task="SYN Stealth Scan" time="1795225210"/>
<taskprogress task="SYN Stealth Scan" time="1795225211" percent="45.50" remaining="12" etc="1795225223"/>
<host><status state="down" reason="no-response" reason_ttl="0"/>
<address addr="10.0.0.2" addrtype="ipv4"/>
</host>
<host starttime="1795225210" endtime="1795225220" timedout="true"><status state="up" reason="arp-response"/>
<address addr="10.0.0.1" addrtype="ipv4"/>
<address addr="B8:27:EB:77:00:10" addrtype="mac" vendor="Raspberry Pi Foundation"/>
<hostnames><hostname name="pi.example" type="PTR"/></hostnames>
<ports><extraports state="closed" count="1"/>
<port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/>
<service name="ssh" product="OpenSSH" version="9.2p1" extrainfo="protocol 2.0" method="probed" conf="10">
<cpe>cpe:/a:openbsd:openssh:9.2p1</cpe><cpe>cpe:/o:linux:linux_kernel</cpe></service>
<script id="ssh-hostkey" output="&#xa;  256 aa:bb (ECDSA)&#xa;"><table><elem key="type">x</elem></table></script>
</port>
<port protocol="tcp" portid="443"><state state="open" reason="syn-ack"/>
<service name="http" tunnel="ssl" method="table" conf="3"/></port>
</ports>
<os><osmatch name="Linux 5.0 - 5.14" accuracy="98" line="1">
<osclass type="general purpose" vendor="Linux" osfamily="Linux" osgen="5.X" accuracy="98">
<cpe>cpe:/o:linux:linux_kernel:5</cpe></osclass></osmatch>
<osmatch name="Something else" accuracy="90" line="2"/></os>
<hostscript><script id="nbstat" output="NetBIOS name: PI"/></hostscript>
</host>
<runstats><finished time="1795225220" exit="success"/><hosts up="1" down="1" total="2"/></runstats>
</nmaprun>
"""
PI = HostReport(
    address="10.0.0.1",
    state="up",
    reason="arp-response",
    hostnames=("pi.example",),
    mac="B8:27:EB:77:00:10",
    mac_vendor="Raspberry Pi Foundation",
    os=OsGuess("Linux 5.0 - 5.14", 98, "Linux", "cpe:/o:linux:linux_kernel:5", "general purpose", "Linux"),
    ports=(
        PortReport(
            protocol="tcp",
            port=22,
            state="open",
            reason="syn-ack",
            service="ssh",
            product="OpenSSH",
            version="9.2p1",
            extra="protocol 2.0",
            confidence=10,
            cpe=("cpe:/a:openbsd:openssh:9.2p1", "cpe:/o:linux:linux_kernel"),
            scripts=(ScriptResult("ssh-hostkey", "\n  256 aa:bb (ECDSA)\n"),),
        ),
        PortReport("tcp", 443, "open", "syn-ack", service="http", tunnel="ssl", confidence=3),
    ),
    scripts=(ScriptResult("nbstat", "NetBIOS name: PI"),),
    timed_out=True,
    started_at=datetime.fromtimestamp(1_795_225_210, UTC),
    finished_at=datetime.fromtimestamp(1_795_225_220, UTC),
)
EVERYTHING = [
    Progress(45.5, 12, "SYN Stealth Scan"),
    HostReport("10.0.0.2", "down", "no-response"),
    PI,
]


def read(*pieces: bytes) -> tuple[list[HostReport | Progress], bool]:
    reader = NmapXml()
    return [item for piece in pieces for item in reader.feed(piece)], reader.complete


def host(inner: str) -> HostReport:
    text = f'<nmaprun><host><status state="up"/><address addr="10.0.0.1" addrtype="ipv4"/>{inner}</host>'
    (found,), _ = read(text.encode())
    assert isinstance(found, HostReport)
    return found


def test_a_whole_report() -> None:
    assert read(REPORT) == (EVERYTHING, True)


@given(st.lists(st.integers(0, len(REPORT)), max_size=10))
def test_pieces_of_any_size(cuts: list[int]) -> None:
    ends = [0, *sorted(cuts), len(REPORT)]
    pieces = [REPORT[start:end] for start, end in itertools.pairwise(ends)]
    assert read(*pieces) == (EVERYTHING, True)


@given(st.integers(0, len(REPORT)))
def test_a_report_that_breaks_off_gives_what_was_finished(length: int) -> None:
    found, complete = read(REPORT[:length])
    assert found == EVERYTHING[: len(found)]
    assert complete == (length >= REPORT.index(b'exit="success"/>') + len(b'exit="success"/>'))


@pytest.mark.parametrize("reason", ["error", ""])
def test_an_ending_that_is_not_success(reason: str) -> None:
    assert read(REPORT.replace(b'exit="success"', f'exit="{reason}"'.encode()))[1] is False


def test_hostile_text_is_cleaned_and_bounded() -> None:
    found = host(
        '<hostnames><hostname name="a&#x1b;[31mb&#0;c"/></hostnames>'
        f'<hostscript><script id="x" output="{"y" * (OUTPUT + 100)}"/></hostscript>'
        f'<ports><port protocol="tcp" portid="1"><state state="open"/><service name="s" product="{"p" * 1000}"'
        ' version="&lt;script&gt;&#x202e;"/></port></ports>'
    )
    assert "\x1b" not in found.hostnames[0]
    assert "\x00" not in found.hostnames[0]
    assert len(found.scripts[0].output) == OUTPUT
    (port,) = found.ports
    assert port.product == "p" * (FIELD - 1) + "…"
    assert port.version == "<script>\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    "inside",
    [
        *("&#x1b;", "&#0;", "&#x0;", "&#xD800;", "&#xFFFE;", "&#x110000;", "&#99999999999;", "&undeclared;", "&"),
        *("\x00", "\x01", "\x1b", "\ud800", "<", "&#", "&#x", "&#xZZ;", "&#9999999999999999999;"),
    ],
)
def test_what_xml_cannot_hold_costs_no_host(inside: str) -> None:
    text = f'<nmaprun><host><address addr="10.0.0.1" addrtype="ipv4"/><hostname name="a{inside}b"/></host>'
    text += '<host><address addr="10.0.0.2" addrtype="ipv4"/></host>'
    data = text.encode("utf-8", "surrogatepass")
    for pieces in ([data], [data[i : i + 1] for i in range(len(data))]):
        found, _ = read(*pieces)
        assert [item.address for item in found if isinstance(item, HostReport)][-1:] == ["10.0.0.2"]


def test_lists_are_bounded() -> None:
    names = '<hostname name="x"/>' * 500
    scripts = '<script id="x" output="y"/>' * 500
    found = host(f"<hostnames>{names}</hostnames><hostscript>{scripts}</hostscript>")
    assert (len(found.hostnames), len(found.scripts)) == (MAX_ITEMS, MAX_ITEMS)


@pytest.mark.parametrize(
    "port",
    [
        '<port protocol="tcp" portid="70000"><state state="open"/></port>',
        '<port protocol="tcp" portid="-1"><state state="open"/></port>',
        '<port protocol="tcp" portid="&#x0662;"><state state="open"/></port>',
        '<port protocol="tcp"><state state="open"/></port>',
        '<port protocol="tcp" portid="22"/>',
    ],
)
def test_ports_that_are_none(port: str) -> None:
    assert host(f"<ports>{port}</ports>").ports == ()


@pytest.mark.parametrize("address", ["", "10.0.0.300", "printer", "0x7f.1"])
def test_a_host_without_an_address_is_nothing(address: str) -> None:
    assert read(f'<nmaprun><host><address addr="{address}" addrtype="ipv4"/></host>'.encode())[0] == []


@pytest.mark.parametrize(
    ("percent", "expected"), [("nan", 0.0), ("inf", 0.0), ("1e99", 100.0), ("x", 0.0), ("-5", 0.0)]
)
def test_progress_is_a_share(percent: str, expected: float) -> None:
    assert read(f'<nmaprun><taskprogress percent="{percent}"/>'.encode())[0] == [Progress(expected)]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"<nmaprun>", b"<nmaprun><host>"):
        reader = NmapXml()
        try:
            reader.feed(start + data)
        except ReportRefused:
            continue
