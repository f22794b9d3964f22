"""TCP SYN to ports, both families. The sequence number is the cookie: only the asked port can acknowledge it.

    our port = base + turn | its port | secret | 0 | SYN | window | sum | MSS option

An answer is known by its acknowledgement, its port and the low half of its address in one 64-bit number, looked
up for all answers of a turn in one go. The kernel itself resets what opens: no connection comes to be.
"""

import socket
import struct
import time
from array import array
from collections.abc import Callable, Sequence

from backend.infra.clients.sweep import vectors
from backend.infra.clients.sweep.family import Family
from backend.infra.clients.sweep.ring import Frames, Ring, deaf, tcp_filter
from backend.infra.clients.sweep.sending import Batches

PACKET = 24
TURNS = 16
_WINDOW, _MSS = 1024, bytes((2, 4, 5, 0xB4))
_IPV6_CHECKSUM = 7
# Above the kernel's own ephemeral ports (32768-60999), so that no connection of this machine is met.
_BASES = range(61008, 65520, TURNS)
Seen = Callable[[int, bool, int, float], None]  # number, whether open, time to live, seconds


class Syn:
    """Asks ports of addresses (a Prober): question number = port number times hosts + host."""

    def __init__(
        self,
        family: Family,
        addresses: bytes,
        ports: Sequence[int],
        source: bytes,
        seen: Seen,
        *,
        hosts_only: bool,
    ) -> None:
        """`hosts_only`: one answer of a host is enough. `seen` is told of each question once."""
        self._family, self._seen, self._hosts_only = family, seen, hosts_only
        self.hosts = len(addresses) // family.width
        self.ports = tuple(ports)
        self.count = self.hosts * len(ports)
        self.slowest = 0.0
        self._base = _BASES[int.from_bytes(vectors.secrets(1, 4), "big") % len(_BASES)]
        out, back = vectors.acknowledgements(self.count)
        numbers = b"".join(struct.pack(">H", port) * self.hosts for port in ports)
        self._packets = self._build(addresses * len(ports), numbers, out, source)
        self._names = family.names(addresses)
        self._expected = {key: number for number, key in enumerate(_keys(back, numbers, _low(family, addresses)))}
        self._known: set[int] = set()
        self._ring = Ring(family.ethertype, tcp_filter(self._base, 0xFFF0, version=family.version))
        self._socket = socket.socket(family.family, socket.SOCK_RAW, socket.IPPROTO_TCP)
        deaf(self._socket)
        self._socket.bind((family.text(source), 0))
        if family.version == 6:
            self._socket.setsockopt(socket.IPPROTO_IPV6, _IPV6_CHECKSUM, 16)
        self._batches = Batches(self._socket, PACKET, family.name_bytes)
        self._turn_starts: dict[int, float] = {}

    @property
    def unsendable(self) -> int:
        """How many packets the network took no care of."""
        return self._batches.unsendable

    def host(self, number: int) -> int:
        """Which address a question is for."""
        return number % self.hosts

    def port(self, number: int) -> int:
        """Which port a question is for."""
        return self.ports[number // self.hosts]

    def send(self, which: Sequence[int], turn: int) -> int:
        """Ask up to BATCH of them; answers how many left."""
        packets = bytearray(vectors.pick(self._packets, PACKET, which))
        count = len(which)
        if turn:  # another port of ours; what it adds to the sum is taken off the sum
            vectors.lay_same(packets, PACKET, 0, struct.pack(">H", self._base + turn))
            if self._family.version == 4:
                words = bytearray(count * 2)
                for column in range(2):
                    words[column::2] = packets[16 + column :: PACKET]
                vectors.lay(packets, PACKET, 16, _less(bytes(words), turn), 2)
        self._turn_starts.setdefault(turn, time.monotonic())
        hosts = self.hosts
        names = vectors.pick(self._names, self._family.name_bytes, [number % hosts for number in which])
        return self._batches.send(packets, names)

    def answers(self) -> list[tuple[int, list[int]]]:
        """Which questions were answered since the last time, by turn; strangers are dropped."""
        found: dict[int, list[int]] = {}
        for frames in self._ring.frames():
            self._read(frames, found)
        return list(found.items())

    def _read(self, frames: Frames, found: dict[int, list[int]]) -> None:
        at, family = self._family.header, self._family
        keys = _keys(
            frames.field(at + 8, 4), frames.field(at, 2), frames.field(family.source_at + family.width - 2, 2)
        )
        numbers = list(map(self._expected.get, keys))
        turns, flags = frames.column(at + 3), frames.column(at + 13)
        lives = frames.column(family.life_at)
        now = time.time()
        for place, number in enumerate(numbers):
            if number is None:
                continue
            turn = turns[place] & 15
            found.setdefault(turn, []).append(number)
            if number not in self._known:
                self._known.add(number)
                seconds = self._rtt(turn, frames.age(place, now)) if self._hosts_only else 0.0
                self._seen(number, flags[place] & 0x16 == 0x12, lives[place], seconds)

    def wait(self, seconds: float) -> None:
        """Return when there may be an answer, or after that time."""
        self._ring.wait(seconds)

    def still(self, silent: Sequence[int], answered: set[int]) -> list[int]:
        """Those without an answer; where one of a host is enough, those whose host gave none."""
        if not self._hosts_only:
            return [number for number in silent if number not in answered]
        hosts = {number % self.hosts for number in answered}
        return [number for number in silent if number % self.hosts not in hosts]

    def close(self) -> None:
        """Give the sockets back."""
        self._ring.close()
        self._socket.close()

    def _rtt(self, turn: int, age: float) -> float:
        return max(0.0, time.monotonic() - age - self._turn_starts.get(turn, 0.0))

    def _build(self, addresses: bytes, ports: bytes, secrets: bytes, source: bytes) -> bytes:
        """Every question's packet for the first turn."""
        packets = bytearray(PACKET * self.count)
        start = struct.pack(">H", self._base)
        middle = bytes(4) + bytes((0x60, 0x02)) + struct.pack(">H", _WINDOW)
        vectors.lay_same(packets, PACKET, 0, start)
        vectors.lay(packets, PACKET, 2, ports, 2)
        vectors.lay(packets, PACKET, 4, secrets, 4)
        vectors.lay_same(packets, PACKET, 8, middle)
        vectors.lay_same(packets, PACKET, 20, _MSS)
        if self._family.version == 4:
            constant = vectors.word_sum(source + start + middle + _MSS + struct.pack(">HH", 6, PACKET))
            halves = (addresses, secrets)
            lanes = [vectors.lane(ports)]
            for words in halves:
                lanes += [vectors.lane(_half(words, 0)), vectors.lane(_half(words, 2))]
            vectors.lay(packets, PACKET, 16, vectors.checksums(constant, lanes, self.count), 2)
        return bytes(packets)


def _half(words: bytes, start: int) -> bytes:
    """The first or second 16 bits of each 32."""
    half = bytearray(len(words) // 2)
    half[0::2], half[1::2] = words[start::4], words[start + 1 :: 4]
    return bytes(half)


def _low(family: Family, addresses: bytes) -> bytes:
    """The last 16 bits of each address."""
    low = bytearray(len(addresses) // family.width * 2)
    low[0::2], low[1::2] = addresses[family.width - 2 :: family.width], addresses[family.width - 1 :: family.width]
    return bytes(low)


def _keys(acknowledgements: bytes, ports: bytes, low: bytes) -> "array[int]":
    """What tells one question from all others, as one number each; `low` may repeat over the ports."""
    count = len(ports) // 2
    records = bytearray(count * 8)
    vectors.lay(records, 8, 0, acknowledgements, 4)
    vectors.lay(records, 8, 4, ports, 2)
    vectors.lay(records, 8, 6, low * (count * 2 // len(low)) if low else b"", 2)
    keys = array("Q")
    keys.frombytes(records)
    return keys


def _less(sums: bytes, turn: int) -> bytes:
    """Checksums after `turn` was added to a word: one's complement subtraction, for all at once (RFC 1624)."""
    return b"".join([_SHORT.pack(_taken(value, turn)) for (value,) in _SHORT.iter_unpack(sums)])


def _taken(value: int, turn: int) -> int:
    return value - turn if value >= turn else value - turn + 0xFFFF


_SHORT = struct.Struct(">H")
