"""The reader of capture files, on frames written by hand."""

import struct
from pathlib import Path

import pytest

from tests.lab.pcap import Packet, PcapError, read

HEADER = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 128, 1)
MACS = bytes(12)
ARP = MACS + bytes.fromhex("0806 0001080006040001 001b54770001 0a4d0002 000000000000 0a4d0009")
SYN = MACS + bytes.fromhex("0800 45000028000040004006 0000 0a4d0002 0a4d010a 9c400016") + bytes(16)
SOLICITATION = (
    MACS
    + bytes.fromhex("86dd 6000000000003aff")
    + bytes.fromhex("fd77" + "00" * 13 + "02" + "ff02" + "00" * 13 + "01")
)


def _file(tmp_path: Path, *frames: bytes) -> Path:
    path = tmp_path / "frames.pcap"
    path.write_bytes(HEADER + b"".join(struct.pack("<IIII", 0, 0, len(f), len(f)) + f for f in frames))
    return path


def test_tells_who_asked_for_whom(tmp_path: Path) -> None:
    assert list(read(_file(tmp_path, ARP, SYN, SOLICITATION))) == [
        Packet("arp", "10.77.0.2", "10.77.0.9"),
        Packet("ipv4", "10.77.0.2", "10.77.1.10", 6, 22),
        Packet("ipv6", "fd77::2", "ff02::1", 58, None),
    ]


def test_a_packet_that_is_still_being_written_waits(tmp_path: Path) -> None:
    path = _file(tmp_path, ARP, SYN)
    path.write_bytes(path.read_bytes()[:-3])
    assert [packet.kind for packet in read(path)] == ["arp"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no capture at all, but long enough to hold a header")
    with pytest.raises(PcapError):
        list(read(path))
