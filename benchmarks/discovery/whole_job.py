"""A sweep of a /16 as a person does it: log in, start a scan, see it finished, its devices in the inventory.

`python -m benchmarks.discovery.whole_job` prints the seconds of each round and one JSON object. `zmap -P 2` on the
same network is what the sweep's own benchmark runs beside it; this one measures the job alone.
"""

import json
import random
import statistics
import subprocess
import sys
import time

from benchmarks.discovery.product import Client, Product

SCANNER, NETWORK = "lbjob-s", "lbjob-n"
OURS, THEIRS = "10.79.1.1", "10.79.1.2"
TARGET = "10.80.0.0/16"
ALIVE = 3277
ROUNDS = 3
SEED = 20


def main() -> int:
    """Measure, in namespaces of our own."""
    if sys.argv[1:2] == ["--client"]:
        return _client(int(sys.argv[2]))
    alive = make_network()
    try:
        with Product(SCANNER, OURS):
            told = subprocess.run(
                ["ip", "netns", "exec", SCANNER, sys.executable, "-m", __spec__.name, "--client", str(ROUNDS)],
                capture_output=True,
                text=True,
                check=False,
            )
    finally:
        remove_network()
    if told.returncode:
        print(told.stderr, file=sys.stderr)
        return 1
    rounds = json.loads(told.stdout)
    for number, one in enumerate(rounds, start=1):
        print(f"round {number}: {one['seconds']:.2f} s, {one['hosts_up']} of {len(alive)} found")
    wrong = [one for one in rounds if one["hosts_up"] != len(alive) or one["devices"] != len(alive)]
    print(
        json.dumps(
            {"whole_job_s": statistics.median(one["seconds"] for one in rounds), "whole_job_same": not wrong}
        )
    )
    return 0


def _client(rounds: int) -> int:
    """Inside the namespace: every round finds the same devices again, as the second scan of a network does."""
    first = Client(OURS)
    first.login()
    first.call("POST", "/networks", {"cidr": TARGET, "name": "bench", "scan_allowed": True})
    told = []
    for _ in range(rounds):
        began = time.monotonic()
        client = Client(OURS)
        client.login()
        scan = client.scanned(targets=TARGET, profile="sweep", max_rate=1_000_000)
        seconds = time.monotonic() - began
        devices = client.call("GET", "/devices?limit=1")["total"]
        told.append(
            {"seconds": seconds, "hosts_up": scan["hosts_up"], "devices": devices, "status": scan["status"]}
        )
        remove = scan["status"] == "completed"
        if not remove:
            raise RuntimeError(json.dumps(scan["message"]))
    print(json.dumps(told))
    return 0


def make_network() -> list[str]:
    """Two namespaces, one cable, no way out: a /16 of which one in twenty is alive."""
    alive = sorted(random.Random(SEED).sample(range(1, 65_535), ALIVE))
    addresses = [f"10.80.{number >> 8}.{number & 255}" for number in alive]
    remove_network()
    for name in (SCANNER, NETWORK):
        _run("ip", "netns", "add", name)
    _run("ip", "link", "add", "lbj0", "netns", SCANNER, "type", "veth", "peer", "name", "lbj1", "netns", NETWORK)
    _batch(
        SCANNER,
        ["link set lo up", f"addr add {OURS}/30 dev lbj0", "link set lbj0 up", f"route add {TARGET} via {THEIRS}"],
    )
    _batch(
        NETWORK,
        [
            "link set lo up",
            f"addr add {THEIRS}/30 dev lbj1",
            "link set lbj1 up",
            f"route add blackhole {TARGET}",
            *(f"route add local {address}/32 dev lo" for address in addresses),
        ],
    )
    quick = [
        "net.ipv4.icmp_ratelimit=0",
        "net.ipv4.icmp_msgs_per_sec=10000000",
        "net.ipv4.icmp_msgs_burst=10000000",
    ]
    _run("ip", "netns", "exec", NETWORK, "sysctl", "-q", "-w", *quick)
    return addresses


def remove_network() -> None:
    """Leave nothing behind."""
    for name in (SCANNER, NETWORK):
        subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


def _batch(name: str, lines: list[str]) -> None:
    subprocess.run(
        ["ip", "-n", name, "-batch", "-"], input="\n".join(lines), text=True, check=True, capture_output=True
    )


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
