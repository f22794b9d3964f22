"""Reads the capture files that tcpdump writes: who asked for whom, and no more.

Format: classic pcap, https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap-04.html, Ethernet frames only.
"""

import ipaddress
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAGICS = {b"\xd4\xc3\xb2\xa1": "<", b"\xa1\xb2\xc3\xd4": ">"}
ETHERNET = 1
ETHER_IPV4, ETHER_ARP, ETHER_IPV6 = 0x0800, 0x0806, 0x86DD
TCP, UDP = 6, 17


class PcapError(ValueError):
    """The file is not a pcap file of Ethernet frames."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One frame. For ARP the destination is the address that is asked for; others have none."""

    kind: str
    source: str | None = None
    destination: str | None = None
    protocol: int | None = None
    port: int | None = None


def read(path: Path) -> Iterator[Packet]:
    """Every whole packet of a file that may still be growing. Raises PcapError."""
    content = path.read_bytes()
    order = MAGICS.get(content[:4])
    if order is None or struct.unpack_from(order + "I", content, 20)[0] != ETHERNET:
        raise PcapError(str(path))
    offset = 24
    while offset + 16 <= len(content):
        length = struct.unpack_from(order + "I", content, offset + 8)[0]
        frame = content[offset + 16 : offset + 16 + length]
        if len(frame) < length:
            return
        yield _frame(frame)
        offset += 16 + length


def _frame(frame: bytes) -> Packet:
    ether_type = int.from_bytes(frame[12:14], "big")
    payload = frame[14:]
    if ether_type == ETHER_ARP and len(payload) >= 28:
        return Packet("arp", _address(payload[14:18]), _address(payload[24:28]))
    if ether_type == ETHER_IPV4 and len(payload) >= 20:
        return _ipv4(payload)
    if ether_type == ETHER_IPV6 and len(payload) >= 40:
        return Packet("ipv6", _address(payload[8:24]), _address(payload[24:40]), *_inner(payload[6], payload[40:]))
    return Packet("other")


def _ipv4(payload: bytes) -> Packet:
    header = (payload[0] & 0x0F) * 4
    inner = _inner(payload[9], payload[header:])
    return Packet("ipv4", _address(payload[12:16]), _address(payload[16:20]), *inner)


def _inner(protocol: int, payload: bytes) -> tuple[int, int | None]:
    has_ports = protocol in {TCP, UDP} and len(payload) >= 4
    return protocol, int.from_bytes(payload[2:4], "big") if has_ports else None


def _address(octets: bytes) -> str:
    return str(ipaddress.ip_address(octets))
