"""Asking for neighbours on our own segment: ARP (RFC 826) and neighbour discovery (RFC 4861).

There is no room for a cookie in them. What counts is an answer to this card, for an address that was asked.
"""

import select
import socket
import struct
import time
from collections.abc import Callable, Sequence

from backend.infra.clients.sweep import vectors
from backend.infra.clients.sweep.family import IPV4, IPV6
from backend.infra.clients.sweep.ring import Ring, deaf, icmp_filter
from backend.infra.clients.sweep.routes import Card
from backend.infra.clients.sweep.sending import Batches

Met = Callable[[int, float, bytes], None]  # number, seconds, MAC
ETH_P_ARP = 0x0806
_READS = 4096
_ARP, _SOLICITATION = 28, 32
_NAME = struct.Struct("HHiHBB8s")


class _Asked:
    """Who was asked when, and who answered."""

    def __init__(self, addresses: bytes, width: int, met: Met) -> None:
        self.count = len(addresses) // width
        self.slowest = 0.0
        self._addresses, self._width, self._met = addresses, width, met
        self._numbers = {
            addresses[place : place + width]: place // width for place in range(0, len(addresses), width)
        }
        self._sent: dict[int, tuple[int, float]] = {}
        self._known: set[int] = set()

    def still(self, silent: Sequence[int], answered: set[int]) -> list[int]:
        """Those that did not answer."""
        return [number for number in silent if number not in answered]

    def _asking(self, which: Sequence[int], turn: int) -> None:
        entry = (turn, time.monotonic())
        self._sent.update(dict.fromkeys(which, entry))

    def _answered(self, address: bytes, mac: bytes, found: dict[int, list[int]]) -> None:
        number = self._numbers.get(address)
        if number is None or number not in self._sent or mac[0] & 1:
            return
        turn, at = self._sent[number]
        seconds = time.monotonic() - at
        self.slowest = max(self.slowest, seconds)
        found.setdefault(turn, []).append(number)
        if number not in self._known:
            self._known.add(number)
            self._met(number, seconds, mac)


class Arp(_Asked):
    """Asks a segment who has some IPv4 addresses (a Prober)."""

    def __init__(self, card: Card, addresses: bytes, source: bytes, met: Met) -> None:
        """`met` is told of each address once."""
        super().__init__(addresses, IPV4.width, met)
        self._card, self._source = card, source
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK, 0)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self._socket.bind((card.name, ETH_P_ARP))
        self._name = _NAME.pack(
            socket.AF_PACKET, socket.htons(ETH_P_ARP), card.index, 1, 0, 6, b"\xff" * 6 + b"\0\0"
        )
        self._batches = Batches(self._socket, _ARP, _NAME.size)

    @property
    def unsendable(self) -> int:
        """How many packets the network took no care of."""
        return self._batches.unsendable

    def send(self, which: Sequence[int], turn: int) -> int:
        """Ask up to BATCH of them; answers how many left."""
        self._asking(which, turn)
        packets = bytearray(_ARP * len(which))
        head = struct.pack(">HHBBH", 1, 0x0800, 6, 4, 1) + self._card.mac + self._source + bytes(6)
        vectors.lay_same(packets, _ARP, 0, head)
        vectors.lay(packets, _ARP, 24, vectors.pick(self._addresses, 4, which), 4)
        return self._batches.send(packets, self._name * len(which))

    def answers(self) -> list[tuple[int, list[int]]]:
        """Who answered since the last time, by turn."""
        found: dict[int, list[int]] = {}
        for _ in range(_READS):
            try:
                data = self._socket.recv(64)
            except BlockingIOError:
                break
            answer = self.judge(data)
            if answer is not None:
                self._answered(*answer, found)
        return list(found.items())

    def judge(self, data: bytes) -> tuple[bytes, bytes] | None:
        """The address and MAC of an answer to us; None for anything else."""
        if len(data) < _ARP or data[:8] != b"\x00\x01\x08\x00\x06\x04\x00\x02":
            return None
        if data[18:24] != self._card.mac or data[24:28] != self._source:
            return None
        return data[14:18], data[8:14]

    def wait(self, seconds: float) -> None:
        """Return when there may be an answer, or after that time."""
        _readable(self._socket, seconds)

    def close(self) -> None:
        """Give the socket back."""
        self._socket.close()


class Solicit(_Asked):
    """Asks a segment who has some IPv6 addresses (a Prober)."""

    def __init__(self, card: Card, addresses: bytes, met: Met) -> None:
        """`met` is told of each address once."""
        super().__init__(addresses, IPV6.width, met)
        self._card = card
        self._ring = Ring(IPV6.ethertype, icmp_filter(socket.IPPROTO_ICMPV6, 136, version=6))
        self._socket = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
        deaf(self._socket)
        self._socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
        self._socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, card.index)
        groups = b"".join(
            bytes.fromhex("ff0200000000000000000001ff") + addresses[place + 13 : place + 16]
            for place in range(0, len(addresses), 16)
        )
        self._names = IPV6.names(groups, card.index)
        self._batches = Batches(self._socket, _SOLICITATION, IPV6.name_bytes)

    @property
    def unsendable(self) -> int:
        """How many packets the network took no care of."""
        return self._batches.unsendable

    def send(self, which: Sequence[int], turn: int) -> int:
        """Ask up to BATCH of them; answers how many left."""
        self._asking(which, turn)
        packets = bytearray(_SOLICITATION * len(which))
        vectors.lay_same(packets, _SOLICITATION, 0, bytes((135, 0, 0, 0, 0, 0, 0, 0)))
        vectors.lay(packets, _SOLICITATION, 8, vectors.pick(self._addresses, 16, which), 16)
        vectors.lay_same(packets, _SOLICITATION, 24, bytes((1, 1)) + self._card.mac)
        return self._batches.send(packets, vectors.pick(self._names, IPV6.name_bytes, which))

    def answers(self) -> list[tuple[int, list[int]]]:
        """Who answered since the last time, by turn."""
        found: dict[int, list[int]] = {}
        for frames in self._ring.frames():
            lives = frames.column(IPV6.life_at)
            for place in range(frames.count):
                answer = judge_advertisement(frames.packet(place, IPV6.header, 32), lives[place])
                if answer is not None:
                    self._answered(*answer, found)
        return list(found.items())

    def wait(self, seconds: float) -> None:
        """Return when there may be an answer, or after that time."""
        self._ring.wait(seconds)

    def close(self) -> None:
        """Give the sockets back."""
        self._ring.close()
        self._socket.close()


def judge_advertisement(body: bytes, life: int) -> tuple[bytes, bytes] | None:
    """The address and MAC of a solicited advertisement from this very segment; None for anything else."""
    if life != 255 or len(body) < 32 or body[0] != 136 or not body[4] & 0x40:
        return None
    if body[24:26] != b"\x02\x01":
        return None
    return body[8:24], body[26:32]


def _readable(receiver: socket.socket, seconds: float) -> None:
    select.select([receiver], [], [], max(0.0, seconds))
