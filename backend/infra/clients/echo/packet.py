"""Echo packets (RFC 792, RFC 4443) that need no memory of sums, and that only the asked one can give back.

    type code sum | ident slot | turn(2) cookie(6) | complement of ident, slot, turn, cookie (12) | zeros

Every word meets its complement, so every packet has one checksum. For ICMPv6 and its own ping sockets the
kernel makes it.
"""

import os
import socket
import struct
from dataclasses import dataclass

COMPLEMENT = bytes(255 - value for value in range(256))
LEAST, MOST = 20, 1400
"""Bytes after the ICMP header; the least holds the cookie and its complement."""
_BODY = struct.Struct(">HHH")
_IDENT = struct.unpack(">H", os.urandom(2))[0]
# Six words and their complements: 0xFFFF each, which is nothing in this arithmetic, beside type and code.
_SUM = struct.pack(">H", 0xFFFF ^ 0x0800)
UNREACHABLE4, UNREACHABLE6 = 3, 1
COOKIE = 6


@dataclass(frozen=True, slots=True)
class Heard:
    """What one packet says: an echo with its turn and cookie, or that somebody's packet could not be delivered."""

    slot: int
    turn: int
    cookie: bytes
    to: bytes = b""  # of a packet that could not be delivered: where it was meant to go


def question(version: int, slot: int, turn: int, cookie: bytes, size: int) -> bytes:
    """One echo request; `size` bytes after its header."""
    body = _BODY.pack(_IDENT, slot, turn) + cookie
    head = b"\x08\x00" + _SUM if version == 4 else b"\x80\x00\x00\x00"
    packet = head + body + body.translate(COMPLEMENT)
    return packet.ljust(size + 8, b"\0")


def read(version: int, data: bytes) -> Heard | None:
    """An answer, from its ICMP header on; None for what is none of ours."""
    if len(data) < 8:
        return None
    kind = data[0]
    if kind == (0 if version == 4 else 129):
        # The ident may be the kernel's own, so the copy in the complement is looked at instead.
        copy = data[16:28].translate(COMPLEMENT)
        if len(copy) < 12 or copy[2:] != data[6:16]:
            return None
        ident, slot, turn = _BODY.unpack_from(copy)
        return Heard(slot, turn, copy[6:]) if ident == _IDENT else None
    if kind == (UNREACHABLE4 if version == 4 else UNREACHABLE6):
        return _undelivered(version, data[8:])
    return None


def _undelivered(version: int, inner: bytes) -> Heard | None:
    """Which packet of ours a router sends back; it holds at least its first eight bytes (RFC 792)."""
    if version == 4:
        head = (inner[0] & 15) * 4 if inner else 0
        to, icmp = inner[16:20], inner[head : head + 8]
    else:
        to, icmp = inner[24:40], inner[40:48]
    if len(icmp) < 8 or icmp[0] not in {8, 128}:
        return None
    ident, slot = struct.unpack_from(">HH", icmp, 4)
    return Heard(slot, 0, b"", to) if ident == _IDENT else None


def icmp_filter(version: int) -> tuple[int, int, bytes]:
    """The option by which a raw socket hears echo replies and undelivered packets alone (raw(7), RFC 3542)."""
    if version == 4:
        return socket.IPPROTO_RAW, 1, struct.pack("I", ~(1 | 1 << UNREACHABLE4) & 0xFFFFFFFF)
    words = [0xFFFFFFFF] * 8
    for kind in (129, UNREACHABLE6):
        words[kind >> 5] &= ~(1 << (kind & 31)) & 0xFFFFFFFF
    return socket.IPPROTO_ICMPV6, 1, struct.pack("8I", *words)
