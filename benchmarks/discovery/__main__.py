"""`make bench-discovery`: our sweeper beside zmap and nmap. Needs root; see benchmarks/README.md.

--quick leaves out the peers that take longer than ten seconds; --only names parts: sweep ports slow identify job.
"""

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.discovery import network
from benchmarks.discovery.network import DOORS, HUNDRED, LAB, SLOW, THOUSAND, WIDE, Truth
from benchmarks.discovery.ours import Ours
from benchmarks.discovery.peers import tree
from benchmarks.discovery.rounds import Series, interleave
from benchmarks.discovery.theirs import TUNED, TUNED_PORTS, Theirs

PARTS = ("sweep", "ports", "slow", "identify", "job")
ZMAP_RATE = 300_000
Figures = dict[str, Any]


def main() -> int:
    """Measure; the last line is one JSON object."""
    options = _options()
    if os.geteuid() != 0:
        print("bench-discovery makes network namespaces, which needs root", file=sys.stderr)
        return 2
    parts = options.only or list(PARTS)
    figures: Figures = {}
    if {"sweep", "ports", "slow"} & set(parts):
        with network.network() as truth, Ours() as ours, Theirs(tree()) as theirs:
            if "sweep" in parts:
                figures |= sweep(options, truth, ours, theirs)
            if "ports" in parts:
                figures |= ports(options, truth, ours, theirs)
            if "slow" in parts:
                figures |= slow(options, ours, theirs)
    if "identify" in parts:
        figures |= _other("benchmarks.discovery.identify")
    if "job" in parts:
        figures |= job()
    print(json.dumps(figures))
    return 0


def sweep(options: argparse.Namespace, truth: Truth, ours: Ours, theirs: Theirs) -> Figures:
    """(a) A /16, first with 3 % of the echoes lost, then without loss."""

    def own() -> Figures:
        return ours.sweep(WIDE, probes=["echo"])

    print("/16, 5 % alive, 3 % of echoes lost", flush=True)
    contestants = {
        "ours": own,
        "zmap -P 2": lambda: theirs.zmap(WIDE, ZMAP_RATE),
        "nmap tuned": lambda: theirs.nmap_alive(WIDE, TUNED),
    }
    with network.loss(0.03):
        lossy = interleave(options.rounds, contestants, truth.alive, "alive")
    for share in (0.02, 0.1):
        print(f"/16, 5 % alive, {share:.0%} of echoes lost", flush=True)
        with network.loss(share):
            other = interleave(5, {"ours": own}, truth.alive, "alive")
        lossy[f"ours {share}"] = other["ours"]
    print("/16, 5 % alive, no loss", flush=True)
    contestants = {"ours": own}
    if not options.quick:
        contestants["nmap -sn -PE -T4*"] = lambda: theirs.nmap_alive(WIDE, [])
    calm = interleave(options.rounds, contestants, truth.alive, "alive")
    figures: Figures = {
        "sweep_recall": round(statistics.median(lossy["ours"].recall), 5),
        "sweep_recall_loss_2": round(statistics.median(lossy["ours 0.02"].recall), 5),
        "sweep_recall_loss_10": round(statistics.median(lossy["ours 0.1"].recall), 5),
        "sweep_false": max(one for series in (*lossy.values(), *calm.values()) for one in _ours(series)),
        "sweep_vs_zmap": lossy["ours"].ratio(lossy["zmap -P 2"]),
        "sweep_vs_nmap_tuned": lossy["ours"].ratio(lossy["nmap tuned"]),
    }
    if not options.quick:
        figures["sweep_vs_nmap_default"] = round(calm["ours"].wall / calm["nmap -sn -PE -T4*"].wall, 4)
    return figures


