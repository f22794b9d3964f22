"""Answers through a ring of frames that the kernel fills (packet(7), TPACKET_V2): nothing is copied or lost.

A socket's own buffer is small without CAP_NET_ADMIN and loses answers in a burst; a ring is as large as we ask.
"""

import ctypes
import mmap
import select
import socket
import struct
from collections.abc import Iterator, Sequence

ETH_P_IP, ETH_P_IPV6 = 0x0800, 0x86DD
FRAME, FRAMES, BLOCK = 256, 32768, 1 << 16
NET_AT = (
    80  # where the network header lies in a frame of a SOCK_DGRAM ring; checked against each run's first frame
)
_SOL_PACKET, _RX_RING, _STATISTICS, _VERSION, _V2 = 263, 5, 6, 10, 1
_SO_ATTACH_FILTER = 26
_TIME = struct.Struct("II")
Code = tuple[int, int, int, int]
_LIBC = ctypes.CDLL(None, use_errno=True)


def attach(receiver: socket.socket, program: Sequence[Code]) -> None:
    """Have the kernel drop what a filter does not accept."""
    code = b"".join(struct.pack("HBBI", *line) for line in program)
    held = ctypes.create_string_buffer(code, len(code))
    receiver.setsockopt(
        socket.SOL_SOCKET, _SO_ATTACH_FILTER, struct.pack("HP", len(program), ctypes.addressof(held))
    )


def deaf(sender: socket.socket) -> None:
    """A socket that only sends: the kernel keeps nothing for it."""
    attach(sender, [(0x06, 0, 0, 0)])


class Frames:
    """Some frames in a row, read by columns. The kernel gets them back after the loop's turn."""

    def __init__(self, view: memoryview, count: int) -> None:
        self._view = view
        self.count = count

    def column(self, offset: int) -> bytes:
        """One byte of each packet, counted from its network header."""
        return self._view[NET_AT + offset :: FRAME].tobytes()

    def field(self, offset: int, width: int) -> bytes:
        """A few bytes of each packet, one after another."""
        if width == 1:
            return self.column(offset)
        fields = bytearray(self.count * width)
        for column in range(width):
            fields[column::width] = self.column(offset + column)
        return bytes(fields)

    def packet(self, number: int, offset: int, width: int) -> bytes:
        """Some bytes of one packet."""
        start = number * FRAME + NET_AT + offset
        return self._view[start : start + width].tobytes()

    def age(self, number: int, now: float) -> float:
        """How long ago a packet came, by the kernel's clock."""
        seconds, nanoseconds = _TIME.unpack_from(self._view, number * FRAME + 16)
        return float(max(0.0, now - seconds - nanoseconds / 1e9))


class Ring:
    """Incoming packets of one protocol that a filter accepts, from every card."""

    def __init__(self, protocol: int, program: Sequence[Code]) -> None:
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        attach(self._socket, program)
        self._socket.setsockopt(_SOL_PACKET, _VERSION, struct.pack("I", _V2))
        blocks = FRAME * FRAMES // BLOCK
        self._socket.setsockopt(_SOL_PACKET, _RX_RING, struct.pack("IIII", BLOCK, blocks, FRAME, FRAMES))
        self._map = mmap.mmap(self._socket.fileno(), FRAME * FRAMES)
        self._view = memoryview(self._map)
        self._next = 0
        _bind(self._socket, protocol)
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)

    def wait(self, seconds: float) -> None:
        """Return when something is there, or after that time."""
        self._poll.poll(max(0.0, seconds) * 1000)

    def frames(self) -> Iterator[Frames]:
        """What came since the last time, in runs of frames that lie side by side; at most one turn of the ring."""
        left = FRAMES
        while left > 0 and (count := self._ready()):
            left -= count
            start = self._next * FRAME
            end = start + count * FRAME
            if self._view[start + 14] + 256 * self._view[start + 15] == NET_AT:
                yield Frames(self._view[start:end], count)
            for place in (3, 2, 1, 0):  # a frame whose status is zero is the kernel's again
                self._map[start + place : end : FRAME] = bytes(count)
            self._next = (self._next + count) % FRAMES

    def dropped(self) -> int:
        """How many the kernel had no room for since the last question."""
        packed = self._socket.getsockopt(_SOL_PACKET, _STATISTICS, 8)
        return int(struct.unpack("II", packed)[1])

    def close(self) -> None:
        """Give the memory back."""
        self._view.release()
        self._map.close()
        self._socket.close()

    def _ready(self) -> int:
        start = self._next * FRAME
        if not self._view[start] & 1:
            return 0
        left = FRAMES - self._next
        span = min(left, 64)
        while True:
            status = self._view[start : start + span * FRAME : FRAME].tobytes()
            free = status.find(0)
            if free >= 0 or span == left:
                return free if free >= 0 else span
            span = min(left, span * 8)


def _bind(receiver: socket.socket, protocol: int) -> None:
    """Bind to a protocol on every card, which Python's own bind cannot say."""
    name = struct.pack("HHiHBB8s", socket.AF_PACKET, socket.htons(protocol), 0, 0, 0, 0, b"")
    if _LIBC.bind(receiver.fileno(), name, len(name)) != 0:
        raise OSError(ctypes.get_errno(), "a packet socket could not be bound")


def icmp_filter(protocol: int, kind: int, *, version: int) -> list[Code]:
    """Accept one type of ICMP or ICMPv6 behind a plain header."""
    if version == 4:
        return [
            *_plain_ipv4(protocol, 4),
            (0x30, 0, 0, 20),
            (0x15, 0, 1, kind),
            (0x06, 0, 0, 160),
            (0x06, 0, 0, 0),
        ]
    return [*_plain_ipv6(protocol, 3), (0x30, 0, 0, 40), (0x15, 0, 1, kind), (0x06, 0, 0, 160), (0x06, 0, 0, 0)]


def tcp_filter(port: int, mask: int, *, version: int) -> list[Code]:
    """Accept TCP to our ports that is a SYN-ACK or carries RST."""
    plain = _plain_ipv4(6, 8) if version == 4 else _plain_ipv6(6, 7)
    at = 20 if version == 4 else 40
    return [
        *plain,
        (0x28, 0, 0, at + 2),  # its destination port
        (0x54, 0, 0, mask),
        (0x15, 0, 4, port),
        (0x30, 0, 0, at + 13),  # its flags
        (0x45, 1, 0, 0x04),  # RST
        (0x45, 0, 1, 0x02),  # SYN, which with our port as destination comes with ACK
        (0x06, 0, 0, 160),
        (0x06, 0, 0, 0),
    ]


def _plain_ipv4(protocol: int, to_end: int) -> list[Code]:
    """IPv4 with a header of 20 bytes, not a later fragment; `to_end` lines follow up to the one that refuses."""
    return [
        (0x30, 0, 0, 0),
        (0x15, 0, to_end + 3, 0x45),
        (0x30, 0, 0, 9),
        (0x15, 0, to_end + 1, protocol),
        (0x28, 0, 0, 6),
        (0x45, to_end - 1, 0, 0x1FFF),
    ]


def _plain_ipv6(protocol: int, to_end: int) -> list[Code]:
    return [(0x30, 0, 0, 6), (0x15, 0, to_end, protocol)]
