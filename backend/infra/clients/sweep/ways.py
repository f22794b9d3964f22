"""How packets leave: through the kernel's routing, or straight onto the card to a MAC that is known.

The second costs a third less per packet. It is taken where all targets lie behind one gateway of an Ethernet
card, which is how most networks beyond the own segment are reached, and to neighbours that ARP has found.
"""

import socket
import struct
from collections.abc import Mapping

from backend.infra.clients.sweep import vectors
from backend.infra.clients.sweep.family import IPV4, Family
from backend.infra.clients.sweep.ring import ETH_P_IP, deaf
from backend.infra.clients.sweep.routes import Card

_IPV6_CHECKSUM = 7
_NAME = struct.Struct("HHiHBB8s")
_LIFE = 64


class KernelWay:
    """Raw sockets: the kernel finds the way, and writes the network header."""

    head = 0

    def __init__(self, family: Family, source: bytes | None = None) -> None:
        """`source` is the address of ours that packets bear; the kernel's choice without it."""
        self.family, self._source = family, source
        self.name_bytes = family.name_bytes

    def socket(self, protocol: int) -> socket.socket:
        """What to send through; it hears nothing."""
        sender = socket.socket(self.family.family, socket.SOCK_RAW, protocol)
        deaf(sender)
        if self._source is not None:
            sender.bind((self.family.text(self._source), 0))
        if self.family.version == 6 and protocol == socket.IPPROTO_TCP:
            sender.setsockopt(socket.IPPROTO_IPV6, _IPV6_CHECKSUM, 16)
        return sender

    def names(self, addresses: bytes) -> bytes:
        """Where to send for each address."""
        return self.family.names(addresses)

    def heads(self, addresses: bytes, protocol: int, length: int) -> bytes:
        """The network headers that we must write ourselves: none."""
        del addresses, protocol, length
        return b""


class LinkWay:
    """Frames of our own onto a card, IPv4: to one gateway, or to each neighbour."""

    head = 20
    name_bytes = _NAME.size

    def __init__(self, card: Card, source: bytes, mac: bytes | Mapping[bytes, bytes]) -> None:
        """`mac` is the gateway's, or that of every address."""
        self.family = IPV4
        self._card, self._source, self._mac = card, source, mac

    def socket(self, protocol: int) -> socket.socket:
        """What to send through; it hears nothing."""
        del protocol
        return socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)

    def names(self, addresses: bytes) -> bytes:
        """Where to send for each address."""
        if isinstance(self._mac, bytes):
            return self._name(self._mac) * (len(addresses) // 4)
        places = range(0, len(addresses), 4)
        return b"".join(self._name(self._mac[addresses[place : place + 4]]) for place in places)

    def _name(self, mac: bytes) -> bytes:
        kind = socket.htons(ETH_P_IP)
        return _NAME.pack(socket.AF_PACKET, kind, self._card.index, 1, 0, 6, mac + bytes(2))

    def heads(self, addresses: bytes, protocol: int, length: int) -> bytes:
        """IPv4 headers (RFC 791), not to be fragmented, for a payload of this length."""
        count = len(addresses) // 4
        start = struct.pack(">BBHHHBB", 0x45, 0, 20 + length, 0, 0x4000, _LIFE, protocol)
        lanes = [vectors.lane(vectors.half(addresses, place)) for place in (0, 2)]
        heads = bytearray(20 * count)
        vectors.lay_same(heads, 20, 0, start)
        sums = vectors.checksums(vectors.word_sum(start + self._source), lanes, count)
        vectors.lay(heads, 20, 10, sums, 2)
        vectors.lay_same(heads, 20, 12, self._source)
        vectors.lay(heads, 20, 16, addresses, 4)
        return bytes(heads)


Way = KernelWay | LinkWay
