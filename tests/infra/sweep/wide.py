"""A routed /16 with 5 % of its addresses alive, behind a cable, in namespaces without a way out."""

import os
import random
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.lab import netns

WIDE, SIX = "10.80.0.0/16", "fd00:80::/120"
LIARS = "10.82.0.0/24"
OURS, THEIRS = "10.79.7.1", "10.79.7.2"
ALIVE = 3277
ETH_P_IP = 0x0800


@dataclass(frozen=True, slots=True)
class Wide:
    """The two machines, and who is alive."""

    scanner: str
    target: str
    alive: frozenset[str]
    alive_six: frozenset[str]


@contextmanager
def wide_network() -> Iterator[Wide]:
    """Make it, and remove it."""
    prefix = f"lnw-{os.getpid()}"
    scanner, target = f"{prefix}a", f"{prefix}b"
    numbers = random.Random(3).sample(range(65_536), ALIVE)
    alive = frozenset(f"10.80.{number >> 8}.{number & 255}" for number in numbers)
    alive_six = frozenset(f"fd00:80::{number:x}" for number in range(2, 250, 5))
    try:
        for name in (scanner, target):
            netns.create(name)
        cable = f"link add eth0 type veth peer name eth0 netns {target}"
        ways = [f"route add {network} via {THEIRS}" for network in (WIDE, LIARS)]
        netns.batch(scanner, [cable, f"addr add {OURS}/30 dev eth0", "addr add fd00:79::1/126 dev eth0 nodad"])
        netns.batch(target, [f"addr add {THEIRS}/30 dev eth0", "addr add fd00:79::2/126 dev eth0 nodad"])
        netns.batch(target, ["link set eth0 up"])
        netns.batch(scanner, ["link set eth0 up", *ways, f"route add {SIX} via fd00:79::2"])
        homes = [f"route add local {address}/32 dev lo" for address in alive]
        homes += [f"route add local {address}/128 dev lo" for address in alive_six]
        dark = [f"route add blackhole {network}" for network in (WIDE, LIARS, SIX)]
        netns.batch(target, [*dark, *homes])
        netns.write_sysctl(target, {"net.ipv4.icmp_ratelimit": 0, "net.ipv6.icmp.ratelimit": 0})
        assert not netns.query(scanner, "route", "show", "default")
        yield Wide(scanner, target, alive, alive_six)
    finally:
        netns.delete(scanner)
        netns.delete(target)


@contextmanager
def losing(wide: Wide, share: float) -> Iterator[None]:
    """Drop this share of the echo requests."""
    chance = f"-m statistic --mode random --probability {share}"
    rule = f"INPUT -p icmp --icmp-type echo-request {chance} -j DROP".split()
    netns.command("ip", "netns", "exec", wide.target, "iptables", "-A", *rule)
    try:
        yield
    finally:
        netns.command("ip", "netns", "exec", wide.target, "iptables", "-D", *rule)


@contextmanager
def answering(wide: Wide, answer: Callable[[bytes], list[bytes]]) -> Iterator[None]:
    """Have a program answer each echo request to 10.82.0.0/24 with packets of its own making."""

    def bind() -> socket.socket:
        bound = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        bound.bind(("eth0", ETH_P_IP))
        return bound

    bound = netns.inside(wide.target, bind)
    bound.settimeout(0.05)
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            with suppress(TimeoutError):
                packet, sender = bound.recvfrom(2048)
                if packet[9] == 1 and packet[20] == 8 and packet[16:18] == b"\x0a\x52":
                    for reply in answer(packet):
                        bound.sendto(reply, ("eth0", ETH_P_IP, 0, 0, sender[4]))

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        bound.close()


def echo_reply(packet: bytes, source: bytes | None = None, change: Callable[[bytes], bytes] = bytes) -> bytes:
    """The answer to an echo request, from whom and changed as wanted, with right checksums."""
    body = change(b"\0\0\0\0" + packet[24:])
    body = body[:2] + struct.pack(">H", checksum(body)) + body[4:]
    head = packet[:10] + b"\0\0" + (source or packet[16:20]) + packet[12:16]
    return head[:10] + struct.pack(">H", checksum(head)) + head[12:] + body


def checksum(data: bytes) -> int:
    """RFC 1071."""
    total: int = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF
