"""ICMP echo, both families. Ident, sequence and payload are a cookie that only the asked address can give back.

The payload also holds the time and the turn, so nothing is remembered per packet, and every field has its
complement in it, so all packets have one checksum:

    type code sum | ident seq | cookie(4) turn(2) time(4) | complement of ident, seq, cookie, turn, time (14)
"""

import socket
import struct
import time
from collections.abc import Callable, Sequence

from backend.infra.clients.sweep import vectors
from backend.infra.clients.sweep.family import Family
from backend.infra.clients.sweep.ring import Ring, icmp_filter
from backend.infra.clients.sweep.sending import Batches
from backend.infra.clients.sweep.ways import KernelWay, Way

PACKET = 32
_MEANING = 14
_TIME_AT, _TURN_AT = 14, 12
Heard = Callable[[int, float, int], None]  # number, seconds, time to live


class Echo:
    """Asks each of some addresses for an echo (a Prober)."""

    def __init__(self, family: Family, addresses: bytes, heard: Heard, way: Way | None = None) -> None:
        """`heard` is told of each address once."""
        self._family, self._heard = family, heard
        self.count = len(addresses) // family.width
        self.slowest = 0.0
        self._cookies = vectors.secrets(self.count, 8)
        self._way = way or KernelWay(family)
        self._names = self._way.names(addresses)
        step = family.width
        self._numbers = {
            addresses[place : place + step]: place // step for place in range(0, len(addresses), step)
        }
        self._known: set[int] = set()
        self._began = time.monotonic()
        four = family.version == 4
        protocol = socket.IPPROTO_ICMP if four else socket.IPPROTO_ICMPV6
        self._head = bytes((8, 0)) if four else bytes((128, 0))
        self._sum = _constant_sum(self._head) if four else b"\0\0"  # the kernel does ICMPv6's
        self._answer = 0 if four else 129
        self._socket = self._open(protocol)
        self._heads = self._way.heads(addresses, protocol, PACKET)
        self._batches = Batches(self._socket, self._way.head + PACKET, self._way.name_bytes)

    def _open(self, protocol: int) -> socket.socket:
        self._ring = Ring(
            self._family.ethertype, icmp_filter(protocol, self._answer, version=self._family.version)
        )
        return self._way.socket(protocol)

    @property
    def unsendable(self) -> int:
        """How many packets the network took no care of."""
        return self._batches.unsendable

    def send(self, which: Sequence[int], turn: int) -> int:
        """Ask up to BATCH of them; answers how many left."""
        packets = self.packets(which, turn)
        return self._batches.send(packets, vectors.pick(self._names, self._way.name_bytes, which))

    def packets(self, which: Sequence[int], turn: int) -> bytearray:
        """The questions, as they leave now."""
        cookies = vectors.pick(self._cookies, 8, which)
        head = self._way.head
        stride = head + PACKET
        records = bytearray(stride * len(which))
        vectors.lay(records, stride, 0, vectors.pick(self._heads, head, which), head)
        vectors.lay_same(records, stride, head, self._head + self._sum)
        stamp = struct.pack(">HI", turn, int((time.monotonic() - self._began) * 1e6) & 0xFFFFFFFF)
        vectors.lay(records, stride, head + 4, cookies, 8)
        vectors.lay_same(records, stride, head + _TURN_AT, stamp)
        vectors.lay(records, stride, head + 18, cookies.translate(vectors.COMPLEMENT), 8)
        vectors.lay_same(records, stride, head + 26, stamp.translate(vectors.COMPLEMENT))
        return records

    def answers(self) -> list[tuple[int, list[int]]]:
        """Who answered since the last time, by turn; strangers and changed cookies are dropped."""
        found: dict[int, list[int]] = {}
        for frames in self._ring.frames():
            now = time.time()
            sources = frames.field(self._family.source_at, self._family.width)
            lives = frames.column(self._family.life_at)
            for place in range(frames.count):
                body = frames.packet(place, self._family.header, PACKET)
                answer = self.judge(sources[place * self._family.width :][: self._family.width], body)
                if answer is not None:
                    number, turn, sent = answer
                    found.setdefault(turn, []).append(number)
                    self._tell(number, self._rtt(sent, frames.age(place, now)), lives[place])
        return list(found.items())

    def judge(self, source: bytes, body: bytes) -> tuple[int, int, int] | None:
        """Whose answer this is, to which turn, sent when; None for what we did not ask."""
        number = self._numbers.get(source)
        if number is None or len(body) < PACKET or body[0] != self._answer:
            return None
        if body[4:12] != self._cookies[number * 8 : number * 8 + 8]:
            return None
        if body[4:18].translate(vectors.COMPLEMENT) != body[18:32]:
            return None
        turn, sent = struct.unpack_from(">HI", body, _TURN_AT)
        return number, turn, sent

    def wait(self, seconds: float) -> None:
        """Return when there may be an answer, or after that time."""
        self._ring.wait(seconds)

    def still(self, silent: Sequence[int], answered: set[int]) -> list[int]:
        """Those that did not answer."""
        return [number for number in silent if number not in answered]

    def close(self) -> None:
        """Give the sockets back."""
        self._ring.close()
        self._socket.close()

    def _rtt(self, sent: int, age: float) -> float:
        now = int((time.monotonic() - self._began - age) * 1e6)
        return ((now - sent) & 0xFFFFFFFF) / 1e6

    def _tell(self, number: int, seconds: float, life: int) -> None:
        if seconds < time.monotonic() - self._began:  # a device can lie about the time, but not about the future
            self.slowest = max(self.slowest, seconds)
        if number not in self._known:
            self._known.add(number)
            self._heard(number, seconds, life)


def _constant_sum(head: bytes) -> bytes:
    """Every word of the cookie meets its complement, which together add 0xFFFF: nothing, in this arithmetic."""
    pairs = _MEANING // 2
    total = vectors.folded(vectors.word_sum(head) + pairs * 0xFFFF)
    return struct.pack(">H", total ^ 0xFFFF)
