"""Scans in and out as files, and one device asked again."""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

import httpx2
import pytest

from backend.bootstrap import Lanarium
from backend.domain.discovery.report import OsGuess, PortReport, ScriptResult
from backend.infra.nmap_xml import NmapXml
from tests.api.discovery.conftest import FakeScanner
from tests.api.discovery.test_views import _scan, sees, up

pytestmark = pytest.mark.usefixtures("lab_network")
Client = httpx2.AsyncClient
XML = {"Content-Type": "application/xml"}
REPORT = """<?xml version="1.0"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -sV" start="1700000000" version="7.93">
<host starttime="1700000000" endtime="1700000010"><status state="up" reason="arp-response"/>
<address addr="10.77.0.5" addrtype="ipv4"/><address addr="02:00:00:00:00:05" addrtype="mac"/>
<hostnames><hostname name="five.example" type="PTR"/></hostnames>
<ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack"/>
<service name="ssh" product="OpenSSH" version="9.2" method="probed" conf="10"/></port></ports></host>
<host><status state="up"/><address addr="203.0.113.7" addrtype="ipv4"/></host>
<host><status state="up"/><address addr="127.0.0.1" addrtype="ipv4"/></host>
<host><status state="up"/><address addr="10.77.0.6" addrtype="ipv4"/></host>
<runstats><finished time="1700000020" exit="success"/></runstats></nmaprun>
"""


async def test_a_report_from_elsewhere_becomes_evidence(as_operator: Client, as_viewer: Client) -> None:
    path = "/api/v1/scans/import?name=Branch"
    assert (await as_viewer.post(path, content=REPORT, headers=XML)).status_code == 403
    answer = await as_operator.post(path, content=REPORT, headers=XML)
    assert answer.status_code == 201, answer.text
    scan = answer.json()
    assert (scan["name"], scan["profile"], scan["status"], scan["hosts_up"]) == (
        "Branch",
        "import",
        "completed",
        3,
    )
    assert (scan["address_count"], scan["ports_open"], scan["chunks"]["done"]) == (3, 1, 1)
    assert (scan["message"]["code"], scan["message"]["params"]["outside"]) == ("import_outside", 1)
    assert scan["can"] == {"stop": False, "pause": False, "resume": False, "retry_chunks": False, "delete": True}
    devices = (await as_operator.get("/api/v1/devices?q=five.example")).json()["items"]
    assert (devices[0]["primary_address"], devices[0]["sources"]) == ("10.77.0.5", ["import"])
    assert devices[0]["last_seen"].startswith("2023-11-14")
    again = (await as_operator.post(path, content=REPORT, headers=XML)).json()
    assert (await as_operator.get("/api/v1/devices?q=five.example")).json()["total"] == 1
    assert again["id"] != scan["id"]
    assert (await as_operator.post(f"/api/v1/scans/{scan['id']}/chunks/1/retry")).status_code == 409


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("not xml at all" * 10_000, 422),
        ('<?xml version="1.0"?><!DOCTYPE nmaprun [<!ENTITY x "y">]><nmaprun>&x;</nmaprun>', 422),
        ("<nmaprun></nmaprun>", 422),
        ("<nmaprun>" + "<a>" * 100 + "</nmaprun>", 422),
    ],
)
async def test_what_is_no_report_leaves_nothing_behind(as_operator: Client, body: str, status: int) -> None:
    answer = await as_operator.post("/api/v1/scans/import", content=body, headers=XML)
    assert (answer.status_code, answer.json()["code"]) == (status, "report_refused")
    assert (await as_operator.get("/api/v1/scans")).json()["total"] == 0


async def test_only_this_path_takes_files_and_no_larger_ones(as_operator: Client) -> None:
    wrong = await as_operator.post("/api/v1/scans/import", content="{}", headers={"Content-Type": "text/plain"})
    assert (wrong.status_code, wrong.json()["code"]) == (415, "not_xml")
    other = await as_operator.post("/api/v1/scans/start", content=REPORT, headers=XML)
    assert (other.status_code, other.json()["code"]) == (415, "not_json")
    large = {**XML, "Content-Length": str(64 * 1024 * 1024 + 1)}
    assert (await as_operator.post("/api/v1/scans/import", content=b"", headers=large)).status_code == 413


async def test_what_goes_out_comes_in_again(as_operator: Client, scanner: FakeScanner) -> None:
    evil = "=cmd()\"<&>'"
    port = PortReport(
        "tcp",
        22,
        "open",
        service="ssh",
        product=evil,
        version="1",
        confidence=10,
        scripts=(ScriptResult("a", evil),),
    )
    scanner.script = sees(h1=replace(up(1, os=OsGuess("Linux 5", 97), hostnames=("one.example",)), ports=(port,)))
    scan = await _scan(as_operator)
    path = f"/api/v1/scans/{scan}/export"
    xml = await as_operator.get(f"{path}?format=xml")
    assert xml.headers["content-type"] == "application/xml"
    assert "attachment" in xml.headers["content-disposition"]
    ElementTree.fromstring(xml.text)
    reader = NmapXml()
    hosts = {host.address: host for host in reader.feed(xml.content)}  # type: ignore[union-attr]
    assert reader.complete
    host = hosts["10.77.0.1"]
    assert (host.hostnames, host.os and host.os.name) == (("one.example",), "Linux 5")  # type: ignore[union-attr]
    assert [(p.port, p.service, p.product) for p in host.ports] == [(22, "ssh", evil)]  # type: ignore[union-attr]
    told = json.loads((await as_operator.get(f"{path}?format=json")).text)
    assert [item["address"] for item in told["hosts"]] == ["10.77.0.1"]
    text = (await as_operator.get(f"{path}?format=csv")).text.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (rows[0]["address"], rows[0]["port"], rows[0]["product"]) == ("10.77.0.1", "22", "'" + evil)
    again = (await as_operator.post("/api/v1/scans/import", content=xml.content, headers=XML)).json()
    assert again["hosts_up"] == 1
    assert (await as_operator.get(f"{path}?format=pdf")).status_code == 422


async def test_a_device_is_asked_again_at_its_addresses(
    as_operator: Client, as_viewer: Client, scanner: FakeScanner, program: Lanarium
) -> None:
    scanner.script = sees(h1=up(1, 22))
    await _scan(as_operator)
    device = (await as_operator.get("/api/v1/devices")).json()["items"][0]
    path = f"/api/v1/devices/{device['id']}/rescan"
    assert (await as_viewer.post(path)).status_code == 403
    scan = (await as_operator.post(path, json={"profile": "quick"})).json()
    assert (scan["targets"], scan["profile"], scan["address_count"]) == (["10.77.0.1"], "quick", 1)
    assert (await as_operator.post(path)).status_code == 201
    assert (await as_operator.post("/api/v1/devices/999/rescan")).status_code == 404
    alone = (await as_operator.post("/api/v1/devices", json={"name": "Shelf"})).json()
    answer = await as_operator.post(f"/api/v1/devices/{alone['id']}/rescan")
    assert (answer.status_code, answer.json()["code"]) == (409, "device_has_no_address")