def ports(options: argparse.Namespace, truth: Truth, ours: Ours, theirs: Theirs) -> Figures:
    """(b) 256 machines: 100 ports with half of them filtered; 1,000 ports that answer; the same by connecting."""
    figures: Figures = {}
    with _program(LAB, "doors", truth.doors):
        print("256 hosts x 100 ports, half of the hosts filtered", flush=True)
        contestants = {
            "ours": lambda: ours.sweep(DOORS, probes=[], tcp_ports=HUNDRED),
            "nmap -sS tuned": lambda: theirs.nmap_ports(DOORS, HUNDRED, ["-sS", *TUNED_PORTS]),
        }
        if not options.quick:
            contestants["nmap -sS -T4*"] = lambda: theirs.nmap_ports(DOORS, HUNDRED, ["-sS"])
        with network.filtered():
            half = interleave(options.rounds, contestants, truth.hundred, "ports")
        figures["ports_recall"] = round(min(half["ours"].recall), 5)
        figures["ports_false"] = max(half["ours"].false)
        figures["ports_vs_nmap_tuned"] = half["ours"].ratio(half["nmap -sS tuned"])
        if not options.quick:
            figures["ports_vs_nmap_default"] = round(half["ours"].wall / half["nmap -sS -T4*"].wall, 4)
        print("256 hosts x 1,000 ports, closed ones answer", flush=True)
        contestants = {
            "ours": lambda: ours.sweep(DOORS, probes=[], tcp_ports=THOUSAND),
            "nmap -sS -T4": lambda: theirs.nmap_ports(DOORS, THOUSAND, ["-sS"]),
            "ours, connecting": lambda: ours.sweep(DOORS, probes=[], tcp_ports=THOUSAND, raw=False),
            "nmap -sT -T4": lambda: theirs.nmap_ports(DOORS, THOUSAND, ["-sT"]),
        }
        many = interleave(options.rounds, contestants, truth.thousand, "ports")
        figures["ports1000_recall"] = round(min(many["ours"].recall), 5)
        figures["ports1000_vs_nmap"] = many["ours"].ratio(many["nmap -sS -T4"])
        figures["connect_recall"] = round(min(many["ours, connecting"].recall), 5)
        figures["connect_vs_nmap_st"] = many["ours, connecting"].ratio(many["nmap -sT -T4"])
    return figures


def slow(options: argparse.Namespace, ours: Ours, theirs: Theirs) -> Figures:
    """(d) 4,096 addresses behind 20 to 200 ms, with and without a limit of 400 answers a second."""
    figures: Figures = {}
    for name, limit in (("slow", None), ("slow_limited", 400)):
        print(f"/20, 20 % alive, 20-200 ms, limit {limit or 'none'}", flush=True)
        settings = {"network": SLOW, "alive": 0.2, "limit": limit, "seed": 5}
        with _program(LAB, "slow", settings) as alive:
            contestants = {"ours": lambda: ours.sweep(SLOW, probes=["echo"], max_passes=8)}
            if not options.quick:
                contestants["zmap -P 2"] = lambda: theirs.zmap(SLOW, ZMAP_RATE)
                contestants["nmap -sn -PE -T4*"] = lambda: theirs.nmap_alive(SLOW, [])
                contestants["nmap tuned"] = lambda: theirs.nmap_alive(SLOW, TUNED)
            told = interleave(options.rounds, contestants, json.loads(alive), "alive")
        figures[f"{name}_recall"] = round(statistics.median(told["ours"].recall), 5)
        figures[f"{name}_false"] = max(told["ours"].false)
        figures[f"{name}_s"] = round(told["ours"].wall, 2)
        if not options.quick:
            figures[f"{name}_vs_nmap_default"] = round(told["ours"].wall / told["nmap -sn -PE -T4*"].wall, 3)
    return figures


def job() -> Figures:
    """A sweep of a /16 through the API, with zmap on the same kind of network right before and after it."""
    with network.network(), Theirs(tree()) as theirs:
        around = [theirs.zmap(WIDE, ZMAP_RATE)["seconds"] for _ in range(2)]
        figures = _other("benchmarks.discovery.whole_job")
        around += [theirs.zmap(WIDE, ZMAP_RATE)["seconds"] for _ in range(2)]
    if "whole_job_s" in figures:
        figures["job_vs_zmap"] = round(figures["whole_job_s"] / statistics.median(around), 3)
    return figures


@contextmanager
def _program(namespace: str, module: str, settings: object) -> Iterator[str]:
    """A program of this folder in a namespace, from its first line until the end of the block."""
    process = subprocess.Popen(
        network.inside(namespace, [sys.executable, "-m", f"benchmarks.discovery.{module}"]),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(settings) + "\n")
        process.stdin.flush()
        yield process.stdout.readline()
    finally:
        process.stdin.close()
        process.kill()
        process.wait()


def _ours(series: Series) -> list[int]:
    return series.false if series.name.startswith("ours") else [0]


def _other(module: str) -> Figures:
    """Another part, a program of its own: the JSON object in its last line."""
    if importlib.util.find_spec(module) is None:
        return {}
    done = subprocess.run([sys.executable, "-m", module], stdout=subprocess.PIPE, text=True, check=False)
    *lines, last = done.stdout.strip().splitlines() or [""]
    print("\n".join(lines), flush=True)
    if done.returncode or not last.startswith("{"):
        print(f"{module} failed: {last}", flush=True)
        return {}
    told: Figures = json.loads(last)
    return told


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-discovery", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", nargs="*", choices=PARTS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
