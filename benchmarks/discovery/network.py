"""The benchmark's network: a scanner and a lab in namespaces, one cable between them, no way out of either.

10.80.0.0/16  5 % of the addresses answer, the rest is dropped in silence; routed, so no ARP per address
10.81.0.0/24  256 machines with three open TCP ports each
10.82.0.0/20  a slow network: `slow.py` answers for it
"""

import os
import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SCANNER, LAB = f"lbscan{os.getpid()}", f"lblab{os.getpid()}"
OURS, THEIRS = "10.79.0.1", "10.79.0.2"
WIDE, DOORS, SLOW = "10.80.0.0/16", "10.81.0.0/24", "10.82.0.0/20"
ALIVE = 3277
HUNDRED = (*range(1, 97), 139, 443, 445, 3389)
THOUSAND = tuple(range(1, 1001))
FILTERED_OPEN = (22, 80, 443)  # of the machines that drop the rest
_SEED = 20


@dataclass
class Truth:
    """What there is to be found."""

    alive: frozenset[str]
    hundred: frozenset[tuple[str, int]] = frozenset()
    thousand: frozenset[tuple[str, int]] = frozenset()
    doors: dict[str, tuple[int, ...]] = field(default_factory=dict)


def inside(namespace: str, argv: Sequence[str]) -> list[str]:
    """The command that runs another in a namespace."""
    return ["ip", "netns", "exec", namespace, *argv]


def run(*argv: str, text: str | None = None) -> str:
    """Run a tool, give what it wrote; raises CalledProcessError."""
    return subprocess.run(argv, input=text, capture_output=True, text=True, check=True).stdout


@contextmanager
def network() -> Iterator[Truth]:
    """Make it; take it away at the end."""
    _remove()
    try:
        yield _make()
    finally:
        _remove()


@contextmanager
def loss(share: float) -> Iterator[None]:
    """Drop this share of the echo requests that reach the lab."""
    if not share:
        yield
        return
    words = (
        f"INPUT -p icmp --icmp-type echo-request -m statistic --mode random --probability {share} -j DROP".split()
    )
    run(*inside(LAB, ["iptables", "-A", *words]))
    try:
        yield
    finally:
        run(*inside(LAB, ["iptables", "-D", *words]))


@contextmanager
def filtered() -> Iterator[None]:
    """Have the upper half of the machines with doors drop what is not open."""
    open_ports = ",".join(map(str, FILTERED_OPEN))
    words = f"INPUT -p tcp -d 10.81.0.128/25 -m multiport ! --dports {open_ports} -j DROP".split()
    run(*inside(LAB, ["iptables", "-A", *words]))
    try:
        yield
    finally:
        run(*inside(LAB, ["iptables", "-D", *words]))


def gateway_mac() -> str:
    """The lab's end of the cable, which zmap wants to be told."""
    found = re.search(r"link/ether (\S+)", run("ip", "-n", LAB, "link", "show", "eth0"))
    assert found is not None
    return found[1]


def _make() -> Truth:
    for name in (SCANNER, LAB):
        run("ip", "netns", "add", name)
    run("ip", "-n", SCANNER, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", LAB)
    for name, address in ((SCANNER, OURS), (LAB, THEIRS)):
        run(
            "ip",
            "-n",
            name,
            "-batch",
            "-",
            text=f"link set lo up\naddr add {address}/30 dev eth0\nlink set eth0 up\n",
        )
    ways = "".join(f"route add {target} via {THEIRS}\n" for target in (WIDE, DOORS, SLOW))
    run("ip", "-n", SCANNER, "-batch", "-", text=ways)
    # Else the kernel that answers is measured, not the scanner that asks.
    switches = ("net.ipv4.icmp_ratelimit=0", "net.ipv4.icmp_msgs_per_sec=10000000")
    run(*inside(LAB, ["sysctl", "-qw", *switches]))
    for name in (SCANNER, LAB):
        assert not run("ip", "-n", name, "route", "show", "default"), "a way out"
    truth = _truth()
    homes = "".join(f"route add local {address}/32 dev lo\n" for address in truth.alive)
    dark = f"route add blackhole {WIDE}\nroute add blackhole {SLOW}\nroute add local {DOORS} dev lo\n"
    run("ip", "-n", LAB, "-batch", "-", text=dark + homes)
    return truth


def _truth() -> Truth:
    dice = random.Random(_SEED)
    alive = frozenset(f"10.80.{number >> 8}.{number & 255}" for number in dice.sample(range(65_536), ALIVE))
    doors = {
        f"10.81.0.{host}": FILTERED_OPEN if host >= 128 else tuple(sorted(dice.sample(HUNDRED[:96], 3)))
        for host in range(256)
    }
    pairs = frozenset((address, port) for address, ports in doors.items() for port in ports)
    return Truth(alive, pairs, pairs, doors)


def _remove() -> None:
    for name in (SCANNER, LAB):
        if Path("/run/netns", name).exists():
            run("ip", "netns", "del", name)
