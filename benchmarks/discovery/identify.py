"""Discover, look at ports and identify, end to end through the API, beside one `nmap -sV -O` on the same machines.

`python -m benchmarks.discovery.identify` prints each round and one JSON object: identify_vs_nmap (our wall time by
nmap's, medians of three interleaved rounds) and identify_same (the share of ssh, http, ftp, dns and smb ports that
have the product and version that nmap gives them).
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from benchmarks.discovery.peers import tree
from benchmarks.discovery.product import Client, Product
from benchmarks.discovery.services import OURS, SCANNER, TARGET, Machines

ROUNDS = 3
COMPARED = frozenset({"ssh", "http", "ftp", "domain", "netbios-ssn", "microsoft-ds"})
OPTIONS = {"tcp_ports": "top:1000", "service_versions": True, "os_detection": True, "timing": "aggressive"}
Known = dict[str, tuple[str, str]]


def main() -> int:
    """Measure both, in turns."""
    if sys.argv[1:2] == ["--client"]:
        return _client(sys.argv[2])
    ours: list[float] = []
    theirs: list[float] = []
    same: list[float] = []
    with Machines() as machines, Product(SCANNER, OURS), peers() as debian:
        targets = " ".join(machines.addresses)
        _inside(sys.executable, "-m", __spec__.name, "--client", "prepare")
        for number in range(1, ROUNDS + 1):
            seconds, known = _nmap(debian, machines.addresses)
            told = json.loads(_inside(sys.executable, "-m", __spec__.name, "--client", targets))
            ours.append(told["seconds"])
            theirs.append(seconds)
            wrong = {key: (*value, *told["known"].get(key, ())) for key, value in known.items()}
            wrong = {key: value for key, value in wrong.items() if value[:2] != value[2:]}
            same.append(1 - len(wrong) / len(known))
            print(f"round {number}: {told['seconds']:.2f} s, nmap {seconds:.2f} s, other than nmap: {wrong}")
    ratio = statistics.median(ours) / statistics.median(theirs)
    print(json.dumps({"identify_vs_nmap": round(ratio, 3), "identify_same": round(min(same), 4)}))
    return 0


@contextmanager
def peers() -> Iterator[Path]:
    """The tree with the peer's nmap, in which it finds the kernel's tables."""
    made = tree()
    subprocess.run(["mount", "-t", "proc", "proc", str(made / "proc")], check=True)
    try:
        yield made
    finally:
        subprocess.run(["umount", str(made / "proc")], check=True)


def _nmap(debian: Path, addresses: list[str]) -> tuple[float, Known]:
    began = time.monotonic()
    told = _inside("chroot", str(debian), "nmap", "-sV", "-O", "-n", "-T4", "-oX", "-", *addresses)
    seconds = time.monotonic() - began
    known: Known = {}
    for host in ElementTree.fromstring(told).iter("host"):
        address = next(item.attrib["addr"] for item in host.iter("address") if item.attrib["addrtype"] == "ipv4")
        for port in host.iter("port"):
            service = port.find("service")
            if service is not None and service.get("name") in COMPARED and service.get("method") == "probed":
                key = f"{address}:{port.attrib['portid']}"
                known[key] = _said(service.get("product") or "", service.get("version") or "")
    return seconds, known


def _said(product: str, version: str) -> tuple[str, str]:
    """As nmap says it today: up to 7.93 it called every Samba of version 4 a 4.6.2, since 7.94 it says 4."""
    return (product, "4") if (product, version) == ("Samba smbd", "4.6.2") else (product, version)


def _client(targets: str) -> int:
    client = Client(OURS)
    client.login()
    if targets == "prepare":
        client.call("POST", "/networks", {"cidr": TARGET, "name": "bench", "scan_allowed": True})
        return 0
    began = time.monotonic()
    scan = client.scanned(targets=targets.split(), profile="custom", options=OPTIONS)
    seconds = time.monotonic() - began
    if scan["status"] != "completed":
        raise RuntimeError(json.dumps(scan["message"]))
    hosts = client.call("GET", f"/scans/{scan['id']}/hosts?limit=500")["items"]
    known = {f"{host['address']}:{port['port']}": _told(port) for host in hosts for port in host["ports"]}
    lines = client.call("GET", f"/scans/{scan['id']}/lines?limit=500")["items"]
    notes = [line["text"] for line in lines if line["kind"] == "note"]
    print(json.dumps({"seconds": seconds, "known": known}))
    print("\n".join(notes), file=sys.stderr)
    return 0


def _told(port: dict[str, Any]) -> tuple[str, str]:
    return port["product"] or "", port["version"] or ""


def _inside(*command: str) -> str:
    done = subprocess.run(["ip", "netns", "exec", SCANNER, *command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    if "-v" in sys.argv:
        print(done.stderr, file=sys.stderr)
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
