"""A sweep of a /16 as a person does it: log in, start a scan, see it finished, its devices in the inventory.

`python -m benchmarks.discovery.whole_job` runs it beside `zmap -P 2` on the same network, in turns, and prints
each round and one JSON object: job_vs_zmap (medians of three) and job_recall, the worst round's share of what
there is that was found and stored, and what `sketch.py` measures before them. The first round finds devices
that nobody knew; later ones know each already.
"""

import json
import statistics
import subprocess
import sys
import time

from benchmarks.discovery import network, sketch
from benchmarks.discovery.peers import tree
from benchmarks.discovery.product import Client, Product
from benchmarks.discovery.theirs import Theirs

ROUNDS = 3
ZMAP_RATE = 300_000
LOSS = 0.03


def main() -> int:
    """Measure, in namespaces of our own."""
    if sys.argv[1:2] == ["--client"]:
        return _client()
    ours: list[float] = []
    theirs: list[float] = []
    shares: list[float] = []
    with network.network() as truth, Product(network.SCANNER, network.OURS), Theirs(tree()) as peers:
        sketched = sketch.measured(truth)
        with network.loss(LOSS):
            for number in range(1, ROUNDS + 1):
                told = _job()
                peer = peers.zmap(network.WIDE, ZMAP_RATE)
                ours.append(told["seconds"])
                theirs.append(peer["seconds"])
                shares.append(min(told["hosts_up"], told["devices"]) / len(truth.alive))
                print(
                    f"round {number}: {told['seconds']:.2f} s, {told['hosts_up']} of {len(truth.alive)} stored;"
                    f" zmap {peer['seconds']:.2f} s, {len(peer['alive'])} found"
                )
    job, zmap = statistics.median(ours), statistics.median(theirs)
    figures = {
        "job_vs_zmap": round(job / zmap, 3),
        "job_recall": round(min(shares), 5),
        "whole_job_s": round(job, 3),
        **sketched,
    }
    print(json.dumps(figures))
    return 0


def _client() -> int:
    """Inside the namespace."""
    began = time.monotonic()
    client = Client(network.OURS)
    client.login()
    scan = client.scanned(targets=network.WIDE, profile="sweep", max_rate=1_000_000)
    seconds = time.monotonic() - began
    if scan["status"] != "completed":
        raise RuntimeError(json.dumps(scan["message"]))
    devices = client.call("GET", "/devices?limit=1")["total"]
    print(json.dumps({"seconds": seconds, "hosts_up": scan["hosts_up"], "devices": devices}))
    return 0


def _job() -> dict[str, float]:
    argv = [sys.executable, "-m", __spec__.name, "--client"]
    done = subprocess.run(network.inside(network.SCANNER, argv), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    told: dict[str, float] = json.loads(done.stdout)
    return told


if __name__ == "__main__":
    sys.exit(main())
