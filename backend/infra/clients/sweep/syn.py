"""TCP SYN to ports, both families. The sequence number is the cookie: only the asked port can acknowledge it.

    our port = base + turn | its port | secret | 0 | SYN | window | sum | MSS option

An answer is known by its acknowledgement, its port and the low half of its address in one 64-bit number, looked
up for all answers of a turn in one go. The kernel itself resets what opens: no connection comes to be.
"""

import socket
import struct
import time
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

from backend.infra.clients.sweep import vectors
from backend.infra.clients.sweep.family import Family
from backend.infra.clients.sweep.ring import Frames, Ring, tcp_filter
from backend.infra.clients.sweep.sending import Batches
from backend.infra.clients.sweep.ways import Way

PACKET = 24
TURNS = 16
_WINDOW, _MSS = 1024, bytes((2, 4, 5, 0xB4))
_TURN = bytes(value & 15 for value in range(256))
_OPENED = bytes(int(value & 0x16 == 0x12) for value in range(256))  # SYN and ACK, no RST
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
        way: Way,
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
        self._way, self._stride = way, way.head + PACKET
        self._packets = self._build(addresses * len(ports), numbers, out, source)
        self._names = way.names(addresses) * len(ports)
        self._expected = {key: number for number, key in enumerate(_keys(back, numbers, _low(family, addresses)))}
        self._known: set[int] = set()
        self._ring = Ring(family.ethertype, tcp_filter(self._base, 0xFFF0, version=family.version))
        self._socket = way.socket(socket.IPPROTO_TCP)
        self._batches = Batches(self._socket, self._stride, way.name_bytes)
        self._starts: list[int] = []
        self._left_at: list[float] = []

    @property
    def unsendable(self) -> int:
        """How many packets the network took no care of."""
        return self._batches.unsendable

    def send(self, which: Sequence[int], turn: int) -> int:
        """Ask up to BATCH of them; answers how many left."""
        packets: bytes | bytearray = vectors.pick(self._packets, self._stride, which)
        if turn:  # another port of ours; what it adds to the sum is taken off the sum
            packets = self._from_another_port(bytearray(packets), turn)
        elif which:
            self._starts.append(which[0])
            self._left_at.append(time.monotonic())
        return self._batches.send(packets, vectors.pick(self._names, self._way.name_bytes, which))

    def answers(self) -> list[tuple[int, list[int]]]:
        """Which questions were answered since the last time, by turn; strangers are dropped."""
        found: dict[int, list[int]] = {}
        for frames in self._ring.frames():
            self._read(frames, found)
        return list(found.items())

    def _read(self, frames: Frames, found: dict[int, list[int]]) -> None:
        at, family = self._family.header, self._family
        low = frames.field(family.source_at + family.width - 2, 2)
        keys = _keys(frames.field(at + 8, 4), frames.field(at, 2), low)
        numbers = list(map(self._expected.get, keys))
        turns, flags = frames.column(at + 3).translate(_TURN), frames.column(at + 13)
        if None in numbers or turns.count(turns[0]) != len(turns):
            for number, turn in zip(numbers, turns, strict=True):
                if number is not None:
                    found.setdefault(turn, []).append(number)
        else:
            found.setdefault(turns[0], []).extend(numbers)  # type: ignore[arg-type]  # no None is in it
        self._measure(frames, numbers[0], turns[0])
        opened = flags.translate(_OPENED)
        interesting = range(frames.count) if self._hosts_only else _places(opened)
        self._tell(frames, interesting, numbers, opened)

    def _tell(
        self, frames: Frames, interesting: Iterable[int], numbers: Sequence[int | None], opened: bytes
    ) -> None:
        """Tell each question's first answer, of those that matter."""
        lives, now = frames.column(self._family.life_at), time.time()
        for place in interesting:
            number = numbers[place]
            if number is not None and number not in self._known:
                self._known.add(number)
                seconds = self._rtt(number, frames.age(place, now)) if self._hosts_only else 0.0
                self._seen(number, bool(opened[place]), lives[place], seconds)

    def _measure(self, frames: Frames, number: int | None, turn: int) -> None:
        """How long the oldest of some answers took; of the first turn, where it is known when each one left."""
        if number is not None and turn == 0:
            self.slowest = max(self.slowest, self._rtt(number, frames.age(0, time.time())))

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

    def _rtt(self, number: int, age: float) -> float:
        """Since the question left the first time; its numbers left in their order."""
        batch = bisect_right(self._starts, number) - 1
        return max(0.0, time.monotonic() - age - self._left_at[batch]) if batch >= 0 else 0.0

    def _from_another_port(self, packets: bytearray, turn: int) -> bytearray:
        """What the port adds to the sum is taken off the sum."""
        head, count = self._way.head, len(packets) // self._stride
        vectors.lay_same(packets, self._stride, head, struct.pack(">H", self._base + turn))
        if self._family.version == 4:
            words = bytearray(count * 2)
            for column in range(2):
                words[column::2] = packets[head + 16 + column :: self._stride]
            vectors.lay(packets, self._stride, head + 16, _less(bytes(words), turn), 2)
        return packets

    def _build(self, addresses: bytes, ports: bytes, secrets: bytes, source: bytes) -> bytes:
        """Every question's packet for the first turn."""
        stride, head = self._stride, self._way.head
        packets = bytearray(stride * self.count)
        hosts = self._way.heads(addresses[: self.hosts * self._family.width], socket.IPPROTO_TCP, PACKET)
        vectors.lay(packets, stride, 0, hosts * len(self.ports), head)
        start = struct.pack(">H", self._base)
        middle = bytes(4) + bytes((0x60, 0x02)) + struct.pack(">H", _WINDOW)
        vectors.lay_same(packets, stride, head, start)
        vectors.lay(packets, stride, head + 2, ports, 2)
        vectors.lay(packets, stride, head + 4, secrets, 4)
        vectors.lay_same(packets, stride, head + 8, middle)
        vectors.lay_same(packets, stride, head + 20, _MSS)
        if self._family.version == 4:
            constant = vectors.word_sum(source + start + middle + _MSS + struct.pack(">HH", 6, PACKET))
            halves = (addresses, secrets)
            lanes = [vectors.lane(ports)]
            for words in halves:
                lanes += [vectors.lane(vectors.half(words, 0)), vectors.lane(vectors.half(words, 2))]
            vectors.lay(packets, stride, head + 16, vectors.checksums(constant, lanes, self.count), 2)
        return bytes(packets)


def _places(marks: bytes) -> Iterator[int]:
    """Where a byte is 1."""
    place = marks.find(1)
    while place >= 0:
        yield place
        place = marks.find(1, place + 1)


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
