"""Records every packet that a machine of the lab sends."""

import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

from tests.lab import netns, pcap
from tests.lab.errors import CaptureError
from tests.lab.lab import Lab
from tests.lab.wiring import card_addresses

# The capture's own mark: a multicast group of this site (RFC 2365); nobody joins it, nobody need be asked for it.
MARK = ("239.255.77.9", 9)
PATIENCE_S = 10.0
PAUSE_S = 0.02
# Where the kernel itself reports its multicast groups when a card comes up (MLDv2, RFC 3810 5.2.14).
MLD_REPORTS = "ff02::16"


class Capture:
    """tcpdump on a machine's card, outgoing packets only, from `__enter__` until the end of the block."""

    def __init__(self, lab: Lab, file: Path, machine: str = "scanner") -> None:
        """Name what to record and where; recording starts with the block."""
        self._lab = lab
        self._file = file
        self._machine = machine
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start, and wait until the kernel hands packets over."""
        argv = [
            "tcpdump",
            "-i",
            "eth0",
            "-Q",
            "out",
            "-n",
            "-s",
            "128",
            "-U",
            "--immediate-mode",
            "-Z",
            "root",
        ]
        log = self._file.with_suffix(".log")
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                netns.argv_inside(self._lab.namespace(self._machine), [*argv, "-w", str(self._file)]),
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
            )
        self._wait_for(lambda: b"listening on" in log.read_bytes(), "tcpdump did not start")
        return self

    def __exit__(self, *_: object) -> None:
        """Stop recording."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_S)

    def packets(self) -> list[pcap.Packet]:
        """Everything sent so far, without the capture's own marks and the kernel's multicast reports.

        Sends a mark and waits until it is in the file, so that nothing sent before the call is missing.
        """
        marks = sum(map(_is_mark, pcap.read(self._file)))
        self._send_mark()
        self._wait_for(lambda: sum(map(_is_mark, pcap.read(self._file))) > marks, "the mark was not recorded")
        return [packet for packet in pcap.read(self._file) if not _is_ours(packet)]

    def destinations(self) -> set[str]:
        """Every address that a packet was sent to or that was asked for by ARP."""
        return {packet.destination for packet in self.packets() if packet.destination}

    def _send_mark(self) -> None:
        plan = self._lab.plan
        host = next(host for host in plan.machines if host.name == self._machine)
        address = str(card_addresses(plan, host.interfaces[0])[0])

        def send() -> None:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
                sender.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
                sender.sendto(b"mark", MARK)

        netns.inside(self._lab.namespace(self._machine), send)

    def _wait_for(self, condition: Callable[[], bool], complaint: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            if time.monotonic() > deadline or (self._process and self._process.poll() is not None):
                raise CaptureError(complaint)
            time.sleep(PAUSE_S)


def _is_mark(packet: pcap.Packet) -> bool:
    return packet.destination == MARK[0]


def _is_ours(packet: pcap.Packet) -> bool:
    return packet.destination in {MARK[0], MLD_REPORTS}
