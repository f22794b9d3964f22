"""A device that answers multicast DNS asked of it alone (RFC 6762 6.7, RFC 6763): its name, services and texts."""

import asyncio
import ipaddress
import struct
from dataclasses import dataclass, field
from typing import cast

_PTR, _TXT, _SRV, _A = 12, 16, 33, 1
_LIFE_S = 10
LIST = "_services._dns-sd._udp.local"


@dataclass(frozen=True, slots=True)
class Device:
    """What it goes by, and per kind of service, such as `_ipp._tcp`, its port and texts."""

    host: str
    address: str
    instance: str = "Device"
    services: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)


class MdnsDevice(asyncio.DatagramProtocol):
    """Answers every question that it knows something about; to others it is silent."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ready to answer."""
        self._transport = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer to where the question came from, with its number and the question, as RFC 6762 6.7 has it."""
        number, flags, count = struct.unpack_from(">HHH", data) if len(data) >= 12 else (0, 0x8000, 0)
        if flags & 0x8000 or self._transport is None:
            return
        asked, rest = _questions(data, count)
        records = [record for name, kind in asked for record in self._records(name.lower(), kind)]
        if records:
            head = struct.pack(">HHHHHH", number, 0x8400, count, len(records), 0, 0)
            self._transport.sendto(head + data[12:rest] + b"".join(records), addr)

    def _records(self, name: str, kind: int) -> list[bytes]:
        device = self._device
        if kind not in {_PTR, 255}:
            return []
        if name == ipaddress.ip_address(device.address).reverse_pointer:
            return [_record(name, _PTR, _name(device.host))]
        if name == LIST:
            return [_record(name, _PTR, _name(f"{service}.local")) for service in device.services]
        service = name.removesuffix(".local")
        if service not in device.services:
            return []
        port, texts = device.services[service]
        instance = f"{device.instance}.{name}"
        return [
            _record(name, _PTR, _name(instance)),
            _record(instance, _SRV, struct.pack(">HHH", 0, 0, port) + _name(device.host)),
            _record(instance, _TXT, b"".join(bytes([len(text.encode())]) + text.encode() for text in texts)),
            _record(device.host, _A, ipaddress.ip_address(device.address).packed),
        ]


def _questions(data: bytes, count: int) -> tuple[list[tuple[str, int]], int]:
    asked, place = [], 12
    for _ in range(count):
        labels = []
        while data[place]:
            labels.append(data[place + 1 : place + 1 + data[place]].decode())
            place += 1 + data[place]
        asked.append((".".join(labels), int.from_bytes(data[place + 1 : place + 3], "big")))
        place += 5
    return asked, place


def _record(name: str, kind: int, data: bytes) -> bytes:
    return _name(name) + struct.pack(">HHIH", kind, 1, _LIFE_S, len(data)) + data


def _name(name: str) -> bytes:
    return b"".join(bytes([len(label.encode())]) + label.encode() for label in name.split(".")) + b"\x00"
