"""How long it is from the start of a standard scan of a /24 to the first device, and until all of it is sketched.

    python -m benchmarks.discovery.sketch

By itself it needs no peer. Through the API of the product as it is installed, in a namespace: log in, start,
ask the inventory ten times a second. A /24 is sketched when every address that is alive is a device; details
come later.
"""

import ipaddress
import json
import subprocess
import sys
import time
from collections import Counter

from benchmarks.discovery import network
from benchmarks.discovery.product import Client, Product

GIVE_UP_S = 120.0


def main() -> int:
    """Measure, in namespaces of our own; the last line is one JSON object."""
    if sys.argv[1:2] == ["--client"]:
        print(json.dumps(_watch(sys.argv[2], frozenset(sys.argv[3].split(",")))))
        return 0
    with network.network() as truth, Product(network.SCANNER, network.OURS):
        print(json.dumps(measured(truth)))
    return 0


def measured(truth: network.Truth) -> dict[str, float]:
    """`first_device_s` and `sketch_24_s`, of the /24 in which most is alive; the product runs and knows nobody.

    The whole /16 may be scanned afterwards.
    """
    homes = Counter(str(ipaddress.ip_network(f"{address}/24", strict=False)) for address in truth.alive)
    cidr = homes.most_common(1)[0][0]
    alive = {address for address in truth.alive if ipaddress.ip_address(address) in ipaddress.ip_network(cidr)}
    argv = [sys.executable, "-m", "benchmarks.discovery.sketch", "--client", cidr, ",".join(sorted(alive))]
    done = subprocess.run(network.inside(network.SCANNER, argv), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    told: dict[str, float] = json.loads(done.stdout)
    first, sketched = told["first_device_s"], told["sketch_24_s"]
    print(f"{cidr}: the first of {len(alive)} devices after {first} s, all after {sketched} s")
    return told


def _watch(cidr: str, alive: frozenset[str]) -> dict[str, float]:
    """Inside the namespace."""
    client = Client(network.OURS)
    client.login()
    client.call("POST", "/networks", {"cidr": network.WIDE, "name": "bench", "scan_allowed": True})
    began = time.monotonic()
    scan = client.call("POST", "/scans/start", {"targets": cidr, "profile": "standard"})
    first = 0.0
    known: set[str] = set()
    while not alive <= known:
        time.sleep(0.1)
        known = {device["primary_address"] for device in client.call("GET", "/devices?limit=500")["items"]}
        taken = time.monotonic() - began
        first = first or (taken if known & alive else 0.0)
        if taken > GIVE_UP_S:
            raise RuntimeError(f"{len(alive - known)} of {len(alive)} are missing after {taken:.0f} s")
    client.call("POST", f"/scans/{scan['id']}/stop")
    return {"first_device_s": round(first, 2), "sketch_24_s": round(taken, 2)}


if __name__ == "__main__":
    sys.exit(main())
