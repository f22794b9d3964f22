"""What to say to a UDP service so that it answers, with a number in it that its answer must bring back.

One question each, the smallest that the service is made for; nothing is changed by any of them.
"""

import struct
from collections.abc import Callable

_MDNS_SERVICES = b"\x09_services\x07_dns-sd\x04_udp\x05local\x00"
_NETBIOS_ANY = b"\x20CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\x00"
_SYS_DESCR = bytes.fromhex("06082b06010201010100")
_SEARCH = (
    b'M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nMAN: "ssdp:discover"\r\n'
    b"MX: 1\r\nST: upnp:rootdevice\r\n\r\n"
)

Ask = Callable[[bytes, int], bytes]  # 4 secret bytes, the turn
Answers = Callable[[bytes, bytes], bool]  # the 4 secret bytes, the answer


class Question:
    """How one service is asked, and how its answer is known."""

    def __init__(self, ask: Ask, answers: Answers, *, same_port: bool = True) -> None:
        """`same_port` where its answer comes from the port that was asked."""
        self.ask, self.answers, self.same_port = ask, answers, same_port


def _dns(secret: bytes, _turn: int) -> bytes:
    """version.bind, class CHAOS, type TXT; even a server that keeps it secret answers."""
    return secret[:2] + bytes.fromhex("01000001000000000000") + b"\x07version\x04bind\x00\x00\x10\x00\x03"


def _mdns(secret: bytes, _turn: int) -> bytes:
    """Which services are there, asked of this one host (RFC 6762 6.7: a one-shot query gets its id back)."""
    return secret[:2] + bytes.fromhex("00000001000000000000") + _MDNS_SERVICES + b"\x00\x0c\x80\x01"


def _netbios(secret: bytes, _turn: int) -> bytes:
    """Node status (RFC 1002 4.2.17)."""
    return secret[:2] + bytes.fromhex("00000001000000000000") + _NETBIOS_ANY + b"\x00\x21\x00\x01"


def _snmp(secret: bytes, turn: int) -> bytes:
    """sysDescr with the community `public`, or (every second turn) which engine a v3 agent has."""
    number = _number(secret)
    if turn % 2:
        header = _tlv(0x30, number + bytes.fromhex("020205c0040104020103"))
        user = _tlv(0x04, bytes.fromhex("300e0400020100020100040004000400"))
        scoped = _tlv(0x30, bytes.fromhex("04000400") + _tlv(0xA0, number + bytes.fromhex("0201000201003000")))
        return _tlv(0x30, bytes.fromhex("020103") + header + user + scoped)
    asked = _tlv(0x30, _tlv(0x30, _SYS_DESCR + b"\x05\x00"))
    request = _tlv(0xA0, number + bytes.fromhex("020100020100") + asked)
    return _tlv(0x30, bytes.fromhex("020100") + b"\x04\x06public" + request)


def _ssdp(_secret: bytes, _turn: int) -> bytes:
    return _SEARCH


def _ntp(secret: bytes, _turn: int) -> bytes:
    """A client's request (RFC 5905); our transmit time is a secret that comes back as the origin's."""
    return b"\x23" + bytes(39) + secret + secret


def _anything(_secret: bytes, _turn: int) -> bytes:
    return b"\r\n\r\n"


def _is_dns(secret: bytes, data: bytes) -> bool:
    return len(data) >= 12 and data[:2] == secret[:2] and bool(data[2] & 0x80)


def _is_snmp(secret: bytes, data: bytes) -> bool:
    return data[:1] == b"\x30" and _number(secret) in data


def _is_ssdp(_secret: bytes, data: bytes) -> bool:
    return data[:12].upper() in {b"HTTP/1.1 200", b"HTTP/1.0 200"}


def _is_ntp(secret: bytes, data: bytes) -> bool:
    return len(data) >= 48 and data[24:32] == secret + secret


def _is_something(_secret: bytes, _data: bytes) -> bool:
    return True


def _number(secret: bytes) -> bytes:
    """An INTEGER of four bytes, positive and in its shortest form."""
    return b"\x02\x04" + bytes((secret[0] & 0x3F | 0x40,)) + secret[1:4]


def _tlv(kind: int, body: bytes) -> bytes:
    return struct.pack("BB", kind, len(body)) + body


QUESTIONS: dict[int, Question] = {
    53: Question(_dns, _is_dns),
    123: Question(_ntp, _is_ntp),
    137: Question(_netbios, _is_dns),
    161: Question(_snmp, _is_snmp),
    1900: Question(_ssdp, _is_ssdp, same_port=False),
    5353: Question(_mdns, _is_dns),
}
OTHER = Question(_anything, _is_something)


def question(port: int) -> Question:
    """How to ask this port."""
    return QUESTIONS.get(port, OTHER)
